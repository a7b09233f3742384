"""Principal component analysis by the singular value decomposition.

Letters: D numbers of an example, N examples in the last axis, K components kept. Of all ways to
keep K numbers that are linear in the input, this one has the smallest squared error. Sources:
Goodfellow et al. 2016, 2.12 and 5.8.1; Eckart & Young 1936.
"""

from __future__ import annotations

import numpy as np

from engine.relation import relations
from engine.shapes import Array, ShapeError, check_axes, check_shape, check_whole
from engine.trace import Trace

FIT_RELATIONS = relations("""
mean[d] = sum(x[d,n] for n) / examples
centred[d,n] = x[d,n] - mean[d]
variance[k] = singular[k]**2 / examples
total = sum(centred[d,n]**2 for d, n) / examples
left_over[k] = total - sum(variance[j] for j if j <= k)
""")

RELATIONS = relations("""
centred[d] = x[d] - mean[d]
code[k] = sum(component[k,d] * centred[d] for d)
y[d] = mean[d] + sum(component[k,d] * code[k] for k)
""")


def pca_fit(x: Array) -> Trace:
    """Find the directions in which examples differ most, each at right angles to those before.

    x: (D,N). Gives a trace with x, mean (D,), centred (D,N); component (R,D), R = min(D,N)
    directions of length 1, of which only the line is determined, not which way along it: here
    the largest part of each is positive; singular (R,), the singular values of centred; variance
    (R,) along each direction; total, the sum of all variances; and left_over (R,), the squared
    error per example when the components up to k are kept.
    Errors: ShapeError, ValueError for fewer than 2 examples.
    """
    check_axes("pca_fit", "x", x, "(D,N)")
    examples = x.shape[1]
    check_whole("pca_fit", "the number of examples", examples, 2)
    mean = x.mean(axis=1)
    centred = x - mean[:, None]
    directions, singular, _ = np.linalg.svd(centred, full_matrices=False)
    largest = np.take_along_axis(directions, np.abs(directions).argmax(axis=0)[None], axis=0)
    component = (directions * np.where(largest < 0, -1.0, 1.0)).T
    variance = singular**2 / examples
    total = np.asarray((centred**2).sum() / examples)
    return Trace(
        operation="pca_fit",
        arrays={
            "x": x,
            "mean": mean,
            "centred": centred,
            "component": component,
            "singular": singular,
            "variance": variance,
            "total": total,
            "left_over": total - np.cumsum(variance),
        },
        relations=FIT_RELATIONS,
        constants={"examples": examples},
        meanings={
            "x": "the input",
            "component": "part of a direction of length 1, found by the singular value "
            "decomposition of centred",
            "singular": "a singular value of centred",
        },
    )


def pca(x: Array, mean: Array, component: Array) -> Trace:
    """Keep of an example what lies along a few directions, and rebuild it from that.

    x: (D,), or (D,N) for a batch. mean: (D,). component: (K,D), directions of length 1 at right
    angles, such as the first rows of `pca_fit`.
    Gives a trace with x, mean, component, centred (D[,N]), code (K[,N]) and y (D[,N]).
    Errors: ShapeError.
    """
    check_axes("pca", "x", x, "(D,)", "(D,N)")
    check_axes("pca", "component", component, "(K,D)")
    check_shape("pca", "mean", mean, (len(x),))
    if component.shape[1] != len(x):
        raise ShapeError(f"pca: component {component.shape} must have the {len(x)} numbers of x")
    batched = x.ndim == 2
    column = mean[:, None] if batched else mean
    centred = x - column
    code = component @ centred
    return Trace(
        operation="pca",
        arrays={
            "x": x,
            "mean": mean,
            "component": component,
            "centred": centred,
            "code": code,
            "y": column + component.T @ code,
        },
        relations=RELATIONS,
        shared=frozenset({"mean", "component"}),
        batched=batched,
        meanings={
            "x": "the input",
            "mean": "the mean over the examples",
            "component": "part of a direction of length 1",
        },
    )
