"""Makes the moves that led to a fault fewer, as long as the fault stays."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from tests.monkey.moves import Turn
from tests.monkey.play import Run, replay


def shrunk(run: Run, seconds: float = 90.0) -> Run:
    """A shorter run that goes wrong in the same place, as short as can be found in the time; the
    run itself when its moves alone do not bring the fault about again."""
    until = time.monotonic() + seconds
    best = run

    def fails(turns: list[Turn]) -> bool:
        nonlocal best
        again = replay(run.start, turns)
        if again.signature == run.signature:
            best = again
        return again.signature == run.signature

    for length in (1, 2, 4, 8, 16, 32, 64, 128):
        if length >= len(run.turns) or time.monotonic() > until:
            break
        if fails(opened_before(run.turns, length)):
            break
    if best is run and not fails(run.turns):
        return run
    _fewer(best.turns, fails, until)
    for n, turn in enumerate(best.turns):
        before, after = best.turns[:n], best.turns[n + 1 :]
        _fewer(turn, lambda moves, a=before, b=after: fails([*a, moves, *b]), until)
    return best


def opened_before(turns: list[Turn], length: int) -> list[Turn]:
    """The last turns, and before them those that set the size and opened the step."""
    cut = len(turns) - length
    known = {move[0]: move for turn in turns[:cut] for move in turn}
    return [[known[name]] for name in ("resize", "open") if name in known] + turns[cut:]


def _fewer(items: list[Any], fails: Callable[[list[Any]], bool], until: float) -> None:
    """Leave out halves, quarters, …, single items, where the fault stays."""
    size = len(items) // 2
    while size:
        at = 0
        while at < len(items):
            if time.monotonic() > until:
                return
            fewer = items[:at] + items[at + size :]
            if fewer and fails(fewer):
                items = fewer
            else:
                at += size
        size //= 2
