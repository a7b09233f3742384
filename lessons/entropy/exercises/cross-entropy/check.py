"""Checks `cross_entropy` against the engine."""

from __future__ import annotations

import numpy as np

from engine.log_sum_exp import stable_loss
from engine.shapes import Array

RESULTS = ("loss",)


def cases(rng: np.random.Generator) -> list[tuple[Array, int]]:
    """Small logits first, the true class not the largest; then ten; then a thousand each way."""
    order = rng.permutation(3)
    z = np.array([2.0, 0.5, -1.0])[order]
    return [
        (z, int(np.argsort(z)[1])),
        (rng.normal(0, 3, 10).round(2), int(rng.integers(10))),
        (z + 1000, int(z.argmin())),
        (z - 1000, int(z.argmax())),
        (np.array([1000.0, -1000.0, 0.0]), 1),
    ]


def reference(z: Array, target: int) -> float:
    """What the engine says."""
    return float(stable_loss(z, target)["loss"])
