"""The lab on detail and cost: a table of kernels with what each sees, keeps and costs."""

from __future__ import annotations

from functools import lru_cache

from engine.conv_cost import conv_cost, stack_cost
from engine.trace import Trace
from engine.why import Element
from lessons.cnn.kernels import MEAN, box
from lessons.cnn.pictures import Which, chosen, picture, picture_controls
from lessons.cnn.slide import filtered, map_panel
from lessons.kit.control import Choice, Settings, Stepper
from lessons.kit.figure import Curves, Figure, Number, Series, Table
from lessons.kit.film import Film
from lessons.kit.lab import Lab
from lessons.own.resize import square

SIZES = (1, 3, 5, 7, 11, 15, 19, 23, 27)


@lru_cache(maxsize=32)
def _mean(which: Which, kernel: int, stride: int, padding: int) -> Trace:
    return filtered(square(picture(which)), box(kernel), MEAN, stride=stride, padding=padding)


def _padding(edges: str, kernel: int) -> int:
    return (kernel - 1) // 2 if edges == "same" else 0


def _film(settings: Settings) -> Film:
    which = chosen(settings)
    size = square(picture(which)).shape[1]
    edges, stride, channels = settings["edges"], settings["stride"], settings["channels"]
    kernels = [kernel for kernel in SIZES if kernel <= size]
    paddings = [_padding(edges, kernel) for kernel in kernels]
    costs = conv_cost(size, kernels, paddings, stride=stride, channels=channels, filters=channels)
    rows: list[tuple[str | Number, ...]] = []
    for n, kernel in enumerate(kernels):
        cells = [Number(Element(costs, name, (n,)), 0) for name in _COLUMNS]
        rows.append((f"one {kernel}×{kernel}", *cells))
    if stride == 1:
        for layers in (2, 3):
            stack = stack_cost(size, 3, layers, _padding(edges, 3), channels)
            last = Number(Element(stack, "out", (layers - 1,)), 0)
            totals = [Number(Element(stack, name, ()), 0) for name in ("weights", "multiply_adds")]
            field = Number(Element(stack, "field", ()), 0)
            rows.append((f"{('two', 'three')[layers - 2]} 3×3", field, last, *totals))
    else:
        rows.append(("3×3 stacks", "", "", "", "at stride 1"))

    curve = Series(f"edges {edges}", costs["K"], costs["multiply_adds"])

    def moment(position: int) -> Figure:
        kernel = kernels[position]
        trace = _mean(which, kernel, stride, paddings[position])
        here = (float(kernel), costs.value("multiply_adds", (position,)))
        return Figure(
            columns=(
                (map_panel(trace),),
                (
                    Table(
                        key="costs",
                        head=("layer", "sees", "map", "weights", "multiply-adds"),
                        rows=tuple(rows),
                        marked=position,
                    ),
                    Curves(
                        key="curves",
                        series=(curve,),
                        x_label="kernel rows K",
                        y_label="multiply-adds",
                        marked=here,
                        spare=True,
                    ),
                ),
            ),
            caption=f"the mean over {kernel}×{kernel}",
            focus=Element(costs, "multiply_adds", (position,)),
        )

    return Film(len(kernels), moment)


_COLUMNS = ("field", "out", "weights", "multiply_adds")

COST = Lab(
    name="cost",
    title="Detail and cost",
    controls=(
        *picture_controls(),
        Choice(name="edges", label="edges", key="e", options=("valid", "same"), default="valid"),
        Stepper(name="stride", label="stride", key="s", low=1, high=4, default=1),
        Stepper(name="channels", label="channels", key="c", low=1, high=64, default=1),
    ),
    film=_film,
)
