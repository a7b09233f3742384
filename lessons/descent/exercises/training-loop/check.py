"""Checks `train` against the engine's descent."""

from __future__ import annotations

import numpy as np

from engine.descent import Plain
from engine.fit import LINE
from engine.fit_descent import Descent
from engine.schedule import Constant
from engine.shapes import Array

RESULTS = ("w", "losses")


def cases(rng: np.random.Generator) -> list[tuple[Array, Array, int, float, int, int]]:
    """One epoch in two even batches first; then several epochs, a ragged batch, single points and
    all of them."""
    x = rng.permutation(np.array([1.0, -1.0, 2.0, -2.0]))
    found = [(x, 2 * x + 1, 2, 0.1, 1, int(rng.integers(1000)))]
    for count, size, epochs in ((10, 4, 3), (7, 1, 2), (9, 9, 4), (23, 8, 3)):
        x = rng.normal(size=count).round(2)
        y = (1.5 * x + rng.normal(size=count) / 3).round(2)
        found.append((x, y, size, 0.1, epochs, int(rng.integers(1000))))
    return found


def reference(
    x: Array, y: Array, size: int, rate: float, epochs: int, seed: int
) -> tuple[float, Array]:
    """What the engine's descent gives."""
    descent = Descent(LINE, {"x": x}, y, size, Plain(), Constant(rate), seed)
    state = descent.start({"w": 0.0})
    losses = np.zeros(epochs)
    for epoch in range(epochs):
        for _ in range(descent.batches.per_epoch):
            state = descent.advance(state)
        losses[epoch] = float(descent.whole(state)["loss"])
    return float(state.weights["w"]), losses
