"""An autoencoder of one layer whose decoder uses the encoder's weights again, turned over.

Letters: D numbers in and out, K in the code, N examples, in the last axis. Source: Vincent et al.
2010 (JMLR 11, 3371), section 2.2.
"""

from __future__ import annotations

import numpy as np

from engine.relation import relations
from engine.shapes import Array, ShapeError, check_axes, check_shape
from engine.trace import GIVEN_GRADIENT, Trace

RELATIONS = relations("""
z[k] = b[k] + sum(w[k,d] * x[d] for d)
code[k] = tanh(z[k])
y[d] = c[d] + sum(w[k,d] * code[k] for k)
dcode[k] = sum(w[k,d] * dy[d] for d)
dz[k] = dcode[k] * (1 - code[k]**2)
dw[k,d] = dz[k] * x[d] + code[k] * dy[d]
db[k] = dz[k]
dc[d] = dy[d]
dx[d] = sum(w[k,d] * dz[k] for k)
""")


def tied(x: Array, w: Array, b: Array, c: Array) -> Trace:
    """Encode with w, decode with w turned over: code = tanh(w x + b), y = wᵀ code + c.

    x: (D,), or (D,N) for a batch. w: (K,D). b: (K,). c: (D,).
    Gives a trace with x, w, b, c, z and code (K[,N]) and y (D[,N]). Errors: ShapeError.
    """
    check_axes("tied", "x", x, "(D,)", "(D,N)")
    check_axes("tied", "w", w, "(K,D)")
    if w.shape[1] != len(x):
        raise ShapeError(f"tied: w {w.shape} has {w.shape[1]} inputs, x {x.shape} has {len(x)}")
    check_shape("tied", "b", b, (len(w),))
    check_shape("tied", "c", c, (len(x),))
    batched = x.ndim == 2
    z = w @ x + (b[:, None] if batched else b)
    code = np.tanh(z)
    return Trace(
        operation="tied autoencoder",
        arrays={
            "x": x,
            "w": w,
            "b": b,
            "c": c,
            "z": z,
            "code": code,
            "y": w.T @ code + (c[:, None] if batched else c),
        },
        relations=RELATIONS,
        shared=frozenset({"w", "b", "c", "dw", "db", "dc"}),
        batched=batched,
        meanings={
            "x": "the input",
            "w": "a weight, of the encoder and the decoder",
            "b": "the bias of a number of the code",
            "c": "the bias of an output",
            "dy": GIVEN_GRADIENT,
        },
    )


def tied_backward(trace: Trace, dy: Array) -> None:
    """Add dcode, dz, dw, db, dc and dx to the trace of `tied`, from dy = dL/dy in y's shape.

    A weight is used twice, so its gradient is the sum of two: as encoder and as decoder.
    """
    check_shape("tied_backward", "dy", dy, trace["y"].shape)
    x, w, code = trace["x"], trace["w"], trace["code"]
    dcode = w @ dy
    dz = dcode * (1 - code**2)
    if trace.batched:
        dw, db, dc = dz @ x.T + code @ dy.T, dz.sum(axis=1), dy.sum(axis=1)
    else:
        dw, db, dc = np.outer(dz, x) + np.outer(code, dy), dz, dy
    trace.arrays.update(dy=dy, dcode=dcode, dz=dz, dw=dw, db=db, dc=dc, dx=w.T @ dz)
