"""Panels as lines of inked text, each kind in its own way."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

import numpy as np

from engine.notation import MINUS, fixed, format_number
from engine.why import Element
from lessons.kit.figure import Curves, Formula, Matrix, Note, Number, Panel, Pixels, Table, View
from tutor.drawing import tone
from tutor.drawing.curves import draw_curves
from tutor.drawing.grid import UNWRITTEN, Frame, draw_grid, follow, mark_at
from tutor.drawing.ink import (
    ACCENT,
    FOCUSED_TITLE,
    MUTED,
    PLAIN,
    RGB,
    TITLE,
    UNDER_CURSOR,
    Ink,
    Line,
    crop,
    pad,
    width_of,
)
from tutor.drawing.look import Look

LEAST_PIXELS: dict[Look, int] = {"blocks": 8, "shades": 6, "numbers": 4}
"""How few rows or columns of a picture may be seen at once."""
CURVES_SIZE = (56, 15)
"""Columns and lines of a chart where there is room."""
UNWRITTEN_RGB = {True: (38, 42, 50), False: (214, 214, 210)}
CURSOR_RGB: RGB = (0, 230, 118)


@dataclass(frozen=True)
class Pen:
    """What drawing depends on besides the panel and its room."""

    look: Look = "shades"
    dark: bool = True
    """Whether ink is light on a dark page."""
    cursor: tuple[int, int] | None = None
    """Row and column of the number under the cursor, when the panel has it."""
    frame: Frame | None = None
    """What was seen of the panel before; it is kept where possible."""
    zoom: int = 1
    """In blocks: columns that a pixel takes; half as many lines, at the least half a line."""


@dataclass(frozen=True)
class Drawing:
    """A drawn panel."""

    lines: list[Line]
    width: int
    frame: Frame | None = None


def cells(panel: Panel) -> list[list[Element]]:
    """The numbers of a panel that can be asked about, row by row."""
    match panel:
        case Pixels() | Matrix():
            rows, columns = panel.view.array.shape
            written = rows * columns if panel.written is None else panel.written
            grid = [
                [panel.view.element(r, c) for c in range(columns) if r * columns + c < written]
                for r in range(rows)
            ]
            return [row for row in grid if row]
        case Formula():
            lines = [[p.element for p in line if isinstance(p, Number)] for line in panel.lines]
            return [line for line in lines if line]
        case Table():
            lines = [[p.element for p in row if isinstance(p, Number)] for row in panel.rows]
            return [line for line in lines if line]
    return []


def natural_size(panel: Panel, look: Look, width: int, zoom: int = 1) -> tuple[int, int]:
    """Columns and lines that the panel would like, its title included, in at most `width`."""
    title = 1 if panel.title else 0
    match panel:
        case Pixels():
            rows, columns = panel.view.array.shape
            if look == "blocks":
                lines = (rows + 1) // 2 if zoom == 1 else rows * (zoom // 2)
                return max(columns * zoom, len(_title_text(panel))), lines + title
            cell = _cell_width(panel, look)
            return columns * (cell + 1) + 1, rows + title
        case Matrix():
            rows, columns = panel.view.array.shape
            return max(columns * (_matrix_width(panel) + 1) + 1, len(panel.title)), rows + title
        case Curves():
            return min(width, CURVES_SIZE[0]), CURVES_SIZE[1] + title
        case Note():
            lines = textwrap.wrap(panel.text, width) or [""]
            return max(map(len, lines)), len(lines) + title
    lines_ = _text_lines(panel, None)
    return max([width_of(line) for line in lines_] + [len(panel.title)]), len(lines_) + title


def least_size(panel: Panel, look: Look, width: int) -> tuple[int, int]:
    """The smallest room in which the panel still makes sense."""
    natural = natural_size(panel, look, width)
    if not isinstance(panel, Pixels):
        return natural
    rows, columns = panel.view.array.shape
    few = LEAST_PIXELS[look]
    per_row = 2 if look == "blocks" else 1
    cell = 1 if look == "blocks" else _cell_width(panel, look) + 1
    return (
        min(natural[0], min(columns, few) * cell + 1),
        min(natural[1], min(rows, few) // per_row + 1),
    )


def draw_panel(panel: Panel, width: int, height: int, pen: Pen) -> Drawing:
    """Draw a panel into a room of `width` × `height` characters."""
    body_height = height - (1 if panel.title else 0)
    frame: Frame | None = None
    match panel:
        case Pixels() if pen.look == "blocks":
            body, frame = _blocks(panel, width, body_height, pen)
        case Pixels() | Matrix():
            body, frame = _cells(panel, width, body_height, pen)
        case Curves():
            body = draw_curves(panel, min(width, CURVES_SIZE[0]), body_height)
        case Note():
            body = [[(line, PLAIN)] for line in textwrap.wrap(panel.text, max(1, width))]
        case _:
            body = _text_lines(panel, pen.cursor)
    lines = [_title(panel, frame, pen, width), *body] if panel.title else body
    lines = [crop(line, width) for line in lines[:height]]
    drawn = max((width_of(line) for line in lines), default=0)
    return Drawing([pad(line, drawn) for line in lines], drawn, frame)


def cell_at(panel: Panel, drawing_frame: Frame, pen: Pen, x: int, y: int) -> tuple[int, int] | None:
    """The row and column of a grid or picture that is drawn at a place of its room."""
    line = y - (1 if panel.title else 0)
    if line < 0 or not isinstance(panel, Pixels | Matrix):
        return None
    if isinstance(panel, Pixels) and pen.look == "blocks":
        row = line * 2 if pen.zoom == 1 else line // (pen.zoom // 2)
        column = x // pen.zoom
    else:
        width = _grid_width(panel, pen.look)
        row, column = line, max(0, x - 1) // (width + 1)
    if row >= drawing_frame.rows or column >= drawing_frame.columns:
        return None
    return drawing_frame.top + row, drawing_frame.left + column


def _title_text(panel: Panel) -> str:
    if isinstance(panel, Pixels):
        rows, columns = panel.view.array.shape
        return f"{panel.title} {rows}×{columns}"
    return panel.title


def _title(panel: Panel, frame: Frame | None, pen: Pen, width: int) -> Line:
    ink = FOCUSED_TITLE if pen.cursor is not None else TITLE
    line: Line = [(panel.title, ink)]
    if isinstance(panel, Pixels):
        rows, columns = panel.view.array.shape
        line.append((f" {rows}×{columns}", MUTED))
        if pen.look == "shades" and panel.signed:
            line.append((f"  − {tone.MINUS_RAMP[:0:-1]}{tone.PLUS_RAMP} +", MUTED))
        if frame and (frame.rows < rows or frame.columns < columns):
            rows_seen = f"{frame.top}–{frame.top + frame.rows - 1}"
            columns_seen = f"{frame.left}–{frame.left + frame.columns - 1}"
            seen = f" [{rows_seen},{columns_seen}]"
            if width_of(line) + len(seen) <= width:
                line.append((seen, MUTED))
    return line


def _cell_width(panel: Pixels, look: Look) -> int:
    if look == "shades":
        return 1
    return max(len(fixed(float(value))) for value in _extremes(panel.view))


def _matrix_width(panel: Matrix) -> int:
    texts = [_matrix_text(panel, float(value)) for value in _extremes(panel.view)]
    return max(4 if panel.decimals else 3, *map(len, texts)) + (0 if panel.decimals else 1)


def _grid_width(panel: Pixels | Matrix, look: Look) -> int:
    return _matrix_width(panel) if isinstance(panel, Matrix) else _cell_width(panel, look)


def _matrix_text(panel: Matrix, value: float) -> str:
    return fixed(value, panel.decimals) if panel.decimals else format_number(value, 2)


def _extremes(view: View) -> tuple[float, float, float]:
    array = view.array
    widest = float(np.abs(array).max(initial=0))
    return -widest if float(array.min(initial=0)) < 0 else widest, 0.25, 1.0


def _anchor(panel: Pixels | Matrix, pen: Pen) -> tuple[int, int, int, int] | None:
    """The rows and columns that must be seen: the cursor, or what the marks point at."""
    if pen.cursor is not None:
        row, column = pen.cursor
        return row, row, column, column
    telling = [mark for mark in panel.marks if mark.kind in ("window", "current")]
    rows = [row for mark in telling for row in mark.rows]
    columns = [column for mark in telling for column in mark.columns]
    return (min(rows), max(rows), min(columns), max(columns)) if rows and columns else None


def _frame(panel: Pixels | Matrix, rows_room: int, columns_room: int, pen: Pen) -> Frame:
    rows, columns = panel.view.array.shape
    rows_room, columns_room = max(1, min(rows, rows_room)), max(1, min(columns, columns_room))
    old = pen.frame or Frame(0, 0, 0, 0)
    top, bottom, left, right = _anchor(panel, pen) or (old.top, old.top, old.left, old.left)
    return Frame(
        follow(old.top, rows_room, rows, top, bottom),
        follow(old.left, columns_room, columns, left, right),
        rows_room,
        columns_room,
    )


def _cells(
    panel: Pixels | Matrix, width: int, height: int, pen: Pen
) -> tuple[list[Line], Frame]:
    array = panel.view.array
    columns = array.shape[1]
    written = array.size if panel.written is None else panel.written
    cell_width = _grid_width(panel, pen.look)
    shades = isinstance(panel, Pixels) and pen.look == "shades"
    levels = tone.levels(panel) if isinstance(panel, Pixels) else None

    def cell(row: int, column: int) -> tuple[str, Ink]:
        if row * columns + column >= written:
            return UNWRITTEN
        value = float(array[row, column])
        signed = isinstance(panel, Matrix) or panel.signed
        ink = Ink("plus" if value > 0 else "minus") if signed and value else PLAIN
        if shades and levels is not None and isinstance(panel, Pixels):
            level = float(levels[row, column])
            if not pen.dark and not panel.signed:
                level = 1 - level
            return tone.character(level, panel.signed), ink
        return _matrix_text(panel, value) if isinstance(panel, Matrix) else fixed(value), ink

    frame = _frame(panel, height, (width - 1) // (cell_width + 1), pen)
    return draw_grid(cell, frame, panel.marks, pen.cursor, cell_width), frame


def _blocks(panel: Pixels, width: int, height: int, pen: Pen) -> tuple[list[Line], Frame]:
    """Half blocks: the upper pixel in the character's colour, the lower one behind it; zoomed in,
    a pixel is a block of blanks on its colour."""
    zoom = pen.zoom
    frame = _frame(panel, height * 2 if zoom == 1 else height // (zoom // 2), width // zoom, pen)
    colours = tone.rgb(panel, pen.dark)
    rows, columns = colours.shape[:2]
    written = rows * columns if panel.written is None else panel.written
    marked = mark_at(panel.marks)

    unwritten = UNWRITTEN_RGB[pen.dark]
    inked: list[list[RGB | None]] = []
    for row in range(frame.top, min(rows, frame.top + frame.rows)):
        done = max(0, min(columns, written - row * columns))
        own: list[RGB | None] = [(r, g, b) for r, g, b in colours[row, :done].tolist()]
        inked.append(own + [unwritten] * (columns - done))
    for (row, column), kind in marked.items():
        if not (0 <= row - frame.top < len(inked) and 0 <= column < columns):
            continue
        here = inked[row - frame.top][column]
        if here is not None and row * columns + column < written:
            inked[row - frame.top][column] = tone.tinted(here, kind)
        elif kind == "current":
            inked[row - frame.top][column] = tone.tinted(unwritten, "window")
    if pen.cursor is not None and 0 <= pen.cursor[0] - frame.top < len(inked):
        inked[pen.cursor[0] - frame.top][pen.cursor[1]] = CURSOR_RGB
    seen = [line[frame.left : frame.left + frame.columns] for line in inked]
    if zoom == 1:
        seen += [[None] * frame.columns] * (len(seen) % 2)
        pairs = zip(seen[::2], seen[1::2], strict=True)
        return [[("▀", Ink(*cell)) for cell in zip(*pair, strict=True)] for pair in pairs], frame
    blank = " " * zoom
    lines: list[Line] = []
    for colour_line in seen:
        lines += [[(blank, Ink(bg=colour)) for colour in colour_line]] * (zoom // 2)
    return lines, frame


def _text_lines(panel: Panel, cursor: tuple[int, int] | None) -> list[Line]:
    if isinstance(panel, Formula):
        return _formula_lines(panel, cursor)
    if isinstance(panel, Table):
        return _table_lines(panel, cursor)
    return []


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
    return cell if isinstance(cell, str) else _value_text(cell)


def _value_text(number: Number) -> str:
    value = number.element.value
    if number.decimals == 0:
        return f"{value:,.0f}".replace("-", MINUS).replace(",", " ")
    return fixed(value, number.decimals)


def _number(number: Number, under_cursor: bool) -> tuple[str, Ink]:
    ink = UNDER_CURSOR if under_cursor else ACCENT
    return _value_text(number), ink
