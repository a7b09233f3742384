"""The lab in which a pooling window moves over a map and keeps one number of each place."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from engine.place_backward import pool_place
from engine.pool import average_pool2d, max_pool2d
from engine.shapes import Array
from engine.trace import Trace
from engine.why import Element
from lessons.cnn.kernels import KERNELS, kernel
from lessons.cnn.marks import current
from lessons.cnn.pictures import Which, chosen, picture, picture_controls
from lessons.cnn.rectified import rectified, rectified_panel
from lessons.cnn.slide import filtered
from lessons.kit.control import Choice, Settings, Stepper
from lessons.kit.figure import Figure, Formula, Mark, Matrix, Number, Pixels, View
from lessons.kit.film import Film
from lessons.kit.lab import Lab

KINDS = {"max": max_pool2d, "average": average_pool2d}


def map_trace(x: Array, kernel_name: str) -> Trace:
    """What comes before pooling: a kernel over a picture (1,H,W), and a ReLU."""
    raw = filtered(x, kernel(kernel_name), f"a weight of the kernel {kernel_name}")
    return rectified(raw)


def pooled_trace(before: Trace, kind: str, window: int, stride: int) -> Trace:
    """A pooling over a rectified map. Errors: ShapeError where the window does not fit."""
    trace = KINDS[kind](before["y"], window, stride=stride)
    trace.link("x", before, "y")
    return trace


@lru_cache(maxsize=32)
def _traces(
    which: Which, kernel_name: str, kind: str, window: int, stride: int
) -> tuple[Trace, Trace]:
    before = map_trace(picture(which), kernel_name)
    return before, pooled_trace(before, kind, window, stride)


def pool_window(trace: Trace, i: int, j: int) -> Mark:
    """The cells of the map under the window that writes y[0,i,j]."""
    window, stride = int(trace.constants["window"]), int(trace.constants["stride"])
    rows, columns = (tuple(range(at * stride, at * stride + window)) for at in (i, j))
    return Mark("window", rows, columns)


def winner_place(trace: Trace, i: int, j: int) -> tuple[int, int]:
    """Where in the map the largest number of that window stands."""
    window, stride = int(trace.constants["window"]), int(trace.constants["stride"])
    u, v = divmod(int(trace["winner"][0, i, j]), window)
    return i * stride + u, j * stride + v


def winner_marks(trace: Trace, last: int) -> tuple[Mark, ...]:
    """The largest number of each window up to place `last`; nothing for an average."""
    if "winner" not in trace:
        return ()
    columns = trace["y"].shape[2]
    found = {winner_place(trace, *divmod(at, columns)) for at in range(last + 1)}
    return tuple(Mark("peak", (row,), (column,)) for row, column in sorted(found))


def pool_controls(stride: int = 2) -> tuple[Choice, Choice, Stepper, Stepper]:
    """The controls that say what is pooled, and how."""
    return (
        Choice(
            name="kernel", label="kernel", key="k", options=tuple(KERNELS), default="horizontal"
        ),
        Choice(name="kind", label="keeps", key="m", options=tuple(KINDS), default="max"),
        Stepper(name="window", label="window", key="w", low=1, high=4, default=2),
        Stepper(name="stride", label="stride", key="s", low=1, high=4, default=stride),
    )


def pooled_panel(trace: Trace, position: int | None = None) -> Pixels:
    """The pooled map, in the shades of the map before it."""
    marks = () if position is None else (current(*divmod(position, trace["y"].shape[2])),)
    return Pixels(
        key="pooled",
        title="pooled map",
        view=View(trace, "y", (0,)),
        limits=(0.0, max(float(trace["x"].max()), 1e-9)),
        written=None if position is None else position + 1,
        marks=marks,
    )


POOLED_BY = ("kernel", "kind", "window", "stride")
"""The settings of `pool_controls`."""


def _film(settings: Settings) -> Film:
    before, trace = _traces(chosen(settings), *(settings[name] for name in POOLED_BY))
    rows, columns = trace["y"].shape[1:]

    def moment(position: int) -> Figure:
        i, j = divmod(position, columns)
        place = pool_place(trace, 0, i, j)
        marks = (*winner_marks(trace, position), pool_window(trace, i, j))
        y = Element(trace, "y", (0, i, j))
        return Figure(
            columns=(
                (replace(rectified_panel(before), marks=marks),),
                (
                    Matrix(key="window", title="window", view=View(place, "covered")),
                    Formula(key="kept", lines=((f"{settings['kind']} = ", Number(y, 2)),)),
                ),
                (pooled_panel(trace, position),),
            ),
            caption=f"window {position + 1} of {rows}·{columns}",
            focus=y,
        )

    return Film(rows * columns, moment)


POOLING = Lab(
    name="pooling",
    title="A pooling window moves over a map",
    controls=(*picture_controls("digit-7"), *pool_controls()),
    film=_film,
)
