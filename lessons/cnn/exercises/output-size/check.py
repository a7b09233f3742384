"""Checks `output_size` against the engine, from plain settings to those with a remainder."""

from __future__ import annotations

import numpy as np

from engine.conv_size import output_size

RESULTS = ("places",)


def cases(rng: np.random.Generator) -> list[tuple[int, ...]]:
    """Size, kernel, stride, padding: first one setting at a time, then all of them."""
    size = int(rng.integers(5, 12))
    found: list[tuple[int, ...]] = [
        (size, 3, 1, 0),
        (size, 3, 1, 1),
        (2 * size, 4, 3, 0) if (2 * size - 4) % 3 else (2 * size + 1, 4, 3, 0),
        (size, size, 2, 0),
    ]
    for _ in range(20):
        kernel, stride, padding = (int(rng.integers(low, 6)) for low in (1, 1, 0))
        found.append((kernel + int(rng.integers(0, 30)), kernel, stride, padding))
    return found


def reference(size: int, kernel: int, stride: int, padding: int) -> int:
    """What the engine says."""
    return output_size(size, kernel, stride, padding)
