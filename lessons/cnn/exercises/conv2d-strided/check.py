"""Checks `conv2d` with stride and padding against the engine."""

from __future__ import annotations

import numpy as np

from engine.conv import conv2d
from engine.shapes import Array

_SETTINGS = (
    # picture, kernel, stride, padding: one of the two at a time first, then a remainder
    ((6, 6), (3, 3), 1, 1),
    ((8, 7), (3, 2), 3, 0),
    ((6, 8), (3, 3), 2, 1),
    ((5, 9), (2, 3), 3, 2),
    ((4, 4), (4, 4), 2, 0),
    ((3, 5), (1, 1), 2, 1),
)


def cases(rng: np.random.Generator) -> list[tuple[Array, Array, int, int]]:
    """Whole numbers in a 4×4 picture first, where stride 2 leaves nothing over."""
    picture = rng.permutation(np.arange(1.0, 17.0)).reshape(4, 4)
    kernel = rng.permutation(np.array([-2.0, -1.0, 1.0, 3.0])).reshape(2, 2)
    return [
        (picture, kernel, 2, 0),
        *(
            (rng.normal(size=x).round(2), rng.normal(size=w).round(2), stride, padding)
            for x, w, stride, padding in _SETTINGS
        ),
    ]


def reference(x: Array, kernel: Array, stride: int, padding: int) -> Array:
    """What the engine says: one channel, one filter, no bias."""
    y: Array = conv2d(x[None], kernel[None, None], stride=stride, padding=padding)["y"][0]
    return y
