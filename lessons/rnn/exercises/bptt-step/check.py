"""Checks `bptt_step` against the engine."""

from __future__ import annotations

import numpy as np

from engine.rnn import rnn, rnn_backward
from engine.shapes import Array

RESULTS = ("da", "dU", "dW")


def cases(rng: np.random.Generator) -> list[tuple[Array, ...]]:
    """dy, da_next, x, h, h_before, W, V: two units in round numbers, then all shapes."""
    W = rng.permutation(np.array([0.5, -1.0, 2.0, 0.0])).reshape(2, 2)
    found: list[tuple[Array, ...]] = [
        (
            np.array([1.0]),
            np.array([0.5, -0.5]),
            np.array([2.0]),
            np.array([0.0, 0.6]),
            np.array([0.5, -0.2]),
            W,
            np.array([[1.0, -2.0]]),
        )
    ]
    for inputs, hidden, outputs in ((3, 2, 2), (1, 5, 3), (4, 3, 1)):
        dy, da_next, x = (rng.normal(size=size).round(2) for size in (outputs, hidden, inputs))
        h, before = (0.9 * np.tanh(rng.normal(size=hidden)).round(1) for _ in range(2))
        W, V = (rng.normal(size=(size, hidden)).round(2) for size in (hidden, outputs))
        found.append((dy, da_next, x, h, before, W, V))
    return found


def reference(
    dy: Array, da_next: Array, x: Array, h: Array, h_before: Array, W: Array, V: Array
) -> tuple[Array, Array, Array]:
    """What the engine says of a step that ends in this h: the bias is chosen so that it does."""
    bias = np.arctanh(h) - W @ h_before
    trace = rnn(x[None], np.zeros((len(h), len(x))), W, bias, V, np.zeros(len(V)), h_before)
    rnn_backward(trace, dy[None], W.T @ da_next)
    return trace["da"][0], trace["dU"], trace["dW"]
