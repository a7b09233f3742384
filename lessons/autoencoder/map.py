"""The lab of the map: every digit at its two-number code, and a cursor from which to draw."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.autoencoder import CODE, decoder, encoder
from engine.conv_place import renamed
from engine.nearest import nearest
from engine.neighbours import neighbours
from engine.network import Network
from engine.shapes import Array
from engine.trace import Trace
from engine.training import State
from engine.why import Element
from lessons.autoencoder.networks import MAP, PACE, recording
from lessons.autoencoder.panels import picture
from lessons.autoencoder.pictures import (
    PIXEL,
    all_digits,
    training_digits,
    unseen_digits,
    unseen_labels,
)
from lessons.kit.control import Choice, Decimal, Settings, Toggle
from lessons.kit.figure import Figure, Formula, Number, Panel, Plane, Points
from lessons.kit.film import Film, Recorded
from lessons.kit.lab import Lab
from lessons.kit.words import several

X_LIMITS, Y_LIMITS = (-10.0, 8.0), (-7.0, 11.0)
"""The plane: where the trained codes lie, and some room around them."""
PLACE = "a number of the code, where the cursor stands"


def _steered(name: str, label: str, limits: tuple[float, float]) -> Decimal:
    return Decimal(name=name, label=label, low=limits[0], high=limits[1], by=0.5, default=0.0)


def plane(
    codes: Array, labels: Array, at: tuple[float, float] | None, *paths: Points, steers: bool
) -> Plane:
    """The codes (2,N) as the digits that they come from."""
    groups = tuple(
        Points(str(digit), *codes[:, labels == digit]) for digit in range(10)
    )
    return Plane(
        key="map",
        title="the codes of the digits",
        x_limits=X_LIMITS,
        y_limits=Y_LIMITS,
        x_label="code 0",
        y_label="code 1",
        groups=(*groups, *paths),
        at=at,
        steers=("x", "y") if steers else None,
    )


def drawn_from(network: Network, place: Array, meaning: str = PLACE) -> Trace:
    """What the decoder draws at a place of the code: the last trace, whose y is the picture."""
    run = decoder(network).forward(place)
    first = next(iter(run.traces.values()))
    first.meanings = {**first.meanings, "x": meaning}
    return list(run.traces.values())[-1]


def near_digit(drawn: Trace) -> Trace:
    """How far a picture, the y of a trace, is from the nearest of the training digits."""
    trace = nearest(drawn["y"], training_digits())
    trace.link("place", drawn, "y")
    return renamed(trace, point=PIXEL)


@lru_cache(maxsize=6)
def _codes(n: int, everything: bool) -> Trace:
    """The code of every digit, a column each."""
    network = recording(MAP).state(n).network
    run = encoder(network).forward(all_digits()[0] if everything else unseen_digits())
    run["encoder1"].meanings = {**run["encoder1"].meanings, "x": PIXEL}
    return run[CODE]


@lru_cache(maxsize=6)
def _neighbours(n: int) -> Trace:
    """How many test digits have one of their own kind beside them."""
    codes = _codes(n, False)
    trace = neighbours(codes["y"], unseen_labels())
    trace.link("point", codes, "y")
    return trace


def _film(settings: Settings) -> Film:
    everything = settings["digits"] == "all"
    x, labels = all_digits() if everything else (unseen_digits(), unseen_labels())
    kept = recording(MAP)
    place = np.array([settings["x"], settings["y"]])

    def moment(n: int, state: State) -> Figure:
        codes = _codes(n, everything)
        drawn = drawn_from(state.network, place)
        near = nearest(place, codes["y"])
        near.link("point", codes, "y")
        near.meanings = {**near.meanings, "place": PLACE}
        real = near_digit(drawn)
        closest = int(near["distance"].argmin())
        side = _neighbours(n)
        panels: tuple[Panel, ...] = (
            picture("drawn", "drawn at the cursor", drawn, "y"),
            *(
                [picture("near", f"nearest: a {labels[closest]:.0f}", _shown(x, closest), "y")]
                if settings["nearest"]
                else []
            ),
            Formula(
                key="far",
                lines=(
                    ("cursor to nearest code  ", Number(Element(near, "nearest", ()), 2)),
                    ("drawing to real digit   ", Number(Element(real, "nearest", ()), 2)),
                    ("digits beside own kind  ", Number(Element(side, "share", ()), 2)),
                ),
            ),
        )
        return Figure(
            columns=((plane(codes["y"], labels, (place[0], place[1]), steers=True),), panels),
            caption=f"after {several(n, 'update')}, the nearest code is away by ",
            focus=Element(near, "nearest", ()),
        )

    return Recorded(kept, moment, pace=PACE)


def _shown(x: Array, column: int) -> Trace:
    """A digit of the data as something to look at."""
    return Trace("a digit", {"y": x[:, column]}, meanings={"y": PIXEL})


MAP_LAB = Lab(
    name="map",
    title="The map of the codes",
    controls=(
        _steered("x", "code 0", X_LIMITS),
        _steered("y", "code 1", Y_LIMITS),
        Toggle(name="nearest", label="show the nearest", key="w"),
        Choice(name="digits", label="digits", key="d", options=("test", "all"), default="test"),
    ),
    film=_film,
)
