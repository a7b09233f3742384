"""Checks `batch_gradient` against the engine's network."""

from __future__ import annotations

import numpy as np

from engine.network import Layer, Network
from engine.shapes import Array

RESULTS = ("dw",)


def cases(rng: np.random.Generator) -> list[tuple[Array, Array, Array, Array]]:
    """Whole numbers and a batch of two first; then one example, some, and all."""
    x = rng.permutation(np.array([-2.0, -1.0, 1.0, 2.0, 3.0, 5.0])).reshape(3, 2)
    y, w = rng.permutation(np.array([1.0, -3.0, 4.0])), np.array([2.0, -1.0])
    found = [(x, y, w, np.array([2, 0]))]
    for count, inputs, size in ((5, 3, 1), (9, 4, 4), (6, 2, 6)):
        x = rng.normal(size=(count, inputs)).round(2)
        y, w = rng.normal(size=count).round(2), rng.normal(size=inputs).round(2)
        found.append((x, y, w, rng.permutation(count)[:size]))
    return found


def reference(x: Array, y: Array, w: Array, batch: Array) -> Array:
    """What the engine says: a dense layer with one output and no bias."""
    network = Network((Layer("out", "dense", {"w": w[None]}),), "half_squared_error")
    run = network.forward(x[batch].T, y[None, batch])
    network.backward(run)
    gradient: Array = run["out"]["dw"][0]
    return gradient
