"""The lab on the size of the map: the formula with its numbers, and what the floor drops."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from engine.conv_cost import conv_cost
from engine.conv_size import dropped
from engine.trace import Trace
from engine.why import Element
from lessons.cnn.kernels import MEAN, box
from lessons.cnn.marks import dropped_marks, padding_marks, window
from lessons.cnn.pictures import picture
from lessons.cnn.slide import filtered, image_panel, map_panel
from lessons.kit.control import Settings, Stepper
from lessons.kit.figure import Figure, Formula, Line, Number
from lessons.kit.film import Film
from lessons.kit.lab import Lab


@lru_cache(maxsize=32)
def _sized(size: int, kernel: int, stride: int, padding: int, dilation: int) -> Trace:
    """The mean over a kernel's window, on the top left of the photograph."""
    return filtered(
        picture("coffee")[:, :size, :size],
        box(kernel),
        MEAN,
        stride=stride,
        padding=padding,
        dilation=dilation,
    )


def _dropped_words(lost: int) -> str:
    if lost == 0:
        return "The floor drops nothing: the last window ends at the edge."
    which = "row and column" if lost == 1 else f"{lost} rows and columns"
    return f"The floor drops the last {which}."


def _film(settings: Settings) -> Film:
    size, kernel = settings["size"], settings["kernel"]
    stride, padding, dilation = settings["stride"], settings["padding"], settings["dilation"]
    trace = _sized(size, kernel, stride, padding, dilation)
    sizes = conv_cost(size, [kernel], [padding], stride=stride, dilation=dilation)
    out = trace["y"].shape[1]
    lost = dropped(size, kernel, stride, padding, dilation)
    formula: tuple[Line, ...] = (
        ("rows = ⌊(W + 2P − D·(K − 1) − 1) / S⌋ + 1",),
        (
            f"     = ⌊({size} + 2·{padding} − {dilation}·({kernel} − 1) − 1) / {stride}⌋ + 1 = ",
            Number(Element(sizes, "out", (0,)), 0),
        ),
        (_dropped_words(lost),),
    )

    def moment(position: int) -> Figure:
        i, j = divmod(position, out)
        marks = (
            window(trace, i, j),
            *dropped_marks(trace),
            *(padding_marks(trace) if padding else ()),
        )
        return Figure(
            columns=(
                (replace(image_panel(trace), marks=marks),),
                (map_panel(trace, position + 1, i, j),),
            ),
            below=(Formula(key="size", lines=formula),),
            caption=f"window {position + 1} of {out}·{out}",
            focus=Element(sizes, "out", (0,)),
        )

    return Film(out * out, moment)


SIZE = Lab(
    name="size",
    title="How large the map is",
    controls=(
        Stepper(name="size", label="size W", key="w", low=5, high=28, default=10),
        Stepper(name="kernel", label="kernel K", key="k", low=1, high=7, default=3),
        Stepper(name="stride", label="stride S", key="s", low=1, high=4, default=2),
        Stepper(name="padding", label="padding P", key="p", low=0, high=3, default=0),
        Stepper(name="dilation", label="dilation D", key="d", low=1, high=3, default=1),
    ),
    film=_film,
)
