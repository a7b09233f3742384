"""The lab on the way back through a convolution: what each place adds to dw, and to dx."""

from __future__ import annotations

import numpy as np

from engine.backward_until import backward_until
from engine.conv import conv2d_backward
from engine.place_backward import conv_place_backward
from engine.trace import Trace
from engine.why import Element
from lessons.cnn.digit import digit_control
from lessons.cnn.kernels import KERNELS
from lessons.cnn.marks import current, window
from lessons.cnn.pooling import KINDS
from lessons.cnn.small_network import small_run
from lessons.kit.control import Choice, Settings
from lessons.kit.figure import Figure, Formula, Mark, Matrix, Number, Panel, Pixels, View
from lessons.kit.film import Film
from lessons.kit.lab import Lab

WINDOW = 2
"""Rows of the pooling window in the network; it moves by its own size."""


def telling_places(trace: Trace) -> tuple[tuple[int, int], ...]:
    """The places whose gradient is not zero, row by row: no other adds anything. The first place
    when there is none."""
    found = [(int(i), int(j)) for i, j in np.argwhere(trace["dy"][0])]
    return tuple(found) or ((0, 0),)


def _film(settings: Settings) -> Film:
    run = small_run(settings["picture"], settings["kernel"], settings["pool"], WINDOW, WINDOW)
    trace = run["conv"]
    places = telling_places(trace)
    columns = trace["y"].shape[2]
    to_weights = settings["to"] == "weights"

    def moment(position: int) -> Figure:
        i, j = places[position]
        so_far = backward_until(trace, conv2d_backward, i * columns + j)
        place = conv_place_backward(trace, 0, i, j)
        dy = Element(trace, "dy", (0, i, j))
        panels = _to_weights if to_weights else _to_input
        first, products, result = panels(trace, place, so_far, (i, j))
        return Figure(
            columns=(
                (first,),
                (
                    _signed("dy", "dy", trace, "dy", (current(i, j),)),
                    Formula(key="given", lines=((f"{dy.label} = ", Number(dy, 2)),)),
                ),
                products,
                (result,),
            ),
            caption=f"place {position + 1} of the {len(places)} whose gradient is not 0",
            focus=dy,
        )

    return Film(len(places), moment)


def _to_weights(
    trace: Trace, place: Trace, so_far: Trace, at: tuple[int, int]
) -> tuple[Panel, tuple[Panel, ...], Panel]:
    """The input with its window; the window and what it becomes; dw."""
    return (
        Pixels(key="image", title="x", view=View(trace, "x", (0,)), marks=(window(trace, *at),)),
        (
            Matrix(key="factor", title="window", view=View(place, "window", (0,))),
            Matrix(key="product", title="dy · window", view=View(place, "to_w", (0,))),
        ),
        Matrix(key="result", title="dw so far", view=View(so_far, "dw", (0, 0))),
    )


def _to_input(
    trace: Trace, place: Trace, so_far: Trace, at: tuple[int, int]
) -> tuple[Panel, tuple[Panel, ...], Panel]:
    """The kernel, and what it becomes; dx with the window that it is added under."""
    return (
        Matrix(key="factor", title="kernel", view=View(trace, "w", (0, 0)), decimals=0),
        (Matrix(key="product", title="dy · kernel", view=View(place, "to_x", (0,))),),
        _signed("result", "dx so far", so_far, "dx", (window(trace, *at),), scale=trace),
    )


def _signed(
    key: str,
    title: str,
    trace: Trace,
    name: str,
    marks: tuple[Mark, ...],
    scale: Trace | None = None,
) -> Pixels:
    """A map of gradients; `scale` is the trace whose largest one sets the shades."""
    largest = float(np.abs((scale or trace)[name]).max())
    return Pixels(
        key=key,
        title=title,
        view=View(trace, name, (0,)),
        limits=(0.0, max(largest, 1e-9)),
        signed=True,
        marks=marks,
    )


CONV_BACKWARD = Lab(
    name="conv-backward",
    title="The way back through a convolution",
    controls=(
        digit_control(),
        Choice(
            name="kernel", label="kernel", key="k", options=tuple(KERNELS), default="horizontal"
        ),
        Choice(
            name="to", label="back to", key="t", options=("weights", "input"), default="weights"
        ),
        Choice(name="pool", label="pooling", key="m", options=tuple(KINDS), default="max"),
    ),
    film=_film,
)
