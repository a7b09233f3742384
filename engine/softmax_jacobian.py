"""How the gradient of the cross-entropy comes through softmax, derivative by derivative.

Letters: K logits z[k] and probabilities p[i]; y[i] is the target's probability of class i. The
chain rule sums over every p[i] that z[k] moves: dL/dz[k] = sum over i of dL/dp[i] · dp[i]/dz[k],
and what comes out is p[k] - y[k]. Source: d2l.ai 4.1; Goodfellow et al. 2016, 6.2.2.3.
"""

from __future__ import annotations

import numpy as np

from engine.distribution import INFINITY, SMALLEST
from engine.gradient_check import STEP, numeric_gradient
from engine.loss import cross_entropy, softmax
from engine.relation import relations
from engine.shapes import Array, check_axes
from engine.trace import Trace

_COMMON = """
loss = sum(term[i] for i)
jacobian[i,k] = p[i] * ((1 if i == k else 0) - p[k])
dz[k] = sum(chain[i,k] for i)
difference[k] = p[k] - y[k]
"""

RELATIONS = relations(
    _COMMON
    + """
log_p[i] = log(p[i])
term[i] = -y[i] * log_p[i]
dp[i] = -y[i] / p[i]
chain[i,k] = dp[i] * jacobian[i,k]
"""
)

ROUNDED_RELATIONS = relations(
    _COMMON
    + """
log_p[i] = log(p[i]) if p[i] > 0 else -infinity
term[i] = -y[i] * log_p[i] if y[i] > 0 else 0
dp[i] = (-y[i] / p[i] if p[i] >= smallest else -infinity) if y[i] > 0 else 0
chain[i,k] = (dp[i] * jacobian[i,k] if p[i] >= smallest
    else -y[i] * ((1 if i == k else 0) - p[k]))
"""
)
"""For probabilities too small to divide by: p[i] cancels before it is rounded to 0."""


def softmax_jacobian(z: Array, target: Array | int) -> Trace:
    """The gradient of the loss on the logits, by the whole chain rule and by its short form.

    z: (K,). target: the class, an integer, or a distribution (K,).
    Gives a trace with p (linked to a trace of `softmax`) and y; log_p, term (K) and loss, in nats;
    dp[i] = dL/dp[i]; jacobian[i,k] = dp[i]/dz[k]; chain[i,k], their products; dz, the sum of chain
    over i; and difference, p - y, which equals dz (all (K) or (K,K)). Where p[i] is rounded to 0
    and dp with it becomes infinite, chain has the product with p[i] cancelled, so that dz stays
    right. Errors: ShapeError; ValueError for a class or distribution that is none.
    """
    z = np.asarray(z, dtype=np.float64)
    check_axes("softmax_jacobian", "z", z, "(K,)")
    if not np.isfinite(z).all():
        raise ValueError(f"softmax_jacobian: z must be finite numbers, got {z[~np.isfinite(z)][0]}")
    y = cross_entropy(z, target)["target"]
    forward = softmax(z)
    p = forward["p"]
    with np.errstate(divide="ignore"):
        log_p = np.log(p)
    term = np.multiply(-y, log_p, where=y > 0, out=np.zeros_like(p))
    divisible = p >= SMALLEST
    rounded = np.where(y > 0, -np.inf, 0.0)
    dp = np.where(divisible, -y / np.where(divisible, p, 1), rounded)
    own = np.eye(len(p)) - p
    jacobian = p[:, None] * own
    plain = np.where(divisible, dp, 0)[:, None] * jacobian
    chain = np.where(divisible[:, None], plain, -y[:, None] * own)
    trace = Trace(
        operation="cross-entropy through softmax",
        arrays={
            "z": z,
            "p": p,
            "y": y,
            "log_p": log_p,
            "term": term,
            "loss": np.asarray(term.sum()),
            "dp": dp,
            "jacobian": jacobian,
            "chain": chain,
            "dz": chain.sum(axis=0),
            "difference": p - y,
        },
        relations=RELATIONS if divisible.all() else ROUNDED_RELATIONS,
        constants=INFINITY,
        meanings={"z": "the input, a logit", "y": "the target's probability of this class"},
    )
    trace.link("p", forward, "p")
    trace.link("z", forward, "z")
    return trace


def measure(trace: Trace) -> None:
    """Add `measured` to a trace of `softmax_jacobian`: dL/dz by moving each logit a little."""
    y = trace["y"]
    trace.arrays["measured"] = numeric_gradient(
        lambda z: float(cross_entropy(z, y)["mean_loss"]), trace["z"]
    )
    trace.meanings = {
        **trace.meanings,
        "measured": f"measured: (L(z + h) − L(z − h)) / 2h for this logit alone, h = {STEP:g}",
    }
