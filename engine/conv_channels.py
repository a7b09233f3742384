"""One filter of a convolution, channel by channel: what each adds to the map, and the sum."""

from __future__ import annotations

import numpy as np

from engine.conv import conv2d, slid_over
from engine.relation import relations
from engine.shapes import ShapeError
from engine.trace import Trace

_BY_CHANNEL = """
part[c,i,j] = sum(w[f,c,u,v] * X[c, i*stride + u*dilation, j*stride + v*dilation] for u, v)
so_far[c,i,j] = (so_far[c-1,i,j] if c > 0 else b[f]) + part[c,i,j]
"""
CHANNEL_RELATIONS = {name: relations(_BY_CHANNEL.replace("X", name)) for name in ("x", "x_padded")}


def conv_channels(trace: Trace, f: int) -> Trace:
    """What each input channel adds to the map of filter f, and the sum as it grows.

    trace: of `conv2d`, for a single example. Gives a trace with part and so_far, (C,H_out,W_out)
    each; the sum starts from the bias, so its last map is y[f].
    Errors: ShapeError for a filter that is not there or a trace of a batch.
    """
    if trace.batched:
        raise ShapeError("conv_channels: take one example of the batch first: trace.example(n)")
    slid = slid_over(trace)
    x, w, b = trace[slid], trace["w"], trace["b"]
    if not 0 <= f < len(w):
        raise ShapeError(f"conv_channels: f must be a filter of w {w.shape}, got {f}")
    stride, dilation = int(trace.constants["stride"]), int(trace.constants["dilation"])
    part = np.concatenate(
        [
            conv2d(x[c : c + 1], w[f : f + 1, c : c + 1], stride=stride, dilation=dilation)["y"]
            for c in range(len(x))
        ]
    )
    ledger = Trace(
        operation="conv2d by channel",
        arrays={slid: x, "w": w, "b": b, "part": part, "so_far": b[f] + np.cumsum(part, axis=0)},
        relations=CHANNEL_RELATIONS[slid],
        fixed={"f": f},
        constants={"stride": stride, "dilation": dilation},
    )
    for name in (slid, "w", "b"):
        ledger.link(name, trace, name)
    return ledger
