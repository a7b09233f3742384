"""The network that learns to read the digits, and how it is trained: for tests and benchmarks."""

from __future__ import annotations

from functools import cache

import numpy as np

from engine.descent import Momentum
from engine.network import Layer, Network, conv_layer, dense_layer
from engine.schedule import WarmUpLinear
from engine.shapes import Array
from engine.training import Score, State, Training, evaluate
from lessons.data import digits

EPOCHS = 8
BATCH = 32
TESTED = 360


@cache
def split(kind: str) -> tuple[Array, Array]:
    """The rows to train on and to test on: "random" ones, or the last, which others wrote."""
    rows = np.arange(1797) if kind == "writers" else np.random.default_rng(0).permutation(1797)
    return np.sort(rows[:-TESTED]), np.sort(rows[-TESTED:])


def examples(rows: Array) -> tuple[Array, Array]:
    """Images (1,8,8,N) and classes (N,)."""
    images, labels = digits()
    return np.moveaxis(images[rows], 0, -1)[None], labels[rows].astype(int)


def network(seed: int) -> Network:
    """Two convolutions and a dense layer: 6,090 parameters."""
    rng = np.random.default_rng(seed)
    return Network(
        (
            conv_layer("conv1", rng, 1, 16, 3, padding=1),
            Layer("relu1", "relu"),
            Layer("pool1", "max_pool2d"),
            conv_layer("conv2", rng, 16, 32, 3, padding=1),
            Layer("relu2", "relu"),
            Layer("pool2", "max_pool2d"),
            Layer("flat", "flatten"),
            dense_layer("out", rng, 128, 10),
        )
    )


def training(seed: int, dtype: str = "float64", kind: str = "random") -> Training:
    """Nesterov's momentum; the rate climbs for a quarter of the updates and then falls."""
    x, target = examples(split(kind)[0])
    updates = EPOCHS * -(-len(target) // BATCH)
    rate = WarmUpLinear(0.1, updates, updates // 4, start=0.01, end=0.002)
    return Training(x, target, BATCH, Momentum(0.9, nesterov=True), rate, seed, dtype=dtype)


def trained(seed: int, dtype: str = "float64", kind: str = "random") -> State:
    """The state after all epochs."""
    one = training(seed, dtype, kind)
    state = one.start(network(seed))
    for _ in range(EPOCHS * one.batches.per_epoch):
        state = one.advance(state)
    return state


def tested(state: State, kind: str = "random") -> Score:
    """How the network does on what it has not seen."""
    return evaluate(state.network, *examples(split(kind)[1]))
