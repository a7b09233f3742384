"""Checks the reconstruction loss and its gradient against the engine."""

from __future__ import annotations

import numpy as np

from engine.loss import mean_squared_error, mean_squared_error_backward
from engine.shapes import Array

RESULTS = ("loss",)
GRADIENTS = ("dy",)


def cases(rng: np.random.Generator) -> list[tuple[Array, Array]]:
    """Two pictures of three pixels first; then pictures of 64."""
    found = []
    for shape in ((3, 2), (64, 1), (64, 5)):
        x = rng.random(shape).round(1)
        found.append(((x + rng.normal(0, 0.3, shape)).round(1), x))
    return found


def reference(y: Array, x: Array) -> tuple[Array, Array]:
    """What the engine says."""
    trace = mean_squared_error(y, x)
    mean_squared_error_backward(trace)
    return trace["mean_loss"][()], trace["dy"]
