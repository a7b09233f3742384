"""What recurrent networks share: sequences as batches, the read-out, and sums over time.

Letters: T time steps, D inputs, H hidden units, K outputs, N sequences, in the last axis.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import DTypeLike

from engine.memory import keep_freed_memory
from engine.shapes import Array, ShapeError, check_axes, check_shape

keep_freed_memory()

_EVERY_STEP = """
{y}[t,m] = {c}[m] + sum({V}[m,j] * h[t,j] for j)
dh_from_{y}[t,j] = sum({V}[m,j] * d{y}[t,m] for m)
d{V}[m,j] = sum(d{y}[t,m] * h[t,j] for t)
d{c}[m] = sum(d{y}[t,m] for t)
"""
_LAST_STEP = """
{y}[m] = {c}[m] + sum({V}[m,j] * h[steps - 1,j] for j)
dh_from_{y}[t,j] = sum({V}[m,j] * d{y}[m] for m) if t == steps - 1 else 0
d{V}[m,j] = d{y}[m] * h[steps - 1,j]
d{c}[m] = d{y}[m]
"""


def read_out_relations(y: str, V: str, c: str, *, last_only: bool) -> str:
    """The formulas of the read-out y = V h + c, under the names that an operation gives them."""
    return (_LAST_STEP if last_only else _EVERY_STEP).format(y=y, V=V, c=c)


def read_out(h: Array, V: Array, c: Array, *, last_only: bool) -> Array:
    """V h + c of every step, (T,K,N), or of the last step alone, (K,N). h: (T,H,N)."""
    y: Array = np.matmul(V, h[-1] if last_only else h)
    y += c[:, None]
    return y


def read_out_backward(
    h: Array, h_beside: Array, V: Array, dy: Array, *, last_only: bool
) -> tuple[Array, Array, Array]:
    """What comes back through the read-out to h, (T,H,N), and dV and dc. dy: in y's shape."""
    if last_only:
        dh = np.zeros_like(h)
        dh[-1] = V.T @ dy
        return dh, dy @ h[-1].T, dy.sum(axis=1)
    dy_beside = beside(dy)
    return np.matmul(V.T, dy), dy_beside @ h_beside.T, dy_beside.sum(axis=1)


def given_or_zeros(
    operation: str, name: str, given: Array | None, shape: tuple[int, ...], dtype: DTypeLike
) -> Array:
    """What enters a sequence at one of its ends; zeros when it is left out. Errors: ShapeError."""
    if given is None:
        return np.zeros(shape, dtype)
    check_shape(operation, name, given, shape)
    return given


def as_batch(array: Array, axes: int = 2) -> Array:
    """The array with a last axis for the batch: one sequence is a batch of one. `axes` counts
    the axes of one sequence's array."""
    return array.reshape(*array.shape[:axes], -1)


def beside(array: Array) -> Array:
    """All steps of all sequences beside each other, (J, T*N), from (T,J,N): one matrix product
    then sums over time and batch."""
    return array.transpose(1, 0, 2).reshape(array.shape[1], -1)


def in_steps(array: Array, steps: int) -> Array:
    """The way back from `beside`: (T,J,N)."""
    return array.reshape(len(array), steps, -1).transpose(1, 0, 2)


def check_sequence(operation: str, x: Array) -> None:
    """Refuse an x that is neither one sequence nor a batch of them, or that has no step."""
    check_axes(operation, "x", x, "(T,D)", "(T,D,N)")
    if len(x) == 0:
        raise ShapeError(f"{operation}: x must have at least one time step, got {x.shape}")


def check_columns(operation: str, argument: str, w: Array, columns: int, what: str) -> None:
    """Refuse a weight matrix that does not take so many numbers; `what` says which."""
    if np.ndim(w) != 2 or w.shape[1] != columns:
        raise ShapeError(
            f"{operation}: {argument} must have {columns} columns, one for each {what}, "
            f"got the shape {np.shape(w)}"
        )
