"""Max and average pooling: a window moves over every channel and keeps one number of each place.

Windows are square and, unless a stride is given, do not overlap. Rows and columns that no window
reaches are left out, and get a gradient of zero. Letters and layout as in `engine.conv`.
Source of the formulas: Goodfellow et al. 2016, 9.3; sizes: Dumoulin & Visin 2016 (chapter 3).
"""

from __future__ import annotations

import numpy as np

from engine.conv_size import output_size
from engine.relation import Relation, relations
from engine.shapes import Array, ShapeError, check_axes, check_shape, check_whole
from engine.trace import GIVEN_GRADIENT, Trace
from engine.windows import places

MAX_RELATIONS = relations("""
y[c,i,j] = max(x[c, i*stride + u, j*stride + v] for u, v)
winner[c,i,j] = argmax(x[c, i*stride + u, j*stride + v] for u, v)
dx[c,p,q] = sum(dy[c,i,j] for i, j
    if i*stride + winner[c,i,j] // window == p and j*stride + winner[c,i,j] % window == q)
""")

AVERAGE_RELATIONS = relations("""
y[c,i,j] = sum(x[c, i*stride + u, j*stride + v] / cells for u, v)
dx[c,p,q] = sum(dy[c,i,j] / cells for i, j
    if i*stride <= p < i*stride + window and j*stride <= q < j*stride + window)
""")


def max_pool2d(x: Array, window: int = 2, *, stride: int | None = None) -> Trace:
    """Keep the largest number of every window: y[c,i,j] = max over u, v.

    x: (C,H,W), or (C,H,W,N) for a batch. window: rows and columns in cells; stride: cells, the
    window when left out.
    Gives a trace with x, y (C,H_out,W_out[,N]) and winner, in y's shape: where in its window the
    largest stands, as u*window + v; of several equal ones the first.
    Errors: ShapeError for an x that does not fit, ValueError for settings.
    """
    trace = _pooled("max_pool2d", x, window, stride, MAX_RELATIONS)
    first, *others = _covered(trace, x)
    y = np.array(first)
    number = np.min_scalar_type(window * window).type  # the fewer bytes, the faster
    winner = np.zeros(y.shape, number)
    for k, candidate in enumerate(others, 1):
        np.maximum(winner, (candidate > y) * number(k), out=winner)
        np.maximum(y, candidate, out=y)
    trace.arrays.update(y=y, winner=winner.astype(np.int32))
    return trace


def max_pool2d_backward(trace: Trace, dy: Array) -> None:
    """Add dL/dx to the trace of `max_pool2d`, from dy = dL/dy in y's shape: the gradient goes to
    the winner of each window, and adds up where windows overlap on it."""
    check_shape("max_pool2d_backward", "dy", dy, trace["y"].shape)
    winner, dx = trace["winner"], np.zeros_like(trace["x"])
    for k, of_winner in enumerate(_covered(trace, dx)):
        of_winner += dy * (winner == k)
    trace.arrays.update(dy=dy, dx=dx)


def average_pool2d(x: Array, window: int = 2, *, stride: int | None = None) -> Trace:
    """Keep the mean of every window. Arguments and errors as in `max_pool2d`.

    Gives a trace with x and y (C,H_out,W_out[,N]).
    """
    trace = _pooled("average_pool2d", x, window, stride, AVERAGE_RELATIONS)
    first, *others = _covered(trace, x)
    y = np.array(first)
    for each in others:
        y += each
    trace.arrays["y"] = y / (window * window)
    return trace


def average_pool2d_backward(trace: Trace, dy: Array) -> None:
    """Add dL/dx to the trace of `average_pool2d`, from dy = dL/dy in y's shape: every cell of a
    window gets an equal part."""
    check_shape("average_pool2d_backward", "dy", dy, trace["y"].shape)
    window = int(trace.constants["window"])
    part = dy / (window * window)
    dx = np.zeros_like(trace["x"])
    for under_cell in _covered(trace, dx):
        under_cell += part
    trace.arrays.update(dy=dy, dx=dx)


def _pooled(
    operation: str, x: Array, window: int, stride: int | None, found: dict[str, Relation]
) -> Trace:
    """The trace of a pooling before anything is computed."""
    check_axes(operation, "x", x, "(C,H,W)", "(C,H,W,N)")
    check_whole(operation, "window", window, 1)
    stride = window if stride is None else stride
    check_whole(operation, "stride", stride, 1)
    if window > min(x.shape[1:3]):
        raise ShapeError(
            f"{operation}: a window of {window} x {window} does not fit into x of shape {x.shape}"
        )
    return Trace(
        operation=operation,
        arrays={"x": x},
        relations=found,
        constants={"window": window, "stride": stride, "cells": window * window},
        extents={"u": window, "v": window},
        batched=x.ndim == 4,
        meanings={"x": "the input", "dy": GIVEN_GRADIENT},
    )


def _covered(trace: Trace, x: Array) -> list[Array]:
    """For every cell u*window + v of the window, the cells of x (or dx) that it meets, as a view
    in y's shape."""
    window, stride = int(trace.constants["window"]), int(trace.constants["stride"])
    rows, columns = (output_size(size, window, stride) for size in x.shape[1:3])
    cells = (divmod(k, window) for k in range(window * window))
    return [x[places(u, v, (rows, columns), stride)] for u, v in cells]
