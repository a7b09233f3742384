"""Grids: cells of equal width with a gap before each, where brackets point cells out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lessons.kit.figure import Mark, MarkKind
from tutor.drawing.ink import ACCENT, MUTED, PLAIN, UNDER_CURSOR, Ink, Line

BRACKETS: dict[MarkKind, str] = {
    "window": "[]",
    "current": "<>",
    "peak": "<>",
    "dropped": "xx",
    "padding": "  ",
}
CURSOR = "‹›"
_MARK_INK: dict[MarkKind, Ink] = {
    "window": Ink("window", bold=True),
    "current": Ink("current", bold=True),
    "peak": Ink("current", bold=True),
    "dropped": Ink("dropped"),
    "padding": Ink("padding"),
}
_ORDER: tuple[MarkKind, ...] = ("current", "peak", "window", "dropped", "padding")


@dataclass(frozen=True)
class Frame:
    """The part of a grid that is seen: first row and column, and how many."""

    top: int
    left: int
    rows: int
    columns: int


def mark_at(marks: tuple[Mark, ...]) -> dict[tuple[int, int], MarkKind]:
    """The mark of every marked cell; where several meet, the most telling."""
    found: dict[tuple[int, int], MarkKind] = {}
    for kind in reversed(_ORDER):
        for mark in marks:
            if mark.kind == kind:
                found.update({(r, c): kind for r in mark.rows for c in mark.columns})
    return found


def draw_grid(
    cell: Callable[[int, int], tuple[str, Ink]],
    frame: Frame,
    marks: tuple[Mark, ...],
    cursor: tuple[int, int] | None,
    width: int,
) -> list[Line]:
    """The frame's rows as text: each cell of the given width behind a gap of one."""
    marked = mark_at(marks)
    lines: list[Line] = []
    for row in range(frame.top, frame.top + frame.rows):
        line: Line = []
        before: MarkKind | None = None
        for column in range(frame.left, frame.left + frame.columns):
            kind = marked.get((row, column))
            line.append(_gap(before, kind))
            text, ink = cell(row, column)
            if kind == "dropped" and width == 1:
                text = "x"
            if kind is not None:
                ink = Ink(_MARK_INK[kind].fg, ink.bg, bold=_MARK_INK[kind].bold)
            if (row, column) == cursor:
                ink = UNDER_CURSOR
            line.append((text.rjust(width), ink))
            before = kind
        line.append(_gap(before, None))
        lines.append(_with_cursor(line, frame, row, cursor))
    return lines


def _gap(before: MarkKind | None, after: MarkKind | None) -> tuple[str, Ink]:
    """What stands between two cells: a bracket where a marked run starts or ends."""
    if before == after:
        return " ", PLAIN
    for kind in _ORDER:
        if kind == after:
            return BRACKETS[kind][0], _MARK_INK[kind]
        if kind == before:
            return BRACKETS[kind][1], _MARK_INK[kind]
    return " ", PLAIN


def _with_cursor(line: Line, frame: Frame, row: int, cursor: tuple[int, int] | None) -> Line:
    if cursor is None or cursor[0] != row:
        return line
    place = 2 * (cursor[1] - frame.left)
    if 0 <= place < len(line) - 2:
        ink = ACCENT
        line[place], line[place + 2] = (CURSOR[0], ink), (CURSOR[1], ink)
    return line


UNWRITTEN = ("·", MUTED)
"""A cell that the film has not come to yet."""


def follow(start: int, room: int, length: int, low: int, high: int) -> int:
    """Where a frame of `room` cells starts so that cells low … high are in it.

    It stays where it was while it can; when it must move, it moves on by half its size.
    """
    room = min(room, length)
    if low < start or high >= start + room:
        start = low - (room - (high - low + 1)) // 2
    return max(0, min(start, length - room))
