"""Curves and planes told: where they start and end, and where they are lowest and highest."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

import numpy as np

from engine.notation import format_number
from engine.shapes import Array
from lessons.kit.figure import Curves, Plane, Points
from tutor.plain_panels import curves_words

EVER = 1_000_000
"""A width at which nothing is wrapped: that is for who writes the lines."""
FEW_PLACES = 12
"""So many places of a plane are told one by one."""
MOST_POINTS = 40
"""Of a longer curve some points are told, evenly spread."""
MOST_LEVELS = 9
"""Of a field so many lines are told, and so many levels of each."""
DOTS = ("·", ".", "•")
"""Letters of places that nobody hears."""


def curves_lines(panel: Curves, name: str, whole: bool) -> Iterator[str]:
    """The axes, and each curve in words; as a whole with its points."""
    yield f"{name}: {panel.y_label} over {panel.x_label}."
    yield from (f"  {line}" for line in curves_words(panel, EVER))
    if whole:
        yield from _points_of(panel)


def _points_of(panel: Curves) -> Iterator[str]:
    """The points of every curve; equal ones in a row as one, and of very many some."""
    for series in panel.series:
        there = np.isfinite(series.y)
        x, y = np.asarray(series.x)[there], np.asarray(series.y)[there]
        shown = _spread(len(x), MOST_POINTS)
        some = f"{len(shown)} of {len(x)} points" if len(shown) < len(x) else "point by point"
        pairs = []
        points = [(float(x[n]), float(y[n])) for n in shown]
        for value, same in groupby(points, itemgetter(1)):
            at = [format_number(place) for place, _ in same]
            until = f" to {at[-1]}" if len(at) > 1 else ""
            pairs.append(f"{format_number(value)} at {at[0]}{until}")
        yield f"  {series.label}, {some}: {', '.join(pairs) or 'nothing yet'}"


def _spread(count: int, most: int) -> list[int]:
    """So many of the first numbers at most, evenly spread from the first to the last."""
    if count <= most:
        return list(range(count))
    return [round(place) for place in np.linspace(0, count - 1, most)]


def plane_lines(panel: Plane, name: str, whole: bool) -> Iterator[str]:
    """The axes, where the field is lowest and highest, and the places."""
    x, y = (
        f"{label} from {format_number(low)} to {format_number(high)}"
        for label, (low, high) in (
            (panel.x_label, panel.x_limits),
            (panel.y_label, panel.y_limits),
        )
    )
    yield f"{name}: a plane, {x} across and {y} upwards."
    if panel.field is not None:
        yield from _field_lines(panel, panel.field.array, whole)
    for group in panel.groups:
        yield f"  {_group(group, whole)}"
    if panel.at is not None:
        yield f"  pointed out: {_place(*panel.at)}"


def _field_lines(panel: Plane, field: Array, whole: bool) -> Iterator[str]:
    """The lowest and the highest value and their places; as a whole some lines across."""
    rows, columns = field.shape
    x, y = np.linspace(*panel.x_limits, columns), np.linspace(*panel.y_limits[::-1], rows)
    finite = np.isfinite(field)
    if finite.any():
        low = divmod(int(np.argmin(np.where(finite, field, np.inf))), columns)
        high = divmod(int(np.argmax(np.where(finite, field, -np.inf))), columns)
        lowest, highest = (
            f"{format_number(float(field[at]))} near {_place(float(x[at[1]]), float(y[at[0]]))}"
            for at in (low, high)
        )
        yield f"  its levels: lowest {lowest}, highest {highest}"
    if not whole:
        return
    across = _spread(columns, MOST_LEVELS)
    yield f"  across at {', '.join(format_number(float(x[column])) for column in across)}:"
    for row in _spread(rows, MOST_LEVELS):
        levels = ", ".join(format_number(float(field[row, column])) for column in across)
        yield f"  at height {format_number(float(y[row]))}: {levels}"


def _group(group: Points, whole: bool) -> str:
    letter = "" if group.letter in DOTS and group.label else group.letter
    name = ", ".join(part for part in (letter, group.label) if part)
    name = "dots" if name in DOTS else name
    places = [_place(float(x), float(y)) for x, y in zip(group.x, group.y, strict=True)]
    if not places:
        return f"{name}: nothing yet"
    if group.path and len(places) > 1 and not whole:
        return f"{name}: a path of {len(places)} places, from {places[0]} to {places[-1]}"
    if len(places) > FEW_PLACES and not whole:
        return f"{name}: {len(places)} places, the first at {places[0]}"
    return f"{name}: {', '.join(places)}"


def _place(x: float, y: float) -> str:
    return f"({format_number(x)}, {format_number(y)})"
