"""The filters of the lesson that look at colours: a kernel for each of red, green and blue."""

from __future__ import annotations

import numpy as np

from engine.shapes import Array
from lessons.cnn.kernels import box, kernel

CHANNELS = ("red", "green", "blue")

_MIXTURES: dict[str, tuple[Array, tuple[float, float, float]]] = {
    "red": (box(3), (2, -1, -1)),
    "bright": (box(3), (1, 1, 1)),
    "edge": (kernel("sobel-x") / 3, (1, 1, 1)),
    "red-edge": (kernel("sobel-x") / 3, (2, -1, -1)),
}

FILTERS = tuple(_MIXTURES)
"""Each is one pattern, weighed for every channel: "red" and "red-edge" answer nothing to grey."""


def filter_bank(names: tuple[str, ...] = FILTERS) -> Array:
    """The filters of these names, (F,3,3,3)."""
    found = [
        np.stack([weight * pattern for weight in weights])
        for pattern, weights in (_MIXTURES[name] for name in names)
    ]
    return np.array(found)
