"""The lab on surprise: one probability, and what it says in bits and nats, line by line."""

from __future__ import annotations

from functools import cache

import numpy as np

from engine.information import surprise
from engine.trace import Trace
from engine.why import Element
from lessons.kit.cells import Values
from lessons.kit.control import Settings
from lessons.kit.figure import Bar, Bars, Curves, Figure, Formula, Line, Number, Series
from lessons.kit.film import Film
from lessons.kit.lab import Lab

HALVES = ((0.5,), (0.25,), (0.125,), (0.0625,), (0.01,), (1.0,), (0.0,))
TOP = 8.0
"""Bits at the upper end of the curve; a rarer outcome lies above it."""


@cache
def _curve() -> Trace:
    return surprise(np.linspace(2**-TOP, 1, 200))


def _film(settings: Settings) -> Film:
    trace = surprise(np.array(settings["p"]))
    curve = _curve()

    def number(name: str, decimals: int = 4) -> Number:
        index = (0,) if trace[name].ndim else ()
        return Number(Element(trace, name, index), decimals)

    lines: tuple[Line, ...] = (
        ("1 / p             = ", number("inverse")),
        ("log2(1/p)         = ", number("bits"), " bits"),
        ("log2(1) − log2(p) = ", number("log2_one"), " − (", number("log2_p"), "), the same"),
        ("ln(1/p)           = ", number("nats"), " nats"),
    )
    about = ("inverse", "bits", "difference", "nats")
    said = ("how rare it is: ", "its surprise: ", "the same, as a difference: ", "in nats: ")
    here = trace.value("p", (0,)), trace.value("bits", (0,))

    def moment(position: int) -> Figure:
        return Figure(
            columns=(
                (
                    Bars(
                        key="p",
                        title="probability",
                        bars=(Bar("p", (number("p"),)),),
                        edits="p",
                    ),
                    Formula(key="lines", title="surprise", lines=lines[: position + 1]),
                ),
                (
                    Curves(
                        key="curve",
                        series=(Series("log2(1/p)", curve["p"], curve["bits"]),),
                        x_label="p",
                        y_label="bits",
                        marked=here if here[1] <= TOP else None,
                        x_limits=(0.0, 1.0),
                        y_limits=(0.0, TOP),
                    ),
                ),
            ),
            caption=said[position],
            focus=number(about[position]).element,
        )

    return Film(len(lines), moment)


SURPRISE = Lab(
    name="surprise",
    title="How surprised you are",
    controls=(Values(name="p", label="p", key="p", default=(0.25,), most=1, presets=HALVES),),
    film=_film,
)
