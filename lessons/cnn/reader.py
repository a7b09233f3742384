"""The network that learns to read the digits, and its training."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from engine.descent import Momentum
from engine.network import Layer, Network, conv_layer, dense_layer
from engine.schedule import WarmUpLinear
from engine.shapes import Array
from engine.training import State, Training, evaluate
from lessons.data import digit_split, digits
from lessons.kit.recording import Recording
from lessons.kit.training import LOSS, diverged

UPDATES = 360
"""Updates of a training: eight epochs at a batch of 32."""
RATE, BATCH = 0.1, 32
"""The learning rate at its highest, and the batch, with which the digits are learned well."""
SCORED_EVERY = 9
"""Updates from one look at the test digits to the next."""
CHUNK = 45
"""Test digits that run through the network at once: larger ones leave the processor's cache."""
SPLITS = ("random", "writers")


@dataclass(frozen=True, eq=False)
class Reading:
    """Where the training stands, and how the network did when it last met the test digits."""

    state: State
    scored: int
    """The update after which it met them."""
    z: Array
    """The logits that it then gave them, (10,360)."""

    @property
    def nbytes(self) -> int:
        return self.state.nbytes + self.z.nbytes


@cache
def examples(split: str, part: str) -> tuple[Array, Array]:
    """Images (1,8,8,N) and their classes (N,). part: "train" or "test"."""
    images, labels = digits()
    rows = digit_split(split)[0 if part == "train" else 1]
    x = np.ascontiguousarray(np.moveaxis(images[rows], 0, -1)[None])
    x.setflags(write=False)
    return x, labels[rows].astype(int)


def fresh(seed: int) -> Network:
    """The network as it is before it has learned anything: 6,090 weights and biases."""
    rng = np.random.default_rng(seed)
    return Network(
        (
            conv_layer("conv1", rng, 1, 16, 3, padding=1),
            Layer("relu1", "relu"),
            Layer("pool1", "max_pool2d"),
            conv_layer("conv2", rng, 16, 32, 3, padding=1),
            Layer("relu2", "relu"),
            Layer("pool2", "max_pool2d"),
            Layer("flatten", "flatten"),
            dense_layer("dense", rng, 128, 10),
        )
    )


@lru_cache(maxsize=4)
def training(rate: float, batch: int, split: str, seed: int) -> Training:
    """The training: Nesterov's momentum; the rate climbs for a quarter of it, and then falls."""
    x, target = examples(split, "train")
    schedule = WarmUpLinear(rate, UPDATES, UPDATES // 4, start=rate / 10, end=rate / 50)
    return Training(x, target, batch, Momentum(0.9, nesterov=True), schedule, seed)


@lru_cache(maxsize=3)
def recording(rate: float, batch: int, split: str, seed: int) -> Recording[Reading]:
    """The training, update by update; from time to time the network meets the test digits."""
    one = training(rate, batch, split, seed)
    test_x, test_target = examples(split, "test")

    def read(state: State) -> Array:
        return evaluate(state.network, test_x, test_target, chunk=CHUNK).outputs

    def advance(before: Reading) -> Reading:
        state = one.advance(before.state)
        if state.update % SCORED_EVERY or state.diverged:
            return Reading(state, before.scored, before.z)
        return Reading(state, state.update, read(state))

    def measure(now: Reading) -> dict[str, float]:
        found = {} if now.state.loss is None else {LOSS: now.state.loss}
        if now.scored == now.state.update:
            found["accuracy"] = float((now.z.argmax(axis=0) == test_target).mean())
        return found

    start = one.start(fresh(seed))
    return Recording(
        Reading(start, 0, read(start)),
        advance,
        UPDATES,
        nbytes=lambda now: now.nbytes,
        measure=measure,
        ended=lambda now: diverged(now.state),
    )


@cache
def trained() -> Network:
    """The network after a whole training with what works well."""
    return recording(RATE, BATCH, "random", 0).state(UPDATES).state.network
