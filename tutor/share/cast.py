"""Recordings in asciinema's format, version 2: one whole frame, then only what changed.

A file of JSON lines: a head, then [seconds, "o", what is written to the terminal].
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from rich.console import Console

from tutor.share.stage import Frame, segments_of
from tutor.widgets.canvas import changed
from tutor.widgets.encoder import TerminalPen

HIDE_CURSOR, SHOW_CURSOR, CLEAR = "\x1b[?25l", "\x1b[?25h", "\x1b[2J"


def head(title: str, size: tuple[int, int]) -> str:
    """The first line. It holds no time of day: the same recording is the same file."""
    columns, lines = size
    members = {"version": 2, "width": columns, "height": lines, "title": title}
    return _line({**members, "env": {"TERM": "xterm-256color"}})


def event(seconds: float, written: str) -> str:
    """A line for what is written at a time."""
    return _line([round(seconds, 3), "o", written])


def _line(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False) + "\n"


def whole(frame: Frame, console: Console) -> str:
    """What writes a frame onto any screen."""
    pen = TerminalPen(console)
    for y, cells in enumerate(frame):
        pen.move(0, y)
        pen.line(segments_of(cells))
    pen.reset()
    return HIDE_CURSOR + CLEAR + "".join(pen.written)


def difference(before: Frame, after: Frame, console: Console) -> str:
    """What turns one frame into the next; empty when they are the same."""
    pen = TerminalPen(console)
    for y, first, end in _changes(before, after):
        pen.move(first, y)
        pen.line(segments_of(after[y][first:end]))
    pen.reset()
    return "".join(pen.written)


def leaving(lines: int) -> str:
    """What gives the cursor back, below everything."""
    return f"\x1b[{lines};1H{SHOW_CURSOR}"


def _changes(before: Frame, after: Frame) -> Iterator[tuple[int, int, int]]:
    """Runs of cells that differ: the line, the first cell, and one past the last."""
    for y, (old, new) in enumerate(zip(before, after, strict=True)):
        if old != new:
            yield from ((y, first, end) for first, end in changed(old, new))
