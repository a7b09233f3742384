"""One place of a sliding kernel: the window under it, the products, and the sum as it grows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.conv import slid_over
from engine.relation import relations
from engine.shapes import Array, ShapeError, check_axes
from engine.trace import Trace

_AT_PLACE = """
window[c,u,v] = X[c, i*stride + u*dilation, j*stride + v*dilation]
product[c,u,v] = w[f,c,u,v] * X[c, i*stride + u*dilation, j*stride + v*dilation]
running_sum[c,u,v] = (running_sum[c,u,v-1] if v > 0
    else running_sum[c,u-1,columns-1] if u > 0
    else running_sum[c-1,rows-1,columns-1] if c > 0
    else b[f]) + product[c,u,v]
"""
PLACE_RELATIONS = {name: relations(_AT_PLACE.replace("X", name)) for name in ("x", "x_padded")}

FLIP_RELATIONS = relations("flipped[f,c,u,v] = w[f,c, rows - 1 - u, columns - 1 - v]")


def conv_place(trace: Trace, f: int, i: int, j: int) -> Trace:
    """What `conv2d` did for the one cell y[f,i,j], product by product.

    trace: of `conv2d`, for a single example. Gives a trace with window, product and running_sum,
    each (C,K,K); the sum starts from the bias and runs row by row, so its last value is y[f,i,j].
    Errors: ShapeError for a place outside of the map or a trace of a batch.
    """
    if trace.batched:
        raise ShapeError("conv_place: take one example of the batch first: trace.example(n)")
    trace.value("y", (f, i, j))
    slid = slid_over(trace)
    w, b = trace["w"], trace["b"]
    stride, dilation = int(trace.constants["stride"]), int(trace.constants["dilation"])
    _, _, rows, columns = w.shape
    top, left = i * stride, j * stride
    window = trace[slid][
        :,
        top : top + dilation * (rows - 1) + 1 : dilation,
        left : left + dilation * (columns - 1) + 1 : dilation,
    ]
    product = w[f] * window
    place = Trace(
        operation="conv2d at one place",
        arrays={
            slid: trace[slid],
            "w": w,
            "b": b,
            "window": window,
            "product": product,
            "running_sum": (b[f] + np.cumsum(product)).reshape(product.shape),
        },
        relations=PLACE_RELATIONS[slid],
        fixed={"f": f, "i": i, "j": j},
        constants={
            "stride": stride,
            "dilation": dilation,
            "rows": rows,
            "columns": columns,
        },
    )
    for name in (slid, "w", "b"):
        place.link(name, trace, name)
    return place


def flip(w: Array) -> Trace:
    """Turn every kernel by half a turn: what mathematics calls convolution slides the flipped one.

    w: (F,C,K,K). Gives a trace with w and flipped, both of that shape.
    """
    check_axes("flip", "w", w, "(F,C,K,K)")
    return Trace(
        operation="flip",
        arrays={"w": w, "flipped": w[:, :, ::-1, ::-1].copy()},
        relations=FLIP_RELATIONS,
        constants={"rows": w.shape[2], "columns": w.shape[3]},
        shared=frozenset({"w", "flipped"}),
        meanings={"w": "a weight of the kernel"},
    )


def renamed(trace: Trace, **meanings: str) -> Trace:
    """The same trace with other words for what its given arrays stand for."""
    return replace(trace, meanings={**trace.meanings, **meanings})
