"""A network: a stack of layers and a loss, run forwards and backwards into linked traces.

The links let "why?" walk from the loss down to the pixels, and from a weight's gradient up to the
loss. Sources of the initialisation: He et al. 2015 (arXiv:1502.01852), equation 10, for a relu;
LeCun et al. 1998 (Efficient BackProp), 4.6, for a tanh.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from engine.activation import relu, relu_backward, sigmoid, sigmoid_backward, tanh, tanh_backward
from engine.conv import conv2d, conv2d_backward
from engine.dense import dense, dense_backward, flatten, flatten_backward
from engine.loss import (
    binary_cross_entropy,
    binary_cross_entropy_backward,
    cross_entropy,
    cross_entropy_backward,
    half_squared_error,
    half_squared_error_backward,
    mean_squared_error,
    mean_squared_error_backward,
)
from engine.pool import (
    average_pool2d,
    average_pool2d_backward,
    max_pool2d,
    max_pool2d_backward,
)
from engine.shapes import Array
from engine.trace import Trace

Forward = Callable[..., Trace]
Backward = Callable[..., None]

OPERATIONS: Mapping[str, tuple[Forward, Backward, str]] = {
    "conv2d": (conv2d, conv2d_backward, "x"),
    "max_pool2d": (max_pool2d, max_pool2d_backward, "x"),
    "average_pool2d": (average_pool2d, average_pool2d_backward, "x"),
    "flatten": (flatten, flatten_backward, "x"),
    "dense": (dense, dense_backward, "x"),
    "relu": (relu, relu_backward, "z"),
    "sigmoid": (sigmoid, sigmoid_backward, "z"),
    "tanh": (tanh, tanh_backward, "z"),
}
"""What a layer can do: forward, backward, and the name of its input. The output is y."""

ACTIVATIONS = frozenset({"relu", "sigmoid", "tanh"})

LOSSES: Mapping[str, tuple[Forward, Backward, str]] = {
    "cross_entropy": (cross_entropy, cross_entropy_backward, "z"),
    "binary_cross_entropy": (binary_cross_entropy, binary_cross_entropy_backward, "z"),
    "mean_squared_error": (mean_squared_error, mean_squared_error_backward, "y"),
    "half_squared_error": (half_squared_error, half_squared_error_backward, "y"),
}

HE_GAIN = 2.0
"""A relu stops half of what comes: weights of twice the variance make up for it."""

LOSS = "loss"
"""The name under which a run keeps the trace of the loss."""


@dataclass(frozen=True, eq=False)
class Layer:
    """One operation of a network, with its own name, parameters and settings."""

    name: str
    operation: str
    parameters: Mapping[str, Array] = field(default_factory=dict)
    settings: Mapping[str, int] = field(default_factory=dict)

    @property
    def parameter_count(self) -> int:
        return sum(array.size for array in self.parameters.values())

    def forward(self, x: Array, batched: bool) -> Trace:
        """The trace of this layer's operation on x."""
        forward, _, _ = OPERATIONS[self.operation]
        settings: dict[str, Any] = dict(self.settings)
        if self.operation in ACTIVATIONS:
            settings["batched"] = batched
        trace = forward(x, **self.parameters, **settings)
        trace.layer = self.name
        return trace


@dataclass(frozen=True, eq=False)
class Run:
    """One pass through a network: a trace by layer's name, in order, and `loss` at the end."""

    traces: dict[str, Trace]

    def __getitem__(self, name: str) -> Trace:
        try:
            return self.traces[name]
        except KeyError:
            known = ", ".join(self.traces)
            raise KeyError(f"this run has no layer {name!r}; it has {known}") from None

    @property
    def output(self) -> Array:
        """What the last layer gives: logits, or predictions."""
        return [trace for name, trace in self.traces.items() if name != LOSS][-1]["y"]

    @property
    def loss(self) -> float:
        """The mean loss. Errors: KeyError when the run had no target."""
        return float(self[LOSS]["mean_loss"])

    def release(self) -> None:
        """Let the traces forget one another, so that the memory of a run that nobody keeps is
        free at once, and not when Python next looks for cycles."""
        for trace in self.traces.values():
            trace.sources.clear()


@dataclass(frozen=True, eq=False)
class Network:
    """A stack of layers; each takes what the one before gives, the loss takes the last.

    Errors: ValueError for an operation or loss that is not known, a name used twice, or an
    activation in front, which cannot tell whether its input is a batch.
    """

    layers: tuple[Layer, ...]
    loss: str = "cross_entropy"

    def __post_init__(self) -> None:
        names = [layer.name for layer in self.layers]
        if not names or len({*names, LOSS}) != len(names) + 1:
            raise ValueError(f"network: layers need names of their own, not {LOSS!r}: got {names}")
        for layer in self.layers:
            if layer.operation not in OPERATIONS:
                raise ValueError(
                    f"network: {layer.name} asks for {layer.operation!r}; "
                    f"there is {', '.join(OPERATIONS)}"
                )
        if self.loss not in LOSSES:
            raise ValueError(f"network: no loss {self.loss!r}; there is {', '.join(LOSSES)}")
        if self.layers[0].operation in ACTIVATIONS:
            raise ValueError(f"network: {names[0]}, an activation, cannot be the first layer")

    @property
    def parameter_count(self) -> int:
        return sum(layer.parameter_count for layer in self.layers)

    @property
    def parameters(self) -> dict[str, Array]:
        """Every parameter by its layer's name and its own: "conv1.w"."""
        return {
            f"{layer.name}.{name}": array
            for layer in self.layers
            for name, array in layer.parameters.items()
        }

    def with_parameters(self, parameters: Mapping[str, Array]) -> Network:
        """The same network with other numbers in it, named as in `parameters`.

        Errors: KeyError when one is missing.
        """

        def changed(layer: Layer) -> Layer:
            if not layer.parameters:
                return layer
            own = {name: parameters[f"{layer.name}.{name}"] for name in layer.parameters}
            return Layer(layer.name, layer.operation, own, layer.settings)

        return Network(tuple(changed(layer) for layer in self.layers), self.loss)

    def astype(self, dtype: str) -> Network:
        """The same network with its parameters as "float64" or "float32"."""
        return self.with_parameters({name: w.astype(dtype) for name, w in self.parameters.items()})

    def gradients(self, run: Run) -> dict[str, Array]:
        """The gradient of every parameter, named as in `parameters`, of a run that went backward.

        Errors: KeyError when it did not.
        """
        return {
            f"{layer.name}.{name}": run[layer.name][f"d{name}"]
            for layer in self.layers
            for name in layer.parameters
        }

    def forward(self, x: Array, target: Array | int | None = None) -> Run:
        """Run x through the layers, and on into the loss when there is a target.

        x: what the first layer takes, one example or a batch; target: what the loss takes.
        Errors: ShapeError, ValueError from the layer that x does not fit.
        """
        traces: dict[str, Trace] = {}
        before: Trace | None = None
        for layer in self.layers:
            trace = layer.forward(before["y"] if before else x, bool(before and before.batched))
            if before:
                trace.link(OPERATIONS[layer.operation][2], before, "y")
            traces[layer.name] = before = trace
        if target is not None and before:
            forward, _, given = LOSSES[self.loss]
            traces[LOSS] = forward(before["y"], target)
            traces[LOSS].layer = LOSS
            traces[LOSS].link(given, before, "y")
        return Run(traces)

    def backward(self, run: Run, *, need_dx: bool = True) -> None:
        """Add every gradient to a run that had a target.

        `need_dx=False` stops at the first layer that has parameters and leaves out the gradient
        of its input: training has no use for more, and saves up to half of its time.
        """
        _, loss_backward, given = LOSSES[self.loss]
        above = run[LOSS]
        loss_backward(above)
        first = next((n for n, each in enumerate(self.layers) if each.parameters), 0)
        for n, layer in reversed(list(enumerate(self.layers))):
            if n < first and not need_dx:
                return
            _, backward, next_given = OPERATIONS[layer.operation]
            trace = run[layer.name]
            skips = {"need_dx": need_dx or n > first} if layer.parameters else {}
            backward(trace, above[f"d{given}"], **skips)
            trace.link("dy", above, f"d{given}")
            above, given = trace, next_given


def conv_layer(
    name: str, rng: np.random.Generator, channels: int, filters: int, kernel: int, **settings: int
) -> Layer:
    """A convolution with He weights: normal with the variance 2/(C*K*K). Biases start at 0."""
    shape = (filters, channels, kernel, kernel)
    return Layer(name, "conv2d", _normal_parameters(rng, shape, HE_GAIN), settings)


def dense_layer(
    name: str, rng: np.random.Generator, inputs: int, outputs: int, gain: float = HE_GAIN
) -> Layer:
    """A dense layer with normal weights of the variance gain/D. Biases start at 0.

    gain: 2 is He's, for a relu after it; 1 suits a tanh, or nothing, after it.
    """
    return Layer(name, "dense", _normal_parameters(rng, (outputs, inputs), gain))


def _normal_parameters(
    rng: np.random.Generator, shape: tuple[int, ...], gain: float
) -> dict[str, Array]:
    inputs = int(np.prod(shape[1:]))
    return {"w": rng.normal(0.0, np.sqrt(gain / inputs), shape), "b": np.zeros(shape[0])}
