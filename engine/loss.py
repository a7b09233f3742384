"""Losses, and the softmax that turns logits into probabilities, in the small steps of a blackboard.

Letters: K outputs or classes, N examples, in the last axis. Every loss trace has the loss of each
example and `mean_loss`, the mean over the batch; gradients are those of the mean, in nats where
there are logarithms. Source of the formulas: Goodfellow et al. 2016, 4.1, 5.5 and 6.2.2.
"""

from __future__ import annotations

import numpy as np

from engine.activation import squashed
from engine.relation import Relation, relations
from engine.shapes import Array, ShapeError, check_axes, check_shape
from engine.trace import GIVEN_GRADIENT, Trace

_SOFTMAX = """
z_max = max(z[k] for k)
shifted[k] = z[k] - z_max
exp_z[k] = exp(shifted[k])
total = sum(exp_z[k] for k)
p[k] = exp_z[k] / total
"""

SOFTMAX_RELATIONS = relations(
    _SOFTMAX
    + """
pull = sum(dp[k] * p[k] for k)
dz[k] = p[k] * (dp[k] - pull)
"""
)

CROSS_ENTROPY_RELATIONS = relations(
    _SOFTMAX
    + """
log_p[k] = shifted[k] - log(total)
loss = -sum(target[k] * log_p[k] for k)
mean_loss = loss / examples
dz[k] = (p[k] - target[k]) / examples
"""
)

BINARY_CROSS_ENTROPY_RELATIONS = relations("""
p[k] = 1 / (1 + exp(-z[k]))
surprise[k] = max(z[k], 0) - target[k]*z[k] + log(1 + exp(-abs(z[k])))
loss = sum(surprise[k] / outputs for k)
mean_loss = loss / examples
dz[k] = (p[k] - target[k]) / (outputs * examples)
""")

SQUARED_ERROR_RELATIONS = relations("""
difference[k] = y[k] - target[k]
loss = sum(difference[k]**2 / outputs for k)
mean_loss = loss / examples
dy[k] = 2 * difference[k] / (outputs * examples)
""")

HALF_SQUARED_ERROR_RELATIONS = relations("""
difference[k] = y[k] - target[k]
loss = sum(difference[k]**2 / 2 for k)
mean_loss = loss / examples
dy[k] = difference[k] / examples
""")

SHARED = frozenset({"mean_loss"})


def softmax(z: Array) -> Trace:
    """Turn logits into probabilities: p[k] = exp(z[k]) / sum of all exp(z).

    z: (K,), or (K,N) for a batch. The largest logit of each example is taken away first, which
    changes no probability and lets no exp overflow.
    Gives a trace with z, z_max, shifted, exp_z, total and p (K[,N]). Errors: ShapeError.
    """
    check_axes("softmax", "z", z, "(K,)", "(K,N)")
    return Trace(
        operation="softmax",
        arrays=_softmax_steps(z),
        relations=SOFTMAX_RELATIONS,
        batched=z.ndim == 2,
        meanings={"z": "the input, a logit", "dp": GIVEN_GRADIENT},
    )


def softmax_backward(trace: Trace, dp: Array) -> None:
    """Add dL/dz to the trace of `softmax`, from dp = dL/dp in p's shape; `pull` is what every
    class loses because the probabilities share a sum of 1."""
    p = trace["p"]
    check_shape("softmax_backward", "dp", dp, p.shape)
    pull = np.asarray((dp * p).sum(axis=0))
    trace.arrays.update(dp=dp, pull=pull, dz=p * (dp - pull))


def cross_entropy(z: Array, target: Array | int) -> Trace:
    """How surprised the softmax of the logits is by the target: -sum of target[k] log p[k], nats.

    z: (K,), or (K,N) for a batch. target: the class, an integer or (N,) integers; or a
    distribution in z's shape. Computed from the logits, as shifted - log(total), so that no
    probability is rounded to 0 before its logarithm.
    Gives a trace with z, target (as a distribution), z_max, shifted, exp_z, total, p, log_p,
    loss ([N]) and mean_loss. Errors: ShapeError; ValueError for a class or distribution that is
    none.
    """
    check_axes("cross_entropy", "z", z, "(K,)", "(K,N)")
    distribution = _distribution(z, np.asarray(target))
    arrays = _softmax_steps(z)
    log_p = arrays["shifted"] - np.log(arrays["total"])
    loss = np.asarray(-(distribution * log_p).sum(axis=0))
    return Trace(
        operation="cross_entropy",
        arrays={
            **arrays,
            "target": distribution,
            "log_p": log_p,
            "loss": loss,
            "mean_loss": np.asarray(loss.sum() / loss.size),
        },
        relations=CROSS_ENTROPY_RELATIONS,
        constants={"examples": loss.size},
        shared=SHARED,
        batched=z.ndim == 2,
        meanings={"z": "the input, a logit", "target": "the target's probability of this class"},
    )


def cross_entropy_backward(trace: Trace) -> None:
    """Add the gradient of mean_loss on the logits, dz, to the trace of `cross_entropy`."""
    trace.arrays["dz"] = (trace["p"] - trace["target"]) / trace.constants["examples"]


def binary_cross_entropy(z: Array, target: Array) -> Trace:
    """How surprised the sigmoid of each logit is by its target:
    -(target log p + (1 - target) log(1 - p)) with p = sigmoid(z), nats.

    z: (K,), or (K,N) for a batch. target: in z's shape, 0 or 1 or a probability. Computed from
    the logits, as max(z,0) - target*z + log(1 + exp(-|z|)), which is the same and neither
    overflows nor rounds p to 0 before its logarithm. The mean runs over the K outputs for `loss`,
    and over the examples too for `mean_loss`.
    Gives a trace with z, target, p, surprise, loss ([N]) and mean_loss. Errors: ShapeError;
    ValueError for a target that is no probability.
    """
    check_axes("binary_cross_entropy", "z", z, "(K,)", "(K,N)")
    target = np.asarray(target)
    check_shape("binary_cross_entropy", "target", target, z.shape)
    if not (target.min() >= 0 and target.max() <= 1):
        raise ValueError(
            "binary_cross_entropy: target must be from 0 to 1, "
            f"got {target.min()} to {target.max()}"
        )
    target = target.astype(z.dtype, copy=False)
    surprise = np.maximum(z, 0) - target * z + np.log1p(np.exp(-np.abs(z)))
    loss = np.asarray(surprise.sum(axis=0) / len(z))
    return Trace(
        operation="binary_cross_entropy",
        arrays={
            "z": z,
            "target": target,
            "p": squashed(z),
            "surprise": surprise,
            "loss": loss,
            "mean_loss": np.asarray(loss.sum() / loss.size),
        },
        relations=BINARY_CROSS_ENTROPY_RELATIONS,
        constants={"outputs": len(z), "examples": loss.size},
        shared=SHARED,
        batched=z.ndim == 2,
        meanings={"z": "the input, a logit", "target": "the target's probability of yes"},
    )


def binary_cross_entropy_backward(trace: Trace) -> None:
    """Add the gradient of mean_loss on the logits, dz, to the trace of `binary_cross_entropy`."""
    count = trace.constants["outputs"] * trace.constants["examples"]
    trace.arrays["dz"] = (trace["p"] - trace["target"]) / count


def mean_squared_error(y: Array, target: Array) -> Trace:
    """The mean of the squared differences, without a factor 1/2: the gradient keeps its 2.

    y: (K,), or (K,N) for a batch. target: in y's shape. The mean runs over the K outputs for
    `loss`, and over the examples too for `mean_loss`.
    Gives a trace with y, target, difference, loss ([N]) and mean_loss. Errors: ShapeError.
    """
    return _squared("mean_squared_error", y, target, SQUARED_ERROR_RELATIONS, len(y))


def mean_squared_error_backward(trace: Trace) -> None:
    """Add the gradient of mean_loss on y, dy, to the trace of `mean_squared_error`."""
    count = trace.constants["outputs"] * trace.constants["examples"]
    trace.arrays["dy"] = 2 * trace["difference"] / count


def half_squared_error(y: Array, target: Array) -> Trace:
    """Half the sum of the squared differences, whose gradient on y is the difference itself.

    Arguments, trace and errors as in `mean_squared_error`, but `loss` sums over the K outputs.
    """
    return _squared("half_squared_error", y, target, HALF_SQUARED_ERROR_RELATIONS, 2)


def half_squared_error_backward(trace: Trace) -> None:
    """Add the gradient of mean_loss on y, dy, to the trace of `half_squared_error`."""
    trace.arrays["dy"] = trace["difference"] / trace.constants["examples"]


def _squared(
    operation: str, y: Array, target: Array, found: dict[str, Relation], divisor: int
) -> Trace:
    check_axes(operation, "y", y, "(K,)", "(K,N)")
    check_shape(operation, "target", target, y.shape)
    difference = y - target
    loss = np.asarray((difference * difference).sum(axis=0) / divisor)
    return Trace(
        operation=operation,
        arrays={
            "y": y,
            "target": target,
            "difference": difference,
            "loss": loss,
            "mean_loss": np.asarray(loss.sum() / loss.size),
        },
        relations=found,
        constants={"outputs": len(y), "examples": loss.size},
        shared=SHARED,
        batched=y.ndim == 2,
        meanings={"y": "the input, a prediction", "target": "the target"},
    )


def _softmax_steps(z: Array) -> dict[str, Array]:
    z_max = np.asarray(z.max(axis=0))
    shifted = z - z_max
    exp_z = np.exp(shifted)
    total = np.asarray(exp_z.sum(axis=0))
    return {
        "z": z,
        "z_max": z_max,
        "shifted": shifted,
        "exp_z": exp_z,
        "total": total,
        "p": exp_z / total,
    }


def _distribution(z: Array, target: Array) -> Array:
    """The target as probabilities in z's shape; refuses what is neither classes nor those."""
    classes = len(z)
    if target.shape == z.shape:
        if not np.allclose(target.sum(axis=0), 1, rtol=0, atol=1e-6) or target.min() < 0:
            raise ValueError(
                "cross_entropy: target must be probabilities that sum to 1 for each example"
            )
        return target.astype(z.dtype)
    if target.shape != z.shape[1:]:
        raise ShapeError(
            f"cross_entropy: target must have the shape {z.shape[1:]} (classes) or {z.shape} "
            f"(probabilities), got {target.shape}"
        )
    if target.dtype.kind not in "iu" or target.min() < 0 or target.max() >= classes:
        raise ValueError(
            f"cross_entropy: target must be classes, whole numbers from 0 to {classes - 1}, "
            f"got {target.min()} to {target.max()} as {target.dtype}"
        )
    every_class = np.arange(classes).reshape(-1, *[1] * target.ndim)
    one_hot: Array = (every_class == target).astype(z.dtype)
    return one_hot
