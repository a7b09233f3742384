"""One place of a sliding window on the way back: what its gradient hands to weights and inputs."""

from __future__ import annotations

import numpy as np

from engine.conv import slid_over
from engine.conv_place import conv_place
from engine.relation import relations
from engine.shapes import ShapeError
from engine.trace import Trace

_CONV = """
window[c,u,v] = X[c, i*stride + u*dilation, j*stride + v*dilation]
to_w[c,u,v] = dy[f,i,j] * X[c, i*stride + u*dilation, j*stride + v*dilation]
to_x[c,u,v] = dy[f,i,j] * w[f,c,u,v]
"""
CONV_RELATIONS = {name: relations(_CONV.replace("X", name)) for name in ("x", "x_padded")}

_POOL = """
covered[u,v] = x[c, i*stride + u, j*stride + v]
"""
MAX_RELATIONS = relations(_POOL + "to_x[u,v] = dy[c,i,j] if winner[c,i,j] == u*window + v else 0")
AVERAGE_RELATIONS = relations(_POOL + "to_x[u,v] = dy[c,i,j] / cells")


def conv_place_backward(trace: Trace, f: int, i: int, j: int) -> Trace:
    """What `conv2d_backward` makes of the one gradient dy[f,i,j].

    trace: of `conv2d` with its gradients, for a single example. Gives a trace with window, to_w
    (what this place adds to dw[f]) and to_x (what it adds to dx under the window), (C,K,K) each.
    Errors: ShapeError for a place outside of the map or a trace of a batch.
    """
    forward = conv_place(trace, f, i, j)
    slid = slid_over(trace)
    dy, w, window = trace["dy"], trace["w"], forward["window"]
    place = Trace(
        operation="conv2d_backward at one place",
        arrays={
            slid: trace[slid],
            "w": w,
            "dy": dy,
            "window": window,
            "to_w": dy[f, i, j] * window,
            "to_x": dy[f, i, j] * w[f],
        },
        relations=CONV_RELATIONS[slid],
        fixed={"f": f, "i": i, "j": j},
        constants={name: trace.constants[name] for name in ("stride", "dilation")},
    )
    for name in (slid, "w", "dy"):
        place.link(name, trace, name)
    return place


def pool_place(trace: Trace, c: int, i: int, j: int) -> Trace:
    """What a pooling did at the one cell y[c,i,j], and hands back from it.

    trace: of `max_pool2d` or `average_pool2d`, for a single example. Gives a trace with covered
    (window,window) and, when the trace has its gradients, to_x: what dy[c,i,j] adds to each of
    them. Errors: ShapeError for a place outside of the map or a trace of a batch.
    """
    if trace.batched:
        raise ShapeError("pool_place: take one example of the batch first: trace.example(n)")
    trace.value("y", (c, i, j))
    window, stride = int(trace.constants["window"]), int(trace.constants["stride"])
    rows, columns = (slice(at * stride, at * stride + window) for at in (i, j))
    covered = trace["x"][c, rows, columns]
    arrays = {"x": trace["x"], "covered": covered}
    largest = "winner" in trace
    if "dy" in trace:
        dy = trace["dy"]
        arrays["dy"] = dy
        if largest:
            arrays["winner"] = trace["winner"]
            cells = np.arange(window * window).reshape(window, window)
            arrays["to_x"] = np.where(cells == trace["winner"][c, i, j], dy[c, i, j], 0.0)
        else:
            arrays["to_x"] = np.full((window, window), dy[c, i, j] / window**2)
    place = Trace(
        operation=f"{trace.operation} at one place",
        arrays=arrays,
        relations=MAX_RELATIONS if largest else AVERAGE_RELATIONS,
        fixed={"c": c, "i": i, "j": j},
        constants={name: trace.constants[name] for name in ("window", "stride", "cells")},
        extents={"u": window, "v": window},
    )
    for name in arrays.keys() & {"x", "dy", "winner"}:
        place.link(name, trace, name)
    return place
