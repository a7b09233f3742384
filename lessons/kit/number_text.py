"""Numbers as people type them, and back."""

from __future__ import annotations

import math


def read_number(text: str) -> float:
    """A number as people type it, a real minus too. Errors: ValueError, also for nan, inf, 1e999
    and 1_000."""
    plain = text.strip().replace("\u2212", "-")
    value = float(plain)
    if "_" in plain or not math.isfinite(value):
        raise ValueError(f"{text!r} is not a number")
    return value


def shortest(number: float) -> str:
    """The number as text that reads back as the same number."""
    short = f"{number:g}"
    return short if float(short) == number else repr(float(number))
