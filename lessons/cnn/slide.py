"""The lab in which a kernel slides: every product, the sum as it grows, the cell being written."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.conv import conv2d, slid_over
from engine.conv_place import conv_place, flip, renamed
from engine.shapes import Array
from engine.trace import Trace
from engine.why import Element
from lessons.cnn.kernels import KERNELS, kernel
from lessons.cnn.marks import current, padding_marks, window
from lessons.cnn.pictures import Which, chosen, picture, picture_controls
from lessons.kit.cells import Grid
from lessons.kit.control import Choice, Settings, Stepper, Toggle
from lessons.kit.figure import Figure, Formula, Mark, Matrix, Number, Pixels, View
from lessons.kit.film import Film
from lessons.kit.lab import Lab

PIXEL = "the brightness of a pixel: 0 is black, 1 is white"


def kernel_controls(default: str) -> tuple[Choice, Grid, Toggle]:
    """The controls that together say which kernel slides."""
    return (
        Choice(
            name="kernel",
            label="kernel",
            key="k",
            options=tuple(KERNELS),
            default=default,
            resets=("cells",),
        ),
        Grid(name="cells", label="your kernel"),
        Toggle(name="flip", label="flip", key="f"),
    )


def kernel_of(settings: Settings) -> tuple[Array, str]:
    """The kernel that the settings mean, (K,K), and what to call it."""
    if settings["cells"]:
        return np.array(settings["cells"], dtype=float), "your kernel"
    return kernel(settings["kernel"]), f"the kernel {settings['kernel']}"


def filtered(x: Array, w: Array, weights: str, **sizes: int) -> Trace:
    """One kernel (K,K) over a picture (1,H,W); `weights` says what its weights are."""
    return renamed(
        conv2d(x, w[None, None], None, **sizes),
        x=PIXEL,
        w=weights,
        b="the filter's bias, which this lab leaves at zero",
    )


@lru_cache(maxsize=32)
def _convolved(
    which: Which, cells: tuple[tuple[float, ...], ...], called: str, flipped: bool, *sizes: int
) -> Trace:
    stride, padding, dilation = sizes
    turned = flip(np.array(cells)[None, None])
    trace = filtered(
        picture(which),
        turned["flipped" if flipped else "w"][0, 0],
        f"a weight of {called}",
        stride=stride,
        padding=padding,
        dilation=dilation,
    )
    if flipped:
        trace.link("w", turned, "flipped")
    return trace


def convolved(settings: Settings) -> Trace:
    """The convolution that the settings ask for; computed once for the same settings."""
    weights, called = kernel_of(settings)
    cells = tuple(tuple(float(cell) for cell in row) for row in weights)
    return _convolved(
        chosen(settings),
        cells,
        called,
        settings["flip"],
        settings.get("stride", 1),
        settings.get("padding", 0),
        settings.get("dilation", 1),
    )


def image_panel(trace: Trace, *place: int, cell: tuple[int, int] | None = None) -> Pixels:
    """The input, with its padding marked, and the window when a place is given; `cell` is the
    kernel's cell under which a pixel is pointed out."""
    padding = int(trace.constants["padding"])
    marks = padding_marks(trace) if padding else ()
    if place:
        under = window(trace, *place)
        marks = (under, *marks)
        if cell:
            marks = (current(under.rows[cell[0]], under.columns[cell[1]]), *marks)
    return Pixels(
        key="image",
        title="image",
        view=View(trace, slid_over(trace), (0,)),
        marks=marks,
    )


def kernel_panel(
    trace: Trace, settings: Settings, marks: tuple[Mark, ...] = (), *, spare: bool = False
) -> Matrix:
    """The weights; they can be edited unless they are shown turned round."""
    return Matrix(
        key="kernel",
        title="kernel",
        view=View(trace, "w", (0, 0)),
        decimals=0,
        edits="" if settings["flip"] else "cells",
        marks=marks,
        spare=spare,
    )


def map_panel(trace: Trace, written: int | None = None, *place: int) -> Pixels:
    """The feature map; its scale is the same at every moment of a film."""
    y = trace["y"][0]
    signed = bool(y.min() < 0)
    # Never amplify rounding dust: a map of zeros stays blank.
    strongest = max(float(np.abs(y).max()), 1e-9)
    return Pixels(
        key="map",
        title="feature map",
        view=View(trace, "y", (0,)),
        limits=(0.0, strongest),
        signed=signed,
        written=written,
        marks=(current(*place),) if place else (),
    )


def _film(settings: Settings) -> Film:
    trace = convolved(settings)
    rows, columns = trace["y"].shape[1:]
    kernel_rows, kernel_columns = trace["w"].shape[2:]
    slow = settings["each"] == "product"
    per_place = kernel_rows * kernel_columns if slow else 1

    def moment(position: int) -> Figure:
        cell, done = divmod(position, per_place)
        i, j = divmod(cell, columns)
        last = done == per_place - 1
        products = done + 1 if slow else None
        place = conv_place(trace, 0, i, j)
        u, v = divmod(done, kernel_columns) if slow else (kernel_rows - 1, kernel_columns - 1)
        here = (current(u, v),) if slow else ()
        so_far = Number(Element(place, "running_sum", (0, u, v)), 2)
        name = f"y[0,{i},{j}]"
        line = (f"{name} = " if last else "so far  ", so_far)
        return Figure(
            columns=(
                (image_panel(trace, i, j, cell=(u, v) if slow else None),),
                (
                    kernel_panel(trace, settings, here, spare=True),
                    Matrix(
                        key="products",
                        title="kernel · window",
                        view=View(place, "product", (0,)),
                        written=products,
                        marks=here,
                    ),
                    Matrix(
                        key="sums",
                        title="running sum",
                        view=View(place, "running_sum", (0,)),
                        written=products,
                        marks=here,
                    ),
                    Formula(key="sum", lines=(line,)),
                ),
                (map_panel(trace, cell + last, i, j),),
            ),
            caption=f"window at row {i}, column {j}: " + ("" if last else "so far "),
            focus=Element(trace, "y", (0, i, j)) if last else so_far.element,
        )

    return Film(rows * columns * per_place, moment)


SLIDE = Lab(
    name="slide",
    title="A kernel slides over a picture",
    controls=(
        *picture_controls(),
        *kernel_controls("sobel-x"),
        Choice(
            name="each",
            label="moment",
            key="m",
            options=("place", "product"),
            default="place",
        ),
        Stepper(name="stride", label="stride", key="s", low=1, high=4, default=1),
        Stepper(name="padding", label="pad", key="p", low=0, high=3, default=0),
        Stepper(name="dilation", label="dilation", key="d", low=1, high=3, default=1),
    ),
    film=_film,
)
