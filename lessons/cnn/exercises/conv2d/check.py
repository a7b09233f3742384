"""Checks `conv2d` on one channel against the engine."""

from __future__ import annotations

import numpy as np

from engine.conv import conv2d
from engine.shapes import Array


def cases(rng: np.random.Generator) -> list[tuple[Array, Array]]:
    """Picture and kernel: whole numbers that can be added in the head, then all shapes."""
    picture = rng.permutation(np.arange(1.0, 17.0)).reshape(4, 4)
    kernel = rng.permutation(np.array([-2.0, -1.0, 1.0, 3.0])).reshape(2, 2)
    shapes = [((6, 6), (3, 3)), ((5, 8), (3, 2)), ((4, 5), (4, 5)), ((3, 4), (1, 1))]
    shapes.append(((12, 9), (2, 5)))
    return [
        (picture, kernel),
        *((rng.normal(size=x).round(2), rng.normal(size=w).round(2)) for x, w in shapes),
    ]


def reference(x: Array, kernel: Array) -> Array:
    """What the engine says: one channel, one filter, no bias."""
    y: Array = conv2d(x[None], kernel[None, None])["y"][0]
    return y
