"""Checks `pca_reconstruct` against the engine."""

from __future__ import annotations

import numpy as np

from engine.pca import pca, pca_fit
from engine.shapes import Array


def cases(rng: np.random.Generator) -> list[tuple[Array, int]]:
    """Six points in space first, far from zero; then larger tables, wide and tall."""
    found = []
    for (rows, columns), k in (((3, 6), 1), ((5, 12), 2), ((8, 5), 3), ((4, 9), 3)):
        # Spread unevenly, so that no two directions matter alike.
        spread = np.linspace(3.0, 0.4, rows)[:, None]
        x = rng.normal(size=(rows, rows)) @ (spread * rng.normal(size=(rows, columns)))
        found.append(((x + rng.integers(3, 9, (rows, 1))).round(2), k))
    return found


def reference(x: Array, k: int) -> Array:
    """What the engine says."""
    fit = pca_fit(x)
    y: Array = pca(x, fit["mean"], fit["component"][:k])["y"]
    return y
