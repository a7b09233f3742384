"""The autoencoders that learn the digits, and how they are trained: for tests and benchmarks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from engine.autoencoder import autoencoder
from engine.descent import Adam
from engine.network import Network
from engine.pca import pca, pca_fit
from engine.schedule import WarmUpCosine
from engine.shapes import Array
from engine.training import State, Training, evaluate
from lessons.data import digit_split, digits

BATCH = 32
EPOCHS = 100


@dataclass(frozen=True)
class Recipe:
    """One autoencoder. sizes: from the input to the code; output: what the last layer ends in."""

    name: str
    sizes: tuple[int, ...]
    activation: str
    output: str
    rate: float

    def network(self, seed: int) -> Network:
        """Before training."""
        rng = np.random.default_rng(seed)
        return autoencoder(rng, self.sizes, self.activation, self.output)

    def training(self, seed: int, epochs: int = EPOCHS, dtype: str = "float32") -> Training:
        """Adam; the rate climbs for a twentieth of the updates, then falls along a cosine."""
        x, _ = examples()
        updates = epochs * -(-x.shape[1] // BATCH)
        rate = WarmUpCosine(self.rate, updates, updates // 20)
        return Training(x, x, BATCH, Adam(), rate, seed, dtype=dtype)

    def trained(self, seed: int, epochs: int = EPOCHS, dtype: str = "float32") -> State:
        """The state after all epochs."""
        training = self.training(seed, epochs, dtype)
        state = training.start(self.network(seed))
        for _ in range(epochs * training.batches.per_epoch):
            state = training.advance(state)
        return state

    def baseline(self) -> float:
        """PCA's error on the test digits with as many numbers in the code."""
        x, test = examples()
        fit = pca_fit(x)
        y = pca(test, fit["mean"], fit["component"][: self.sizes[-1]])["y"]
        return float(((y - test) ** 2).mean())


RECIPES = (
    Recipe("64-16-2 tanh", (64, 16, 2), "tanh", "linear", 0.01),
    Recipe("64-64-32-2 relu", (64, 64, 32, 2), "relu", "linear", 0.005),
    Recipe("64-32-8 relu, sigmoid out", (64, 32, 8), "relu", "sigmoid", 0.01),
    Recipe("64-8 linear", (64, 8), "linear", "linear", 0.1),
)


@cache
def examples() -> tuple[Array, Array]:
    """Digits to train on, (64,1437), and to test on, (64,360)."""
    columns = digits()[0].reshape(-1, 64).T
    train, test = (np.ascontiguousarray(columns[:, rows]) for rows in digit_split("random"))
    return train, test


def error(state: State) -> float:
    """The mean squared error on the test digits."""
    _, test = examples()
    return evaluate(state.network, test, test).loss
