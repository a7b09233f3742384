"""Keeps short and rare the pauses in which Python looks for memory that only knows itself.

It would look through everything there is every few seconds while a film plays, for a tenth of a
second and more, and a key would wait.
"""

from __future__ import annotations

import gc

THRESHOLDS = (2000, 15, 40)
"""Python's own are 700, 10, 10: it looks through everything about twenty times less often."""

EVERY = 4
"""Steps after which what was left is given back."""

_kept: set[str] = set()
_opened = 0


def keep(what: str) -> None:
    """Let what is there now stay out of it: modules, styles, a lesson.

    what: what has been brought in; for a name that was given before, nothing happens.
    """
    if what not in _kept:
        _kept.add(what)
        gc.set_threshold(*THRESHOLDS)
        gc.collect()
        gc.freeze()


def opened() -> None:
    """A step is open and painted: every so often, look through everything now, when nobody waits.
    The steps that were left are still there till then."""
    global _opened
    _opened += 1
    if _opened % EVERY == 0:
        gc.collect()
