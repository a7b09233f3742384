"""How long an update and a whole training take, against PyTorch eager where it is installed.

Both train the same network from the same weights, on the same batches, with the same rates, and
read the loss of every batch. Run from the repository's root:
`python tests/benchmarks/bench_training.py`.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from engine.descent import Adam, Momentum
from engine.network import Layer, Network, dense_layer
from engine.schedule import Constant
from engine.shapes import Array
from engine.training import Training
from lessons.cnn import reader
from tests.benchmarks.paired import report
from tests.benchmarks.torch_side import on_one_thread, torch, torch_network
from tests.engine import digit_recipe

SEEDS = range(10)
GOAL = 0.98


class Engine:
    """The engine's side."""

    def __init__(self, training: Training, network: Network) -> None:
        self.training = training
        self.state = training.start(network)

    def step(self) -> None:
        """One update."""
        self.state = self.training.advance(self.state)

    def accuracy(self) -> float:
        """On the digits that are kept for the test."""
        accuracy = digit_recipe.tested(self.state).accuracy
        assert accuracy is not None
        return accuracy


class Torch:
    """PyTorch's side of the same training."""

    def __init__(self, training: Training, network: Network) -> None:
        self.training = training
        self.model = torch_network(network, training.dtype)
        self.x = torch.tensor(np.ascontiguousarray(np.moveaxis(training.x, -1, 0)))
        self.target = torch.tensor(np.ascontiguousarray(np.moveaxis(training.target, -1, 0)))
        functional = torch.nn.functional
        self.loss = {
            "cross_entropy": functional.cross_entropy,
            "binary_cross_entropy": functional.binary_cross_entropy_with_logits,
            "mean_squared_error": functional.mse_loss,
        }[network.loss]
        rule, weights = training.rule, self.model.parameters()
        if isinstance(rule, Adam):
            betas = (rule.beta_1, rule.beta_2)
            self.optimiser = torch.optim.Adam(weights, 0.1, betas, rule.epsilon)
        else:
            assert isinstance(rule, Momentum)
            self.optimiser = torch.optim.SGD(
                weights, 0.1, momentum=rule.momentum, nesterov=rule.nesterov
            )
        self.update = 0

    def step(self) -> float:
        """One update."""
        training = self.training
        x, target = self.x, self.target
        if training.batch_size < training.batches.count:
            rows = torch.from_numpy(np.array(training.batches.indices(self.update)))
            x, target = x[rows], target[rows]
        self.optimiser.param_groups[0]["lr"] = training.schedule.rate(self.update)
        self.optimiser.zero_grad()
        loss = self.loss(self.model(x), target)
        loss.backward()
        self.optimiser.step()
        self.update += 1
        return float(loss.item())

    def accuracy(self) -> float:
        """On the digits that are kept for the test."""
        x, target = reader.examples("random", "test")
        images = torch.tensor(np.moveaxis(x, -1, 0).astype(self.training.dtype))
        with torch.no_grad():
            return float((self.model(images).argmax(1).numpy() == target).mean())


def models(dtype: str) -> Iterator[tuple[str, Training, Network]]:
    """A logistic regression of 30 numbers; on the digits a network of one hidden layer, an
    autoencoder and the lessons' convolutional network."""
    rng = np.random.default_rng(0)
    x, yes = rng.normal(size=(30, 569)), (rng.random((1, 569)) < 0.6).astype(float)
    logistic = Network((dense_layer("out", rng, 30, 1),), "binary_cross_entropy")
    images, classes = reader.examples("random", "train")
    hidden = Network(
        (dense_layer("hidden", rng, 64, 32), Layer("relu", "relu"), dense_layer("out", rng, 32, 10))
    )
    small: tuple[tuple[str, Array, Array, Network], ...] = (
        ("logistic 30-1", x, yes, logistic),
        ("MLP 64-32-10", images.reshape(64, -1), classes, hidden),
    )
    for name, data, target, network in small:
        for size in (1, 32, target.shape[-1]):
            training = Training(data, target, size, Momentum(), Constant(0.01), dtype=dtype)
            yield f"{name}, batch {size}", training, network
    layers = (
        dense_layer("in", rng, 64, 16, gain=1.0),
        Layer("tanh_in", "tanh"),
        dense_layer("code", rng, 16, 2, gain=1.0),
        dense_layer("from_code", rng, 2, 16, gain=1.0),
        Layer("tanh_out", "tanh"),
        dense_layer("out", rng, 16, 64, gain=1.0),
    )
    pixels = images.reshape(64, -1)
    training = Training(pixels, pixels, 32, Adam(), Constant(0.01), dtype=dtype)
    yield "autoencoder 64-16-2, Adam, batch 32", training, Network(layers, "mean_squared_error")
    yield "CNN on digits, batch 32", digit_recipe.training(0, dtype), reader.fresh(0)


def to_goal(make: Callable[[Training, Network], Engine | Torch], seed: int, dtype: str) -> float:
    """Seconds of updates until an epoch ends with the goal reached; tests are not counted."""
    training = digit_recipe.training(seed, dtype)
    side, spent = make(training, reader.fresh(seed)), 0.0
    for _ in range(digit_recipe.EPOCHS):
        start = time.perf_counter()
        for _ in range(training.batches.per_epoch):
            side.step()
        spent += time.perf_counter() - start
        if side.accuracy() >= GOAL:
            return spent
    return float("nan")


def race(dtype: str) -> str:
    """The time to the goal of both, seed by seed in turn."""
    sides: list[Callable[[Training, Network], Engine | Torch]] = [Engine]
    sides += [Torch] if torch is not None else []
    for make in sides:
        to_goal(make, 0, dtype)
    times = [[to_goal(make, seed, dtype) for make in sides] for seed in SEEDS]
    medians = [statistics.median(column) for column in zip(*times, strict=True)]
    line = f"CNN to {GOAL:.0%} on the test, {dtype}: engine {medians[0]:.2f} s"
    if torch is not None:
        ratio = statistics.median(ours / theirs for ours, theirs in times)
        line += f"   PyTorch {medians[1]:.2f} s   engine/PyTorch {ratio:.2f}"
    return line


def accuracies(dtype: str, kind: str) -> str:
    """How the recipe's network does after all epochs, over the seeds."""
    found = []
    for seed in SEEDS:
        accuracy = digit_recipe.tested(digit_recipe.trained(seed, dtype, kind), kind).accuracy
        assert accuracy is not None
        found.append(accuracy)
    mean, worst = statistics.mean(found), min(found)
    return f"accuracy, {kind:7}, {dtype}, {len(found)} seeds: mean {mean:.4f}, worst {worst:.4f}"


def main() -> None:
    """Print a line for each model and type."""
    print(on_one_thread())
    for dtype in ("float64", "float32"):
        for name, training, network in models(dtype):
            steps: list[Callable[[], object]] = [Engine(training, network).step]
            if torch is not None:
                steps.append(Torch(training, network).step)
            print(report(f"{name:42} {dtype}", steps), flush=True)
    for dtype in ("float64", "float32"):
        print(race(dtype), flush=True)
    for kind in ("random", "writers"):
        print(accuracies("float32", kind), flush=True)


if __name__ == "__main__":
    main()
