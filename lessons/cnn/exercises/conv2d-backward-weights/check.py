"""Checks `conv2d_backward_weights` on one channel against the engine."""

from __future__ import annotations

import numpy as np

from engine.conv import conv2d, conv2d_backward
from engine.shapes import Array

RESULTS = ("dw",)

_SIZES = (((6, 6), (3, 3)), ((5, 8), (3, 2)), ((4, 5), (4, 5)), ((3, 4), (1, 1)), ((9, 7), (2, 5)))
"""Picture and kernel."""


def cases(rng: np.random.Generator) -> list[tuple[Array, Array, int, int]]:
    """Whole numbers that can be added in the head first, then all shapes."""
    picture = rng.permutation(np.arange(1.0, 10.0)).reshape(3, 3)
    gradient = rng.permutation(np.array([-2.0, 0.0, 1.0, 3.0])).reshape(2, 2)
    found = [(picture, gradient, 2, 2)]
    for (height, width), (rows, columns) in _SIZES:
        x = rng.normal(size=(height, width)).round(2)
        dy = rng.normal(size=(height - rows + 1, width - columns + 1)).round(2)
        found.append((x, dy, rows, columns))
    return found


def reference(x: Array, dy: Array, rows: int, columns: int) -> Array:
    """What the engine says: one channel, one filter."""
    trace = conv2d(x[None], np.zeros((1, 1, rows, columns)))
    conv2d_backward(trace, dy[None])
    dw: Array = trace["dw"][0, 0]
    return dw
