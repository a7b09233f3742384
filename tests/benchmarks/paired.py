"""Times steps in turn, round by round, so that all meet the same noise of the machine."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence

ROUNDS = 41
ROUND_SECONDS = 0.01
"""Short steps repeat within a round for about this long."""

Step = Callable[[], object]


def seconds(step: Step, repeats: int) -> float:
    """Mean time of one step over `repeats`."""
    start = time.perf_counter()
    for _ in range(repeats):
        step()
    return (time.perf_counter() - start) / repeats


def report(name: str, steps: Sequence[Step]) -> str:
    """One line: the engine's step and, when there is a second, PyTorch's, and the median over the
    rounds of their ratio."""
    for step in steps:
        step()
    repeats = [max(1, int(ROUND_SECONDS / seconds(step, 3))) for step in steps]
    rounds = [[seconds(*pair) for pair in zip(steps, repeats, strict=True)] for _ in range(ROUNDS)]
    medians = [statistics.median(column) * 1e6 for column in zip(*rounds, strict=True)]
    line = f"{name:51} engine {medians[0]:9.1f} us"
    if len(steps) > 1:
        ratio = statistics.median(ours / theirs for ours, theirs in rounds)
        line += f"   PyTorch {medians[1]:9.1f} us   engine/PyTorch {ratio:5.2f}"
    return line
