"""The lab on the ReLU: the raw map beside the rectified one, and how much is left."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from engine.activation import relu
from engine.trace import Trace
from engine.why import Element
from engine.zeros import count_zeros
from lessons.cnn.marks import current
from lessons.cnn.pictures import picture_controls
from lessons.cnn.slide import convolved, kernel_controls, kernel_panel, map_panel
from lessons.kit.control import Settings
from lessons.kit.figure import Figure, Number, Pixels, Table, View
from lessons.kit.film import Film
from lessons.kit.lab import Lab


@lru_cache(maxsize=32)
def rectified(raw: Trace) -> Trace:
    """A ReLU over the map that a convolution wrote."""
    trace = relu(raw["y"])
    trace.link("z", raw, "y")
    return trace


def rectified_panel(trace: Trace, title: str = "rectified map") -> Pixels:
    """The map after the ReLU: nothing in it is below zero."""
    y = trace["y"][0]
    return Pixels(
        key="rectified",
        title=title,
        view=View(trace, "y", (0,)),
        limits=(0.0, max(float(y.max()), 1e-9)),
    )


def _film(settings: Settings) -> Film:
    raw = convolved(settings)
    kept = rectified(raw)
    counted = count_zeros(kept)
    rows, columns = raw["y"].shape[1:]

    def moment(position: int) -> Figure:
        place = divmod(position, columns)
        marks = (current(*place),)
        z, y = Element(raw, "y", (0, *place)), Element(kept, "y", (0, *place))
        count = Table(
            key="count",
            head=("", f"at {place[0]},{place[1]}"),
            rows=(
                ("raw", Number(z, 2)),
                ("rectified", Number(y, 2)),
                ("zeros in all", Number(Element(counted, "zeros", (0,)), 0)),
                ("share", Number(Element(counted, "share", (0,)), 2)),
            ),
        )
        return Figure(
            columns=(
                (kernel_panel(raw, settings), count),
                (replace(map_panel(raw), title="raw map", marks=marks),),
                (replace(rectified_panel(kept), marks=marks),),
            ),
            caption=f"row {place[0]}, column {place[1]}, after the ReLU",
            focus=y,
        )

    return Film(rows * columns, moment)


RELU = Lab(
    name="relu",
    title="What a ReLU keeps of a map",
    controls=(*picture_controls(), *kernel_controls("sobel-x")),
    film=_film,
)
