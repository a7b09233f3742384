"""Where one score stands among others, such as that of a stranger among those of known digits."""

from __future__ import annotations

import numpy as np

from engine.relation import relations
from engine.shapes import Array, check_axes
from engine.trace import Trace

RELATIONS = relations("""
below = sum(1 for n if other[n] < score)
share = below / others
mean = sum(other[n] for n) / others
largest = max(other[n] for n)
""")


def rank(score: float, other: Array) -> Trace:
    """How many of the other scores are smaller.

    other: (N,). Gives a trace of scalars with score, below, share (below as a part of all), mean
    and largest of the others, beside other itself. Errors: ShapeError; ValueError for a score
    that is not finite, or no others.
    """
    check_axes("rank", "other", other, "(N,)")
    if not np.isfinite(score) or not other.size:
        raise ValueError(f"rank: takes a finite score among others, got {score!r} of {other.size}")
    below = float((other < score).sum())
    return Trace(
        operation="rank",
        arrays={
            "score": np.asarray(float(score)),
            "other": other,
            "below": np.asarray(below),
            "share": np.asarray(below / other.size),
            "mean": np.asarray(other.mean()),
            "largest": np.asarray(other.max()),
        },
        relations=RELATIONS,
        constants={"others": other.size},
        meanings={"score": "the score that is ranked", "other": "a score to compare with"},
    )
