"""The budget of bytes that frames nobody asked for may write: a line has others to serve."""

from __future__ import annotations

import time
from collections.abc import Callable

RATE = 18_000
"""Bytes a second that playing may write, on average."""
AT_ONCE = 6_000
"""Bytes that may be saved up for a large frame."""


class ByteBudget:
    """Fills up with time and is spent by what is written; keys are painted whatever is left."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._left = float(AT_ONCE)
        self._at = clock()

    def spend(self, count: int) -> None:
        """Tell what was written, in bytes."""
        self._left = self._now() - count

    @property
    def allows(self) -> bool:
        """Whether one more frame may be written."""
        return self._now() > 0

    def _now(self) -> float:
        now = self._clock()
        self._left = min(AT_ONCE, self._left + (now - self._at) * RATE)
        self._at = now
        return self._left
