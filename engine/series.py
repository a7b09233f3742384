"""A series as a network reads it: centred and scaled, each step beside the one that follows it.

Letters: N values of the series, T steps that are read, from `first` on.
"""

from __future__ import annotations

import numpy as np

from engine.relation import relations
from engine.shapes import Array, check_axes, check_whole
from engine.trace import Trace

RELATIONS = relations("""
mean = sum((raw[t] / known if t < known else 0) for t)
variance = sum(((raw[t] - mean)**2 / known if t < known else 0) for t)
scale = sqrt(variance)
x[t,d] = (raw[t + first] - mean) / scale
target[t,d] = (raw[t + first + 1] - mean) / scale
change[t,d] = target[t,d] - x[t,d]
""")


def read_series(
    raw: Array, steps: int | None = None, *, first: int = 0, known: int | None = None
) -> Trace:
    """The values of a series, less their mean and divided by their standard deviation.

    raw: (N,). steps: how many to read, from number `first` on; all but the last when left out,
    since the value after each is its target. known: the mean and the deviation are those of so
    many values from the start, so that nothing of the rest is given away; all when left out.
    Gives a trace with raw, mean, variance, scale, x (T,1), target (T,1), the next value, and
    change (T,1), by how much it is more.
    Errors: ShapeError; ValueError for steps that the series does not have, and for values that
    are all the same.
    """
    check_axes("read_series", "raw", raw, "(N,)")
    count = len(raw)
    steps = count - 1 - first if steps is None else steps
    known = count if known is None else known
    check_whole("read_series", "steps", steps, 1)
    check_whole("read_series", "first", first, 0)
    check_whole("read_series", "known", known, 2)
    if first + steps + 1 > count or known > count:
        raise ValueError(
            f"read_series: first + steps must be below the {count} values, and known at most as "
            f"many, got {first} + {steps} and {known}"
        )
    mean = raw[:known].mean()
    variance = ((raw[:known] - mean) ** 2).mean()
    if not variance > 0:
        raise ValueError("read_series: raw must not be the same value all the time")
    scale = np.sqrt(variance)
    scaled = ((raw - mean) / scale)[first : first + steps + 1, None]
    return Trace(
        operation="a series, centred and scaled",
        arrays={
            "raw": raw,
            "mean": np.asarray(mean),
            "variance": np.asarray(variance),
            "scale": np.asarray(scale),
            "x": scaled[:-1],
            "target": scaled[1:],
            "change": np.diff(scaled, axis=0),
        },
        relations=RELATIONS,
        constants={"known": known, "first": first},
        meanings={"raw": "a value of the series"},
    )
