"""The lab on why convolution: a few shared weights, in pictures whose neighbours mean something."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from engine.conv_cost import conv_cost, dense_cost
from engine.shapes import Array
from engine.trace import Trace
from engine.why import Element
from lessons.cnn.kernels import KERNELS, kernel
from lessons.cnn.marks import window
from lessons.cnn.pictures import Which, chosen, picture, picture_controls
from lessons.cnn.slide import filtered, image_panel, map_panel
from lessons.kit.control import Choice, Settings, Stepper, Toggle
from lessons.kit.figure import Figure, Mark, Matrix, Number, Table, View
from lessons.kit.film import Film
from lessons.kit.lab import Lab
from lessons.own.resize import square

MOST_FINDS = 12
SHUFFLE_SEED = 7


@lru_cache(maxsize=32)
def _shuffled(which: Which) -> Array:
    """The same pixels in another order, always the same one."""
    x = square(picture(which))
    order = np.random.default_rng(SHUFFLE_SEED).permutation(x.size)
    return x.reshape(-1)[order].reshape(x.shape)


@lru_cache(maxsize=32)
def _answers(
    which: Which, kernel_name: str, shuffle: bool
) -> tuple[Trace, tuple[tuple[int, int], ...]]:
    """The map, and its strongest places, none of which touches another."""
    x = _shuffled(which) if shuffle else square(picture(which))
    trace = filtered(x, kernel(kernel_name), f"a weight of the kernel {kernel_name}")
    left = np.array(trace["y"][0])
    finds: list[tuple[int, int]] = []
    while len(finds) < MOST_FINDS and left.max() > 0:
        i, j = (int(part) for part in np.unravel_index(left.argmax(), left.shape))
        finds.append((i, j))
        left[max(0, i - 2) : i + 3, max(0, j - 2) : j + 3] = -np.inf
    return trace, tuple(finds)


def _film(settings: Settings) -> Film:
    trace, finds = _answers(chosen(settings), settings["kernel"], settings["shuffle"])
    size, out = trace["x"].shape[1], trace["y"].shape[1]
    filters = settings["filters"]
    conv = conv_cost(size, [3], [0], filters=filters)
    dense = dense_cost(size, out, filters=filters)
    rows: tuple[tuple[str | Number, ...], ...] = (
        ("kernel", Number(Element(conv, "weights", (0,)), 0)),
        ("dense", Number(Element(dense, "weights", ()), 0)),
    )
    counts = Table(key="weights", head=("this map", "weights"), rows=rows)

    def moment(position: int) -> Figure:
        found = finds[: position + 1]
        last = found[-1:]
        marks = tuple(window(trace, *place) for place in found)
        peaks = tuple(Mark("peak", (i,), (j,)) for i, j in found)
        strongest = tuple(
            (f"{i},{j}", Number(Element(trace, "y", (0, i, j)), 2)) for i, j in found[-3:]
        )
        return Figure(
            columns=(
                (replace(image_panel(trace), marks=marks),),
                (
                    Matrix(key="kernel", title="kernel", view=View(trace, "w", (0, 0)), decimals=0),
                    Table(key="finds", head=("strongest at", "y"), rows=strongest),
                    counts,
                ),
                (
                    replace(map_panel(trace), marks=peaks),
                ),
            ),
            caption=f"{len(found)} of the strongest answers, all found by the same nine weights",
            focus=Element(trace, "y", (0, *last[0])) if last else None,
        )

    return Film(max(1, len(finds)), moment)


STRUCTURE = Lab(
    name="structure",
    title="One small pattern, anywhere",
    controls=(
        *picture_controls(),
        Choice(
            name="kernel", label="kernel", key="k", options=tuple(KERNELS), default="vertical"
        ),
        Toggle(name="shuffle", label="shuffle pixels", key="s"),
        Stepper(name="filters", label="filters", key="f", low=1, high=64, default=1),
    ),
    film=_film,
)
