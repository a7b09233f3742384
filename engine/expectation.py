"""Expected values: the mean and variance of a number that comes by chance, and a match of two.

Letters: x[k] the value of outcome k, p[k] its probability. Source: d2l.ai 2.6; Goodfellow et al.
2016, 3.8.
"""

from __future__ import annotations

import numpy as np

from engine.distribution import checked_distribution
from engine.relation import relations
from engine.shapes import Array, check_shape
from engine.trace import Trace

EXPECTATION_RELATIONS = relations("""
term[k] = x[k] * p[k]
mean = sum(term[k] for k)
deviation[k] = x[k] - mean
spread[k] = p[k] * deviation[k]**2
variance = sum(spread[k] for k)
standard_deviation = sqrt(variance)
""")

MATCH_RELATIONS = relations("""
joint[i,j] = p[i] * q[j]
win = sum(joint[i,j] for i, j if i > j)
draw = sum(joint[i,j] for i, j if i == j)
lose = sum(joint[i,j] for i, j if i < j)
""")


def expectation(x: Array, p: Array) -> Trace:
    """The expected value E[X] = sum of x[k] times p[k], and the variance around it.

    x: (K,), the value of each outcome (goals, say). p: (K,), a distribution.
    Gives a trace with x, p, term (x·p), their sum mean; deviation, spread (p·deviation²), their sum
    variance, and standard_deviation, its square root, in x's unit.
    Errors: ShapeError; ValueError for a p that is no distribution or an x that is not finite.
    """
    p = checked_distribution("expectation", "p", p)
    x = np.asarray(x, dtype=np.float64)
    check_shape("expectation", "x", x, p.shape)
    if not np.isfinite(x).all():
        raise ValueError(f"expectation: x must be finite numbers, got {x[~np.isfinite(x)][0]}")
    term = x * p
    mean = np.asarray(term.sum())
    deviation = x - mean
    spread = p * deviation**2
    variance = np.asarray(spread.sum())
    return Trace(
        operation="expectation",
        arrays={
            "x": x,
            "p": p,
            "term": term,
            "mean": mean,
            "deviation": deviation,
            "spread": spread,
            "variance": variance,
            "standard_deviation": np.sqrt(variance),
        },
        relations=EXPECTATION_RELATIONS,
        meanings={"x": "the value of this outcome", "p": "the probability of this outcome"},
    )


def match(p: Array, q: Array) -> Trace:
    """How a match ends between two teams that score independently of one another.

    p: (K,), q: (M,): the distributions of the goals of the first and the second team, 0 goals
    first. Gives a trace with p, q, joint (K,M): the probability of the result i to j; and win,
    draw and lose for the first team, which sum to 1.
    Errors: ShapeError; ValueError for what is no distribution.
    """
    p = checked_distribution("match", "p", p)
    q = checked_distribution("match", "q", q)
    joint = np.outer(p, q)
    return Trace(
        operation="a match of two teams",
        arrays={
            "p": p,
            "q": q,
            "joint": joint,
            "win": np.asarray(np.tril(joint, -1).sum()),
            "draw": np.asarray(np.trace(joint)),
            "lose": np.asarray(np.triu(joint, 1).sum()),
        },
        relations=MATCH_RELATIONS,
        meanings={
            "p": "the probability that the first team scores so many goals",
            "q": "the probability that the second team scores so many goals",
        },
    )
