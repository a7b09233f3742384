"""How far batch gradients scatter around the gradient of all examples, and what they average to.

Letters: `one[d,n]` is the gradient that example n alone has on weight d, `full` their mean over all
N, `spread` the root of the mean squared distance of a single one from it. A batch of B drawn with
repeats has spread / sqrt(B); drawn without, it has sqrt((N - B) / (N - 1)) of that.
Sources: Goodfellow et al. 2016, 8.1.3; Cochran 1977, 2.5, for draws without repeats.
"""

from __future__ import annotations

import numpy as np

from engine.relation import relations
from engine.shapes import Array, ShapeError, check_axes
from engine.trace import Trace

ONE_RELATIONS = relations("""
one[d,n] = examples * dy[0,n] * x[d,n]
full[d] = sum(one[d,n] for n) / examples
square[n] = sum((one[d,n] - full[d])**2 for d)
spread = sqrt(sum(square[n] for n) / examples)
""")

BATCH_RELATIONS = relations("""
estimate[m,d] = sum(one[d,drawn[m,b]] for b) / size
distance2[m] = sum((estimate[m,d] - full[d])**2 for d)
measured = sqrt(sum(distance2[m] for m) / draws)
line = spread / sqrt(size)
without_repeats = line * sqrt((examples - size) / (examples - 1))
""")

MEAN_RELATIONS = relations("""
total[m,d] = (total[m-1,d] if m > 0 else 0) + one[d,drawn[m]]
mean[m,d] = total[m,d] / (m + 1)
distance[m] = sqrt(sum((mean[m,d] - full[d])**2 for d))
""")


def one_point_gradients(layer: Trace) -> Trace:
    """The gradient of each example alone on the weights of a dense layer with one output.

    layer: the trace of `dense` on a batch of all N examples, after its backward, under a mean loss.
    Gives a trace with x (D,N) and dy (1,N), both linked, one (D,N), full (D,), square (N,) and
    spread. Errors: ShapeError for a layer with several outputs, or no batch.
    """
    if not layer.batched or len(layer["dy"]) != 1:
        raise ShapeError(
            "one_point_gradients: the layer must have one output and a batch, got dy of shape "
            f"{layer['dy'].shape}"
        )
    x, dy = layer["x"], layer["dy"]
    count = x.shape[1]
    one = count * dy * x
    full = one.sum(axis=1) / count
    square = ((one - full[:, None]) ** 2).sum(axis=0)
    trace = Trace(
        operation="the gradient of each example",
        arrays={
            "x": x,
            "dy": dy,
            "one": one,
            "full": full,
            "square": square,
            "spread": np.asarray(np.sqrt(square.sum() / count)),
        },
        relations=ONE_RELATIONS,
        constants={"examples": count},
    )
    trace.link("x", layer, "x")
    trace.link("dy", layer, "dy")
    return trace


def batch_spread(points: Trace, drawn: Array) -> Trace:
    """How far the gradients of M batches lie from the full one.

    points: of `one_point_gradients`. drawn: (M,B), the examples of each batch.
    Gives a trace with one, full and spread (linked), drawn, estimate (M,D), distance2 (M,), and the
    scalars measured, line = spread/√B and without_repeats. Errors: ShapeError.
    """
    check_axes("batch_spread", "drawn", drawn, "(M,B)")
    one, full = points["one"], points["full"]
    draws, size = drawn.shape
    estimate = one[:, drawn].sum(axis=2).T / size
    distance2 = ((estimate - full) ** 2).sum(axis=1)
    line = points["spread"] / np.sqrt(size)
    count = one.shape[1]
    trace = Trace(
        operation=f"{draws} batches of {size}",
        arrays={
            **{name: points[name] for name in ("one", "full", "spread")},
            "drawn": drawn,
            "estimate": estimate,
            "distance2": distance2,
            "measured": np.asarray(np.sqrt(distance2.sum() / draws)),
            "line": np.asarray(line),
            "without_repeats": np.asarray(line * np.sqrt((count - size) / (count - 1))),
        },
        relations=BATCH_RELATIONS,
        constants={"examples": count, "size": size, "draws": draws},
        meanings={"drawn": "the example that was drawn"},
    )
    for name in ("one", "full", "spread"):
        trace.link(name, points, name)
    return trace


def running_average(points: Trace, drawn: Array) -> Trace:
    """The mean of one-point gradients as they come in, and how far it lies from the full gradient.

    points: of `one_point_gradients`. drawn: (M,), the examples in their order. Gives a trace with
    one and full (linked), drawn, total and mean (M,D), and distance (M,). Errors: ShapeError.
    """
    check_axes("running_average", "drawn", drawn, "(M,)")
    one, full = points["one"], points["full"]
    total = np.cumsum(one[:, drawn].T, axis=0)
    mean = total / np.arange(1, len(drawn) + 1)[:, None]
    trace = Trace(
        operation="the mean of one-point gradients",
        arrays={
            "one": one,
            "full": full,
            "drawn": drawn,
            "total": total,
            "mean": mean,
            "distance": np.sqrt(((mean - full) ** 2).sum(axis=1)),
        },
        relations=MEAN_RELATIONS,
        meanings={"drawn": "the example that was drawn"},
    )
    trace.link("one", points, "one")
    trace.link("full", points, "full")
    return trace
