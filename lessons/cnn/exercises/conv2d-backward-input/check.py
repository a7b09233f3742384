"""Checks `conv2d_backward_input` on one channel against the engine."""

from __future__ import annotations

import numpy as np

from engine.conv import conv2d, conv2d_backward
from engine.shapes import Array

RESULTS = ("dx",)

_SIZES = (((6, 6), (3, 3)), ((5, 8), (3, 2)), ((4, 5), (4, 5)), ((3, 4), (1, 1)), ((9, 7), (2, 5)))
"""Picture and kernel."""


def cases(rng: np.random.Generator) -> list[tuple[Array, Array, int, int]]:
    """Whole numbers that can be added in the head first, then all shapes."""
    kernel = rng.permutation(np.array([-2.0, -1.0, 1.0, 3.0])).reshape(2, 2)
    gradient = rng.permutation(np.array([-3.0, 1.0, 2.0, 4.0])).reshape(2, 2)
    found = [(kernel, gradient, 3, 3)]
    for (height, width), (rows, columns) in _SIZES:
        w = rng.normal(size=(rows, columns)).round(2)
        dy = rng.normal(size=(height - rows + 1, width - columns + 1)).round(2)
        found.append((w, dy, height, width))
    return found


def reference(kernel: Array, dy: Array, height: int, width: int) -> Array:
    """What the engine says: one channel, one filter."""
    trace = conv2d(np.zeros((1, height, width)), kernel[None, None])
    conv2d_backward(trace, dy[None])
    dx: Array = trace["dx"][0]
    return dx
