"""Small grids of numbers as text, for prompts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.conv import conv2d
from engine.notation import format_number
from engine.shapes import Array

Rows = Sequence[Sequence[float | str]]


def numbers(row: Sequence[float | str]) -> str:
    """One row as text: −1 0 1."""
    return " ".join(_cell(value) for value in row)


def beside(**grids: Rows) -> str:
    """Grids beside one another under their names, as a code block."""
    blocks = [[name, *_lines(rows)] for name, rows in grids.items()]
    height = max(len(block) for block in blocks)
    widths = [max(len(line) for line in block) for block in blocks]
    lines = []
    for n in range(height):
        parts = [
            (block[n] if n < len(block) else "").ljust(width)
            for block, width in zip(blocks, widths, strict=True)
        ]
        lines.append("   ".join(parts).rstrip())
    return "\n".join(["```", *lines, "```"])


def named_rows(**rows: Sequence[float | str]) -> str:
    """Rows under one another, each after its name, as a code block."""
    left = max(len(name) for name in rows)
    wide = max(len(_cell(value)) for row in rows.values() for value in row)
    lines = [
        f"{name.ljust(left)}  " + " ".join(_cell(value).rjust(wide) for value in row)
        for name, row in rows.items()
    ]
    return "\n".join(["```", *lines, "```"])


def bracketed(value: float) -> str:
    """A number as a factor: in brackets when it has a sign."""
    text = format_number(float(value))
    return text if text[0].isdigit() else f"({text})"


def answer(window: Array, kernel: Array) -> float:
    """What conv2d writes for one window: both (K,K), one channel, no bias."""
    return float(conv2d(window[None], kernel[None, None])["y"][0, 0, 0])


def drawn(rng: np.random.Generator, low: int, high: int, *shape: int) -> Array:
    """Whole numbers from low to high, as floats."""
    return rng.integers(low, high + 1, shape).astype(float)


def _cell(value: float | str) -> str:
    return value if isinstance(value, str) else format_number(float(value))


def _lines(rows: Rows) -> list[str]:
    wide = max(len(_cell(value)) for row in rows for value in row)
    return [" ".join(_cell(value).rjust(wide) for value in row) for row in rows]
