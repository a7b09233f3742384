"""Which of a curve's valleys many runs stand in, counted.

A valley goes from one summit of the curve to the next. The interval of a count is Wilson's (1927,
J. Am. Stat. Assoc. 22, 209), with z = 1.96 for 95 %.
"""

from __future__ import annotations

import numpy as np

from engine.relation import relations
from engine.shapes import Array, check_axes
from engine.trace import Trace

Z = 1.96

RELATIONS = relations("""
valley[r] = sum((1 if w[r] >= summit[k] else 0) for k)
count[v] = sum((1 if valley[r] == v else 0) for r)
share[v] = count[v] / runs
centre[v] = (share[v] + z**2 / (2*runs)) / (1 + z**2 / runs)
half_width[v] = z * sqrt(share[v] * (1 - share[v]) / runs + z**2 / (4*runs**2)) / (1 + z**2 / runs)
low[v] = centre[v] - half_width[v]
high[v] = centre[v] + half_width[v]
""")


def summits(curve: Array) -> Array:
    """The places in a curve (K,) that are higher than both neighbours."""
    inner = curve[1:-1]
    found: Array = np.flatnonzero((inner > curve[:-2]) & (inner > curve[2:])) + 1
    return found


def basins(w: Array, summit: Array) -> Trace:
    """Count runs by valley. w: (R,), where each stands. summit: (S,), ascending.

    Gives a trace with w, summit, valley (R,), and count, share, centre, half_width, low and high
    (S+1,), the last two the ends of the interval in which the true share lies, 95 times in 100.
    Errors: ShapeError.
    """
    check_axes("basins", "w", w, "(R,)")
    check_axes("basins", "summit", summit, "(S,)")
    runs = len(w)
    valley = (w[:, None] >= summit).sum(axis=1)
    count = np.bincount(valley, minlength=len(summit) + 1)
    share = count / runs
    whole = 1 + Z**2 / runs
    centre = (share + Z**2 / (2 * runs)) / whole
    half_width = Z * np.sqrt(share * (1 - share) / runs + Z**2 / (4 * runs**2)) / whole
    return Trace(
        operation="runs by valley",
        arrays={
            "w": w,
            "summit": summit,
            "valley": valley,
            "count": count,
            "share": share,
            "centre": centre,
            "half_width": half_width,
            "low": centre - half_width,
            "high": centre + half_width,
        },
        relations=RELATIONS,
        constants={"runs": runs, "z": Z},
        extents={"v": len(count)},
        meanings={
            "w": "where this run stands",
            "summit": "a summit of the loss of all points, between two valleys",
        },
    )
