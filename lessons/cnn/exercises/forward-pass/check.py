"""Checks `forward` against the engine's network."""

from __future__ import annotations

import numpy as np

from engine.loss import softmax
from engine.network import Layer, Network
from engine.shapes import Array

RESULTS = ("p",)

_SIZES = (
    # channels, rows, columns, filters, kernel rows and columns, classes, size of the weights
    (1, 4, 4, 1, (1, 1), 2, 1.0),
    (2, 5, 6, 3, (2, 3), 4, 1.0),
    (3, 8, 9, 4, (3, 3), 10, 1.0),
    (1, 6, 6, 2, (3, 3), 3, 300.0),
)


def cases(rng: np.random.Generator) -> list[tuple[Array, ...]]:
    """One channel and a kernel of one weight first; at last logits that overflow exp."""
    found = []
    for channels, height, width, filters, (rows, columns), classes, size in _SIZES:
        pooled = (height - rows + 1) // 2 * ((width - columns + 1) // 2)
        found.append(
            (
                rng.normal(size=(channels, height, width)).round(2),
                rng.normal(size=(filters, channels, rows, columns)).round(2),
                rng.normal(size=filters).round(2),
                (size * rng.normal(size=(classes, filters * pooled))).round(2),
                rng.normal(size=classes).round(2),
            )
        )
    return found


def reference(x: Array, w: Array, b: Array, dense_w: Array, dense_b: Array) -> Array:
    """What the engine says."""
    network = Network(
        (
            Layer("conv", "conv2d", {"w": w, "b": b}),
            Layer("relu", "relu"),
            Layer("pool", "max_pool2d", settings={"window": 2}),
            Layer("flat", "flatten"),
            Layer("dense", "dense", {"w": dense_w, "b": dense_b}),
        )
    )
    p: Array = softmax(network.forward(x).output)["p"]
    return p
