"""The real data that the course ships, as arrays. Sources and licences: SOURCES.md."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

import numpy as np

from engine.shapes import Array


@cache
def photograph(name: str) -> Array:
    """A grey photograph, "coffee" (28,28) or "cat" (56,56); 0 is black, 1 is white."""
    with as_file(files(__name__) / f"{name}.npy") as path:
        pixels: Array = np.load(path) / 255.0
    pixels.setflags(write=False)
    return pixels


@cache
def digits() -> tuple[Array, Array]:
    """The handwritten digits: images (1797,8,8) from 0 (paper) to 1 (ink), labels (1797,)."""
    with as_file(files(__name__) / "digits.npz") as path, np.load(path) as archive:
        images: Array = archive["images"] / 16.0
        labels: Array = archive["labels"].astype(float)
    images.setflags(write=False)
    return images, labels
