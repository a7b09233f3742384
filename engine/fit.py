"""Small models with one or two weights, fitted to points: losses that a plane can show.

Letters: N points (x[n], y[n]), p[n] the prediction, error[n] = p[n] - y[n], weights w, or u and v.
The loss is half the mean of the squared error. Many runs can go side by side, R of them: then a
weight has the shape (R,), and what belongs to a point (R,N). Source of the models: Yule 1927
(Phil. Trans. A 226, 267) for two lags, Goodfellow et al. 2016, 8.2, for saddles and plateaus.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from engine.relation import Relation, relations
from engine.shapes import Array, ShapeError
from engine.trace import Trace

Weights = Mapping[str, Array]
"""The weights by name, each () or, for R runs side by side, (R,)."""


@dataclass(frozen=True, eq=False)
class Model:
    """A prediction from one or two weights. In its formulas @ stands for a run, # for a point."""

    name: str
    weights: tuple[str, ...]
    inputs: tuple[str, ...]
    prediction: str
    slopes: Mapping[str, str]
    """dp/dw for each weight."""
    apply: Callable[[Weights, Mapping[str, Array], float], tuple[Array, dict[str, Array]]]
    """Predictions and slopes; the weights come with one axis more, for the points."""
    phase: float | None = None
    """The value of the constant `phase`, where there is one."""

    def trace(self, inputs: Mapping[str, Array], y: Array, weights: Weights) -> Trace:
        """What `fit` gives for this model."""
        return fit(self, inputs, y, weights)


def _line(w: Weights, x: Mapping[str, Array], phase: float) -> tuple[Array, dict[str, Array]]:
    return w["w"] * x["x"], {"w": x["x"]}


def _two_lags(w: Weights, x: Mapping[str, Array], phase: float) -> tuple[Array, dict[str, Array]]:
    return w["u"] * x["x"] + w["v"] * x["x2"], {"u": x["x"], "v": x["x2"]}


def _neuron(w: Weights, x: Mapping[str, Array], phase: float) -> tuple[Array, dict[str, Array]]:
    hidden = np.tanh(w["u"] * x["x"])
    return w["v"] * hidden, {"u": w["v"] * (1 - hidden * hidden) * x["x"], "v": hidden}


def _wave(w: Weights, x: Mapping[str, Array], phase: float) -> tuple[Array, dict[str, Array]]:
    angle = w["w"] * x["x"] + phase
    return np.sin(angle), {"w": np.cos(angle) * x["x"]}


LINE = Model("line", ("w",), ("x",), "w@ * x[#]", {"w": "x[#]"}, _line)
TWO_LAGS = Model(
    "two lags",
    ("u", "v"),
    ("x", "x2"),
    "u@ * x[#] + v@ * x2[#]",
    {"u": "x[#]", "v": "x2[#]"},
    _two_lags,
)
NEURON = Model(
    "hidden neuron",
    ("u", "v"),
    ("x",),
    "v@ * tanh(u@ * x[#])",
    {"u": "v@ * (1 - tanh(u@ * x[#])**2) * x[#]", "v": "tanh(u@ * x[#])"},
    _neuron,
)
WAVE = Model(
    "wave",
    ("w",),
    ("x",),
    "sin(w@ * x[#] + phase)",
    {"w": "cos(w@ * x[#] + phase) * x[#]"},
    _wave,
    phase=0.0,
)


@cache
def _relations(model: Model, many: bool) -> dict[str, Relation]:
    lines = [
        f"p[#] = {model.prediction}",
        "error[#] = p[#] - y[#]",
        "loss@ = sum(error[#]**2 / 2 for n) / examples",
    ]
    for weight, slope in model.slopes.items():
        lines += [
            f"slope_{weight}[#] = {slope}",
            f"d{weight}@ = sum(error[#] * slope_{weight}[#] for n) / examples",
        ]
    return relations(_indexed("\n".join(lines), many))


def _indexed(text: str, many: bool) -> str:
    return text.replace("@", "[r]" if many else "").replace("#", "r,n" if many else "n")


def fit(model: Model, inputs: Mapping[str, Array], y: Array, weights: Weights) -> Trace:
    """A model on N points, forwards and backwards.

    inputs, y: (N,) each; for R runs (N,) or, with points of their own, (R,N). weights: see Weights.
    Gives a trace with the weights, the inputs, y, p, error, loss, slope_w = dp/dw and dw = dL/dw
    for every weight w. Errors: ShapeError; KeyError for a missing weight or input.
    """
    given = {name: np.asarray(weights[name], dtype=float) for name in model.weights}
    many = next(iter(given.values())).ndim == 1
    count = np.shape(y)[-1]
    shape = (len(next(iter(given.values()))), count) if many else (count,)
    if any(np.shape(w) != shape[:-1] for w in given.values()):
        raise ShapeError(f"fit: the weights must all have the shape {shape[:-1]}")
    arrays = {}
    for name, array in {**{name: inputs[name] for name in model.inputs}, "y": y}.items():
        if np.shape(array) not in (shape, shape[-1:]):
            raise ShapeError(f"fit: {name} must have the shape {shape}, got {np.shape(array)}")
        arrays[name] = np.broadcast_to(np.asarray(array, dtype=float), shape)
    with np.errstate(over="ignore", invalid="ignore"):
        columns = {name: w[..., None] for name, w in given.items()}
        p, slopes = model.apply(columns, arrays, model.phase or 0.0)
        error = p - arrays["y"]
        computed = {"p": p, "error": error, "loss": (error * error).sum(axis=-1) / 2 / count}
        for name, slope in slopes.items():
            computed[f"slope_{name}"] = np.broadcast_to(slope, shape)
            computed[f"d{name}"] = (error * slope).sum(axis=-1) / count
    return Trace(
        operation=f"fit of a {model.name}",
        arrays={**given, **arrays, **{name: np.asarray(one) for name, one in computed.items()}},
        relations=_relations(model, many),
        constants=_constants(model, count),
        meanings={
            **dict.fromkeys(model.weights, "the weight at this moment"),
            **dict.fromkeys(model.inputs, "the input of a point of this batch"),
            "y": "what is to be predicted",
        },
    )


def landscape(model: Model, inputs: Mapping[str, Array], y: Array, u: Array, v: Array) -> Trace:
    """The loss over a plane of two weights. u: (J,) of the columns, v: (I,) of the rows.

    Gives a trace with u, v, the inputs, y and field (I,J). Errors: ShapeError as those of `fit`;
    ValueError for a model of one weight.
    """
    if model.weights != ("u", "v"):
        raise ValueError(f"landscape: a {model.name} has one weight; this takes a model of two")
    field = np.empty((len(v), len(u)))
    for i, row in enumerate(v):
        at = {"u": u, "v": np.full_like(u, row)}
        field[i] = fit(model, inputs, y, at)["loss"]
    prediction = model.prediction.replace("u@", "u[j]").replace("v@", "v[i]").replace("#", "n")
    return Trace(
        operation=f"loss of a {model.name}",
        arrays={**{name: inputs[name] for name in model.inputs}, "y": y, "u": u, "v": v}
        | {"field": field},
        relations=relations(f"field[i,j] = sum(({prediction} - y[n])**2 / 2 for n) / examples"),
        constants=_constants(model, len(y)),
        meanings={
            **dict.fromkeys(model.inputs, "the input of a point"),
            "y": "what is to be predicted",
            "u": "a place on the plane",
            "v": "a place on the plane",
        },
    )


def _constants(model: Model, count: int) -> dict[str, float]:
    return {"examples": count, **({} if model.phase is None else {"phase": model.phase})}
