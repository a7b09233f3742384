"""The lab in which a filter looks at three channels: three maps, and their sum as it grows."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.conv import conv2d
from engine.conv_channels import conv_channels
from engine.conv_place import renamed
from engine.shapes import Array
from engine.trace import Trace
from engine.why import Element
from lessons.cnn.filters import CHANNELS, FILTERS, filter_bank
from lessons.cnn.marks import current, window
from lessons.data import colour_photograph
from lessons.kit.control import Choice, Settings, Stepper
from lessons.kit.figure import Figure, Matrix, Number, Pixels, Table, View
from lessons.kit.film import Film
from lessons.kit.lab import Lab

LEVEL = "how much of this colour the pixel has: 0 is none, 1 is all"


def coloured(name: str, w: Array, b: Array) -> Trace:
    """A filter bank (F,3,K,K) over a photograph in colour."""
    return renamed(
        conv2d(colour_photograph(name), w, b),
        x=LEVEL,
        w="a weight of the filter, for one channel",
        b="the filter's bias, as you set it",
    )


@lru_cache(maxsize=32)
def _ledger(picture: str, name: str, bias: float) -> tuple[Trace, Trace]:
    trace = coloured(picture, filter_bank((name,)), np.array([bias]))
    return trace, conv_channels(trace, 0)


def colour_control() -> Choice:
    """The control that chooses a photograph in colour."""
    return Choice(
        name="picture", label="picture", key="i", options=("coffee", "cat"), default="coffee"
    )


def _film(settings: Settings) -> Film:
    trace, ledger = _ledger(settings["picture"], settings["filter"], float(settings["bias"]))
    y = trace["y"][0]
    place = divmod(int(y.argmax()), y.shape[1])
    strongest = float(np.abs(np.concatenate([ledger["part"], ledger["so_far"]])).max())

    def channel_map(c: int, name: str, key: str, title: str) -> Pixels:
        return Pixels(
            key=key,
            title=title,
            view=View(ledger, name, (c,)),
            limits=(0.0, strongest),
            signed=True,
            marks=(current(*place),),
        )

    def moment(c: int) -> Figure:
        last = c == len(CHANNELS) - 1
        here = Element(ledger, "so_far", (c, *place))
        rows: list[tuple[str | Number, ...]] = [("bias", Number(Element(trace, "b", (0,)), 2))]
        rows += [
            (f"+ {CHANNELS[n]}", Number(Element(ledger, "part", (n, *place)), 2))
            for n in range(c + 1)
        ]
        rows.append(("= y" if last else "so far", Number(here, 2)))
        return Figure(
            columns=(
                (
                    Pixels(
                        key="image",
                        title=CHANNELS[c],
                        view=View(trace, "x", (c,)),
                        marks=(window(trace, *place),),
                    ),
                ),
                (
                    Matrix(
                        key="kernel",
                        title=f"kernel of {CHANNELS[c]}",
                        view=View(trace, "w", (0, c)),
                    ),
                    Table(key="ledger", head=("at the mark", ""), rows=tuple(rows), marked=c + 1),
                ),
                (channel_map(c, "part", "part", f"{CHANNELS[c]} alone"),),
                (channel_map(c, "so_far", "sum", "map" if last else "so far"),),
            ),
            caption=f"{CHANNELS[c]} is in; at the mark " + ("" if last else "so far "),
            focus=Element(trace, "y", (0, *place)) if last else here,
        )

    return Film(len(CHANNELS), moment)


CHANNELS_LAB = Lab(
    name="channels",
    title="A filter over three channels",
    controls=(
        colour_control(),
        Choice(name="filter", label="filter", key="f", options=FILTERS, default="red"),
        Stepper(name="bias", label="bias", key="s", low=-3, high=3, default=0),
    ),
    film=_film,
)
