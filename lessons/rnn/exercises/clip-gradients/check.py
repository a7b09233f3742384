"""Checks `clip` against the engine."""

from __future__ import annotations

import numpy as np

from engine.clipping import clip_by_norm
from engine.shapes import Array

RESULTS = ("dU", "dW")


def cases(rng: np.random.Generator) -> list[tuple[Array, Array, float]]:
    """Gradients with a norm of 5, then long, short, explosive and empty ones."""
    found: list[tuple[Array, Array, float]] = [
        (np.array([[3.0], [0.0]]), np.array([[0.0, 4.0], [0.0, 0.0]]), 1.0),
        (np.array([[0.3], [0.0]]), np.array([[0.0, 0.4], [0.0, 0.0]]), 1.0),
    ]
    for scale, limit in ((1.0, 2.0), (1e-6, 1.0), (1e8, 5.0), (0.5, 100.0)):
        dU, dW = (scale * rng.normal(size=size) for size in ((3, 2), (3, 3)))
        found.append((dU, dW, limit))
    return [*found, (np.zeros((2, 1)), np.zeros((2, 2)), 1.0)]


def reference(dU: Array, dW: Array, limit: float) -> tuple[Array, Array]:
    """What the engine says."""
    trace = clip_by_norm({"dU": dU, "dW": dW}, limit)
    return trace["clipped_dU"], trace["clipped_dW"]
