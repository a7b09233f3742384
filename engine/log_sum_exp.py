"""The loss from logits, in the order that overflows and in the order that does not.

Letters: K logits z[k]; `target` is the true class. Both orders give the same formula,
-log p[target] with p the softmax of z; they differ in what a float can hold on the way: exp(710)
is too large for float64, exp(89) for float32, and exp(-746) or exp(-104) is 0. Source: Goodfellow
et al. 2016, 4.1.
"""

from __future__ import annotations

import numpy as np

from engine.relation import Relation, relations
from engine.shapes import Array, check_axes, check_whole
from engine.trace import Trace

NAIVE_RELATIONS = relations("""
exp_z[k] = exp(z[k])
total = sum(exp_z[k] for k)
lse = log(total)
p[k] = exp_z[k] / total
loss = -log(p[target])
""")

STABLE_RELATIONS = relations("""
z_max = max(z[k] for k)
shifted[k] = z[k] - z_max
exp_shifted[k] = exp(shifted[k])
total = sum(exp_shifted[k] for k)
lse = z_max + log(total)
log_p[k] = z[k] - lse
p[k] = exp(log_p[k])
loss = lse - z[target]
""")


def naive_loss(z: Array, target: int) -> Trace:
    """The loss as it is first written: exponentials, their sum, a probability, its logarithm.

    z: (K,), float64 or float32, in whose precision all is computed. target: the true class.
    Gives a trace with z, exp_z (K), total, lse (the logarithm of total), p (K) and loss, in nats.
    Large logits overflow to inf and turn p into nan; a p that is rounded to 0 has the loss inf.
    Errors: ShapeError; ValueError for logits that are not finite or a class that is none.
    """
    z = _checked("naive_loss", z, target)
    with np.errstate(over="ignore", divide="ignore", invalid="ignore", under="ignore"):
        exp_z = np.exp(z)
        total = np.asarray(exp_z.sum())
        p = exp_z / total
        arrays = {
            "z": z,
            "exp_z": exp_z,
            "total": total,
            "lse": np.asarray(np.log(total)),
            "p": p,
            "loss": np.asarray(-np.log(p[target])),
        }
    return _trace("the loss, naively", arrays, NAIVE_RELATIONS, target)


def stable_loss(z: Array, target: int) -> Trace:
    """The same loss by log-sum-exp: the largest logit is taken out before exp and added back
    after log.

    z: (K,), float64 or float32, in whose precision all is computed. target: the true class.
    Gives a trace with z, z_max, shifted, exp_shifted (K), total, lse = log of the sum of all
    exp(z), log_p and p (K) and loss = lse - z[target], in nats. It is finite for all finite
    logits whose difference is. Errors: ShapeError; ValueError for logits that are not finite or a
    class that is none.
    """
    z = _checked("stable_loss", z, target)
    z_max = np.asarray(z.max())
    with np.errstate(over="ignore", under="ignore"):
        shifted = z - z_max
        exp_shifted = np.exp(shifted)
        total = np.asarray(exp_shifted.sum())
        lse = np.asarray(z_max + np.log(total))
        log_p = z - lse
        arrays = {
            "z": z,
            "z_max": z_max,
            "shifted": shifted,
            "exp_shifted": exp_shifted,
            "total": total,
            "lse": lse,
            "log_p": log_p,
            "p": np.exp(log_p),
            "loss": np.asarray(lse - z[target]),
        }
    return _trace("the loss by log-sum-exp", arrays, STABLE_RELATIONS, target)


def _checked(operation: str, z: Array, target: int) -> Array:
    z = np.asarray(z)
    check_axes(operation, "z", z, "(K,)")
    check_whole(operation, "target", target, 0)
    if target >= len(z):
        raise ValueError(f"{operation}: target must be from 0 to {len(z) - 1}, got {target}")
    if z.dtype.kind != "f":
        z = z.astype(np.float64)
    if not np.isfinite(z).all():
        raise ValueError(f"{operation}: z must be finite numbers, got {z[~np.isfinite(z)][0]}")
    return z


def _trace(
    operation: str, arrays: dict[str, Array], formulas: dict[str, Relation], target: int
) -> Trace:
    return Trace(
        operation=operation,
        arrays=arrays,
        relations=formulas,
        constants={"target": target},
        meanings={"z": "the input, a logit"},
    )
