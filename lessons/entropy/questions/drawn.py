"""Distributions for questions: drawn with numbers that can be worked with in the head."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from engine.notation import format_number
from engine.shapes import Array
from lessons.kit.question import pick

HALVES = (
    (0.5, 0.25, 0.25),
    (0.5, 0.25, 0.125, 0.125),
    (0.5, 0.125, 0.125, 0.125, 0.125),
    (0.25, 0.25, 0.25, 0.125, 0.125),
)
"""Distributions in which every surprise is a whole number of bits."""


def halves(rng: np.random.Generator, longest: int = 5) -> Array:
    """One of HALVES of at most that many outcomes, in a drawn order."""
    return rng.permutation(np.array(pick(rng, [p for p in HALVES if len(p) <= longest])))


def tenths(rng: np.random.Generator, outcomes: int) -> Array:
    """A distribution in whole tenths, none of them 0."""
    cuts = np.sort(rng.choice(np.arange(1, 10), outcomes - 1, replace=False))
    return np.diff(np.concatenate([[0], cuts, [10]])) / 10


def listed(numbers: Iterable[float]) -> str:
    """Numbers as a sentence lists them: 0.5, 0.25 and 0.25."""
    *first, last = (format_number(float(number), 4) for number in numbers)
    return f"{', '.join(first)} and {last}"


def said(value: float | Array, decimals: int = 3) -> str:
    """A number as a sentence has it."""
    return format_number(float(value), decimals)
