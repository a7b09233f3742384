"""Panels that several labs of the lesson share: pictures side by side, and curves of errors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from engine.tiles import tiles
from engine.trace import Trace
from lessons.autoencoder.networks import TEST
from lessons.autoencoder.pictures import PIXEL, SIDE
from lessons.kit.figure import Curves, Maps, Pixels, Series, View
from lessons.kit.recording import Recording
from lessons.kit.training import LOSS

INK = (0.0, 1.0)
DIFFERENCE = (0.0, 0.5)
"""The second is the largest difference that a map of differences tells apart."""


def laid_out(trace: Trace, name: str, width: int = SIDE) -> Trace:
    """An array of columns, (D,) or (D,N), as pictures that say where it was computed."""
    laid = tiles(trace[name], width, trace.meanings.get(name, PIXEL))
    if name in trace.relations or name in trace.sources:
        laid.link("column", trace, name)
    return laid


def pictures(
    key: str, title: str, trace: Trace, name: str, *, signed: bool = False, **more: Any
) -> Maps:
    """The columns of an array, (64,N), as tiles; a signed one shows differences. `more` are
    settings of Maps."""
    view = View(laid_out(trace, name), "tile")
    limits = DIFFERENCE if signed else INK
    return Maps(key=key, title=title, view=view, limits=limits, signed=signed, **more)


def picture(
    key: str, title: str, trace: Trace, name: str, *, signed: bool = False, **more: Any
) -> Pixels:
    """One picture, (64,); a signed one shows differences. `more` are settings of Pixels."""
    view = View(laid_out(trace, name), "tile")
    limits = DIFFERENCE if signed else INK
    return Pixels(key=key, title=title, view=view, limits=limits, signed=signed, **more)


def error_curves(
    kept: Recording[Any],
    n: int,
    updates: int,
    highest: float,
    lines: Iterable[tuple[str, float]] = (),
    names: Iterable[tuple[str, str]] = ((LOSS, "batch"), (TEST, "test")),
) -> Curves:
    """Curves of a recording up to update n, each by its name and label, and level lines to compare
    with, each with its label and height."""
    ends = np.array([0.0, updates])
    return Curves(
        key="curves",
        series=(
            *(Series(label, *kept.curve(name, n)) for name, label in names),
            *(Series(label, ends, np.full(2, height), ghost=True) for label, height in lines),
        ),
        x_label="updates",
        y_label="error",
        x_limits=(0.0, float(updates)),
        y_limits=(0.0, highest),
    )
