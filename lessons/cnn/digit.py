"""The digits among the pictures: small enough for every number of a map to stand on the screen."""

from __future__ import annotations

from lessons.cnn.pictures import PICTURES
from lessons.kit.control import Choice

DIGITS = tuple(name for name in PICTURES if name.startswith("digit-"))

INK = "ink: 0 is paper, 1 is ink"


def digit_control(default: str = "digit-7") -> Choice:
    """The control that chooses a digit."""
    return Choice(name="picture", label="digit", key="i", options=DIGITS, default=default)


def digit_class(name: str) -> int:
    """Which digit it is."""
    return int(name.removeprefix("digit-"))
