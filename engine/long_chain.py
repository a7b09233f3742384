"""How much of a gradient is left on its way back through many steps, and what becomes of it where.

In an RNN each step back multiplies by the slope of tanh and by W; along the cell path of an LSTM
it multiplies by the forget gate alone. Sources: Bengio et al. 1994; Pascanu et al. 2013
(arXiv:1211.5063), section 2; Gers et al. 2000.
"""

from __future__ import annotations

import numpy as np

from engine.relation import relations
from engine.shapes import Array, ShapeError
from engine.trace import Trace

CHAIN_RELATIONS = relations("""
slope[t,j] = 1 - h[t,j]**2
dh_norm[t] = sqrt(sum(dh[t,j]**2 for j))
da_norm[t] = sqrt(sum(da[t,j]**2 for j))
back_norm[t] = sqrt(sum(dh_from_next[t,j]**2 for j))
tanh_factor[t] = da_norm[t] / dh_norm[t] if dh_norm[t] > 0 else 0
W_factor[t] = back_norm[t] / da_norm[t+1] if da_norm[t+1] > 0 else 0
left[t] = dh_norm[t] / dh_norm[steps - 1] if dh_norm[steps - 1] > 0 else 0
tanh_part[t] = tanh_part[t+1] * tanh_factor[t+1] if t < steps - 1 else 1
W_part[t] = W_part[t+1] * W_factor[t] if t < steps - 1 else 1
""")

PRODUCT_RELATIONS = relations("""
slope[t,j] = 1 - h[t,j]**2
product[t,j,k] = (sum(product[t+1,j,m] * slope[t+1,m] * W[m,k] for m)
    if t < steps - 1 else 1 if j == k else 0)
left[t] = sqrt(sum(product[t,j,k]**2 / hidden for j, k))
""")

HIGHWAY_RELATIONS = relations("""
product[t,j] = f[t+1,j] * product[t+1,j] if t < steps - 1 else 1
left[t] = sqrt(sum(product[t,j]**2 / hidden for j))
""")


def rnn_chain(trace: Trace) -> Trace:
    """The way of dL/dh through an RNN, taken apart: what tanh and what W make of its length.

    trace: of `rnn` after `rnn_backward`, for one sequence. Gives a trace with slope (T,H), the
    derivative of tanh; the norms dh_norm, da_norm (T,) and back_norm (T-1,), of what comes back
    to h[t] from step t+1; tanh_factor (T,) and W_factor (T-1,), by which the norm changes at step
    t and on the way from t+1 to t; left (T,), dh_norm as a part of that of the last step; and the
    products of the factors from the last step down to t, tanh_part and W_part (T,). Where nothing
    but the last step has a loss, left = tanh_part W_part. A factor of a gradient that is 0 is 0.
    Errors: ShapeError for a trace of a batch, KeyError before backward.
    """
    _one_sequence("rnn_chain", trace)
    dh, da, back = trace["dh"], trace["da"], trace["dh_from_next"]
    dh_norm, da_norm, back_norm = (np.sqrt((each**2).sum(axis=1)) for each in (dh, da, back[:-1]))
    arrays = {name: trace[name] for name in ("h", "dh", "da", "dh_from_next")}
    arrays |= {"slope": 1 - trace["h"] ** 2, "dh_norm": dh_norm, "da_norm": da_norm}
    arrays |= {"back_norm": back_norm, "tanh_factor": _part(da_norm, dh_norm)}
    arrays |= {"W_factor": _part(back_norm, da_norm[1:])}
    arrays["left"] = _part(dh_norm, np.full_like(dh_norm, dh_norm[-1]))
    arrays["tanh_part"] = _product_back(arrays["tanh_factor"][1:])
    arrays["W_part"] = _product_back(arrays["W_factor"])
    chain = Trace(
        operation="the chain back through an rnn",
        arrays=arrays,
        relations=CHAIN_RELATIONS,
        constants={"steps": len(dh)},
    )
    for name in ("h", "dh", "da", "dh_from_next"):
        chain.link(name, trace, name)
    return chain


def rnn_product(trace: Trace) -> Trace:
    """How the last hidden state of an RNN depends on each earlier one: the product of the steps.

    trace: of `rnn`, for one sequence; no backward needed. Gives a trace with slope (T,H), product
    (T,H,H), product[t,j,k] = ∂h[T-1,j]/∂h[t,k], and left (T,), the root of the mean square by
    which it changes the length of a gradient: to be held against that of `highway`.
    Errors: ShapeError for a trace of a batch.
    """
    _one_sequence("rnn_product", trace)
    h, W = trace["h"], trace["W"]
    steps, hidden = h.shape
    slope = 1 - h**2
    product = np.empty((steps, hidden, hidden), h.dtype)
    product[-1] = np.eye(hidden)
    for t in reversed(range(steps - 1)):
        product[t] = (product[t + 1] * slope[t + 1]) @ W
    left = np.sqrt((product**2).sum(axis=(1, 2)) / hidden)
    chain = Trace(
        operation="the product of the steps of an rnn",
        arrays={"h": h, "W": W, "slope": slope, "product": product, "left": left},
        relations=PRODUCT_RELATIONS,
        constants={"steps": steps, "hidden": hidden},
    )
    for name in ("h", "W"):
        chain.link(name, trace, name)
    return chain


def highway(trace: Trace) -> Trace:
    """How the last cell state of an LSTM depends on each earlier one along the cell path.

    trace: of `lstm`, for one sequence; no backward needed. Gives a trace with product (T,H),
    product[t,j] = f[t+1,j] f[t+2,j] ... f[T-1,j], and left (T,), its root of the mean square over
    the units. Ways that lead through h and the gates are left out.
    Errors: ShapeError for a trace of a batch.
    """
    _one_sequence("highway", trace)
    f = trace["f"]
    steps, hidden = f.shape
    product = np.ones_like(f)
    product[:-1] = np.cumprod(f[:0:-1], axis=0)[::-1]
    chain = Trace(
        operation="the cell path of an lstm",
        arrays={"f": f, "product": product, "left": np.sqrt((product**2).sum(axis=1) / hidden)},
        relations=HIGHWAY_RELATIONS,
        constants={"steps": steps, "hidden": hidden},
    )
    chain.link("f", trace, "f")
    return chain


def _part(small: Array, whole: Array) -> Array:
    """small / whole, and 0 where the whole is 0."""
    return np.divide(small, whole, out=np.zeros_like(small), where=whole > 0)


def _product_back(factors: Array) -> Array:
    """The products of the factors from the last one down to each, and 1 behind the last."""
    return np.concatenate([np.cumprod(factors[::-1])[::-1], np.ones(1, factors.dtype)])


def _one_sequence(operation: str, trace: Trace) -> None:
    if trace.batched:
        raise ShapeError(f"{operation}: take one sequence of the batch first: trace.example(n)")
