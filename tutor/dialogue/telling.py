"""Panels told: in a few words and numbers, for the ear; pixels by where they are strongest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from engine.notation import MINUS, format_number
from lessons.kit.figure import (
    Bars,
    Curves,
    Flow,
    Formula,
    Maps,
    Mark,
    Matrix,
    Note,
    Number,
    Panel,
    Pixels,
    Plane,
    Table,
    Timeline,
    View,
)
from tutor.dialogue.charts import curves_lines, plane_lines
from tutor.dialogue.numbers import heard, number_text
from tutor.drawing.flow import text_of_stage
from tutor.drawing.timeline import written

FEW_CELLS = 40
"""A matrix of so many numbers is told whole."""
FEW_STEPS = 12
FEW_VALUES = 100
"""A timeline of so many steps, with so many values in all, is told whole."""
FEW_MAPS = 4
"""So many maps are told one by one."""
_TO_COME = "·"
"""What stands in a table for a number that the film has not come to."""
FEW_LINES = 2
"""A panel of so many lines under its name may be told by halves."""
MARKED = ", marked"
NOW = "now "
_APART = re.compile(rf"(?<=\w) +(?={MINUS}\S)|(?<=[\d)\]]) {{2,}}(?=[^\s=+·/{MINUS}])")
"""Where blanks are all that parts two things of a line of mathematics."""


def name_of(panel: Panel) -> str:
    """What a panel is called aloud."""
    title = panel.title.replace("↓", "by row").replace("→", "by column")
    return " ".join(title.split()) or panel.key


def told(panel: Panel) -> list[str]:
    """A panel in short: what it shows, and the numbers that say most about it."""
    return _told(panel, whole=False)


def told_whole(panel: Panel) -> list[str]:
    """A panel with all its numbers."""
    return _told(panel, whole=True)


def _told(panel: Panel, whole: bool) -> list[str]:
    head = name_of(panel)
    match panel:
        case Pixels():
            return _grid_lines(panel, 2, whole)
        case Matrix():
            few = panel.view.array.size <= FEW_CELLS
            return _grid_lines(panel, panel.decimals, whole or few)
        case Maps():
            return _maps_lines(panel, whole)
        case Bars():
            return list(_bars_lines(panel, whole))
        case Timeline():
            first, end = written(panel)
            few = end - first <= min(FEW_STEPS, FEW_VALUES // max(1, len(panel.rows)))
            return list(_timeline_lines(panel, whole or few))
        case Curves():
            return list(curves_lines(panel, head, whole))
        case Plane():
            return list(plane_lines(panel, head, whole))
        case Flow():
            return list(_flow_lines(panel))
        case Formula():
            return list(_formula_lines(panel, whole))
        case Table():
            return list(_table_lines(panel, whole))
        case Note():
            return [f"{panel.title}: {panel.text}" if panel.title else panel.text]
    return [head]


def news(before: list[str], now: list[str]) -> list[str]:
    """Of a panel told before, the lines that are new under its name; nothing where none is, and
    all where half of them are.

    That a line is pointed out no longer is not new: another one is, or the moment says more.
    """
    if before == now:
        return []
    if not before or len(now) < len(before) or _name_told(before) != _name_told(now):
        return now
    old = dict(enumerate(before))
    fresh = [
        line
        for n, line in enumerate(now[1:], 1)
        if line != old.get(n) and line not in (old.get(n, "").removesuffix(MARKED), _late(old, n))
    ]
    if 2 * len(fresh) >= len(now) - 1 > FEW_LINES:
        return now
    return [now[0], *fresh] if fresh or now[0] != before[0] else []


def _late(old: dict[int, str], n: int) -> str:
    """A line as it is once the moment is no longer about it."""
    return old.get(n, "").replace(f"  {NOW}", "  ", 1)


def _name_told(lines: list[str]) -> str:
    """What a told panel begins with: its name."""
    return re.split(r"[:;.]", lines[0])[0]


# Grids ------------------------------------------------------------------------------------------


def _grid_lines(panel: Pixels | Matrix, decimals: int, whole: bool) -> list[str]:
    array = panel.view.array
    rows, columns = array.shape
    count = array.size if panel.written is None else min(panel.written, array.size)
    kind = "a map with signs" if isinstance(panel, Pixels) and panel.signed else ""
    kind = kind or ("a picture" if isinstance(panel, Pixels) else "numbers")
    head = f"{name_of(panel)}: {kind} in {rows} {_of('row', rows)} and {columns} columns"
    if columns == 1:
        head = head.removesuffix("s")
    if not count:
        return [f"{head}; nothing is written yet."]
    if count < array.size:
        head += f", {count} of {array.size} cells written"
    lines = [f"{head}{':' if whole else _range(array.ravel()[:count], panel.view)}"]
    if whole:
        lines += _rows(array, count, decimals, panel)
    return [*lines, *(_mark_line(mark, panel) for mark in panel.marks)]


def _range(values: Any, view: View) -> str:
    """From the smallest to the largest number, and where these stand."""
    finite = np.isfinite(values)
    if not finite.any():
        return "; no number in it is finite."
    low = int(np.argmin(np.where(finite, values, np.inf)))
    high = int(np.argmax(np.where(finite, values, -np.inf)))
    if values[low] == values[high]:
        return f"; all are {format_number(float(values[low]))}."
    columns = view.array.shape[-1]
    least, most = (view.element(*divmod(place, columns)) for place in (low, high))
    return (
        f"; the smallest is {least.label} = {format_number(least.value)}, "
        f"the largest {most.label} = {format_number(most.value)}."
    )


def _rows(array: Any, count: int, decimals: int, panel: Pixels | Matrix) -> Iterator[str]:
    names = panel.row_names if isinstance(panel, Matrix) else ()
    heads = panel.column_names if isinstance(panel, Matrix) else ()
    if heads:
        yield f"  columns: {', '.join(' '.join(one.split()) or 'no name' for one in heads)}"
    columns = array.shape[1]
    for n, row in enumerate(array):
        there = max(0, min(columns, count - n * columns))
        if not there:
            return
        name = " ".join(names[n].split()) if n < len(names) else ""
        cells = ", ".join(heard(float(value), decimals) for value in row[:there])
        yield f"  {name or f'row {n}'}: {cells}"


def _mark_line(mark: Mark, panel: Pixels | Matrix) -> str:
    row_names = panel.row_names if isinstance(panel, Matrix) else ()
    column_names = panel.column_names if isinstance(panel, Matrix) else ()
    rows = _span("row", mark.rows, row_names)
    return f"  {mark.kind}: {rows}, {_span('column', mark.columns, column_names)}"


def _span(what: str, numbers: tuple[int, ...], names: tuple[str, ...]) -> str:
    """Rows or columns by their names, else by their numbers; a run of them by its ends."""
    if not numbers:
        return f"no {what}"

    def called(number: int) -> str:
        name = " ".join(names[number].split()) if number < len(names) else ""
        return name or str(number)

    first, last = min(numbers), max(numbers)
    if first == last:
        return f"{what} {called(first)}"
    if len(set(numbers)) == last - first + 1:
        return f"{what}s {called(first)} to {called(last)}"
    return f"{what}s {', '.join(map(called, sorted(set(numbers))))}"


def _maps_lines(panel: Maps, whole: bool) -> list[str]:
    array = panel.view.array
    count, rows, columns = array.shape
    head = f"{name_of(panel)}: {count} {_of('map', count)} of {rows} by {columns}"
    if panel.marked is not None:
        head += f"; marked is {_map_name(panel, panel.marked)}"
    if whole or count <= FEW_MAPS:
        lines = [f"{head}."]
        for n, one in enumerate(array):
            lines.append(f"  {_map_name(panel, n)}{_map_range(panel, n, one)}")
            if whole:
                lines += [
                    f"    row {k}: {', '.join(heard(float(value), 2) for value in row)}"
                    for k, row in enumerate(one)
                ]
        return lines
    finite = np.where(np.isfinite(array), array, 0.0)
    at = np.unravel_index(int(np.argmax(np.abs(finite))), array.shape)
    most = panel.view.element(*map(int, at))
    low, high = (format_number(float(value)) for value in (finite.min(), finite.max()))
    strongest = f"{most.label} = {format_number(most.value)}"
    where = f"{_map_name(panel, int(at[0]))}, {strongest}"
    return [f"{head}; from {low} to {high}; strongest in {where}."]


def _map_name(panel: Maps, n: int) -> str:
    name = panel.names[n].strip() if n < len(panel.names) else ""
    return name or f"map {n}"


def _map_range(panel: Maps, n: int, one: Any) -> str:
    low, high = int(np.argmin(one)), int(np.argmax(one))
    least, most = (panel.view.element(n, *divmod(k, one.shape[1])) for k in (low, high))
    return (
        f": from {format_number(least.value)} to {format_number(most.value)}, "
        f"the largest is {most.label}"
    )


# Lists and tables -------------------------------------------------------------------------------


def _bars_lines(panel: Bars, whole: bool) -> Iterator[str]:
    yield f"{name_of(panel)}:"
    for bar in panel.bars:
        label = " ".join(bar.label.split())
        numbers = " and ".join(number_text(part, whole) for part in bar.parts)
        yield f"  {label}: {numbers}{MARKED if bar.marked else ''}"
    if panel.line:
        yield f"  a line stands at {format_number(panel.line[1])}: {panel.line[0]}"


def _formula_lines(panel: Formula, whole: bool) -> Iterator[str]:
    """The lines, with a comma where blanks alone part a number from what comes after it."""
    lines = [_APART.sub(", ", _text_of(line, whole).strip()) for line in panel.lines]
    if any(lines):
        yield f"{name_of(panel)}:"
    for line in lines:
        if line:
            yield f"  {' '.join(line.split())}"


def _timeline_lines(panel: Timeline, whole: bool) -> Iterator[str]:
    """A line for each time step; of a long timeline the course of each row, and the step that
    the moment is about. Steps count from 0, as in the numbers' names."""
    first, end = written(panel)
    total = len(panel.ticks)
    so_far = "" if end - first == total else f", {end - first} of them written"
    count = len(panel.rows)
    yield f"{name_of(panel)}: {count} {_of('row', count)} over {total} time steps{so_far}."
    if whole:
        for step in range(first, end):
            yield _step_line(panel, step)
        return
    for row in panel.rows:
        values = row.view.array.ravel()[first:end]
        low, high = int(np.argmin(values)), int(np.argmax(values))
        number: Callable[[Any], str] = partial(_heard, decimals=row.decimals)
        name = " ".join(row.label.split())
        if values[low] == values[high]:
            yield f"  {name}: {number(values[0])} all along"
            continue
        yield (
            f"  {name}: from {number(values[0])} to {number(values[-1])}; "
            f"lowest {number(values[low])} at step {first + low}, "
            f"highest {number(values[high])} at step {first + high}"
        )
    if panel.current is not None and first <= panel.current < end:
        yield _step_line(panel, panel.current)


def _step_line(panel: Timeline, step: int) -> str:
    tick = panel.ticks[step].strip()
    named = f" ({tick})" if tick and tick != str(step) else ""
    cells = ", ".join(
        f"{' '.join(row.label.split())} {_heard(row.view.array.ravel()[step], row.decimals)}"
        for row in panel.rows
    )
    return f"  {NOW if step == panel.current else ''}step {step}{named}: {cells}"


def _heard(value: Any, decimals: int) -> str:
    return heard(float(value), decimals)


def _table_lines(panel: Table, whole: bool) -> Iterator[str]:
    """A line for each row; a heading and its number apart, which would else be heard as one."""
    yield f"{name_of(panel)}:"
    for n, row in enumerate(panel.rows):
        texts = [" ".join(_text_of((cell,), whole).split()) for cell in row]
        heads = [" ".join(head.split()) for head in panel.head]
        pairs = [
            f"{f'{head}: ' if head else ''}{'not yet' if text == _TO_COME else text}"
            for head, text in zip(heads, texts, strict=True)
            if text
        ]
        yield f"  {', '.join(pairs)}{MARKED if n == panel.marked else ''}"


def _text_of(parts: tuple[str | Number, ...], whole: bool) -> str:
    return "".join(part if isinstance(part, str) else number_text(part, whole) for part in parts)


def _flow_lines(panel: Flow) -> Iterator[str]:
    yield f"{name_of(panel)}: {', then '.join(map(text_of_stage, panel.stages))}."
    if panel.current is not None:
        stage = panel.stages[panel.current]
        yield f"  now {stage.name}{f': {stage.note}' if stage.note else ''}"


def _of(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"
