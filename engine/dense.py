"""Dense layers, in which every output sees every input, and the flattening that comes before.

Letters: D inputs, K outputs, N examples, in the last axis. Source: Goodfellow et al. 2016, 6.1.
"""

from __future__ import annotations

import numpy as np

from engine.relation import relations
from engine.shapes import Array, ShapeError, check_axes, check_shape
from engine.trace import GIVEN_GRADIENT, Trace

RELATIONS = relations("""
y[k] = b[k] + sum(w[k,d] * x[d] for d)
db[k] = dy[k]
dw[k,d] = dy[k] * x[d]
dx[d] = sum(w[k,d] * dy[k] for k)
""")

FLATTEN_RELATIONS = relations("""
y[d] = x[d // (height*width), d // width % height, d % width]
dx[c,p,q] = dy[(c*height + p)*width + q]
""")

SHARED = frozenset({"w", "b", "dw", "db"})


def dense(x: Array, w: Array, b: Array | None = None) -> Trace:
    """Weigh every input for every output: y[k] = b[k] + sum of w[k,d] times x[d].

    x: (D,), or (D,N) for a batch. w: (K,D). b: (K,), zeros when left out.
    Gives a trace with x, w, b and y (K[,N]). Errors: ShapeError for shapes that do not fit.
    """
    check_axes("dense", "x", x, "(D,)", "(D,N)")
    check_axes("dense", "w", w, "(K,D)")
    if w.shape[1] != x.shape[0]:
        raise ShapeError(f"dense: w {w.shape} has {w.shape[1]} inputs, x {x.shape} has {len(x)}")
    b = np.zeros(len(w), w.dtype) if b is None else b
    check_shape("dense", "b", b, (len(w),))
    batched = x.ndim == 2
    return Trace(
        operation="dense",
        arrays={"x": x, "w": w, "b": b, "y": w @ x + (b[:, None] if batched else b)},
        relations=RELATIONS,
        shared=SHARED,
        batched=batched,
        meanings={
            "x": "the input",
            "w": "a weight",
            "b": "the output's bias",
            "dy": GIVEN_GRADIENT,
        },
    )


def dense_backward(trace: Trace, dy: Array, *, need_dx: bool = True) -> None:
    """Add dL/dw, dL/db and dL/dx to the trace of `dense`, from dy = dL/dy in y's shape.

    The gradients of weights sum over the examples. `need_dx=False` leaves dx out: the first layer
    of a network has no use for it.
    """
    check_shape("dense_backward", "dy", dy, trace["y"].shape)
    x, w = trace["x"], trace["w"]
    trace.arrays["dy"] = dy
    trace.arrays["db"] = dy.sum(axis=1) if trace.batched else dy
    trace.arrays["dw"] = dy @ x.T if trace.batched else np.outer(dy, x)
    if need_dx:
        trace.arrays["dx"] = w.T @ dy


def flatten(x: Array) -> Trace:
    """Lay the maps out in one column, channel by channel and row by row.

    x: (C,H,W), or (C,H,W,N) for a batch. Gives a trace with x and y (C*H*W[,N]).
    Errors: ShapeError for an x with other axes.
    """
    check_axes("flatten", "x", x, "(C,H,W)", "(C,H,W,N)")
    channels, height, width = x.shape[:3]
    return Trace(
        operation="flatten",
        arrays={"x": x, "y": x.reshape(channels * height * width, *x.shape[3:])},
        relations=FLATTEN_RELATIONS,
        constants={"height": height, "width": width},
        batched=x.ndim == 4,
        meanings={"x": "the input", "dy": GIVEN_GRADIENT},
    )


def flatten_backward(trace: Trace, dy: Array) -> None:
    """Add dL/dx to the trace of `flatten`, from dy = dL/dy in y's shape: the same cells again."""
    check_shape("flatten_backward", "dy", dy, trace["y"].shape)
    trace.arrays.update(dy=dy, dx=dy.reshape(trace["x"].shape))
