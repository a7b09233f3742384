"""A notice in the corner that always goes away."""

from __future__ import annotations

from time import time

from textual.notifications import Notification

LEAST = 0.01
"""Seconds that a notice is shown at least."""


class Notice(Notification):
    """Textual's notification. Its time may be up while it is being shown: Textual 8.2 then waits
    for less than nothing, in a loop that never ends."""

    @property
    def time_left(self) -> float:
        return max(LEAST, super().time_left)

    @property
    def has_expired(self) -> bool:
        return self.raised_at + self.timeout <= time()
