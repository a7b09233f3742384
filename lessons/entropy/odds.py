"""The lab on two outcomes: how unpredictable a match is, against who is likely to win it."""

from __future__ import annotations

from functools import cache

import numpy as np

from engine.information import binary_entropy
from engine.trace import Trace
from engine.why import Element
from lessons.kit.cells import Values
from lessons.kit.control import Choice, Settings
from lessons.kit.figure import Bar, Bars, Curves, Figure, Formula, Number, Series
from lessons.kit.film import Film, still
from lessons.kit.lab import Lab

PRESETS = ((0.5, 0.5), (0.9, 0.1), (0.1, 0.9), (1.0, 0.0), (0.7, 0.3))


@cache
def _curve(unit: str) -> Trace:
    return binary_entropy(np.linspace(0, 1, 101), unit)


def _film(settings: Settings) -> Film:
    unit = settings["unit"]
    trace = binary_entropy(np.array(settings["p"][0]), unit)
    curve = _curve(unit)

    def number(name: str) -> Number:
        return Number(Element(trace, name, ()), 4)

    return still(
        Figure(
            columns=(
                (
                    Bars(
                        key="p",
                        title="the match",
                        bars=(Bar("win", (number("p"),)), Bar("no win", (number("p_no"),))),
                        edits="p",
                    ),
                    Formula(
                        key="sum",
                        title="p·log(1/p), added up",
                        lines=(
                            ("win      ", number("term_yes")),
                            ("no win   ", number("term_no")),
                            ("H =      ", number("H"), f" {unit}"),
                        ),
                    ),
                ),
                (
                    Curves(
                        key="curve",
                        series=(Series("H", curve["p"], curve["H"]),),
                        x_label="chance of winning p",
                        y_label=unit,
                        marked=(trace.value("p", ()), trace.value("H", ())),
                        x_limits=(0.0, 1.0),
                        y_limits=(0.0, 1.0),
                    ),
                ),
            ),
            caption="how unpredictable the match is: ",
            focus=number("H").element,
        )
    )


ODDS = Lab(
    name="odds",
    title="Win or not",
    controls=(
        Values(
            name="p",
            label="chances",
            key="p",
            default=(0.5, 0.5),
            least=2,
            most=2,
            distribution=True,
            presets=PRESETS,
        ),
        Choice(name="unit", label="unit", key="u", options=("bits", "nats"), default="bits"),
    ),
    film=_film,
)
