"""Errors about shapes, and the checks that raise them."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
"""An array of numbers: float64 unless a training race asks for float32; integers where it counts
things or names a place."""


class ShapeError(ValueError):
    """An array whose shape does not fit; the message names the argument and both shapes."""


def check_axes(operation: str, argument: str, array: Array, *layouts: str) -> None:
    """Refuse an array that has none of the layouts, such as "(D,)" or "(C,H,W,N)"."""
    if np.ndim(array) not in _axes_counts(layouts):
        raise ShapeError(
            f"{operation}: {argument} must have the shape {' or '.join(layouts)}, "
            f"got {np.shape(array)}"
        )


@cache
def _axes_counts(layouts: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(len(layout.strip("(,)").split(",")) if layout != "()" else 0 for layout in layouts)


def check_shape(operation: str, argument: str, array: Array, expected: tuple[int, ...]) -> None:
    """Refuse an array that does not have exactly the expected shape."""
    if np.shape(array) != expected:
        raise ShapeError(
            f"{operation}: {argument} must have the shape {expected}, got {np.shape(array)}"
        )


def check_whole(operation: str, argument: str, value: int, low: int) -> None:
    """Refuse a setting that is not a whole number of at least `low`."""
    if not isinstance(value, int | np.integer) or isinstance(value, bool) or value < low:
        raise ValueError(
            f"{operation}: {argument} must be a whole number of at least {low}, got {value!r}"
        )
