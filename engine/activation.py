"""Activations: functions that act on every number alone, on arrays of any number of axes.

Only the caller knows whether the last axis is the batch, and says so with `batched`; for the
values it makes no difference. Source of the formulas: Goodfellow et al. 2016, 3.10 and 6.3.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from engine.relation import Relation, relations
from engine.shapes import Array, check_shape
from engine.trace import GIVEN_GRADIENT, Trace

RELU = """
y[*] = max(z[*], 0)
dz[*] = dy[*] if z[*] > 0 else 0
"""
SIGMOID = """
y[*] = 1 / (1 + exp(-z[*]))
dz[*] = dy[*] * y[*] * (1 - y[*])
"""
TANH = """
y[*] = tanh(z[*])
dz[*] = dy[*] * (1 - y[*]**2)
"""

INDICES = ((), ("k",), ("i", "j"), ("c", "i", "j"), ("f", "c", "i", "j"))
"""What the axes of an array are called, by how many they are."""


@cache
def elementwise(text: str, axes: int) -> dict[str, Relation]:
    """Relations in which [*] stands for the indices of an array with so many axes."""
    known = axes < len(INDICES)
    indices = INDICES[axes] if known else tuple(f"i{axis}" for axis in range(axes))
    return relations(text.replace("[*]", f"[{','.join(indices)}]" if indices else ""))


def relu(z: Array, *, batched: bool = False) -> Trace:
    """Keep what is positive: y = max(z, 0).

    z: any shape; `batched` says that its last axis is the batch. Gives a trace with z and y.
    """
    return _applied("relu", z, np.maximum(z, 0), RELU, batched)


def relu_backward(trace: Trace, dy: Array) -> None:
    """Add dL/dz to the trace of `relu`, from dy = dL/dy in y's shape. The slope at 0 is 0."""
    _add_gradient(trace, dy, trace["z"] > 0)


def sigmoid(z: Array, *, batched: bool = False) -> Trace:
    """Squash into 0..1: y = 1/(1 + exp(-z)), for which no z is too large.

    z: any shape; `batched` says that its last axis is the batch. Gives a trace with z and y.
    """
    return _applied("sigmoid", z, squashed(z), SIGMOID, batched)


def squashed(z: Array) -> Array:
    """The numbers of `sigmoid` alone, for a loss that squashes its logits itself."""
    with np.errstate(over="ignore"):
        return logistic(z, np.empty(z.shape, np.result_type(z, np.float16)))


def logistic(z: Array, out: Array) -> Array:
    """1/(1 + exp(-z)), written into `out`, of z's shape. Far below 0 the exp overflows to infinity
    on the way to a 0 that is right; the caller says that this is no error."""
    np.negative(z, out=out)
    np.exp(out, out=out)
    out += 1
    return np.reciprocal(out, out=out)


def sigmoid_backward(trace: Trace, dy: Array) -> None:
    """Add dL/dz to the trace of `sigmoid`, from dy = dL/dy in y's shape."""
    y = trace["y"]
    _add_gradient(trace, dy, y * (1 - y))


def tanh(z: Array, *, batched: bool = False) -> Trace:
    """Squash into -1..1: y = tanh(z).

    z: any shape; `batched` says that its last axis is the batch. Gives a trace with z and y.
    """
    return _applied("tanh", z, np.tanh(z), TANH, batched)


def tanh_backward(trace: Trace, dy: Array) -> None:
    """Add dL/dz to the trace of `tanh`, from dy = dL/dy in y's shape."""
    _add_gradient(trace, dy, 1 - trace["y"] ** 2)


def _applied(operation: str, z: Array, y: Array, text: str, batched: bool) -> Trace:
    return Trace(
        operation=operation,
        arrays={"z": z, "y": np.asarray(y)},
        relations=elementwise(text, z.ndim - batched),
        batched=batched,
        meanings={"z": "the input", "dy": GIVEN_GRADIENT},
    )


def _add_gradient(trace: Trace, dy: Array, slope: Array) -> None:
    check_shape(f"{trace.operation}_backward", "dy", dy, trace["y"].shape)
    trace.arrays.update(dy=dy, dz=np.asarray(dy * slope))
