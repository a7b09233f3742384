"""A picture moved by some pixels: what leaves is lost, what comes in is empty."""

from __future__ import annotations

import numpy as np

from engine.relation import relations
from engine.shapes import Array, check_axes
from engine.trace import Trace

RELATIONS = relations("""
y[c,i,j] = (x[c, i - down, j - right]
    if 0 <= i - down < height and 0 <= j - right < width else 0)
""")


def shifted(x: Array, down: int, right: int) -> Trace:
    """Move a picture: y[c,i,j] = x[c, i - down, j - right], and 0 where nothing was.

    x: (C,H,W). down, right: pixels, negative for up and left. Gives a trace with x and y.
    Errors: ShapeError for an x with other axes.
    """
    check_axes("shifted", "x", x, "(C,H,W)")
    _, height, width = x.shape
    y = np.zeros_like(x)
    if abs(down) < height and abs(right) < width:
        to_rows, from_rows = _overlap(down, height)
        to_columns, from_columns = _overlap(right, width)
        y[:, to_rows, to_columns] = x[:, from_rows, from_columns]
    return Trace(
        operation="the shift",
        arrays={"x": x, "y": y},
        relations=RELATIONS,
        constants={"down": down, "right": right, "height": height, "width": width},
        meanings={"x": "the input"},
    )


def _overlap(by: int, length: int) -> tuple[slice, slice]:
    """Where a moved row lands, and where it came from."""
    return slice(max(0, by), min(length, length + by)), slice(max(0, -by), min(length, length - by))
