"""The kernels of the lesson, by name."""

from __future__ import annotations

import numpy as np

from engine.shapes import Array

KERNELS: dict[str, list[list[float]]] = {
    "vertical": [[-1, 2, -1], [-1, 2, -1], [-1, 2, -1]],
    "horizontal": [[-1, -1, -1], [2, 2, 2], [-1, -1, -1]],
    "falling": [[2, -1, -1], [-1, 2, -1], [-1, -1, 2]],
    "rising": [[-1, -1, 2], [-1, 2, -1], [2, -1, -1]],
    "curve": [[-1, 2, 2], [2, -1, -1], [2, -1, -1]],
    "corner": [[-4, -4, -4], [-4, 5, 5], [-4, 5, 5]],
    "sobel-x": [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
    "sobel-y": [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
    "edges": [[0, 1, 0], [1, -4, 1], [0, 1, 0]],
    "sharpen": [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
    "blur": [[1 / 9] * 3] * 3,
    "identity": [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
}
"""Weights of 3×3. Line finders, a curve and a corner add up to zero: on a flat place they answer
nothing. "falling" and "rising" are the two diagonals, "edges" is the Laplacian, "blur" the mean."""


def kernel(name: str) -> Array:
    """The kernel of that name, (3,3)."""
    return np.array(KERNELS[name], dtype=float)


MEAN = "a weight of the mean: one part of the window's cells"
"""What the weights of `box` are."""


def box(size: int) -> Array:
    """The mean over a square: (size,size), every weight 1/size²."""
    return np.full((size, size), 1.0 / size**2)
