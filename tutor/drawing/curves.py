"""Curves over axes that stay put, each ending in its letter."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.shapes import Array
from lessons.kit.figure import Curves, Series
from tutor.drawing.axes import Limits, decades, place, tick_row, tick_texts, ticks
from tutor.drawing.ink import ACCENT, MUTED, PLAIN, Ink, Line, Role, crop, runs, width_of
from tutor.drawing.look import Look
from tutor.drawing.pen import Size
from tutor.drawing.strokes import Dots, draw_strokes, thinned

SERIES_ROLES: tuple[Role, ...] = ("plus", "minus", "accent", "current", "leaf", "title")
LETTERS = "abcdef"
"""What curves end in that are given no letter of their own."""
NATURAL: Size = (56, 15)
"""Columns and lines of a chart where there is room."""
LEAST: Size = (24, 6)
WIDEST = 110
HIGHEST = 20
FEW = 12
APART = 18
"""Columns from one letter along a curve to the next."""
_POINT = "●"


@dataclass(frozen=True)
class _Chart:
    """The room inside the axes, and which values its edges stand for."""

    width: int
    height: int
    x: Limits
    y: Limits

    def dots(self, x: Array, y: Array) -> Dots:
        """Where values fall, in dots from the left and from the bottom."""
        across, up = 2 * self.width - 1, 4 * self.height - 1
        high = up * (y - self.y[0]) / (self.y[1] - self.y[0])
        # A little outside is as good as far outside, and plotext need not draw all the way.
        high = np.clip(high, -2.0 * up, 3.0 * up)
        return across * (x - self.x[0]) / (self.x[1] - self.x[0]), high

    def holds(self, cell: tuple[int, int]) -> bool:
        """Whether a row and column lie inside."""
        return 0 <= cell[0] < self.height and 0 <= cell[1] < self.width

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of a point; None outside."""
        row, column = place(y, self.y, self.height), place(x, self.x, self.width)
        return None if row is None or column is None else (self.height - 1 - row, column)


def letters(panel: Curves) -> list[str]:
    """What each curve ends in."""
    return [one.letter or LETTERS[n % len(LETTERS)] for n, one in enumerate(panel.series)]


def limits(panel: Curves) -> tuple[Limits, Limits]:
    """The values at the edges, x and y; for a logarithmic axis the exponents of y."""
    x = panel.x_limits or _span([one.x for one in panel.series])
    if panel.log_y:
        y = panel.y_limits
        powers = [heights(panel, one) for one in panel.series]
        found = (np.log10(y[0]), np.log10(y[1])) if y else _span(powers)
        return _apart(x), _apart((float(found[0]), float(found[1])))
    low, high = panel.y_limits or _span([one.y for one in panel.series])
    return _apart(x), _apart((low if panel.y_limits else min(0.0, low), high))


def heights(panel: Curves, series: Series) -> Array:
    """What is drawn over x: y, or its exponent."""
    y = np.asarray(series.y, dtype=float)
    if not panel.log_y:
        return y
    with np.errstate(divide="ignore", invalid="ignore"):
        powers = np.log10(np.where(y > 0, y, np.nan))
    return np.asarray(powers, dtype=float)


def draw_curves(panel: Curves, width: int, height: int, look: Look) -> list[Line]:
    """The chart in its room, under a line that names its series. Where there may be no colour,
    the letters also stand along the curves."""
    (x_limits, y_limits) = limits(panel)
    inner_height = max(2, height - 3)
    tick_count = max(2, min(6, inner_height // 2))
    y_ticks = decades(y_limits, tick_count) if panel.log_y else ticks(y_limits, tick_count)
    y_texts = tick_texts(y_ticks, panel.log_y)
    margin = max([len(text) for text in y_texts], default=0)
    if width - margin - 1 < 12:
        y_ticks, y_texts, margin = [], [], 0
    chart = _Chart(max(2, width - margin - 1), inner_height, x_limits, y_limits)

    canvas = _strokes(panel, chart, along=look != "blocks")
    left = {chart.height - 1 - (place(v, y_limits, chart.height) or 0): text
            for v, text in zip(y_ticks, y_texts, strict=True)}  # fmt: skip
    foot, named = _foot(panel, chart, margin)
    lines: list[Line] = [_names(panel, width, "" if named else f"  over {panel.x_label}")]
    for row, cells in enumerate(canvas):
        head = left.get(row, "").rjust(margin) + ("┤" if row in left else "│")
        row_cells = (cells.get(column, (" ", PLAIN)) for column in range(chart.width))
        lines.append([(head, MUTED), *runs(row_cells)])
    return [*lines, *foot][:height]


def _strokes(panel: Curves, chart: _Chart, along: bool) -> list[dict[int, tuple[str, Ink]]]:
    """What stands in each row of the chart: lines, their letters, the point of now."""
    order = sorted(range(len(panel.series)), key=lambda n: not panel.series[n].ghost)
    dots = []
    for n in order:
        one = panel.series[n]
        x, y = chart.dots(np.asarray(one.x, dtype=float), heights(panel, one))
        dots.append(thinned(x, y, chart.width))
    canvas: list[dict[int, tuple[str, Ink]]] = [
        {column: (sign, _ink(panel, order[which], True)) for column, (sign, which) in row.items()}
        for row in draw_strokes(dots, chart.width, chart.height)
    ]
    taken: set[tuple[int, int]] = set()
    many = len(panel.series) > 1
    for k, n in enumerate(order) if many or (panel.series and panel.series[0].letter) else ():
        places = _along(dots[k], chart, k) if along and many else []
        end = _end(panel, panel.series[n], chart)
        # Beside a letter that stands there already, rather than over it.
        beside = ((0, 0), (0, 1), (0, -1), (-1, 0), (1, 0))
        free = [(end[0] + r, end[1] + c) for r, c in beside] if end else []
        free = [one for one in free if one not in taken and chart.holds(one)]
        for row, column in [*places, *free[:1]]:
            canvas[row][column] = (letters(panel)[n], _ink(panel, n, True))
            taken.add((row, column))
    if panel.marked is not None:
        across, up = panel.marked
        at = chart.cell(across, math.log10(up) if panel.log_y and up > 0 else up)
        if at:
            canvas[at[0]][at[1]] = (_POINT, ACCENT)
    return canvas


def _along(dots: Dots, chart: _Chart, number: int) -> list[tuple[int, int]]:
    """Cells on a curve, one every so many columns, not the same as those of other curves."""
    x, y = dots
    found = []
    for column in range(6 + 4 * number % APART, chart.width, APART):
        near = np.flatnonzero(np.floor(x / 2) == column)
        if len(near) and np.isfinite(y[near[0]]):
            cell = (chart.height - 1 - int(y[near[0]] // 4), column)
            found += [cell] if chart.holds(cell) else []
    return found


def _end(panel: Curves, series: Series, chart: _Chart) -> tuple[int, int] | None:
    """The cell of the last point that is there."""
    y = heights(panel, series)
    there = np.flatnonzero(np.isfinite(y) & np.isfinite(series.x))
    if not len(there):
        return None
    last = int(there[-1])
    # A curve that has left the chart ends at its edge.
    height = min(max(float(y[last]), chart.y[0]), chart.y[1])
    return chart.cell(float(series.x[last]), height)


def _ink(panel: Curves, n: int, bold: bool = False) -> Ink:
    if panel.series[n].ghost:
        return MUTED
    solid = [k for k, one in enumerate(panel.series) if not one.ghost]
    return Ink(SERIES_ROLES[solid.index(n) % len(SERIES_ROLES)], bold=bold)


def _foot(panel: Curves, chart: _Chart, margin: int) -> tuple[list[Line], bool]:
    """The lower axis and its ticks; and whether the axis has room for its name between two of
    them."""
    values = _x_ticks(panel, chart)
    places = [place(value, chart.x, chart.width) or 0 for value in values]
    row, shown = tick_row(places, tick_texts(values), chart.width)
    axis = "".join("┴" if at in shown else "─" for at in range(chart.width))
    name = f" {panel.x_label} "
    last = axis.rfind("─" * (len(name) + 2))
    if named := last >= 0:
        end = last + len(name) + 1
        axis = axis[: end - len(name)] + name + axis[end:]
    blank = " " * margin
    return [[(f"{blank}└{axis}", MUTED)], [(f"{blank} {row}", MUTED)]], named


def _x_ticks(panel: Curves, chart: _Chart) -> list[float]:
    most = max(2, min(6, chart.width // 10))
    # A few values that somebody chose, such as sizes of kernels, are better ticks than round ones.
    own = np.unique(np.concatenate([one.x for one in panel.series] or [np.empty(0)]))
    if 1 < len(own) <= FEW:
        return [float(value) for value in own if chart.x[0] <= value <= chart.x[1]]
    return ticks(chart.x, most)


def _names(panel: Curves, width: int, over: str) -> Line:
    """The name of y, and the letter and the label of each curve; the labels go first."""
    line: Line = []
    many = len(panel.series) > 1
    for short in (False, True):
        line = [] if panel.y_label == panel.title else [(panel.y_label, MUTED)]
        for n, (letter, one) in enumerate(zip(letters(panel), panel.series, strict=True)):
            sign = f"  {letter}" if many or one.letter else " "
            sign = sign if line else sign.lstrip()
            line.append((sign, _ink(panel, n, True)))
            line.append(("" if short else f" {one.label}", _ink(panel, n)))
        line.append((over, MUTED))
        if width_of(line) <= width:
            return line
    return crop(line, width)


def _span(values: list[Array]) -> Limits:
    """From the smallest to the largest of all that is there."""
    every = np.concatenate([np.asarray(one, dtype=float) for one in values] or [np.empty(0)])
    every = every[np.isfinite(every)]
    return (float(every.min()), float(every.max())) if len(every) else (0.0, 1.0)


def _apart(pair: Limits) -> Limits:
    """Limits that are not one and the same."""
    low, high = pair
    if not high > low:
        return low, low + (abs(low) or 1.0)
    return low, high
