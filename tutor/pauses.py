"""Keeps short and rare the pauses in which Python looks for memory that only knows itself.

It would look through everything there is every few seconds while a film plays, for a tenth of a
second and more, and a key would wait; and many times while the application starts.
"""

from __future__ import annotations

import gc

THRESHOLDS = (2000, 15, 40)
"""Python's own are 700, 10, 10: it looks through everything about twenty times less often."""

EVERY = 4
"""Steps after which what was left is given back."""

_kept: set[str] = set()
_opened = 0


def start() -> None:
    """The application starts: look for nothing until there is something to keep."""
    gc.disable()


def look() -> None:
    """Look through everything now, when nobody waits: a step was left."""
    gc.collect()


def keep(what: str) -> None:
    """Let what is there now stay out of it: modules, styles, a lesson. What was left before, and
    not looked for since, stays as well.

    what: what has been brought in; for a name that was given before, nothing happens.
    """
    if what in _kept:
        return
    _kept.add(what)
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
    gc.enable()


def opened() -> None:
    """A step is open and painted: every so often, look through everything now, when nobody waits.
    The steps that were left are still there till then."""
    global _opened
    _opened += 1
    if _opened % EVERY == 0:
        look()
