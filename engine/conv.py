"""Two-dimensional convolution, as deep learning means it (cross-correlation), with its backward.

Letters: C input channels, F filters, H and W rows and columns, K kernel rows and columns,
N examples. Arrays keep the batch in the last axis: the matrix product then runs along memory.
Source of the formulas: Dumoulin & Visin 2016 (arXiv:1603.07285); Goodfellow et al. 2016, 9.1, 9.5.
"""

from __future__ import annotations

import numpy as np

from engine.conv_size import output_size
from engine.relation import relations
from engine.shapes import Array, ShapeError, check_axes, check_shape, check_whole
from engine.trace import GIVEN_GRADIENT, Trace
from engine.windows import places, windows

_SLIDING = """
y[f,i,j] = b[f] + sum(w[f,c,u,v] * X[c, i*stride + u*dilation, j*stride + v*dilation] for c, u, v)
db[f] = sum(dy[f,i,j] for i, j)
dw[f,c,u,v] = sum(dy[f,i,j] * X[c, i*stride + u*dilation, j*stride + v*dilation] for i, j)
dX[c,p,q] = sum(w[f,c,u,v] * dy[f,i,j] for f, i, j, u, v
    if i*stride + u*dilation == p and j*stride + v*dilation == q)
"""
_PADDING = """
x_padded[c,p,q] = (x[c, p - padding, q - padding]
    if padding <= p < padding + height and padding <= q < padding + width else 0)
dx[c,p,q] = dx_padded[c, p + padding, q + padding]
"""
RELATIONS = relations(_SLIDING.replace("X", "x"))
PADDED_RELATIONS = relations(_SLIDING.replace("X", "x_padded") + _PADDING)

SHARED = frozenset({"w", "b", "dw", "db"})


def conv2d(
    x: Array,
    w: Array,
    b: Array | None = None,
    *,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
) -> Trace:
    """Slide every filter over the input: y[f,i,j] = b[f] + sum of w[f] times the window at i,j.

    x: (C,H,W), or (C,H,W,N) for a batch. w: (F,C,K,K). b: (F,), zeros when left out. stride,
    padding (cells on every side, zeros) and dilation count cells.
    Gives a trace with x, w, b, y (F,H_out,W_out[,N]) and, where there is padding, x_padded.
    Errors: ShapeError for shapes that do not fit, ValueError for settings.
    """
    check_axes("conv2d", "x", x, "(C,H,W)", "(C,H,W,N)")
    check_axes("conv2d", "w", w, "(F,C,K,K)")
    check_whole("conv2d", "stride", stride, 1)
    check_whole("conv2d", "padding", padding, 0)
    check_whole("conv2d", "dilation", dilation, 1)
    if w.shape[1] != x.shape[0]:
        raise ShapeError(
            f"conv2d: w {w.shape} has {w.shape[1]} input channels, x {x.shape} has {x.shape[0]}"
        )
    filters, channels, kernel_rows, kernel_columns = w.shape
    b = np.zeros(filters, w.dtype) if b is None else b
    check_shape("conv2d", "b", b, (filters,))
    rows = output_size(x.shape[1], kernel_rows, stride, padding, dilation)
    columns = output_size(x.shape[2], kernel_columns, stride, padding, dilation)

    x_padded = _padded(x, padding) if padding else x
    covered = windows(x_padded, w.shape[2:], (rows, columns), stride, dilation)
    y = w.reshape(filters, -1) @ covered.reshape(channels * kernel_rows * kernel_columns, -1)
    y += b[:, None]
    arrays = {"x": x, "w": w, "b": b, "y": y.reshape(filters, rows, columns, *x.shape[3:])}
    if padding:
        arrays["x_padded"] = x_padded
    return Trace(
        operation="conv2d",
        arrays=arrays,
        relations=PADDED_RELATIONS if padding else RELATIONS,
        constants={
            "stride": stride,
            "padding": padding,
            "dilation": dilation,
            "height": x.shape[1],
            "width": x.shape[2],
        },
        shared=SHARED,
        batched=x.ndim == 4,
        meanings={
            "x": "the input",
            "w": "a weight of the kernel",
            "b": "the filter's bias",
            "dy": GIVEN_GRADIENT,
        },
    )


def conv2d_backward(trace: Trace, dy: Array, *, need_dx: bool = True) -> None:
    """Add dL/dw, dL/db and dL/dx to the trace of `conv2d`, from dy = dL/dy in y's shape.

    Weights are used at every place, so their gradients sum over all places and examples.
    `need_dx=False` leaves dx out: the first layer of a network has no use for it.
    """
    check_shape("conv2d_backward", "dy", dy, trace["y"].shape)
    x_padded, w = trace[slid_over(trace)], trace["w"]
    stride, padding, dilation = (
        int(trace.constants[name]) for name in ("stride", "padding", "dilation")
    )
    filters, channels, kernel_rows, kernel_columns = w.shape
    rows, columns = dy.shape[1:3]

    dy_flat = dy.reshape(filters, -1)
    covered = windows(x_padded, w.shape[2:], (rows, columns), stride, dilation)
    covered_flat = covered.reshape(channels * kernel_rows * kernel_columns, -1)
    trace.arrays["dy"] = dy
    trace.arrays["db"] = dy_flat.sum(axis=1)
    trace.arrays["dw"] = (covered_flat @ dy_flat.T).T.reshape(w.shape)
    if not need_dx:
        return

    d_covered = (w.reshape(filters, -1).T @ dy_flat).reshape(covered.shape)
    dx_padded = np.zeros_like(x_padded)
    for u in range(kernel_rows):
        for v in range(kernel_columns):
            met = dx_padded[places(u, v, (rows, columns), stride, dilation)]
            met += d_covered[:, u, v]
    height, width = trace["x"].shape[1:3]
    trace.arrays["dx"] = dx_padded[:, padding : padding + height, padding : padding + width]
    if padding:
        trace.arrays["dx_padded"] = dx_padded


def _padded(x: Array, padding: int) -> Array:
    """x with zeros around its rows and columns; np.pad takes five times as long."""
    height, width = x.shape[1:3]
    shape = (len(x), height + 2 * padding, width + 2 * padding, *x.shape[3:])
    x_padded = np.zeros(shape, x.dtype)
    x_padded[:, padding : padding + height, padding : padding + width] = x
    return x_padded


def slid_over(trace: Trace) -> str:
    """The name of the array that the kernel slides over: x, or x with its padding."""
    return "x_padded" if "x_padded" in trace else "x"
