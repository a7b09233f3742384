"""Checks `rnn_forward` against the engine."""

from __future__ import annotations

import numpy as np

from engine.rnn import rnn
from engine.shapes import Array

RESULTS = ("h", "y")


def cases(rng: np.random.Generator) -> list[tuple[Array, ...]]:
    """x, U, W, b, V, c: two steps in round numbers, then all lengths and shapes."""
    x = rng.permutation(np.array([1.0, -0.5])).reshape(2, 1)
    U, W, b = np.array([[0.5], [-1.0]]), np.array([[0.3, 0.8], [-0.6, 0.2]]), np.array([0.1, -0.2])
    found: list[tuple[Array, ...]] = [(x, U, W, b, np.array([[1.0, 2.0]]), np.array([0.5]))]
    for steps, inputs, hidden, outputs in ((1, 2, 3, 2), (5, 3, 2, 4), (9, 1, 4, 1), (6, 2, 2, 2)):
        x, U, W, V = (
            rng.normal(size=size).round(2) / 2
            for size in ((steps, inputs), (hidden, inputs), (hidden, hidden), (outputs, hidden))
        )
        b, c = rng.normal(size=hidden).round(2), rng.normal(size=outputs).round(2)
        found.append((x, U, W, b, V, c))
    return found


def reference(x: Array, U: Array, W: Array, b: Array, V: Array, c: Array) -> tuple[Array, Array]:
    """What the engine says."""
    trace = rnn(x, U, W, b, V, c)
    return trace["h"], trace["y"]
