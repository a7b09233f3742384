"""Checks `kl` against the engine."""

from __future__ import annotations

import numpy as np

from engine.information import divergence
from engine.shapes import Array

RESULTS = ("KL",)


def cases(rng: np.random.Generator) -> list[tuple[Array, Array]]:
    """Two outcomes, four, some that never come, and a forecast that rules out what comes."""
    share = float(rng.integers(60, 95)) / 100
    order = rng.permutation(4)
    p = np.array([0.5, 0.25, 0.25, 0.0])[order]
    q = np.array([0.25, 0.5, 0.125, 0.125])[order]
    return [
        (np.array([share, 1 - share]), np.array([0.5, 0.5])),
        (p, q),
        (rng.dirichlet(np.ones(50)), rng.dirichlet(np.ones(50))),
        (q, q.copy()),
        (np.array([0.5, 0.5, 0.0]), np.array([1.0, 0.0, 0.0])),
    ]


def reference(p: Array, q: Array) -> float:
    """What the engine says."""
    return float(divergence(p, q, "nats")["KL"])
