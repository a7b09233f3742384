"""Checks `logits_gradient` against the engine's cross-entropy."""

from __future__ import annotations

import numpy as np

from engine.loss import cross_entropy, cross_entropy_backward
from engine.shapes import Array

RESULTS = ("dz",)


def cases(rng: np.random.Generator) -> list[tuple[Array, int]]:
    """Two classes, then more, then logits whose exp overflows."""
    sizes = (2, 3, 6, 10)
    found = [(rng.normal(size=K).round(1), int(rng.integers(K))) for K in sizes]
    return [*found, (np.array([1000.0, 998.0, 1001.0]), int(rng.integers(3)))]


def reference(z: Array, k: int) -> Array:
    """What the engine says."""
    trace = cross_entropy(z, k)
    cross_entropy_backward(trace)
    return trace["dz"]
