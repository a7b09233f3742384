"""The operations that the engine's tests run: each with inputs, settings and a gradient to start
from, all made from seeds, so that every test speaks of the same numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from engine.activation import relu, relu_backward, sigmoid, sigmoid_backward, tanh, tanh_backward
from engine.conv import conv2d, conv2d_backward
from engine.conv_cost import conv_cost, dense_cost, stack_cost
from engine.conv_place import conv_place, flip
from engine.dense import dense, dense_backward, flatten, flatten_backward
from engine.descent import Adam, Momentum, Plain, Rule
from engine.loss import (
    binary_cross_entropy,
    binary_cross_entropy_backward,
    cross_entropy,
    cross_entropy_backward,
    half_squared_error,
    half_squared_error_backward,
    mean_squared_error,
    mean_squared_error_backward,
    softmax,
    softmax_backward,
)
from engine.network import Layer, Network, Run, conv_layer, dense_layer
from engine.pool import (
    average_pool2d,
    average_pool2d_backward,
    max_pool2d,
    max_pool2d_backward,
)
from engine.schedule import Constant, Cosine, Schedule, StepDecay, WarmUpCosine, WarmUpLinear
from engine.score import score
from engine.shapes import Array
from engine.tied import tied, tied_backward
from engine.trace import Trace
from tests.engine.autoencoder_cases import AUTOENCODER_TRACES
from tests.engine.descent_cases import DESCENT_TRACES
from tests.engine.information_cases import INFORMATION_TRACES
from tests.engine.picture_cases import PICTURE_TRACES


def numbers(seed: int, *shape: int) -> Array:
    """Normal random numbers, the same for the same seed."""
    return np.random.default_rng(seed).normal(size=shape)


@dataclass(frozen=True, eq=False)
class Case:
    """One operation on given inputs."""

    name: str
    forward: Callable[..., Trace]
    backward: Callable[..., None]
    inputs: dict[str, Array]
    """What it is differentiated by."""
    settings: dict[str, Any] = field(default_factory=dict)
    output: str = "y"
    """The array whose gradient backward takes; mean_loss for a loss, which takes none."""
    also_given: frozenset[str] = frozenset()
    """Arrays that backward adds and nothing computes."""

    def run(self, **moved: Array) -> Trace:
        """The forward trace, with some inputs replaced."""
        return self.forward(**{**self.inputs, **moved}, **self.settings)

    def upstream(self) -> Array:
        """The gradient that comes back to the output."""
        return numbers(99, *self.run()[self.output].shape)

    def both(self) -> Trace:
        """The trace with its gradients."""
        trace = self.run()
        if self.output == "mean_loss":
            self.backward(trace)
        else:
            self.backward(trace, self.upstream())
        return trace

    def loss(self, **moved: Array) -> float:
        """A single number that depends on every number of the output."""
        out = self.run(**moved)[self.output]
        return float(out) if self.output == "mean_loss" else float((out * self.upstream()).sum())

    @property
    def given(self) -> set[str]:
        """The arrays of the trace that nothing in it computes."""
        upstream = set() if self.output == "mean_loss" else {f"d{self.output}"}
        return {
            *self.inputs,
            *(self.settings.keys() & {"target"}),
            *upstream,
            *self.also_given,
        }


def _batches(*shape: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    """One example's shape, and that of a batch of them."""
    yield "one", shape
    yield "batch", (*shape, 3)


def _conv_cases() -> Iterator[Case]:
    for stride, padding, dilation in (
        (1, 0, 1),
        (1, 1, 1),
        (2, 1, 1),
        (3, 2, 1),
        (1, 2, 2),
        (2, 1, 2),
    ):
        for size, shape in _batches(2, 6, 7):
            inputs = {"x": numbers(1, *shape), "w": numbers(2, 3, 2, 3, 2), "b": numbers(3, 3)}
            settings = {"stride": stride, "padding": padding, "dilation": dilation}
            name = f"conv2d-s{stride}p{padding}d{dilation}-{size}"
            yield Case(name, conv2d, conv2d_backward, inputs, settings)


def _pool_cases() -> Iterator[Case]:
    for window, stride in ((2, 2), (3, 2), (2, 1), (3, 3), (2, 3)):
        for size, shape in _batches(2, 7, 6):
            inputs = {"x": numbers(4, *shape)}
            settings = {"window": window, "stride": stride}
            name = f"pool2d-w{window}s{stride}-{size}"
            yield Case(f"max_{name}", max_pool2d, max_pool2d_backward, inputs, settings)
            yield Case(f"average_{name}", average_pool2d, average_pool2d_backward, inputs, settings)


def _activation_cases() -> Iterator[Case]:
    for forward, backward in (
        (relu, relu_backward),
        (sigmoid, sigmoid_backward),
        (tanh, tanh_backward),
    ):
        for axes in range(6):
            shape = (2, 3, 2, 2, 2)[:axes]
            for batched in (False, True)[: 1 + bool(axes)]:
                name = f"{forward.__name__}-{axes}{'-batched' * batched}"
                inputs = {"z": np.asarray(2 * numbers(5, *shape))}
                yield Case(name, forward, backward, inputs, {"batched": batched})


def _dense_cases() -> Iterator[Case]:
    for size, shape in _batches(4):
        inputs = {"x": numbers(6, *shape), "w": numbers(7, 3, 4), "b": numbers(8, 3)}
        yield Case(f"dense-{size}", dense, dense_backward, inputs)
        inputs = {**inputs, "b": numbers(8, 3), "c": numbers(14, 4)}
        yield Case(f"tied-{size}", tied, tied_backward, inputs)
    for size, shape in _batches(2, 3, 4):
        yield Case(f"flatten-{size}", flatten, flatten_backward, {"x": numbers(9, *shape)})


def _loss_cases() -> Iterator[Case]:
    for size, shape in _batches(4):
        z = 3 * numbers(10, *shape)
        yield Case(f"softmax-{size}", softmax, softmax_backward, {"z": z}, {}, "p")
        classes = np.array([2, 0, 3]) if size == "batch" else np.array(2)
        for kind, target in (("classes", classes), ("soft", softmax(numbers(11, *shape))["p"])):
            yield Case(
                f"cross_entropy-{kind}-{size}",
                cross_entropy,
                cross_entropy_backward,
                {"z": z},
                {"target": target},
                "mean_loss",
            )
        yield Case(
            f"binary_cross_entropy-{size}",
            binary_cross_entropy,
            binary_cross_entropy_backward,
            {"z": z},
            {"target": sigmoid(numbers(13, *shape))["y"].round(1)},
            "mean_loss",
        )
        for forward, backward in (
            (mean_squared_error, mean_squared_error_backward),
            (half_squared_error, half_squared_error_backward),
        ):
            name, target = f"{forward.__name__}-{size}", numbers(12, *shape)
            yield Case(name, forward, backward, {"y": z}, {"target": target}, "mean_loss")


CASES = (
    *_conv_cases(),
    *_pool_cases(),
    *_activation_cases(),
    *_dense_cases(),
    *_loss_cases(),
)


@dataclass(frozen=True, eq=False)
class NetworkCase:
    """A network with an input and a target."""

    name: str
    network: Network
    x: Array
    target: Array

    def both(self) -> Run:
        """A run with its gradients."""
        run = self.network.forward(self.x, self.target)
        self.network.backward(run)
        return run


def _image_network(rng: np.random.Generator) -> Network:
    return Network(
        (
            conv_layer("conv1", rng, 1, 2, 3, padding=1),
            Layer("relu1", "relu"),
            Layer("pool1", "max_pool2d", settings={"window": 2}),
            conv_layer("conv2", rng, 2, 3, 2),
            Layer("tanh2", "tanh"),
            Layer("pool2", "average_pool2d", settings={"window": 2, "stride": 1}),
            Layer("flat", "flatten"),
            dense_layer("dense3", rng, 3, 4),
        )
    )


def _number_network(rng: np.random.Generator) -> Network:
    layers = (
        dense_layer("hidden", rng, 3, 5),
        Layer("sigmoid", "sigmoid"),
        dense_layer("out", rng, 5, 2),
    )
    return Network(layers, "mean_squared_error")


def _network_cases() -> Iterator[NetworkCase]:
    images, number = (each(np.random.default_rng(20)) for each in (_image_network, _number_network))
    for size, shape in _batches(1, 6, 6):
        target = np.array([1, 3, 0]) if size == "batch" else np.array(1)
        yield NetworkCase(f"images-{size}", images, numbers(21, *shape), target)
    for size, shape in _batches(3):
        target = numbers(23, 2, *shape[1:])
        yield NetworkCase(f"numbers-{size}", number, numbers(22, *shape), target)


NETWORKS = tuple(_network_cases())


def _place(padding: int, dilation: int) -> Trace:
    x, w, b = numbers(30, 2, 5, 6), numbers(31, 2, 2, 3, 2), numbers(32, 2)
    trace = conv2d(x, w, b, stride=2, padding=padding, dilation=dilation)
    return conv_place(trace, 1, 0, 1)


def _update(rule: Rule, *shape: int) -> Trace:
    w, memory = numbers(40, *shape), rule.start(numbers(40, *shape))
    for update in range(3):
        trace = rule.step(w, numbers(41 + update, *shape), memory, 0.1, update)
        w, memory = trace["w_new"], {name: trace[f"{name}_new"] for name in memory}
    return trace


RULES: dict[str, Rule] = {
    "plain": Plain(),
    "momentum": Momentum(0.9),
    "nesterov": Momentum(0.9, nesterov=True),
    "adam": Adam(0.9, 0.99),
}

SCHEDULES: dict[str, Schedule] = {
    "constant": Constant(0.1),
    "step_decay": StepDecay(0.1, 0.5, 4),
    "cosine": Cosine(0.1, 12, 0.01),
    "warm_up_linear": WarmUpLinear(0.1, 12, 3, 0.01, 0.002),
    "warm_up_cosine": WarmUpCosine(0.1, 12, 3, 0.01, 0.002),
}

OTHER_TRACES: dict[str, Callable[[], Trace]] = {
    "conv_place": partial(_place, 0, 1),
    "conv_place-padded": partial(_place, 1, 2),
    "flip": lambda: flip(numbers(33, 2, 1, 3, 4)),
    "conv_cost": lambda: conv_cost(20, [1, 3, 5], [0, 1, 2], channels=3, filters=8),
    "conv_cost-strided": lambda: conv_cost(20, [2, 3], [0, 0], stride=3, dilation=2),
    "stack_cost": lambda: stack_cost(20, 3, 2, 0, 4),
    "dense_cost": lambda: dense_cost(28, 26, 1, 8),
    "score": lambda: score(numbers(50, 4, 9), np.arange(9) % 4),
    **{
        f"{name}-{axes}": partial(_update, rule, *(2, 3, 2, 2)[:axes])
        for name, rule in RULES.items()
        for axes in range(5)
    },
    **{
        f"{name}-{update}": partial(schedule.trace, update)
        for name, schedule in SCHEDULES.items()
        for update in (0, 2, 3, 7, 12, 20)
    },
    **DESCENT_TRACES,
    **INFORMATION_TRACES,
    **AUTOENCODER_TRACES,
    **PICTURE_TRACES,
}
"""Traces of what has no backward of its own."""
