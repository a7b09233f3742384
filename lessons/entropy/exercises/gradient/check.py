"""Checks `gradient` against the engine."""

from __future__ import annotations

import numpy as np

from engine.loss import cross_entropy, cross_entropy_backward, softmax
from engine.shapes import Array

RESULTS = ("dz",)


def cases(rng: np.random.Generator) -> list[tuple[Array, Array]]:
    """Three classes and two examples first; then more of both, a single example, and a sure one."""
    sizes = ((3, 2), (5, 8), (10, 1), (4, 30))
    found = [
        (softmax(rng.normal(0, 2, size))["p"], rng.integers(0, size[0], size[1])) for size in sizes
    ]
    found.append((softmax(np.array([[9.0, -9.0], [-9.0, 9.0], [0.0, 0.0]]))["p"], np.array([0, 0])))
    return found


def reference(p: Array, target: Array) -> Array:
    """What the engine says for logits that give these probabilities."""
    trace = cross_entropy(np.log(p), target)
    cross_entropy_backward(trace)
    return trace["dz"]
