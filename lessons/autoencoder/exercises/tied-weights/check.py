"""Checks `tied_autoencoder` against the engine."""

from __future__ import annotations

import numpy as np

from engine.shapes import Array
from engine.tied import tied, tied_backward

RESULTS = ("y",)
GRADIENTS = ("dw",)


def cases(rng: np.random.Generator) -> list[tuple[Array, ...]]:
    """One picture of three pixels first; then several, larger ones."""
    found = []
    for pixels, code, count in ((3, 2, 1), (4, 2, 3), (16, 5, 4)):
        x, dy = rng.random((pixels, count)).round(1), rng.normal(size=(pixels, count)).round(1)
        w = rng.normal(size=(code, pixels)).round(1)
        found.append((x, w, rng.normal(size=code).round(1), rng.normal(size=pixels).round(1), dy))
    return found


def reference(x: Array, w: Array, b: Array, c: Array, dy: Array) -> tuple[Array, Array]:
    """What the engine says."""
    trace = tied(x, w, b, c)
    tied_backward(trace, dy)
    return trace["y"], trace["dw"]
