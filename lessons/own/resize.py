"""Makes a picture of any size as small as a lab can show, by averaging areas."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.shapes import Array

DIGIT_SIDE = 8
"""Rows and columns of the course's handwritten digits."""
FAINT = 0.25
"""What is weaker than this part of the strongest ink counts as paper."""
_BAND = 1_000_000
"""Pixels that are turned into numbers at once."""


class NoInkError(ValueError):
    """A picture in which there is nothing to be read."""


def shares(size: int, cells: int) -> Array:
    """How `size` pixels in a row go into `cells` equal stretches of it, (cells, size).

    A row of the result holds each pixel's share in that cell's average, so it adds up to 1.
    """
    ends = np.arange(cells + 1) * (size / cells)
    pixels = np.arange(size)
    overlap = np.minimum(ends[1:, None], pixels + 1) - np.maximum(ends[:-1, None], pixels)
    part: Array = np.clip(overlap, 0.0, None) * (cells / size)
    return part


def fitted(rows: int, columns: int, longest: int) -> tuple[int, int]:
    """Rows and columns of the same proportions, of which the longer is at most `longest`."""
    longer = max(rows, columns)
    if longer <= longest:
        return rows, columns
    return max(1, round(rows * longest / longer)), max(1, round(columns * longest / longer))


def averaged(part: Callable[[int, int], Array], size: tuple[int, int], longest: int) -> Array:
    """A picture that is had in parts, averaged down to `longest`; (1,H,W), from 0 to 1.

    part: the rows from one number to another, (rows, columns), so that a large picture is never
    all there as numbers. size: of the whole, in rows and columns.
    """
    rows, columns = fitted(*size, longest)
    down, across = shares(size[0], rows), shares(size[1], columns).T
    grey = np.zeros((rows, columns))
    band = max(1, _BAND // size[1])
    for top in range(0, size[0], band):
        below = min(size[0], top + band)
        grey += down[:, top:below] @ (part(top, below) @ across)
    return np.clip(grey, 0.0, 1.0)[None]


def area_average(picture: Array, rows: int, columns: int) -> Array:
    """A picture (C,H,W) with so many rows and columns, each cell the average of its area."""
    average: Array = shares(picture.shape[1], rows) @ picture @ shares(picture.shape[2], columns).T
    # Rounding must not make white whiter.
    return np.clip(average, picture.min(), picture.max(), out=average)


def square(picture: Array) -> Array:
    """The middle square of a picture (C,H,W)."""
    rows, columns = picture.shape[1:]
    side = min(rows, columns)
    top, left = (rows - side) // 2, (columns - side) // 2
    return picture[:, top : top + side, left : left + side]


def as_digit(picture: Array) -> Array:
    """A picture of one digit (1,H,W) as the course's digits are, (1,8,8): ink is 1, paper 0.

    The paper is what most of the rim is: light or dark. What is drawn is cut out, made 8 cells
    high (or wide, if it is wider than high), put in the middle and averaged; its strongest cell
    is 1. So the digits were made: each fills all eight rows, and nearly all reach full ink.
    Errors: NoInkError for a picture of one brightness.
    """
    grey = picture[0]
    rim = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    ink = np.abs(grey - np.median(rim))
    ink[ink < FAINT * ink.max()] = 0.0
    if not ink.any():
        raise NoInkError("the picture is of one brightness: there is no digit to be seen")
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    drawn = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    side = max(drawn.shape)
    page = np.zeros((side, side))
    top, left = (side - drawn.shape[0]) // 2, (side - drawn.shape[1]) // 2
    page[top : top + drawn.shape[0], left : left + drawn.shape[1]] = drawn
    digit = area_average(page[None], DIGIT_SIDE, DIGIT_SIDE)
    digit /= digit.max()
    return digit
