"""Checks `rnn_step` against the engine."""

from __future__ import annotations

import numpy as np

from engine.rnn import rnn
from engine.shapes import Array


def cases(rng: np.random.Generator) -> list[tuple[Array, ...]]:
    """x, h, U, W, b: two units and one input in round numbers, then all shapes."""
    W = rng.permutation(np.array([0.5, -0.5, 1.0, 0.2])).reshape(2, 2)
    simple = (np.array([1.0]), np.array([0.5, -1.0]), np.array([[0.4], [-0.6]]), W)
    found: list[tuple[Array, ...]] = [(*simple, np.array([0.1, 0.3]))]
    for inputs, hidden in ((3, 2), (1, 5), (4, 4), (6, 1)):
        x, h, b = (rng.normal(size=size).round(2) for size in (inputs, hidden, hidden))
        U, W = (rng.normal(size=(hidden, size)).round(2) / 2 for size in (inputs, hidden))
        found.append((x, np.tanh(h), U, W, b))
    return found


def reference(x: Array, h: Array, U: Array, W: Array, b: Array) -> Array:
    """What the engine says of a sequence of one step."""
    V, c = np.zeros((1, len(h))), np.zeros(1)
    new: Array = rnn(x[None], U, W, b, V, c, h)["h"][0]
    return new
