"""Curves: a plotext chart as lines of inked text."""

from __future__ import annotations

from typing import Any

from rich.text import Text

from engine.notation import format_number
from lessons.kit.figure import Curves
from tutor.drawing.ink import MUTED, PLAIN, Ink, Line, Role

SERIES_ROLES: tuple[Role, ...] = ("plus", "minus", "accent")
LETTERS = "abc"
"""Each curve ends in its letter, so that it is told apart without its hue."""

_CODES = {9: 0, 10: 1, 11: 2}
"""Colours that plotext is told to use, only to find its series again in what it drew."""


def draw_curves(panel: Curves, width: int, height: int) -> list[Line]:
    """The chart in its room, under a line that names its series."""
    import plotext  # slow to import, and few steps have a chart

    plotext.terminal.limit(False, False)  # the room is ours to give, not the terminal's
    figure = plotext.figure
    figure.clear()
    signals = []
    for code, series in zip(_CODES, panel.series, strict=False):
        x, y = [float(v) for v in series.x], [float(v) for v in series.y]
        signal = figure.signal(x, y, marker=plotext.marker("braille", code))
        signal.lines()
        signals.append(signal)
        if len(panel.series) > 1:
            letter = LETTERS[_CODES[code]]
            signals.append(figure.signal([x[-1]], [y[-1]], marker=plotext.marker(letter, code)))
    if panel.marked is not None:
        signals.append(figure.signal([panel.marked[0]], [panel.marked[1]], marker="●"))
    _set_ticks(figure, panel, height)
    figure.plot_size(width, max(4, height - 1))
    for signal in signals:
        figure.draw(signal)
    chart = Text.from_ansi(figure.build().string())
    lines = [_line(row) for row in chart.split("\n")]
    return [_names(panel), *lines[: height - 1]]


def _set_ticks(figure: Any, panel: Curves, height: int) -> None:
    """Ticks where the data is: its own x, and whole fractions of the largest y, from zero on."""
    x = [float(value) for value in panel.series[0].x]
    top = max(float(value) for series in panel.series for value in series.y)
    count = max(2, min(5, height // 3))
    y = [top * n / (count - 1) for n in range(count)]
    figure.ruler("x").ticks(x, [format_number(value) for value in x])
    figure.ruler("y").ticks(y, [f"{value:,.0f}".replace(",", " ") for value in y])
    figure.ruler("y").lim(0, top)


def _names(panel: Curves) -> Line:
    line: Line = [(f"{panel.y_label}  ", MUTED)]
    for letter, role, series in zip(LETTERS, SERIES_ROLES, panel.series, strict=False):
        sign = f"{letter} " if len(panel.series) > 1 else ""
        line += [(sign, Ink(role, bold=True)), (f"{series.label}  ", Ink(role))]
    return [*line, (f"over {panel.x_label}", MUTED)]


def _line(row: Text) -> Line:
    """A row of the chart: series in their roles, axes quiet, plotext's own colours dropped."""
    line: Line = []
    for start, end, ink in _runs(row):
        line.append((row.plain[start:end], ink))
    return line


def _runs(row: Text) -> list[tuple[int, int, Ink]]:
    inks = [PLAIN] * len(row.plain)
    for span in row.spans:
        style = span.style
        number = None if isinstance(style, str) or style.color is None else style.color.number
        known = _CODES.get(number) if number is not None else None
        ink = MUTED if known is None else Ink(SERIES_ROLES[known], bold=True)
        inks[span.start : span.end] = [ink] * (span.end - span.start)
    runs: list[tuple[int, int, Ink]] = []
    for n, ink in enumerate(inks):
        if runs and runs[-1][2] == ink:
            runs[-1] = (runs[-1][0], n + 1, ink)
        else:
            runs.append((n, n + 1, ink))
    return runs
