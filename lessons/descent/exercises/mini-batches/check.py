"""Checks `mini_batch` against the engine's batches."""

from __future__ import annotations

import numpy as np

from engine.batches import Batches
from engine.shapes import Array

RESULTS = ("batch",)


def cases(rng: np.random.Generator) -> list[tuple[int, int, int, int]]:
    """The second batch of an epoch that divides evenly; then epochs and batches at both ends, the
    ragged one among them."""
    seed = int(rng.integers(1000))
    return [
        (1, 6, 2, seed),
        (0, 6, 3, seed),
        (4, 6, 2, seed),
        (3, 10, 3, seed),
        (4, 10, 3, seed),
        (11, 10, 4, seed),
        (7, 5, 1, seed),
        (25, 23, 7, seed),
    ]


def reference(update: int, count: int, size: int, seed: int) -> Array:
    """What the engine trains with."""
    return Batches(count, size, seed).indices(update)
