"""Strokes: lines of braille dots, two by four to a character, drawn by plotext."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from engine.shapes import Array

Dots = tuple[Array, Array]
"""A line through dots: x from the left and y from the bottom, in dots; not a number is a gap."""
Stroke = tuple[str, int]
"""A character, and which line is the uppermost in it."""

_FIRST_CODE = 9
"""Colours that plotext is told to use, only to find its lines again in what it drew."""
_RUN = re.compile(r"\x1b\[38;5;(\d+)m|\x1b\[0m|([^\x1b\n]+)|(\n)")


def draw_strokes(lines: Sequence[Dots], width: int, height: int) -> list[dict[int, Stroke]]:
    """For each row of characters, from the top, those that a line goes through, by their column.

    Later lines go over earlier ones; what leaves the room is cut off.
    """
    rows: list[dict[int, Stroke]] = [{} for _ in range(height)]
    if width < 2 or height < 2:
        return rows
    import plotext  # slow to import, and few steps have lines to draw

    plotext.terminal.limit(False, False)  # the room is ours to give, not the terminal's
    figure = plotext.figure
    figure.clear()
    figure.axes(False).canvas("default").legend(False)
    # The limits of plotext lie in the middle of its first and last characters.
    figure.ruler("x").lim(0.5, 2 * width - 1.5).ticks([], [])
    figure.ruler("y").lim(1.5, 4 * height - 2.5).ticks([], [])
    figure.plot_size(width, height)
    drawn = False
    for number, line in enumerate(lines):
        for x, y in _pieces(line):
            marker = plotext.marker("braille", _FIRST_CODE + number)
            figure.draw(figure.signal(x, y, marker=[marker] * len(x)).lines())
            drawn = True
    if drawn:
        _read(figure.build().string(), rows)
    return rows


def thinned(x: Array, y: Array, width: int) -> Dots:
    """As much of a long line as a chart of so many characters can show: of all that falls into
    one character the lowest and the highest, or one of them where they are less than a dot apart;
    x and y in dots."""
    if len(x) <= 2 * width:
        return x, y
    there = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    if not len(there):
        return x[:0], y[:0]
    run = there - np.arange(len(there))  # goes up at every gap
    column = np.floor(x[there] / 2)
    opens = (np.diff(run, prepend=-1) != 0) | (np.diff(column, prepend=np.nan) != 0)
    starts = np.flatnonzero(opens)
    by_height = np.lexsort((y[there], np.cumsum(opens)))
    low, high = by_height[starts], by_height[[*starts[1:] - 1, len(there) - 1]]
    apart = y[there[high]] - y[there[low]] >= 1
    kept = np.unique(np.concatenate([low, high[apart], [0, len(there) - 1]]))
    gaps = np.flatnonzero(np.diff(run[kept])) + 1
    return (
        np.insert(x[there[kept]].astype(float), gaps, np.nan),
        np.insert(y[there[kept]].astype(float), gaps, np.nan),
    )


def _pieces(line: Dots) -> list[tuple[list[float], list[float]]]:
    """The parts of a line between its gaps."""
    x, y = line
    there = np.isfinite(x) & np.isfinite(y)
    cuts = np.flatnonzero(np.diff(there.astype(int))) + 1
    parts = zip(np.split(x, cuts), np.split(y, cuts), np.split(there, cuts), strict=True)
    return [(a.tolist(), b.tolist()) for a, b, ok in parts if len(ok) and ok[0]]


def _read(text: str, rows: list[dict[int, Stroke]]) -> None:
    """Take what plotext drew apart: characters, and by their colours whose they are."""
    row = column = code = 0
    for match in _RUN.finditer(text):
        colour, run, end = match.groups()
        if colour:
            code = int(colour) - _FIRST_CODE
        elif run:
            for place, character in enumerate(run, column):
                if character != " ":
                    rows[row][place] = (character, code)
            column += len(run)
        elif end:
            row, column = row + 1, 0
