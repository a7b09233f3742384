"""Formulas, tables and notes: text with numbers in it."""

from __future__ import annotations

import textwrap

from engine.notation import MINUS, fixed, with_power
from engine.why import Element
from lessons.kit.figure import Formula, Note, Number, Table
from tutor.drawing.ink import ACCENT, MUTED, PLAIN, UNDER_CURSOR, Ink, Line


def cells_of(panel: Formula | Table) -> list[list[Element]]:
    """The numbers, line by line."""
    lines = panel.lines if isinstance(panel, Formula) else panel.rows
    found = [[part.element for part in line if isinstance(part, Number)] for line in lines]
    return [line for line in found if line]


def draw(
    panel: Formula | Table | Note, width: int, cursor: tuple[int, int] | None = None
) -> list[Line]:
    """All lines; a note is wrapped."""
    match panel:
        case Formula():
            return _formula_lines(panel, cursor)
        case Table():
            return _table_lines(panel, cursor)
    return [[(line, PLAIN)] for line in textwrap.wrap(panel.text, max(1, width)) or [""]]


def _formula_lines(panel: Formula, cursor: tuple[int, int] | None) -> list[Line]:
    lines: list[Line] = []
    asked = 0
    for parts in panel.lines:
        line: Line = []
        count = 0
        for part in parts:
            if isinstance(part, Number):
                line.append(_number(part, (asked, count) == cursor))
                count += 1
            else:
                line.append((part, PLAIN))
        asked += 1 if count else 0
        lines.append(line)
    return lines


def _table_lines(panel: Table, cursor: tuple[int, int] | None) -> list[Line]:
    texts = [[_cell_text(cell) for cell in row] for row in panel.rows]
    widths = [max(map(len, column)) for column in zip(panel.head, *texts, strict=True)]
    right = [
        any(isinstance(row[n], Number) for row in panel.rows) for n in range(len(panel.head))
    ]

    def place(text: str, n: int) -> str:
        return text.rjust(widths[n]) if right[n] else text.ljust(widths[n])

    lines: list[Line] = [
        [(("  " if n else " ") + place(text, n), MUTED) for n, text in enumerate(panel.head)]
    ]
    asked = 0
    for number, row in enumerate(panel.rows):
        base = Ink("window", bold=True) if number == panel.marked else PLAIN
        line: Line = [("▸" if number == panel.marked else " ", base)]
        count = 0
        for n, part in enumerate(row):
            text = place(texts[number][n], n)
            ink = base
            if isinstance(part, Number):
                if (asked, count) == cursor:
                    ink = UNDER_CURSOR
                count += 1
            line += [("  ", PLAIN), (text, ink)] if n else [(text, ink)]
        asked += 1 if count else 0
        lines.append(line)
    return lines


def _cell_text(cell: str | Number) -> str:
    return cell if isinstance(cell, str) else value_text(cell)


def value_text(number: Number) -> str:
    """A number with its decimals; a whole one with its thousands apart."""
    value = number.element.value
    if number.decimals == 0:
        return f"{value:,.0f}".replace("-", MINUS).replace(",", " ")
    if number.powers and value and not 10**-number.decimals <= abs(value) < 1e5:
        return with_power(value)
    return fixed(value, number.decimals)


def _number(number: Number, under_cursor: bool) -> tuple[str, Ink]:
    return value_text(number), UNDER_CURSOR if under_cursor else ACCENT
