"""Many networks of two inputs, two hidden sigmoids and one sigmoid output, side by side.

Letters: R networks, K = 2 hidden units, N points (x1[n], x2[n]) with targets y[n] of 0 or 1;
w1 and w2 lead from the inputs to the hidden units, v from those to the logit z. The loss is the
binary cross-entropy. Source: Rumelhart, Hinton & Williams 1986, who met its local minima on XOR.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from engine.activation import logistic
from engine.relation import relations
from engine.shapes import Array, ShapeError
from engine.trace import Trace

RELATIONS = relations("""
q[r,k,n] = b[r,k] + w1[r,k] * x1[r,n] + w2[r,k] * x2[r,n]
h[r,k,n] = 1 / (1 + exp(-q[r,k,n]))
z[r,n] = c[r] + sum(v[r,k] * h[r,k,n] for k)
p[r,n] = 1 / (1 + exp(-z[r,n]))
surprise[r,n] = max(z[r,n], 0) - y[r,n] * z[r,n] + log(1 + exp(-abs(z[r,n])))
loss[r] = sum(surprise[r,n] for n) / examples
right[r] = sum((1 if (p[r,n] > 0.5) == (y[r,n] > 0.5) else 0) for n)
dz[r,n] = (p[r,n] - y[r,n]) / examples
dc[r] = sum(dz[r,n] for n)
dv[r,k] = sum(dz[r,n] * h[r,k,n] for n)
dq[r,k,n] = dz[r,n] * v[r,k] * h[r,k,n] * (1 - h[r,k,n])
db[r,k] = sum(dq[r,k,n] for n)
dw1[r,k] = sum(dq[r,k,n] * x1[r,n] for n)
dw2[r,k] = sum(dq[r,k,n] * x2[r,n] for n)
""")

SOLVED_RELATIONS = relations("""
solved = sum((1 if right[r] == examples else 0) for r)
share = solved / runs
""")

HIDDEN = 2


@dataclass(frozen=True)
class TwoHidden:
    """The model, for `engine.fit_descent`."""

    weights: ClassVar[tuple[str, ...]] = ("w1", "w2", "b", "v", "c")
    inputs: ClassVar[tuple[str, ...]] = ("x1", "x2")

    def start(self, seed: int, runs: int, spread: float = 1.0) -> dict[str, Array]:
        """Weights for R networks: normal numbers, the same for the same seed."""
        rng = np.random.default_rng(seed)
        shapes = {name: (runs,) if name == "c" else (runs, HIDDEN) for name in self.weights}
        return {name: rng.normal(0.0, spread, shape) for name, shape in shapes.items()}

    def trace(self, inputs: Mapping[str, Array], y: Array, weights: Mapping[str, Array]) -> Trace:
        """All networks on points, forwards and backwards.

        inputs, y: (N,), or (R,N) where every network has points of its own. weights: w1, w2, b
        and v (R,2), c (R,). Gives a trace with what the relations name. Errors: ShapeError.
        """
        runs, count = len(weights["c"]), np.shape(y)[-1]
        given = {"x1": inputs["x1"], "x2": inputs["x2"], "y": y}
        for name, array in given.items():
            if np.shape(array) not in ((count,), (runs, count)):
                raise ShapeError(
                    f"two hidden units: {name} must have the shape {(runs, count)} or {(count,)}, "
                    f"got {np.shape(array)}"
                )
            given[name] = np.broadcast_to(np.asarray(array, dtype=float), (runs, count))
        x1, x2, y = given["x1"], given["x2"], given["y"]
        w1, w2, b, v, c = (weights[name] for name in self.weights)
        q = b[..., None] + w1[..., None] * x1[:, None] + w2[..., None] * x2[:, None]
        with np.errstate(over="ignore"):
            h = logistic(q, np.empty_like(q))
            z = c[:, None] + (v[..., None] * h).sum(axis=1)
            p = logistic(z, np.empty_like(z))
        surprise = np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))
        dz = (p - y) / count
        dq = dz[:, None] * v[..., None] * h * (1 - h)
        return Trace(
            operation="networks with two hidden units",
            arrays={
                **given,
                **weights,
                "q": q,
                "h": h,
                "z": z,
                "p": p,
                "surprise": surprise,
                "loss": surprise.sum(axis=1) / count,
                "right": ((p > 0.5) == (y > 0.5)).sum(axis=1),
                "dz": dz,
                "dc": dz.sum(axis=1),
                "dv": (dz[:, None] * h).sum(axis=2),
                "dq": dq,
                "db": dq.sum(axis=2),
                "dw1": (dq * x1[:, None]).sum(axis=2),
                "dw2": (dq * x2[:, None]).sum(axis=2),
            },
            relations=RELATIONS,
            constants={"examples": count},
            meanings={
                **dict.fromkeys(("w1", "w2", "v"), "a weight at this moment"),
                **dict.fromkeys(("b", "c"), "a bias at this moment"),
                **dict.fromkeys(("x1", "x2"), "an input of a point of this batch"),
                "y": "the target of a point",
            },
        )


def solved(trace: Trace) -> Trace:
    """How many networks of a `TwoHidden.trace` have all their points right: a trace with right
    (R,), solved and share."""
    right, count = trace["right"], trace.constants["examples"]
    number = int((right == count).sum())
    found = Trace(
        operation="networks that solve it",
        arrays={
            "right": right,
            "solved": np.asarray(number),
            "share": np.asarray(number / len(right)),
        },
        relations=SOLVED_RELATIONS,
        constants={"examples": count, "runs": len(right)},
    )
    found.link("right", trace, "right")
    return found
