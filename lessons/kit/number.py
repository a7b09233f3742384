"""Numbers as people type them, and back."""

from __future__ import annotations

import math
import re

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def read_number(text: str) -> float:
    """The number that a text is, spaces around it left out; "−" is a minus as well.

    `float` also takes nan, inf, 1_000 and other scripts' digits, and makes inf of 1e999: none of
    these is a number here. Errors: ValueError.
    """
    plain = text.strip().replace("\N{MINUS SIGN}", "-")
    value = float(plain) if _NUMBER.fullmatch(plain) else math.nan
    if not math.isfinite(value):
        raise ValueError(f"{text!r} is no finite number")
    return value


def shortest(number: float) -> str:
    """The number as text that reads back as the same number."""
    short = f"{number:g}"
    return short if float(short) == number else repr(float(number))
