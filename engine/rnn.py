"""The simple recurrent network, forwards and backwards through time.

Letters: T time steps, D inputs, H hidden units, K outputs, N sequences, in the last axis. The
same U, W and V serve every step, so their gradients are sums over time. Source of the formulas:
Goodfellow et al. 2016, 10.2 (equations 10.8 to 10.11, 10.18 to 10.28); Williams & Peng 1990 for
truncation.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from engine.recurrent import (
    as_batch,
    beside,
    check_columns,
    check_sequence,
    given_or_zeros,
    in_steps,
    read_out,
    read_out_backward,
    read_out_relations,
)
from engine.relation import Relation, relations
from engine.shapes import Array, check_axes, check_shape, check_whole
from engine.trace import GIVEN_GRADIENT, Trace

_CELL = """
a[t,j] = b[j] + sum(U[j,d] * x[t,d] for d) + (
    sum(W[j,k] * h[t-1,k] for k) if t > 0 else sum(W[j,k] * h_0[k] for k))
h[t,j] = tanh(a[t,j])
dh[t,j] = dh_from_y[t,j] + dh_from_next[t,j]
da[t,j] = dh[t,j] * (1 - h[t,j]**2)
dU[j,d] = sum(da[t,j] * x[t,d] for t)
dW[j,k] = sum(da[t,j] * (h[t-1,k] if t > 0 else h_0[k]) for t)
db[j] = sum(da[t,j] for t)
dx[t,d] = sum(U[j,d] * da[t,j] for j)
dh_0[k] = sum(W[j,k] * da[0,j] for j)
"""
_NEXT = """
dh_from_next[t,j] = dh_T[j] if t == steps - 1 else sum(W[k,j] * da[t+1,k] for k)
"""
_NEXT_TRUNCATED = """
dh_from_next[t,j] = (dh_T[j] if t == steps - 1
    else 0 if (t + 1) % truncate == 0
    else sum(W[k,j] * da[t+1,k] for k))
"""

WEIGHTS = ("U", "W", "b", "V", "c")
SHARED = frozenset({*WEIGHTS, *(f"d{name}" for name in WEIGHTS)})


@cache
def _relations(last_only: bool, truncated: bool) -> dict[str, Relation]:
    read = read_out_relations("y", "V", "c", last_only=last_only)
    return relations(_CELL + (_NEXT_TRUNCATED if truncated else _NEXT) + read)


def rnn(
    x: Array,
    U: Array,
    W: Array,
    b: Array,
    V: Array,
    c: Array,
    h_0: Array | None = None,
    *,
    last_only: bool = False,
) -> Trace:
    """Read a sequence step by step: h[t] = tanh(U x[t] + W h[t-1] + b), y[t] = V h[t] + c.

    x: (T,D), or (T,D,N) for a batch. U: (H,D), W: (H,H), b: (H,), V: (K,H), c: (K,). h_0: the
    state before the first step, (H[,N]), zeros when left out. `last_only` reads out the last
    step alone, so that y has no time axis.
    Gives a trace with x, U, W, b, V, c, h_0, a (the pre-activation) and h (T,H[,N]), and y
    (T,K[,N]), or (K[,N]) of the last step. Errors: ShapeError for shapes that do not fit.
    """
    h_0 = _checked(x, U, W, b, V, c, h_0)
    a = np.matmul(U, as_batch(x))
    a += b[:, None]
    h = np.empty_like(a)
    before = as_batch(h_0, 1)
    for a_t, h_t in zip(a, h, strict=True):
        a_t += W @ before
        before = np.tanh(a_t, out=h_t)
    y = read_out(h, V, c, last_only=last_only)

    given = {"x": x, "U": U, "W": W, "b": b, "V": V, "c": c, "h_0": h_0}
    batch = x.shape[2:]
    steps, hidden = h.shape[:2]
    return Trace(
        operation="rnn",
        arrays={
            **given,
            "a": a.reshape(steps, hidden, *batch),
            "h": h.reshape(steps, hidden, *batch),
            "y": y.reshape(*y.shape[:-1], *batch),
        },
        relations=_relations(last_only, False),
        constants={"steps": steps},
        shared=SHARED,
        batched=x.ndim == 3,
        meanings={
            "x": "the input",
            "U": "a weight from the input to the hidden state, the same at every step",
            "W": "a weight from the hidden state to the next, the same at every step",
            "b": "the hidden unit's bias",
            "V": "a weight from the hidden state to the output, the same at every step",
            "c": "the output's bias",
            "h_0": "the hidden state before the first step",
            "dy": GIVEN_GRADIENT,
            "dh_T": "the gradient on the last hidden state from what comes after the sequence",
        },
    )


def rnn_backward(
    trace: Trace,
    dy: Array,
    dh_T: Array | None = None,
    *,
    truncate: int | None = None,
    need_dx: bool = True,
) -> None:
    """Add the gradients to the trace of `rnn`, from the last step to the first.

    dy: dL/dy in y's shape. dh_T: what reaches the last hidden state from after the sequence,
    (H[,N]), zeros when left out. Adds dh_from_y (what h[t] gets through y[t]), dh_from_next (what
    it gets through h[t+1]), their sum dh, da, dx, dh_0, and dU, dW, db, dV, dc, which sum over
    time and batch.

    `truncate` cuts the sequence, from its start, into pieces of that many steps: the state still
    passes from one piece to the next, the gradient does not pass back (dh_from_next is 0 at the
    last step of each piece but the last). The gradients are those of a forward pass in which the
    state that enters each later piece is a constant. `need_dx=False` leaves dx out.
    Errors: ShapeError; ValueError for a truncate that is not a whole number of at least 1.
    """
    check_shape("rnn_backward", "dy", dy, trace["y"].shape)
    if truncate is not None:
        check_whole("rnn_backward", "truncate", truncate, 1)
    dh_T = given_or_zeros("rnn_backward", "dh_T", dh_T, trace["h"].shape[1:], trace["h"].dtype)
    last_only = dy.ndim < trace["h"].ndim
    U, W, V = (trace[name] for name in ("U", "W", "V"))
    h, h_0 = as_batch(trace["h"]), as_batch(trace["h_0"], 1)
    steps, cut = len(h), truncate or len(h)

    h_beside, dy_batch = beside(h), as_batch(dy, dy.ndim - trace.batched)
    dh_from_y, dV, dc = read_out_backward(h, h_beside, V, dy_batch, last_only=last_only)
    slope = 1 - h**2
    dh, da = np.empty_like(h), np.empty_like(h)
    back = np.empty((steps + 1, *h.shape[1:]), h.dtype)
    back[steps] = as_batch(dh_T, 1)
    for t in reversed(range(steps)):
        np.add(dh_from_y[t], back[t + 1], out=dh[t])
        np.multiply(dh[t], slope[t], out=da[t])
        if t and t % cut == 0:
            back[t] = 0
        else:
            np.matmul(W.T, da[t], out=back[t])

    da_beside, shape = beside(da), trace["h"].shape
    examples = h.shape[2]
    dW = da_beside[:, examples:] @ h_beside[:, :-examples].T + da[0] @ h_0.T
    trace.arrays.update(
        {"dy": dy, "dh_T": dh_T, "dV": dV, "dc": dc},
        dh_from_y=dh_from_y.reshape(shape),
        dh_from_next=back[1:].reshape(shape),
        dh=dh.reshape(shape),
        da=da.reshape(shape),
        dU=da_beside @ beside(as_batch(trace["x"])).T,
        dW=dW,
        db=da_beside.sum(axis=1),
        dh_0=back[0].reshape(shape[1:]),
    )
    if need_dx:
        trace.arrays["dx"] = in_steps(U.T @ da_beside, steps).reshape(trace["x"].shape)
    trace.relations = _relations(last_only, truncate is not None)
    trace.constants = {"steps": steps, **({"truncate": truncate} if truncate else {})}


def _checked(
    x: Array, U: Array, W: Array, b: Array, V: Array, c: Array, h_0: Array | None
) -> Array:
    """The first state, once every shape fits."""
    check_sequence("rnn", x)
    check_axes("rnn", "W", W, "(H,H)")
    hidden = len(W)
    check_shape("rnn", "W", W, (hidden, hidden))
    check_columns("rnn", "U", U, x.shape[1], "input")
    check_shape("rnn", "U", U, (hidden, x.shape[1]))
    check_shape("rnn", "b", b, (hidden,))
    check_columns("rnn", "V", V, hidden, "hidden unit")
    check_shape("rnn", "c", c, (len(V),))
    state = (hidden, *x.shape[2:])
    return given_or_zeros("rnn", "h_0", h_0, state, np.result_type(x, U))
