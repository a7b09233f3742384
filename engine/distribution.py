"""Probability distributions: what is one, and how one number of it is moved.

Letters: K outcomes; p[k] is the probability of outcome k.
"""

from __future__ import annotations

import math

import numpy as np

from engine.shapes import Array, ShapeError, check_axes, check_whole

SUM_TOLERANCE = 1e-6
"""How far from 1 the sum may be: what float32 loses over a thousand outcomes."""
SMALLEST = 1e-300
"""What is divided by is at least this: below, 1/p is too large for a float."""
INFINITY = {"infinity": math.inf, "smallest": SMALLEST}
"""Constants for relations that say what happens where a probability is 0."""
LOGARITHMS = {"bits": "log2", "nats": "log"}
"""The logarithm of each unit of information, as relations call it."""


def checked_distribution(operation: str, argument: str, p: Array) -> Array:
    """The probabilities as float64, (K,). Errors: ShapeError for other axes or none; ValueError
    for a number that is no probability and for a sum that is not 1."""
    p = checked_probabilities(operation, argument, p, "(K,)")
    total = float(p.sum())
    if abs(total - 1) > SUM_TOLERANCE:
        raise ValueError(
            f"{operation}: {argument} must sum to 1, its {len(p)} numbers sum to {total:.7g}; "
            "divide each by the sum"
        )
    return p


def checked_probabilities(operation: str, argument: str, p: Array, *layouts: str) -> Array:
    """Numbers from 0 to 1 as float64, in one of the layouts; together they need not sum to 1.
    Errors: ShapeError, ValueError."""
    p = np.asarray(p, dtype=np.float64)
    check_axes(operation, argument, p, *layouts)
    if not p.size:
        raise ShapeError(f"{operation}: {argument} must have at least one number, got {p.shape}")
    bad = np.argwhere(~((p >= 0) & (p <= 1 + SUM_TOLERANCE)))
    if len(bad):
        index = tuple(int(part) for part in bad[0])
        where = f"{argument}[{','.join(map(str, index))}]" if index else argument
        raise ValueError(
            f"{operation}: {argument} must be probabilities from 0 to 1, got {where} = "
            f"{float(p[index]):.7g}"
        )
    return p


def checked_unit(operation: str, unit: str) -> str:
    """The logarithm that measures in this unit. Errors: ValueError for another than the two."""
    if unit not in LOGARITHMS:
        raise ValueError(f'{operation}: unit must be "bits" or "nats", got {unit!r}')
    return LOGARITHMS[unit]


def logarithm(log: str, p: Array) -> Array:
    """log2 or log of probabilities; of 0 it is minus infinity, without a warning."""
    with np.errstate(divide="ignore"):
        return np.asarray(np.log2(p) if log == "log2" else np.log(p))


def uniform(outcomes: int) -> Array:
    """The distribution that gives each of so many outcomes the same chance, (K,)."""
    check_whole("uniform", "outcomes", outcomes, 1)
    return np.full(outcomes, 1 / outcomes)
