"""The pictures of the lesson, by name."""

from __future__ import annotations

from engine.shapes import Array
from lessons.data import digits, photograph
from lessons.kit.control import Choice

PICTURES = ("coffee", "cat", "digit-0", "digit-1", "digit-4", "digit-7")

_DIGIT_ROWS = {"digit-0": 0, "digit-1": 21, "digit-4": 4, "digit-7": 7}


def picture(name: str) -> Array:
    """A picture with one channel: (1,H,W), 0 is black, 1 is white (for a digit: ink)."""
    pixels: Array = digits()[0][_DIGIT_ROWS[name]] if name in _DIGIT_ROWS else photograph(name)
    return pixels[None]


def picture_control(default: str = "coffee") -> Choice:
    """The control that chooses a picture."""
    return Choice(name="picture", label="picture", key="i", options=PICTURES, default=default)
