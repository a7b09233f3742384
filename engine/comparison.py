"""Two stacks of maps held against each other: which cells differ, and by how much."""

from __future__ import annotations

import numpy as np

from engine.relation import relations
from engine.shapes import check_axes, check_shape
from engine.trace import Trace

DUST = 1e-9
"""A smaller difference is what rounding left, and counts as none."""

RELATIONS = relations("""
difference[c,i,j] = other[c,i,j] - one[c,i,j]
changed = sum(1 if abs(difference[c,i,j]) > dust else 0 for c, i, j)
largest = max(abs(difference[c,i,j]) for c, i, j)
size = sum(abs(one[c,i,j]) for c, i, j)
distance = sum(abs(difference[c,i,j]) for c, i, j)
relative_change = distance / size if size > 0 else 0
""")


def compared(one: Trace, one_name: str, other: Trace, other_name: str) -> Trace:
    """How far an array of one trace is from an array of another, both (C,H,W).

    Gives a trace with difference (C,H,W), and the scalars changed (how many cells differ), largest
    (the largest difference), size and distance (what `one` and the differences add up to, signs
    left out) and relative_change (distance as a part of size; 0 where there is nothing).
    Errors: ShapeError for arrays that do not fit each other.
    """
    before, after = one[one_name], other[other_name]
    check_axes("compared", one_name, before, "(C,H,W)")
    check_shape("compared", other_name, after, before.shape)
    difference = after - before
    apart = np.abs(difference)
    size, distance = float(np.abs(before).sum()), float(apart.sum())
    trace = Trace(
        operation="the comparison",
        arrays={
            "one": before,
            "other": after,
            "difference": difference,
            "changed": np.asarray(float((apart > DUST).sum())),
            "largest": np.asarray(apart.max()),
            "size": np.asarray(size),
            "distance": np.asarray(distance),
            "relative_change": np.asarray(distance / size if size else 0.0),
        },
        relations=RELATIONS,
        constants={"dust": DUST},
    )
    trace.link("one", one, one_name)
    trace.link("other", other, other_name)
    return trace
