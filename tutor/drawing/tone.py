"""Tones: from a value in a picture to a colour, or to a character where there is none."""

from __future__ import annotations

import numpy as np

from engine.shapes import Array
from lessons.kit.figure import MarkKind
from tutor.drawing.ink import RGB

RAMP = " .:-=+*#%@"
"""From black to white, for screens on which ink is light."""
PLUS_RAMP = "·+*#@"
MINUS_RAMP = "·-=oO"
"""Signed values by magnitude; the two never share a character but zero's."""

MARK_RGB: dict[MarkKind, RGB] = {
    "window": (255, 176, 0),
    "current": (255, 64, 208),
    "peak": (255, 64, 208),
    "dropped": (200, 40, 40),
    "padding": (40, 60, 150),
}
_MARK_SHARE = {"window": 0.5, "current": 1.0, "peak": 1.0, "dropped": 0.55, "padding": 0.6}
PLUS_RGB = np.array([86.0, 180.0, 255.0])
MINUS_RGB = np.array([255.0, 140.0, 40.0])
"""Blue above zero and orange below: told apart by people who do not tell red from green."""


def levels(array: Array, limits: tuple[float, float], signed: bool = False) -> Array:
    """Every value between 0 and 1 of its limits, or between -1 and 1 in a signed map."""
    low, high = limits
    array = np.asarray(array, dtype=float)
    if signed:
        return np.clip(array / (high or 1.0), -1, 1)
    return np.clip((array - low) / ((high - low) or 1.0), 0, 1)


def rgb(array: Array, limits: tuple[float, float], signed: bool, dark: bool = True) -> np.ndarray:
    """The colour of every cell, (…, 3) uint8. Zero in a signed map is the page."""
    level = np.nan_to_num(levels(array, limits, signed))[..., None]
    if not signed:
        return np.broadcast_to(level * 255, (*level.shape[:-1], 3)).round().astype(np.uint8)
    page = np.full(3, 24.0 if dark else 244.0)
    hue = np.where(level >= 0, PLUS_RGB, MINUS_RGB)
    if not dark:
        hue = hue * 0.72
    # A square root lifts the weak answers, which a linear scale would hide in the page.
    share = np.sqrt(np.abs(level))
    mixed: np.ndarray = page * (1 - share) + hue * share
    return mixed.round().astype(np.uint8)


def tinted(colour: RGB, kind: MarkKind) -> RGB:
    """A cell's colour under a mark: the mark's hue with the cell's own light."""
    share = _MARK_SHARE[kind]
    red, green, blue = (
        int(own * (1 - share) + mark * share)
        for own, mark in zip(colour, MARK_RGB[kind], strict=True)
    )
    return red, green, blue


def shade(level: float, signed: bool, dark: bool) -> str:
    """A character for a level; on a light page ink is dark."""
    return character(level if signed or dark else 1 - level, signed)


_DARK_FIELD = np.array(
    [
        [20.0, 22.0, 36.0],
        [34.0, 38.0, 84.0],
        [30.0, 66.0, 106.0],
        [26.0, 96.0, 98.0],
        [66.0, 120.0, 72.0],
        [126.0, 134.0, 74.0],
    ]
)
"""From the lowest to the highest level: hue and light rise together, so that grey tells as much;
never so light that a letter or a path on it could not be read."""
_LIGHT_FIELD = np.array(
    [[150.0, 164.0, 206.0], [152.0, 196.0, 214.0], [190.0, 222.0, 196.0], [252.0, 248.0, 214.0]]
)
"""As much for dark ink on a light page."""


def field_rgb(level: Array, dark: bool) -> np.ndarray:
    """The colour of every level of a field from 0 to 1, (…, 3) uint8."""
    ramp = _DARK_FIELD if dark else _LIGHT_FIELD
    place = np.clip(np.nan_to_num(level), 0, 1) * (len(ramp) - 1)
    low = np.minimum(place.astype(int), len(ramp) - 2)
    share = (place - low)[..., None]
    mixed = ramp[low] * (1 - share) + ramp[low + 1] * share
    return np.asarray(mixed.round().astype(np.uint8))


def character(level: float, signed: bool) -> str:
    """A character for a level; in a signed map another set for each sign."""
    if level != level:
        return "?"
    if not signed:
        return RAMP[min(int(level * len(RAMP)), len(RAMP) - 1)]
    ramp = PLUS_RAMP if level >= 0 else MINUS_RAMP
    return ramp[min(int(np.sqrt(abs(level)) * len(ramp)), len(ramp) - 1)]
