"""The lab on a shift: the picture moves by a pixel, and what that changes, pooled or not."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from engine.comparison import compared
from engine.shift import shifted
from engine.trace import Trace
from engine.why import Element
from lessons.cnn.pictures import Which, chosen, picture, picture_controls
from lessons.cnn.pooling import POOLED_BY, map_trace, pool_controls, pooled_panel, pooled_trace
from lessons.cnn.rectified import rectified_panel
from lessons.kit.control import Choice, Settings
from lessons.kit.figure import Figure, Number, Panel, Table
from lessons.kit.film import Film
from lessons.kit.lab import Lab

DIRECTIONS = {"right": (0, 1), "left": (0, -1), "down": (1, 0), "up": (-1, 0)}
FURTHEST = 3
"""Pixels by which the picture moves at the end of the film."""


@lru_cache(maxsize=64)
def _traces(
    which: Which, kernel: str, kind: str, window: int, stride: int, down: int, right: int
) -> tuple[Trace, Trace]:
    """The rectified and the pooled map of the moved picture."""
    moved = shifted(picture(which), down, right)
    before = map_trace(moved["y"], kernel)
    raw = before.sources["z"].trace
    raw.link("x", moved, "y")
    return before, pooled_trace(before, kind, window, stride)


def _film(settings: Settings) -> Film:
    given = (chosen(settings), *(settings[name] for name in POOLED_BY))
    down, right = DIRECTIONS[settings["way"]]
    here = _traces(*given, 0, 0)

    def moment(steps: int) -> Figure:
        there = _traces(*given, steps * down, steps * right)
        changes = [compared(a, "y", b, "y") for a, b in zip(here, there, strict=True)]
        rows = tuple(
            (
                name,
                str(change["one"].size),
                Number(Element(change, "changed", ()), 0),
                Number(Element(change, "relative_change", ()), 2),
            )
            for name, change in zip(("before pooling", "after pooling"), changes, strict=True)
        )
        return Figure(
            columns=(
                _pair(here, "still"),
                _pair(there, f"moved by {steps}"),
                (Table(key="changes", head=("", "cells", "other", "by"), rows=rows),),
            ),
            caption=f"moved {settings['way']} by {steps}; after pooling",
            focus=Element(changes[1], "relative_change", ()),
        )

    return Film(FURTHEST + 1, moment)


def _pair(traces: tuple[Trace, Trace], title: str) -> tuple[Panel, Panel]:
    """A map above what pooling makes of it."""
    before, pooled = traces
    above, below = rectified_panel(before, title), pooled_panel(pooled)
    return (
        replace(above, key=f"map {title}"),
        replace(below, key=f"pooled {title}", title="pooled"),
    )


SHIFT = Lab(
    name="shift",
    title="The picture moves by a pixel",
    controls=(
        *picture_controls("digit-7"),
        *pool_controls(),
        Choice(name="way", label="moves", key="d", options=tuple(DIRECTIONS), default="right"),
    ),
    film=_film,
)
