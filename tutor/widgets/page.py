"""The page: what the terminal shows, as far as that is known."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from textual.geometry import Region
from textual.strip import Strip

from tutor.widgets.budget import ByteBudget

WORTH = 16
"""Cells from which on a span is compared with what is there: a canvas knows which of its few cells
changed, but a widget that is laid out anew is painted whole, and often twice."""
MOST_SPANS = 64
"""Spans of a line that are kept apart until someone wants to know what it shows."""


@dataclass
class _Line:
    """A line of the terminal, and what has been written over it since."""

    strip: Strip
    spans: list[tuple[int, Strip]] = field(default_factory=list)

    def now(self) -> Strip:
        """What it shows, in as few pieces as there are looks."""
        strip = self.strip
        for x, span in self.spans:
            end = x + span.cell_length
            strip = Strip.join([strip.crop(0, x), span, strip.crop(end, strip.cell_length)])
        if self.spans:
            self.strip, self.spans = strip.simplify(), []
        return self.strip


class Page:
    """Knows the lines that were written whole: what is to show the same again need not be written.

    What is not known is written; what others write over must be forgotten.
    """

    def __init__(self) -> None:
        self._lines: dict[int, _Line] = {}
        self.budget = ByteBudget()
        self.total = 0
        """Bytes written so far."""
        self.piece = math.inf
        """Bytes that may be written at once, as the line carries them; the rest comes later."""
        self.late: set[Region] = set()
        """What changed and is still to be written."""

    def knows(self, y: int) -> bool:
        """Whether it is known what a line shows."""
        return y in self._lines

    def shows(self, y: int, x: int, strip: Strip, width: int) -> bool:
        """Whether a line, which is so wide, shows this from a column on already; from now on it
        does."""
        known = self._lines.get(y)
        if strip.cell_length == width:
            strip = strip.simplify()
            if known is not None and known.now() == strip:
                return True
            self._lines[y] = _Line(strip)
        elif known is not None:
            if strip.cell_length >= WORTH:
                there = known.now().crop(x, x + strip.cell_length)
                if there.simplify() == strip.simplify():
                    return True
            known.spans.append((x, strip))
            if len(known.spans) > MOST_SPANS:
                known.now()
        return False

    def sent(self, written: str) -> str:
        """Take what is written to the terminal into account."""
        count = len(written.encode())
        self.budget.spend(count)
        self.total += count
        return written

    def forget(self) -> None:
        """Others wrote to the terminal, or it has another size."""
        self._lines.clear()
