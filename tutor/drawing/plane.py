"""Planes: a field of levels, and letters and paths on it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from engine.notation import format_number
from engine.shapes import Array
from lessons.kit.figure import Plane, Points
from tutor.drawing import tone
from tutor.drawing.axes import place
from tutor.drawing.curves import SERIES_ROLES
from tutor.drawing.ink import MUTED, PLAIN, RGB, Ink, Line, Span, crop, runs, width_of
from tutor.drawing.pen import Pen, Size
from tutor.drawing.strokes import draw_strokes

NATURAL: Size = (48, 17)
LEAST: Size = (24, 8)
WIDEST = 80
HIGHEST = 30
AT = "◎"


@dataclass(frozen=True)
class _Room:
    """The plane's cells, and which values they stand for."""

    panel: Plane
    width: int
    height: int

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        row = place(y, self.panel.y_limits, self.height)
        column = place(x, self.panel.x_limits, self.width)
        return None if row is None or column is None else (self.height - 1 - row, column)


def draw(panel: Plane, width: int, height: int, pen: Pen) -> list[Line]:
    """The plane between its axes, and a line that says what the letters are."""
    low, high = (format_number(value, 2) for value in panel.y_limits)
    margin = max(len(low), len(high), 1)
    legend = _legend(panel, width)
    room = _Room(panel, max(2, width - margin - 1), max(2, height - 3 - len(legend)))
    canvas = _field(room, pen)
    _paths(room, canvas)
    _letters(room, canvas)
    if panel.at:
        _put(canvas, room.cell(*panel.at), AT, Ink("current", bold=True))
    lines: list[Line] = [[(panel.y_label, MUTED)]]
    for row, cells in enumerate(canvas):
        tick = high if row == 0 else low if row == room.height - 1 else ""
        sign = "┤" if tick else "│"
        lines.append([(tick.rjust(margin) + sign, MUTED), *runs(cells)])
    return [*lines, *_foot(room, margin), *legend][:height]


def role_of(panel: Plane, n: int) -> Ink:
    """The hue of a group; letters tell those apart that share one."""
    return Ink(SERIES_ROLES[n % len(SERIES_ROLES)], bold=True)


def level(panel: Plane) -> Array | None:
    """The field between 0 and 1 of its limits."""
    if panel.field is None:
        return None
    values = np.asarray(panel.field.array, dtype=float)
    low, high = panel.field_limits
    if panel.log_field:
        with np.errstate(divide="ignore", invalid="ignore"):
            values = np.log10(values)
            low, high = float(np.log10(low)), float(np.log10(high))
    return tone.levels(values, (low, high))


def _field(room: _Room, pen: Pen) -> list[list[Span]]:
    """The field as half blocks of colour, or as characters; blank without one."""
    levels = level(room.panel)
    if levels is None:
        return [[(" ", PLAIN)] * room.width for _ in range(room.height)]
    if pen.look == "blocks":
        colours = tone.field_rgb(_sampled(levels, 2 * room.height, room.width), pen.dark).tolist()
        return [
            [("▀", Ink(_rgb(up), _rgb(down))) for up, down in zip(upper, lower, strict=True)]
            for upper, lower in zip(colours[::2], colours[1::2], strict=True)
        ]
    shown = _sampled(levels, room.height, room.width)
    return [[(tone.shade(float(one), False, pen.dark), MUTED) for one in row] for row in shown]


def _sampled(levels: Array, rows: int, columns: int) -> Array:
    """The field at so many places, each the nearest that it has."""
    own_rows, own_columns = levels.shape
    r = np.rint(np.linspace(0, own_rows - 1, rows)).astype(int)
    c = np.rint(np.linspace(0, own_columns - 1, columns)).astype(int)
    return np.asarray(levels[np.ix_(r, c)])


def _rgb(colour: list[int]) -> RGB:
    return colour[0], colour[1], colour[2]


def _put(canvas: list[list[Span]], at: tuple[int, int] | None, sign: str, ink: Ink) -> None:
    """A sign on what is there; of two colours behind it the upper one stays."""
    if at is not None:
        under = canvas[at[0]][at[1]][1]
        ground = under.fg if under.bg is not None and canvas[at[0]][at[1]][0] == "▀" else under.bg
        canvas[at[0]][at[1]] = (sign, Ink(ink.fg, ground, bold=ink.bold))


def _paths(room: _Room, canvas: list[list[Span]]) -> None:
    panel = room.panel
    paths = [(n, one) for n, one in enumerate(panel.groups) if one.path]
    dots = []
    for _, one in paths:
        x = _share(one.x, panel.x_limits) * (2 * room.width - 1)
        y = _share(one.y, panel.y_limits) * (4 * room.height - 1)
        dots.append((np.clip(x, -1e4, 1e4), np.clip(y, -1e4, 1e4)))
    for row, strokes in enumerate(draw_strokes(dots, room.width, room.height)):
        for column, (sign, which) in strokes.items():
            _put(canvas, (row, column), sign, role_of(panel, paths[which][0]))


def _share(values: Array, limits: tuple[float, float]) -> Array:
    low, high = limits
    return np.asarray((np.asarray(values, dtype=float) - low) / ((high - low) or 1.0))


def _letters(room: _Room, canvas: list[list[Span]]) -> None:
    """The letter that most points of a cell have, the later group where as many have two."""
    found: dict[tuple[int, int], Counter[int]] = {}
    for n, one in enumerate(room.panel.groups):
        for x, y in _places(one):
            cell = room.cell(x, y)
            if cell:
                found.setdefault(cell, Counter())[n] += 1
    for cell, counts in found.items():
        n = max(counts, key=lambda group: (counts[group], group))
        _put(canvas, cell, room.panel.groups[n].letter, role_of(room.panel, n))


def _places(group: Points) -> list[tuple[float, float]]:
    """Where the letters of a group stand: everywhere, or at the end of its path."""
    there = [
        (float(x), float(y))
        for x, y in zip(group.x, group.y, strict=True)
        if np.isfinite(x) and np.isfinite(y)
    ]
    return there[-1:] if group.path else there


def _foot(room: _Room, margin: int) -> list[Line]:
    panel = room.panel
    low, high = (format_number(value, 2) for value in panel.x_limits)
    middle = panel.x_label[: max(0, room.width - len(low) - len(high) - 2)]
    inner = room.width - len(low) - len(high)
    names = low + middle.center(inner) + high
    axis = "┴" + "─" * (room.width - 2) + "┴"
    return [[(" " * margin + "└" + axis, MUTED)], [(" " * (margin + 1) + names, MUTED)]]


def _legend(panel: Plane, width: int) -> list[Line]:
    """What the letters are; labels go where room is short."""
    line: Line = []
    for n, one in enumerate(panel.groups):
        if one.label:
            line += [(f" {one.letter}", role_of(panel, n)), (f" {one.label} ", MUTED)]
    if panel.at:
        x, y = map(format_number, panel.at)
        line += [(f" {AT}", Ink("current", bold=True)), (f" ({x}, {y})", MUTED)]
    if not line:
        return []
    return [crop(line, width)] if width_of(line) > width else [line]
