"""The lab on two layers that collapse into one, unless something non-linear stands between them."""

from __future__ import annotations

from functools import lru_cache

from engine.activation import relu
from engine.comparison import compared
from engine.conv import conv2d
from engine.conv_pair import composed
from engine.conv_place import renamed
from engine.trace import Trace
from engine.why import Element
from lessons.cnn.digit import INK, digit_control
from lessons.cnn.kernels import kernel
from lessons.cnn.marks import current
from lessons.cnn.pictures import picture
from lessons.kit.control import Choice, Settings, Toggle
from lessons.kit.figure import Figure, Formula, Mark, Matrix, Number, View
from lessons.kit.film import Film
from lessons.kit.lab import Lab

PAIRED = ("vertical", "horizontal", "falling", "rising", "sobel-x", "sobel-y", "edges", "blur")
"""Kernels whose products stay short enough for every number to be seen."""


@lru_cache(maxsize=32)
def _both_ways(name: str, one: str, two: str, between: bool) -> tuple[Trace, Trace, Trace, Trace]:
    """The composed kernel; the map by two layers, by that one kernel; and how they differ."""
    x = picture(name)
    first = _named(conv2d(x, kernel(one)[None, None]), one)
    before_second, given = first, first["y"]
    if between:
        before_second = relu(first["y"])
        before_second.link("z", first, "y")
        given = before_second["y"]
    second = _named(conv2d(given, kernel(two)[None, None]), two)
    second.link("x", before_second, "y")
    both = composed(first, second)
    single = _named(conv2d(x, both["w"], both["b"]), "")
    single.link("w", both, "w")
    single.link("b", both, "b")
    return both, second, single, compared(second, "y", single, "y")


def _named(trace: Trace, kernel_name: str) -> Trace:
    return renamed(
        trace,
        x=INK,
        w=f"a weight of the kernel {kernel_name}",
        b="the filter's bias, which this lab leaves at zero",
    )


def _met(size: tuple[int, ...], other: tuple[int, ...], p: int, q: int) -> Mark:
    """The cells of one kernel that meet a cell of the other in cell p,q of the composed one."""
    rows, columns = (
        tuple(n for n in range(own) if 0 <= at - n < length)
        for own, length, at in zip(size, other, (p, q), strict=True)
    )
    return Mark("window", rows, columns)


def _film(settings: Settings) -> Film:
    between = settings["between"]
    both, second, single, comparison = _both_ways(
        settings["picture"], settings["first"], settings["second"], between
    )
    rows, columns = both["w"].shape[2:]
    size, other = both["w1"].shape[2:], both["w2"].shape[2:]
    apart = Element(comparison, "largest", ())
    maps = (
        Matrix(
            key="two",
            title="kernel, ReLU, kernel" if between else "two kernels",
            view=View(second, "y", (0,)),
        ),
        Matrix(key="one", title="the one kernel", view=View(single, "y", (0,))),
        Formula(key="apart", lines=(("largest difference ", Number(apart, 2)),)),
    )

    def weights(key: str, name: str, met: Mark) -> Matrix:
        return Matrix(
            key=key,
            title=f"{key}: {settings[key]}",
            view=View(both, name, (0, 0)),
            decimals=0,
            marks=(met,),
        )

    def moment(position: int) -> Figure:
        p, q = divmod(position, columns)
        cell = Element(both, "w", (0, 0, p, q))
        return Figure(
            columns=(
                (
                    weights("first", "w1", _met(size, other, p, q)),
                    weights("second", "w2", _met(other, size, p, q)),
                ),
                (
                    Matrix(
                        key="composed",
                        title="composed kernel",
                        view=View(both, "w", (0, 0)),
                        decimals=1,
                        marks=(current(p, q),),
                        written=position + 1,
                    ),
                    Formula(key="cell", lines=((f"{cell.label} = ", Number(cell, 2)),)),
                ),
                maps,
            ),
            caption="the two maps differ by at most",
            focus=apart,
        )

    return Film(rows * columns, moment)


COLLAPSE = Lab(
    name="collapse",
    title="Two layers, or one",
    controls=(
        digit_control(),
        Choice(name="first", label="first", key="f", options=PAIRED, default="vertical"),
        Choice(name="second", label="second", key="s", options=PAIRED, default="sobel-y"),
        Toggle(name="between", label="ReLU between", key="u"),
    ),
    film=_film,
)
