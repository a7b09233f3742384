"""The pen: what drawing a panel depends on besides the panel, and what it gives."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.drawing.grid import Frame
from tutor.drawing.ink import Line
from tutor.drawing.look import Look


@dataclass(frozen=True)
class Pen:
    """What drawing depends on besides the panel and its room."""

    look: Look = "shades"
    dark: bool = True
    """Whether ink is light on a dark page."""
    cursor: tuple[int, int] | None = None
    """Row and column of the number under the cursor, when the panel has it."""
    frame: Frame | None = None
    """What was seen of the panel before; it is kept where possible."""
    zoom: int = 1
    """In blocks: columns that a pixel takes; half as many lines, at the least half a line."""


@dataclass(frozen=True)
class Drawing:
    """A drawn panel."""

    lines: list[Line]
    width: int
    frame: Frame | None = None


Body = tuple[list[Line], Frame | None]
"""What a kind of panel gives: its lines without the title, and what is seen of it."""
Size = tuple[int, int]
"""Columns and lines."""
