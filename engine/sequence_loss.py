"""Losses of a whole sequence: the loss of every time step, and their mean.

Letters: T time steps, K outputs or classes, N sequences, in the last axis. The arithmetic is that
of `engine.loss`, for which the steps of all sequences are so many examples. Source: Goodfellow et
al. 2016, 10.2 (equations 10.12 to 10.14 and 10.18).
"""

from __future__ import annotations

import numpy as np

from engine.loss import cross_entropy, mean_squared_error
from engine.recurrent import as_batch, beside, in_steps
from engine.relation import Relation, relations
from engine.shapes import Array, ShapeError, check_axes, check_shape
from engine.trace import Trace

CROSS_ENTROPY_RELATIONS = relations("""
z_max[t] = max(z[t,k] for k)
shifted[t,k] = z[t,k] - z_max[t]
exp_z[t,k] = exp(shifted[t,k])
total[t] = sum(exp_z[t,k] for k)
p[t,k] = exp_z[t,k] / total[t]
log_p[t,k] = shifted[t,k] - log(total[t])
loss[t] = -sum(target[t,k] * log_p[t,k] for k)
mean_loss = sum(loss[t] / divisor for t)
dz[t,k] = (p[t,k] - target[t,k]) / divisor
""")

SQUARED_ERROR_RELATIONS = relations("""
difference[t,k] = y[t,k] - target[t,k]
loss[t] = sum(difference[t,k]**2 / outputs for k)
mean_loss = sum(loss[t] / divisor for t)
dy[t,k] = 2 * difference[t,k] / (outputs * divisor)
""")

SHARED = frozenset({"mean_loss"})


def sequence_cross_entropy(z: Array, target: Array, *, mean_over_time: bool = True) -> Trace:
    """How surprised the softmax of every step's logits is by that step's target, in nats.

    z: (T,K), or (T,K,N) for a batch. target: the classes, (T[,N]) integers; or distributions in
    z's shape. `mean_loss` is the mean over sequences of each one's loss: the mean over its steps,
    or their sum without `mean_over_time`, for which dz of a single sequence is p - target.
    Gives a trace with z, target (as distributions), z_max, shifted, exp_z, total, p, log_p, loss
    (T[,N]) and mean_loss. Errors: ShapeError; ValueError for a class or distribution that is none.
    """
    check_axes("sequence_cross_entropy", "z", z, "(T,K)", "(T,K,N)")
    target = np.asarray(target)
    classes = (z.shape[0], *z.shape[2:])
    if target.shape not in (classes, z.shape):
        raise ShapeError(
            f"sequence_cross_entropy: target must have the shape {classes} (classes) or {z.shape} "
            f"(probabilities), got {target.shape}"
        )
    given = target.reshape(-1) if target.shape == classes else beside(as_batch(target))
    flat = cross_entropy(beside(as_batch(z)), given)
    return _over_time(flat, CROSS_ENTROPY_RELATIONS, z.shape, mean_over_time, z=z)


def sequence_cross_entropy_backward(trace: Trace) -> None:
    """Add the gradient of mean_loss on the logits, dz, to a trace of `sequence_cross_entropy`."""
    trace.arrays["dz"] = (trace["p"] - trace["target"]) / trace.constants["divisor"]


def sequence_squared_error(y: Array, target: Array, *, mean_over_time: bool = True) -> Trace:
    """The squared difference of every step, as a mean over its K outputs.

    y: (T,K), or (T,K,N) for a batch. target: in y's shape. `mean_loss` is the mean over sequences
    of each one's loss: the mean over its steps, or their sum without `mean_over_time`.
    Gives a trace with y, target, difference, loss (T[,N]) and mean_loss. Errors: ShapeError.
    """
    check_axes("sequence_squared_error", "y", y, "(T,K)", "(T,K,N)")
    check_shape("sequence_squared_error", "target", target, y.shape)
    flat = mean_squared_error(beside(as_batch(y)), beside(as_batch(target)))
    return _over_time(flat, SQUARED_ERROR_RELATIONS, y.shape, mean_over_time, y=y, target=target)


def sequence_squared_error_backward(trace: Trace) -> None:
    """Add the gradient of mean_loss on y, dy, to a trace of `sequence_squared_error`."""
    count = trace.constants["outputs"] * trace.constants["divisor"]
    trace.arrays["dy"] = 2 * trace["difference"] / count


def _over_time(
    flat: Trace,
    found: dict[str, Relation],
    shape: tuple[int, ...],
    mean_over_time: bool,
    **given: Array,
) -> Trace:
    """The trace of a loss over time, from the one whose examples are the steps. `shape` is the
    output's; the arrays of `given` are already laid out in time."""
    steps, _, *batch = shape
    arrays: dict[str, Array] = {}
    for name, array in flat.arrays.items():
        if name in given:
            arrays[name] = given[name]
        elif array.ndim == 2:
            arrays[name] = in_steps(array, steps).reshape(shape)
        elif array.ndim == 1:
            arrays[name] = array.reshape(steps, *batch)
    loss = arrays["loss"]
    divisor = loss.size if mean_over_time else loss.size // steps
    arrays["mean_loss"] = np.asarray(loss.sum() / divisor)
    return Trace(
        operation=f"{flat.operation} over time",
        arrays=arrays,
        relations=found,
        constants={"outputs": shape[1], "divisor": divisor},
        shared=SHARED,
        batched=bool(batch),
        meanings=flat.meanings,
    )
