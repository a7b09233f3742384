"""The lab on dead filters: what eight filters say to real digits while a bias holds them down."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.activation import relu
from engine.conv import conv2d
from engine.conv_place import renamed
from engine.network import conv_layer
from engine.trace import Trace
from engine.why import Element
from engine.zeros import count_zeros
from lessons.data import digits
from lessons.kit.control import Choice, Settings
from lessons.kit.figure import Figure, Maps, Number, Pixels, Table, View
from lessons.kit.film import Film
from lessons.kit.lab import Lab

FILTERS = 8
DIGITS = 100
"""How many of the digits are shown to the filters."""
SEED = 3


@lru_cache(maxsize=8)
def _answers(bias: float) -> tuple[Trace, Trace]:
    """Untrained filters with a ReLU over the first digits, and what the ReLU stopped."""
    x = np.ascontiguousarray(np.moveaxis(digits()[0][:DIGITS], 0, -1)[None])
    w = conv_layer("filters", np.random.default_rng(SEED), 1, FILTERS, 3).parameters["w"]
    raw = renamed(
        conv2d(x, w, np.full(FILTERS, bias)),
        x="ink: 0 is paper, 1 is ink",
        w="a weight of the filter, drawn at random as before any training",
        b="the bias, as you set it for all filters",
    )
    kept = relu(raw["y"], batched=True)
    kept.link("z", raw, "y")
    return kept, count_zeros(kept)


def _film(settings: Settings) -> Film:
    kept, counted = _answers(float(settings["bias"]))
    raw = kept.sources["z"].trace
    strongest = max(float(kept["y"].max()), 1e-9)
    rows = tuple(
        (
            f"filter {f}",
            Number(Element(counted, "zeros", (f,)), 0),
            Number(Element(counted, "share", (f,)), 2),
            Number(Element(counted, "dead", (f,)), 0),
        )
        for f in range(FILTERS)
    )
    count = Table(key="count", head=("", "zeros", "share", "dead"), rows=rows)

    def moment(n: int) -> Figure:
        return Figure(
            columns=(
                (Pixels(key="digit", title="digit", view=View(raw, "x", (0, None, None, n))),),
                (
                    Maps(
                        key="maps",
                        title="after the ReLU",
                        view=View(kept, "y", (None, None, None, n)),
                        limits=(0.0, strongest),
                        names=tuple(str(f) for f in range(FILTERS)),
                        per_row=4,
                    ),
                ),
                (count,),
            ),
            caption=f"digit {n + 1} of {DIGITS}; filters that are zero for all of them",
            focus=Element(counted, "dead_filters", ()),
        )

    return Film(DIGITS, moment)


DEAD = Lab(
    name="dead",
    title="Filters that no longer answer",
    controls=(
        Choice(
            name="bias",
            label="bias",
            key="s",
            options=("0.5", "0", "-0.5", "-1", "-1.5", "-2", "-3"),
            default="0",
        ),
    ),
    film=_film,
)
