"""A backward pass halted on its way over a map: the gradients as they stand so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from engine.relation import relations
from engine.shapes import Array, ShapeError, check_axes
from engine.trace import Trace

RELATIONS = relations("dy_so_far[f,i,j] = dy[f,i,j] if i*columns + j <= last else 0")


def backward_until(trace: Trace, backward: Callable[[Trace, Array], None], last: int) -> Trace:
    """Run a backward pass again with the gradients of the first places alone.

    trace: of `conv2d` or a pooling with its gradients, for a single example. backward: its
    backward. last: the last place that counts, from 0, row by row; -1 for none yet.
    Gives a trace of the same operation whose gradients are the sums so far; its dy is zero at the
    places still to come. Errors: ShapeError for a trace of a batch.
    """
    if trace.batched:
        raise ShapeError("backward_until: take one example of the batch first: trace.example(n)")
    dy = trace["dy"]
    check_axes("backward_until", "dy", dy, "(F,H,W)")
    _, rows, columns = dy.shape
    places = np.arange(rows * columns).reshape(rows, columns)
    taken = Trace(
        operation="the gradient so far",
        arrays={"dy": dy, "dy_so_far": np.where(places <= last, dy, 0.0)},
        relations=RELATIONS,
        constants={"columns": columns, "last": last},
    )
    taken.link("dy", trace, "dy")
    forward = {n: one for n, one in trace.arrays.items() if not (n[0] == "d" and n[1:] in trace)}
    sources = {name: source for name, source in trace.sources.items() if name in forward}
    so_far = replace(trace, arrays=forward, sources=sources)
    backward(so_far, taken["dy_so_far"])
    so_far.link("dy", taken, "dy_so_far")
    return so_far
