"""Numbers as they are heard: without zeros that say nothing, and with few digits."""

from __future__ import annotations

import math

from engine.notation import fixed, with_power
from lessons.kit.figure import Number

DIGITS = 4
"""So many digits are told of a number, where not all are asked for."""
LEAST_DECIMALS = 2


def heard(value: float, decimals: int) -> str:
    """A number with at most so many decimals, and no zeros at their end."""
    text = fixed(value, decimals)
    return text.rstrip("0").rstrip(".") if "." in text else text


def number_text(number: Number, whole: bool) -> str:
    """A number of a text or a table; unless the whole is asked for, few digits of it.

    Not with its thousands apart, which would be heard as two numbers.
    """
    value, decimals = number.element.value, number.decimals
    if number.powers and value and not 10**-decimals <= abs(value) < 1e5:
        return with_power(value)
    if value and math.isfinite(value) and not whole:
        before_the_point = math.floor(math.log10(abs(value))) + 1
        decimals = min(decimals, max(DIGITS - before_the_point, LEAST_DECIMALS))
    return heard(value, decimals)
