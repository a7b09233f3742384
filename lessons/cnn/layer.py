"""The lab on a whole layer: one map for each filter, and how many parameters that takes."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.conv_cost import conv_cost, dense_cost
from engine.trace import Trace
from engine.why import Element
from lessons.cnn.channels import colour_control, coloured
from lessons.cnn.filters import CHANNELS, FILTERS, filter_bank
from lessons.kit.control import Choice, Settings, Stepper
from lessons.kit.figure import Figure, Formula, Maps, Number, View
from lessons.kit.film import Film
from lessons.kit.lab import Lab


@lru_cache(maxsize=8)
def _maps(picture: str) -> Trace:
    return coloured(picture, filter_bank(), np.zeros(len(FILTERS)))


def _film(settings: Settings) -> Film:
    trace = _maps(settings["picture"])
    y = trace["y"]
    channels, filters = len(CHANNELS), settings["filters"]
    size, kernel = int(settings["size"]), settings["kernel"]
    shared = conv_cost(size, [kernel], [0], channels=channels, filters=filters)
    out = int(shared["out"][0])
    dense = dense_cost(size, out, channels, filters)
    count = Formula(
        key="count",
        title=f"{filters} filters of {kernel}×{kernel}, from {channels} channels of {size}×{size}",
        lines=(
            (
                f"K·K·C·F + F = {kernel}·{kernel}·{channels}·{filters} + {filters} = ",
                Number(Element(shared, "parameters", (0,)), 0),
                " parameters",
            ),
            (
                f"a dense layer: {size}·{size}·{channels} · {out}·{out}·{filters} "
                f"+ {out}·{out}·{filters} = ",
                Number(Element(dense, "parameters", ()), 0),
            ),
        ),
    )

    def moment(f: int) -> Figure:
        strongest = divmod(int(y[f].argmax()), y.shape[2])
        return Figure(
            columns=(
                (
                    Maps(
                        key="maps",
                        title="one map for each filter",
                        view=View(trace, "y"),
                        limits=(0.0, float(np.abs(y).max())),
                        signed=True,
                        names=FILTERS,
                        marked=f,
                    ),
                ),
            ),
            below=(count,),
            caption=f"the filter {FILTERS[f]} answers most",
            focus=Element(trace, "y", (f, *strongest)),
        )

    return Film(len(FILTERS), moment)


LAYER = Lab(
    name="layer",
    title="One map for each filter",
    controls=(
        colour_control(),
        Stepper(name="filters", label="filters F", key="f", low=1, high=64, default=4),
        Stepper(name="kernel", label="kernel K", key="k", low=1, high=7, default=3),
        Choice(
            name="size",
            label="size W",
            key="w",
            options=("18", "36", "72", "144", "288"),
            default="18",
        ),
    ),
    film=_film,
)
