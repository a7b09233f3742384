"""Mixtures of two columns of numbers: the places on the straight way from one to the other."""

from __future__ import annotations

import numpy as np

from engine.activation import elementwise
from engine.shapes import Array, check_shape
from engine.trace import Trace

TEXT = """
y[*] = (1 - share)*a[*] + share*b[*]
"""


def blend(a: Array, b: Array, share: float) -> Trace:
    """So much of b, the rest of a: y = (1 - share) a + share b.

    a, b: one shape. share: 0 gives a, 1 gives b; others than those between go on beyond.
    Gives a trace with a, b, share and y. Errors: ShapeError; ValueError for a share that is no
    number.
    """
    check_shape("blend", "b", b, a.shape)
    if not np.isfinite(share):
        raise ValueError(f"blend: share must be a finite number, got {share!r}")
    return Trace(
        operation="a mixture",
        arrays={
            "a": a,
            "b": b,
            "share": np.asarray(float(share)),
            "y": np.asarray((1 - share) * a + share * b),
        },
        relations=elementwise(TEXT, a.ndim),
        meanings={
            "a": "where the way begins",
            "b": "where the way ends",
            "share": "the part of the way that is gone",
        },
    )
