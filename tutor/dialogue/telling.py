"""Panels told: in a few words and numbers, for the ear; pixels by where they are strongest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from engine.notation import fixed, format_number
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
    Points,
    Table,
    Timeline,
    View,
)
from tutor.drawing.flow import text_of_stage
from tutor.drawing.timeline import written
from tutor.plain_panels import curves_words

FEW_CELLS = 40
"""A matrix of so many numbers is told whole."""
FEW_STEPS = 12
"""A timeline of so many steps is told whole."""
FEW_MAPS = 4
"""So many maps are told one by one."""
_TO_COME = "·"
"""What stands in a table for a number that the film has not come to."""
EVER = 1_000_000
"""A width at which nothing is wrapped: that is for who writes the lines."""


def name_of(panel: Panel) -> str:
    """What a panel is called aloud."""
    return " ".join(panel.title.split()) or panel.key


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
            return list(_bars_lines(panel))
        case Timeline():
            first, end = written(panel)
            return list(_timeline_lines(panel, whole or end - first <= FEW_STEPS))
        case Curves():
            words = [f"  {line}" for line in curves_words(panel, EVER)]
            axes = f"{head}: {panel.y_label} over {panel.x_label}."
            return [axes, *words, *(_points_of(panel) if whole else [])]
        case Plane():
            return list(_plane_lines(panel, whole))
        case Flow():
            return list(_flow_lines(panel))
        case Formula():
            lines = [" ".join(_text_of(line).split()) for line in panel.lines]
            return [f"{head}:", *(f"  {line}" for line in lines if line)]
        case Table():
            return list(_table_lines(panel))
        case Note():
            return [f"{panel.title}: {panel.text}" if panel.title else panel.text]
    return [head]


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
    return [*lines, *map(_mark_line, panel.marks)]


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
        cells = ", ".join(fixed(float(value), decimals) for value in row[:there])
        yield f"  {name or f'row {n}'}: {cells}"


def _mark_line(mark: Mark) -> str:
    return f"  {mark.kind}: {_span('row', mark.rows)}, {_span('column', mark.columns)}"


def _span(what: str, numbers: tuple[int, ...]) -> str:
    """Rows or columns by their numbers; a run of them by its ends."""
    if not numbers:
        return f"no {what}"
    first, last = min(numbers), max(numbers)
    if first == last:
        return f"{what} {first}"
    if len(set(numbers)) == last - first + 1:
        return f"{what}s {first} to {last}"
    return f"{what}s {', '.join(map(str, sorted(set(numbers))))}"


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
                    f"    row {k}: {', '.join(fixed(float(value)) for value in row)}"
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


def _bars_lines(panel: Bars) -> Iterator[str]:
    yield f"{name_of(panel)}:"
    for bar in panel.bars:
        label = " ".join(bar.label.split())
        mark = ", marked" if bar.marked else ""
        yield f"  {label}: {' and '.join(map(_value, bar.parts))}{mark}"
    if panel.line:
        yield f"  a line stands at {format_number(panel.line[1])}: {panel.line[0]}"


def _timeline_lines(panel: Timeline, whole: bool) -> Iterator[str]:
    """A line for each time step; of a long timeline the course of each row, and the step that
    the moment is about."""
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
        number: Callable[[Any], str] = partial(_fixed, decimals=row.decimals)
        yield (
            f"  {' '.join(row.label.split())}: from {number(values[0])} to {number(values[-1])}; "
            f"lowest {number(values[low])} at step {first + low + 1}, "
            f"highest {number(values[high])} at step {first + high + 1}"
        )
    if panel.current is not None and first <= panel.current < end:
        yield _step_line(panel, panel.current)


def _step_line(panel: Timeline, step: int) -> str:
    tick = panel.ticks[step].strip()
    named = f" ({tick})" if tick and tick != str(step + 1) else ""
    cells = ", ".join(
        f"{' '.join(row.label.split())} {_fixed(row.view.array.ravel()[step], row.decimals)}"
        for row in panel.rows
    )
    now = "now " if step == panel.current else ""
    return f"  {now}step {step + 1}{named}: {cells}"


def _fixed(value: Any, decimals: int) -> str:
    return fixed(float(value), decimals)


def _table_lines(panel: Table) -> Iterator[str]:
    yield f"{name_of(panel)}:"
    for n, row in enumerate(panel.rows):
        texts = [" ".join(_text_of((cell,)).split()) for cell in row]
        pairs = [
            f"{' '.join(head.split())} {'not yet' if text == _TO_COME else text}".strip()
            for head, text in zip(panel.head, texts, strict=True)
            if text
        ]
        yield f"  {', '.join(pairs)}{', marked' if n == panel.marked else ''}"


def _text_of(parts: tuple[str | Number, ...]) -> str:
    return "".join(part if isinstance(part, str) else _value(part) for part in parts)


def _value(number: Number) -> str:
    """A number with its decimals; not with its thousands apart, which would be heard as two."""
    return fixed(number.element.value, number.decimals)


def _flow_lines(panel: Flow) -> Iterator[str]:
    yield f"{name_of(panel)}: {', then '.join(map(text_of_stage, panel.stages))}."
    if panel.current is not None:
        stage = panel.stages[panel.current]
        yield f"  now {stage.name}{f': {stage.note}' if stage.note else ''}"


# Curves and planes ------------------------------------------------------------------------------


def _points_of(panel: Curves) -> Iterator[str]:
    """Every point of every curve."""
    for series in panel.series:
        pairs = [
            f"{format_number(float(y))} at {format_number(float(x))}"
            for x, y in zip(series.x, series.y, strict=True)
            if np.isfinite(y)
        ]
        yield f"  {series.label}, point by point: {', '.join(pairs) or 'nothing yet'}"


def _plane_lines(panel: Plane, whole: bool) -> Iterator[str]:
    x, y = (
        f"{label} from {format_number(low)} to {format_number(high)}"
        for label, (low, high) in (
            (panel.x_label, panel.x_limits),
            (panel.y_label, panel.y_limits),
        )
    )
    yield f"{name_of(panel)}: a plane, {x} across and {y} upwards."
    if panel.field is not None:
        yield f"  its field{_range(panel.field.array.ravel(), panel.field)}".replace("; ", ": ", 1)
        if whole:
            for n, row in enumerate(panel.field.array):
                yield f"  row {n}: {', '.join(format_number(float(value)) for value in row)}"
    for group in panel.groups:
        yield f"  {_group(group, whole)}"
    if panel.at is not None:
        yield f"  pointed out: {_place(*panel.at)}"


def _group(group: Points, whole: bool) -> str:
    name = f"{group.letter}, {group.label}" if group.label else group.letter
    places = [_place(float(x), float(y)) for x, y in zip(group.x, group.y, strict=True)]
    if not places:
        return f"{name}: nothing yet"
    if group.path and len(places) > 1 and not whole:
        return f"{name}: a path of {len(places)} places, from {places[0]} to {places[-1]}"
    if len(places) > FEW_STEPS and not whole:
        return f"{name}: {len(places)} places, the first at {places[0]}"
    return f"{name}: {', '.join(places)}"


def _place(x: float, y: float) -> str:
    return f"({format_number(x)}, {format_number(y)})"


def _of(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"
