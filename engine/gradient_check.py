"""Gradients measured by moving each number a little, to hold the derived ones against.

Source: Goodfellow et al. 2016, 11.5 (central differences).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.shapes import Array, check_shape

STEP = 1e-5
"""Small enough for the curve to be straight, large enough for float64 to tell the two apart."""


def numeric_gradient(loss: Callable[[Array], float], x: Array, step: float = STEP) -> Array:
    """dL/dx by central differences: (L(x + h) - L(x - h)) / 2h for every number of x.

    loss: gives L for an array in x's shape. x: any shape, left as it was; the work is in float64.
    """
    moved = np.array(x, dtype=np.float64)
    gradient = np.empty_like(moved)
    for index in np.ndindex(moved.shape):
        here = moved[index]
        moved[index] = here + step
        above = loss(moved)
        moved[index] = here - step
        gradient[index] = (above - loss(moved)) / (2 * step)
        moved[index] = here
    return gradient


def relative_error(derived: Array, measured: Array) -> float:
    """The largest difference, as a part of the largest number in either; 0 where both are zero.

    Errors: ShapeError when the two differ in shape.
    """
    check_shape("relative_error", "derived", derived, np.shape(measured))
    largest = max(float(np.max(np.abs(derived))), float(np.max(np.abs(measured))))
    return float(np.max(np.abs(derived - measured))) / largest if largest else 0.0
