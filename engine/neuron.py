"""One sigmoid neuron with one weight, and what each loss tells it: cross-entropy or MSE.

Letters: z = w·x + b is the logit, a = σ(z) the output, y the target from 0 to 1, and slope is
σ'(z) = a(1 - a). On the logit, cross-entropy has the gradient a - y; a squared error has it times
slope, which vanishes where the neuron is sure, right or wrong. Source: Goodfellow et al. 2016,
6.2.2.2.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np

from engine.activation import sigmoid
from engine.relation import Relation, relations
from engine.shapes import Array, check_axes, check_whole
from engine.trace import Trace

_OUTPUT = """
z@ = w@ * x + b@
a@ = 1 / (1 + exp(-z@))
slope@ = a@ * (1 - a@)
"""

_LOSSES = {
    "cross_entropy": """
        loss@ = max(z@, 0) - y * z@ + log(1 + exp(-abs(z@)))
        dz@ = a@ - y
    """,
    "half_squared_error": """
        loss@ = (a@ - y)**2 / 2
        da@ = a@ - y
        dz@ = da@ * slope@
    """,
    "squared_error": """
        loss@ = (a@ - y)**2
        da@ = 2 * (a@ - y)
        dz@ = da@ * slope@
    """,
}
LOSSES = tuple(_LOSSES)
"""The losses by name; half_squared_error is ½(a - y)², squared_error the same without the ½."""

_WEIGHTS = """
dw@ = dz@ * x
db@ = dz@
"""

_UPDATES = """
w[t] = w_start if t == 0 else w[t-1] - rate * dw[t-1]
b[t] = b_start if t == 0 else b[t-1] - rate * db[t-1]
"""

LOGIT_RELATIONS = relations("""
a[k] = 1 / (1 + exp(-z[k]))
slope[k] = a[k] * (1 - a[k])
cross_entropy[k] = max(z[k], 0) - y * z[k] + log(1 + exp(-abs(z[k])))
half_squared_error[k] = (a[k] - y)**2 / 2
dz_cross_entropy[k] = a[k] - y
dz_half_squared_error[k] = (a[k] - y) * slope[k]
""")


@cache
def _relations(loss: str, at: str) -> dict[str, Relation]:
    """The neuron's formulas, for one moment (at "") or for all the moments of a training."""
    text = _OUTPUT + _LOSSES[loss] + _WEIGHTS + (_UPDATES if at else "")
    return relations(text.replace("@", at))


def neuron(x: float, y: float, w: float, b: float, loss: str = "cross_entropy") -> Trace:
    """One neuron on one example, forwards and backwards at once.

    x, w, b: numbers. y: the target, from 0 to 1. loss: one of LOSSES.
    Gives a trace of scalars with x, y, w, b, z, a, slope (σ'), loss (in nats for cross_entropy),
    da = dL/da (for the squared errors: cross-entropy does without it), dz, dw, db and dx.
    cross_entropy is -y log a - (1 - y) log(1 - a), computed from z so that no logarithm of 0
    occurs. Errors: ValueError for a number or logit that is not finite, a y outside, or for an
    unknown loss.
    """
    _check("neuron", loss, x=x, y=y, w=w, b=b)
    found = _moment(x, y, w, b, loss)
    given = {"x": x, "y": y, "w": w, "b": b}
    formulas = {**_relations(loss, ""), **relations("dx = dz * w")}
    return Trace(
        operation=f"a neuron with {loss.replace('_', ' ')}",
        arrays={
            name: np.asarray(float(value))
            for name, value in {**given, **found, "dx": found["dz"] * w}.items()
        },
        relations=formulas,
        meanings={
            "x": "the input",
            "y": "the target",
            "w": "the weight",
            "b": "the bias",
        },
    )


def train_neuron(
    x: float, y: float, w: float, b: float, loss: str, rate: float, updates: int
) -> Trace:
    """Gradient descent on one neuron with one example: everything at every moment t.

    x, y, w, b, loss: as for `neuron`; w and b are where it starts. rate: the learning rate.
    updates: how many, U. Gives a trace in which w, b, z, a, slope, loss, da (squared errors),
    dz, dw and db have the shape (U + 1,): t = 0 is the start, and t = U has not been followed by
    an update. x, y, w_start, b_start and rate are scalars.
    Errors: as those of `neuron`; ValueError for less than 0 updates.
    """
    _check("train_neuron", loss, x=x, y=y, w=w, b=b, rate=rate)
    check_whole("train_neuron", "updates", updates, 0)
    given = {"x": x, "y": y, "w_start": w, "b_start": b, "rate": rate}
    moments = []
    for _ in range(updates + 1):
        moments.append({"w": w, "b": b, **_moment(x, y, w, b, loss)})
        w -= rate * moments[-1]["dw"]
        b -= rate * moments[-1]["db"]
    return Trace(
        operation=f"a neuron that learns with {loss.replace('_', ' ')}",
        arrays={
            **{name: np.asarray(float(value)) for name, value in given.items()},
            **{name: np.array([moment[name] for moment in moments]) for name in moments[0]},
        },
        relations=_relations(loss, "[t]"),
        meanings={
            "x": "the input",
            "y": "the target",
            "w_start": "the weight at the start",
            "b_start": "the bias at the start",
            "rate": "the learning rate",
        },
    )


def logit_curves(z: Array, y: float) -> Trace:
    """Both losses and their gradients over the logit, and σ' as a curve of its own.

    z: (K,), the places of the curves. y: the target, from 0 to 1.
    Gives a trace with z, y, a, slope, cross_entropy, half_squared_error, dz_cross_entropy and
    dz_half_squared_error, each (K,) but y. Errors: ShapeError; ValueError for a y outside.
    """
    z = np.asarray(z, dtype=np.float64)
    check_axes("logit_curves", "z", z, "(K,)")
    _check("logit_curves", LOSSES[0], y=y)
    a = sigmoid(z)["y"]
    return Trace(
        operation="the losses over the logit",
        arrays={
            "z": z,
            "y": np.asarray(float(y)),
            "a": a,
            "slope": a * (1 - a),
            "cross_entropy": np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))),
            "half_squared_error": (a - y) ** 2 / 2,
            "dz_cross_entropy": a - y,
            "dz_half_squared_error": (a - y) * a * (1 - a),
        },
        relations=LOGIT_RELATIONS,
        meanings={"z": "the logit, as you chose", "y": "the target"},
    )


def _moment(x: float, y: float, w: float, b: float, loss: str) -> dict[str, float]:
    z = w * x + b
    if not math.isfinite(z):
        raise ValueError(f"neuron: w·x + b must be finite, got {w:g} · {x:g} + {b:g}")
    a = float(sigmoid(np.asarray(z))["y"])
    found = {"z": z, "a": a, "slope": a * (1 - a)}
    if loss == "cross_entropy":
        found["loss"] = max(z, 0.0) - y * z + math.log1p(math.exp(-abs(z)))
        found["dz"] = a - y
    else:
        factor = 2 if loss == "squared_error" else 1
        found["loss"] = factor * (a - y) ** 2 / 2
        found["da"] = factor * (a - y)
        found["dz"] = found["da"] * found["slope"]
    return {**found, "dw": found["dz"] * x, "db": found["dz"]}


def _check(operation: str, loss: str, **numbers: float) -> None:
    if loss not in LOSSES:
        raise ValueError(f"{operation}: loss must be one of {', '.join(LOSSES)}, got {loss!r}")
    for name, value in numbers.items():
        if not math.isfinite(value):
            raise ValueError(f"{operation}: {name} must be a finite number, got {value}")
    if not 0 <= numbers["y"] <= 1:
        raise ValueError(f"{operation}: y must be from 0 to 1, got {numbers['y']}")
