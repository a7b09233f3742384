"""Checks `momentum_step` against the engine's rule."""

from __future__ import annotations

import numpy as np

from engine.descent import Momentum
from engine.shapes import Array

RESULTS = ("w_new", "velocity_new")


def cases(rng: np.random.Generator) -> list[tuple[Array, Array, Array, float, float]]:
    """Halves and whole numbers first; then a rate of its own, a matrix, and no velocity yet."""
    w, velocity = rng.permutation(np.array([1.0, -2.0, 3.0])), np.array([4.0, -2.0, 6.0])
    dw = rng.permutation(np.array([1.0, -1.0, 2.0]))
    found = [(w, velocity, dw, 0.5, 0.5)]
    for shape, rate, momentum in (((4,), 0.1, 0.9), ((2, 3), 0.03, 0.8), ((3,), 0.2, 0.0)):
        arrays = [rng.normal(size=shape).round(2) for _ in range(3)]
        found.append((*arrays, rate, momentum))
    found.append((np.ones(2), np.zeros(2), np.array([0.5, -0.5]), 0.1, 0.9))
    return found


def reference(
    w: Array, velocity: Array, dw: Array, rate: float, momentum: float
) -> tuple[Array, Array]:
    """What the engine says."""
    trace = Momentum(momentum).step(w, dw, {"velocity": velocity}, rate, 0)
    return trace["w_new"], trace["velocity_new"]
