"""The pictures of the lesson, by name; and the learner's own."""

from __future__ import annotations

from engine.shapes import Array
from lessons.data import digits, photograph
from lessons.kit.control import Choice, File, Settings
from lessons.own.file import Stamp
from lessons.own.picture_file import IMAGE, OWN, image_control, picture_of, picture_stamp

PICTURES = ("coffee", "cat", "digit-0", "digit-1", "digit-4", "digit-7")
OWN_SIDE = 28
"""Rows or columns to which a larger picture of the learner's is averaged down."""

_DIGIT_ROWS = {"digit-0": 0, "digit-1": 21, "digit-4": 4, "digit-7": 7}

Which = str | Stamp
"""Which picture: one of PICTURES, or a file as it is now. What is made of a picture can be kept
by it."""


def picture(which: Which) -> Array:
    """A picture with one channel: (1,H,W), 0 is black, 1 is white (for a digit: ink).

    Errors: FileError for a file that is no picture.
    """
    if isinstance(which, Stamp):
        return picture_of(which, OWN_SIDE)
    pixels: Array = digits()[0][_DIGIT_ROWS[which]] if which in _DIGIT_ROWS else photograph(which)
    return pixels[None]


def chosen(settings: Settings) -> Which:
    """The picture that the settings mean. Errors: FileError when it is a file that is not there."""
    return picture_stamp(settings[IMAGE]) if settings["picture"] == OWN else settings["picture"]


def called(settings: Settings) -> str:
    """What to call it."""
    return "your picture" if settings["picture"] == OWN else settings["picture"]


def picture_controls(default: str = "coffee") -> tuple[Choice, File]:
    """The controls that together choose a picture."""
    return (
        Choice(
            name="picture", label="picture", key="i", options=(*PICTURES, OWN), default=default
        ),
        image_control(sets=(("picture", OWN),)),
    )
