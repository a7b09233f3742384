"""Small numbers for questions, and how a row of them is written."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from engine.notation import format_number
from engine.shapes import Array

WIDTH = 6
"""Characters of a number in a grid."""


def tenths(rng: np.random.Generator, count: int, low: int = 0, high: int = 10) -> Array:
    """Numbers with one decimal, from low/10 to high/10."""
    return np.asarray(rng.integers(low, high + 1, count) / 10)


def grid(*rows: tuple[str, Iterable[float]]) -> str:
    """Rows of numbers under one another, each after its name, as a code block."""
    names = max(len(name) for name, _ in rows)
    lines = (
        name.ljust(names) + "".join(f"{format_number(float(v)):>{WIDTH}}" for v in values)
        for name, values in rows
    )
    return "\n\n```\n" + "\n".join(lines) + "\n```\n"


def sum_of(parts: Iterable[float]) -> str:
    """The parts with plus signs between, those below zero in brackets."""
    said = (format_number(float(part)) for part in parts)
    return " + ".join(text if text[0].isdigit() else f"({text})" for text in said)
