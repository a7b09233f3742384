"""What each time step adds to the gradients of a recurrent network's weights, from the end on.

Every step uses the same weights, so a weight's gradient is the sum of what the steps add: here
the parts of the sum are arrays, for one sequence. Training has no need of them.
Source: Goodfellow et al. 2016, 10.2.2 (equations 10.22 to 10.28).
"""

from __future__ import annotations

from functools import cache

import numpy as np

from engine.lstm_relations import GATES
from engine.relation import Relation, relations
from engine.shapes import Array, ShapeError
from engine.trace import Trace

_RNN = """
dU_step[t,j,d] = da[t,j] * x[t,d]
dW_step[t,j,k] = da[t,j] * (h[t-1,k] if t > 0 else h_0[k])
db_step[t,j] = da[t,j]
"""
_GATE = """
dW_{s}_step[t,j,k] = da_{s}[t,j] * hx[t,k]
db_{s}_step[t,j] = da_{s}[t,j]
"""
_READ_OUT = """
d{V}_step[t,m,j] = d{y}[t,m] * h[t,j]
d{c}_step[t,m] = d{y}[t,m]
"""
_LAST_READ_OUT = """
d{V}_step[t,m,j] = d{y}[m] * h[t,j] if t == steps - 1 else 0
d{c}_step[t,m] = d{y}[m] if t == steps - 1 else 0
"""
_SUM = """
d{name}_sum[{at}] = d{name}_step[{at}] + (d{name}_sum[{after}] if t < steps - 1 else 0)
"""


def gradient_steps(trace: Trace) -> Trace:
    """The parts of every weight's gradient, and the sum as it grows from the last step down.

    trace: of `rnn` or `lstm`, after backward, for one sequence. Gives a trace with d<name>_step
    (the part of step t) and d<name>_sum (the parts of the last step down to t) for each of the
    weights, whose axes stand behind the time axis; d<name>_sum[0] is the gradient.
    Errors: ShapeError for a trace of a batch, KeyError for one before backward.
    """
    if trace.batched:
        raise ShapeError("gradient_steps: take one sequence of the batch first: trace.example(n)")
    of_lstm = "hx" in trace
    y, V, c = ("z", "W_z", "b_z") if of_lstm else ("y", "V", "c")
    h, dy = trace["h"], trace[f"d{y}"]
    last_only = dy.ndim < h.ndim
    dy_steps = dy
    if last_only:
        dy_steps = np.zeros((len(h), len(dy)), dy.dtype)
        dy_steps[-1] = dy
    parts = _lstm_parts(trace) if of_lstm else _rnn_parts(trace)
    parts |= {V: _products(dy_steps, h), c: dy_steps}
    given = ["h", f"d{y}"]
    given += ["hx", *(f"da_{gate}" for gate in GATES)] if of_lstm else ["x", "h_0", "da"]
    arrays = {name: trace[name] for name in given}
    for name, part in parts.items():
        arrays[f"d{name}_step"] = part
        arrays[f"d{name}_sum"] = np.cumsum(part[::-1], axis=0)[::-1]
    steps = Trace(
        operation=f"{trace.operation}, the gradients step by step",
        arrays=arrays,
        relations=_relations(of_lstm, last_only),
        constants={"steps": len(h)},
    )
    for name in given:
        steps.link(name, trace, name)
    return steps


def _rnn_parts(trace: Trace) -> dict[str, Array]:
    x, h, h_0, da = (trace[name] for name in ("x", "h", "h_0", "da"))
    before = np.concatenate([h_0[None], h[:-1]])
    return {"U": _products(da, x), "W": _products(da, before), "b": da}


def _lstm_parts(trace: Trace) -> dict[str, Array]:
    parts: dict[str, Array] = {}
    for gate in GATES:
        da = trace[f"da_{gate}"]
        parts |= {f"W_{gate}": _products(da, trace["hx"]), f"b_{gate}": da}
    return parts


def _products(left: Array, right: Array) -> Array:
    """left[t,j] right[t,k] of every step: (T,J,K)."""
    return left[:, :, None] * right[:, None]


@cache
def _relations(of_lstm: bool, last_only: bool) -> dict[str, Relation]:
    y, V, c = ("z", "W_z", "b_z") if of_lstm else ("y", "V", "c")
    text = "".join(_GATE.format(s=gate) for gate in GATES) if of_lstm else _RNN
    text += (_LAST_READ_OUT if last_only else _READ_OUT).format(y=y, V=V, c=c)
    sums = ""
    for target, one in relations(text).items():
        name = target.removeprefix("d").removesuffix("_step")
        _, *rest = one.indices
        sums += _SUM.format(name=name, at=",".join(("t", *rest)), after=",".join(("t+1", *rest)))
    return relations(text + sums)
