"""Whether the nearest neighbour of a labelled point has its label.

Letters: K numbers of a point, N points. Source: Cover & Hart 1967 (IEEE Trans. Inf. Theory 13, 21).
"""

from __future__ import annotations

import numpy as np

from engine.relation import relations
from engine.shapes import Array, check_axes, check_shape
from engine.trace import Trace

_NEVER = -1e9
"""How close a point is to itself: no other is as far."""

RELATIONS = relations("""
closeness[n,m] = never if m == n else -sum((point[k,n] - point[k,m])**2 for k)
closest[n] = argmax(closeness[n,m] for m)
same[n] = 1 if label[closest[n]] == label[n] else 0
share = sum(same[n] for n) / points
""")


def neighbours(point: Array, label: Array) -> Trace:
    """For how many points the nearest other point has the same label.

    point: (K,N), two at least. label: (N,). Gives a trace with point, label; closeness (N,N), the
    squared distance with a minus; closest (N,), the number of the nearest other point; same (N,),
    1 or 0; and share, the part of the points with a 1. Errors: ShapeError; ValueError for fewer
    than two points.
    """
    check_axes("neighbours", "point", point, "(K,N)")
    count = point.shape[1]
    check_shape("neighbours", "label", label, (count,))
    if count < 2:
        raise ValueError(f"neighbours: point must have two columns or more, got {count}")
    closeness = -((point[:, :, None] - point[:, None, :]) ** 2).sum(axis=0)
    np.fill_diagonal(closeness, _NEVER)
    closest = closeness.argmax(axis=1)
    same = (label[closest] == label).astype(float)
    return Trace(
        operation="nearest neighbours",
        arrays={
            "point": point,
            "label": label,
            "closeness": closeness,
            "closest": closest,
            "same": same,
            "share": np.asarray(same.mean()),
        },
        relations=RELATIONS,
        constants={"never": _NEVER, "points": count},
        meanings={"point": "a point", "label": "what the point is"},
    )
