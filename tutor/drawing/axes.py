"""Axes: round ticks, and where values fall on them."""

from __future__ import annotations

import math

from engine.notation import MINUS, format_number

Limits = tuple[float, float]


def ticks(limits: Limits, most: int) -> list[float]:
    """At most `most` round values (steps of 1, 2 or 5 times a power of ten) within limits."""
    low, high = limits
    if not (math.isfinite(low) and math.isfinite(high) and high > low) or most < 1:
        return []
    rough = (high - low) / max(1, most - 0.5)
    power = 10.0 ** math.floor(math.log10(rough))
    for factor in (1, 2, 5, 10, 20, 50):
        step = factor * power
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first + 1 <= most:
            return [n * step for n in range(first, last + 1)]
    return []


def decades(limits: Limits, most: int) -> list[float]:
    """At most `most` powers of ten, as exponents, within limits that are exponents."""
    first, last = math.ceil(limits[0] - 1e-9), math.floor(limits[1] + 1e-9)
    for step in (1, 2, 5, 10, 20, 50):
        found = [float(n) for n in range(first, last + 1) if n % step == 0]
        if len(found) <= most:
            return found
    return []


def tick_texts(values: list[float], log: bool = False) -> list[str]:
    """How the ticks of one axis are written: all with as many decimals as their step needs."""
    if log:
        return [_power(value) for value in values]
    if len(values) < 2:
        return [format_number(value) for value in values]
    step = abs(values[1] - values[0])
    largest = max(map(abs, values))
    if largest >= 1e6 or step < 1e-4:
        return [format_number(value, 4) for value in values]
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    texts = [f"{value:,.{decimals}f}".replace(",", " ") for value in values]
    zero = f"{0:.{decimals}f}"
    return ["0" if text.lstrip("-") == zero else text.replace("-", MINUS) for text in texts]


def _power(exponent: float) -> str:
    """A power of ten: as a number while that is short."""
    whole = round(exponent)
    if -3 <= whole <= 4:
        return format_number(10.0**whole)
    return f"1e{whole}".replace("-", MINUS)


def place(value: float, limits: Limits, cells: int) -> int | None:
    """Which of so many cells a value falls into, the limits being the middles of the first and
    the last; None outside."""
    low, high = limits
    share = (value - low) / ((high - low) or 1.0)
    if not math.isfinite(share) or not -1e-9 <= share <= 1 + 1e-9:
        return None
    return round(share * (cells - 1))


def tick_row(places: list[int], texts: list[str], width: int) -> tuple[str, list[int]]:
    """Texts under their places, middle under place, and the places that have theirs: what would
    run into the one before is left out."""
    row = [" "] * width
    free = 0
    shown: list[int] = []
    for at, text in zip(places, texts, strict=True):
        start = max(0, min(at - len(text) // 2, width - len(text)))
        if start >= free and start + len(text) <= width:
            row[start : start + len(text)] = text
            free = start + len(text) + 2
            shown.append(at)
    return "".join(row), shown
