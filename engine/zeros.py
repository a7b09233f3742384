"""What a ReLU stopped: how many of its outputs are zero, and which filters are dead."""

from __future__ import annotations

import numpy as np

from engine.relation import relations
from engine.shapes import check_axes
from engine.trace import Trace

_COUNT = """
zeros[f] = sum(1 if y[f,i,j,n] == 0 else 0 for i, j, n)
share[f] = zeros[f] / cells
share_of_all = sum(share[f] for f) / filters
dead[f] = 1 if zeros[f] == cells else 0
dead_filters = sum(dead[f] for f)
"""
RELATIONS = {
    4: relations(_COUNT),
    3: relations(_COUNT.replace("i,j,n", "i,j").replace("i, j, n", "i, j")),
}
"""By how many axes y has."""


def count_zeros(trace: Trace) -> Trace:
    """Count the zeros that a ReLU gives, filter by filter.

    trace: of `relu`, with y (F,H,W), or (F,H,W,N) for a batch. Gives a trace with y, and for each
    filter zeros, share (of its cells, over all examples) and dead (1 for a filter that is zero at
    every place of every example); and the scalars share_of_all and dead_filters.
    Errors: ShapeError for a y with other axes.
    """
    y = trace["y"]
    check_axes("count_zeros", "y", y, "(F,H,W)", "(F,H,W,N)")
    zeros = (y == 0).reshape(len(y), -1).sum(axis=1).astype(float)
    cells = y[0].size
    share, dead = zeros / cells, (zeros == cells).astype(float)
    counted = Trace(
        operation="the count of zeros",
        arrays={
            "y": y,
            "zeros": zeros,
            "share": share,
            "share_of_all": np.asarray(share.mean()),
            "dead": dead,
            "dead_filters": np.asarray(dead.sum()),
        },
        relations=RELATIONS[y.ndim],
        constants={"cells": cells, "filters": len(y)},
    )
    counted.link("y", trace, "y")
    return counted
