"""Panels whose numbers read better in words and tables than drawn."""

from __future__ import annotations

import textwrap

import numpy as np

from engine.notation import fixed, format_number
from lessons.kit.figure import Bars, Curves, Flow, Maps, Plane, Series, Timeline
from tutor.drawing import tone
from tutor.drawing.bars import LONGEST_LABEL
from tutor.drawing.curves import letters
from tutor.drawing.flow import text_of_stage
from tutor.drawing.pen import Pen
from tutor.drawing.timeline import written
from tutor.drawing.words import value_text


def bars_lines(panel: Bars) -> list[str]:
    """A line for each bar: its label and its numbers; then what the line across them stands for."""
    label = min(LONGEST_LABEL, max((len(bar.label) for bar in panel.bars), default=0))
    columns = max((len(bar.parts) for bar in panel.bars), default=0)
    texts = [[value_text(part) for part in bar.parts] for bar in panel.bars]
    widths = [max(len(row[k]) for row in texts if k < len(row)) for k in range(columns)]
    lines = []
    for bar, row in zip(panel.bars, texts, strict=True):
        sign = "▸" if bar.marked else " "
        numbers = "  ".join(text.rjust(w) for text, w in zip(row, widths, strict=False))
        lines.append(f"{sign}{bar.label.ljust(label)}  {numbers}")
    if panel.line:
        lines.append(f" line at {format_number(panel.line[1])}: {panel.line[0]}")
    return lines


def timeline_lines(panel: Timeline, width: int) -> list[str]:
    """A line for each step that is written, counted from 0 as in the numbers' names, with every
    quantity's number; where they are too many for the width, several tables."""
    first, end = written(panel)
    names = [" ".join(row.label.split()) for row in panel.rows]
    columns = []
    for name, row in zip(names, panel.rows, strict=True):
        values = row.view.array.reshape(-1)
        texts = [fixed(float(values[step]), row.decimals) for step in range(first, end)]
        wide = max([len(name), *map(len, texts)])
        columns.append([name.rjust(wide), *(text.rjust(wide) for text in texts)])
    ticks = [panel.ticks[step] for step in range(first, end)]
    if ticks == [str(step) for step in range(first, end)]:
        ticks = [""] * len(ticks)
    number, tick = len(str(end)), max(map(len, ticks), default=0)
    heads = [" " * (number + tick + 2)]
    for n, text in enumerate(ticks):
        sign = "▸" if first + n == panel.current else " "
        heads.append(f"{sign}{first + n:>{number}} {text.ljust(tick)}")
    lines: list[str] = []
    while columns or not lines:
        fitting, room = 0, width - len(heads[0])
        while fitting < len(columns) and len(columns[fitting][0]) + 2 <= room:
            room -= len(columns[fitting][0]) + 2
            fitting += 1
        taken, columns = columns[: max(1, fitting)], columns[max(1, fitting) :]
        table = zip(heads, *taken, strict=True)
        lines += ["  ".join(row).rstrip() for row in table]
    missing = len(panel.ticks) - (end - first)
    if missing:
        lines.append(f"{missing} of {len(panel.ticks)} steps are not written yet")
    return lines


def flow_lines(panel: Flow, width: int) -> list[str]:
    """The stages in a row, and which of them this moment is about."""
    lines = textwrap.wrap(
        " → ".join(map(text_of_stage, panel.stages)), width, subsequent_indent="  "
    )
    if panel.current is not None:
        stage = panel.stages[panel.current]
        note = f": {stage.note}" if stage.note else ""
        lines += textwrap.wrap(f"now {stage.name}{note}", width, subsequent_indent="  ")
    return lines


def curves_words(panel: Curves, width: int) -> list[str]:
    """What the chart shows, in words: of each curve where it starts, ends and is lowest and
    highest; then the point that is pointed out."""
    lines: list[str] = []
    for letter, one in zip(letters(panel), panel.series, strict=True):
        lines += textwrap.wrap(_course(panel, one, letter), width, subsequent_indent="  ")
    if panel.marked is not None:
        x, y = map(format_number, panel.marked)
        lines += textwrap.wrap(f"pointed out: {y} at {x}", width, subsequent_indent="  ")
    return lines


def _course(panel: Curves, series: Series, letter: str) -> str:
    x, y = np.asarray(series.x, dtype=float), np.asarray(series.y, dtype=float)
    name = f"{series.label} ({letter})" if len(panel.series) > 1 or series.letter else series.label
    name += ", to compare" if series.ghost else ""
    there = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    if not len(there):
        return f"{name}: nothing yet"
    first, last = int(there[0]), int(there[-1])
    low, high = int(there[np.argmin(y[there])]), int(there[np.argmax(y[there])])

    def at(n: int) -> str:
        return f"{format_number(float(y[n]))} at {format_number(float(x[n]))}"

    if first == last:
        return f"{name}: {at(first)}"
    if y[low] == y[high]:
        return f"{name}: {at(first)}, and so all along, to {format_number(float(x[last]))}"
    return f"{name}: from {at(first)} to {at(last)}; lowest {at(low)}, highest {at(high)}"


def maps_head(panel: Maps, pen: Pen) -> str:
    """How many maps of which size, what their characters mean, and which is pointed out."""
    count, rows, columns = panel.view.array.shape
    head = f"{panel.title} {count} maps of {rows}×{columns}".strip()
    head += f"; {shades(panel.limits, panel.signed, pen)}" if pen.look == "shades" else ""
    if panel.marked is not None:
        name = panel.names[panel.marked] if panel.marked < len(panel.names) else panel.marked
        head += f"; marked: {name}"
    return head


def plane_head(panel: Plane, pen: Pen) -> str:
    """What the characters of a plane's field mean."""
    if panel.field is None:
        return panel.title
    scale = " on a logarithmic scale" if panel.log_field else ""
    return f"{panel.title}; {shades(panel.field_limits, False, pen)}{scale}"


def shades(limits: tuple[float, float], signed: bool, pen: Pen) -> str:
    """Which characters stand for which values."""
    low, high = map(format_number, limits)
    if signed:
        return f"above zero {tone.PLUS_RAMP}, below {tone.MINUS_RAMP}, up to ±{high}"
    ramp = tone.RAMP if pen.dark else tone.RAMP[::-1]
    return f'"{ramp}" from {low} to {high}'
