"""Checks `max_pool2d` on one channel against the engine."""

from __future__ import annotations

import numpy as np

from engine.pool import max_pool2d
from engine.shapes import Array

_SETTINGS = (
    # map, window, stride: overlapping, with gaps, with rows that no window reaches
    ((5, 5), 2, 1),
    ((7, 8), 3, 2),
    ((6, 9), 2, 3),
    ((7, 5), 2, 2),
    ((4, 4), 4, 1),
)


def cases(rng: np.random.Generator) -> list[tuple[Array, int, int]]:
    """A 4×4 map of whole numbers with window 2 and stride 2 first; one that is all negative."""
    numbers = rng.permutation(np.arange(1.0, 17.0)).reshape(4, 4)
    numbers[0, 2] = 20.0  # in the second window, and not where a stride of 1 would look
    numbers[0, 3] = 25.0
    found = [(numbers, 2, 2)]
    found += [(rng.normal(size=x).round(2), window, stride) for x, window, stride in _SETTINGS]
    found.append((-np.abs(rng.normal(size=(6, 6))).round(2) - 0.01, 2, 2))
    return found


def reference(x: Array, window: int, stride: int) -> Array:
    """What the engine says for one channel."""
    y: Array = max_pool2d(x[None], window, stride=stride)["y"][0]
    return y
