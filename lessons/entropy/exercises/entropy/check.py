"""Checks `entropy` against the engine."""

from __future__ import annotations

import numpy as np

from engine.information import entropy
from engine.shapes import Array

RESULTS = ("H",)


def cases(rng: np.random.Generator) -> list[tuple[Array]]:
    """A coin that is not fair, more outcomes, some that never come, and a thousand."""
    bent = float(rng.integers(60, 95)) / 100
    four = rng.permutation(np.array([0.5, 0.25, 0.125, 0.125]))
    never = rng.permutation(np.array([0.7, 0.0, 0.2, 0.1, 0.0]))
    return [
        (np.array([bent, 1 - bent]),),
        (four,),
        (never,),
        (np.array([0.0, 1.0]),),
        (rng.dirichlet(np.ones(1000)),),
    ]


def reference(p: Array) -> float:
    """What the engine says."""
    return float(entropy(p)["H"])
