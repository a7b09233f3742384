"""The lab on the loss of a classifier: from logits to a loss, as written and as it is safe."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.log_sum_exp import naive_loss, stable_loss
from engine.trace import Trace
from engine.why import Element
from lessons.kit.cells import Values
from lessons.kit.control import Choice, Settings
from lessons.kit.figure import Bar, Bars, Figure, Formula, Line, Number, Table
from lessons.kit.film import Film
from lessons.kit.lab import Lab

CLASSES = ("cat", "dog", "owl")
BOUND = 1000.0
SMALL, LARGE = (2.0, 1.0, -1.0), (1000.0, 999.0, 990.0)
PRESETS = (SMALL, LARGE, (-990.0, -991.0, -1000.0), (0.0, 0.0, 0.0), (1000.0, -1000.0, 0.0))
WRITTEN, SAFE = "as written", "log-sum-exp"

_COLUMNS = {
    WRITTEN: (("z", "z", 0), ("exp(z)", "exp_z", 1), ("p", "p", 3)),
    SAFE: (
        ("z", "z", 0),
        ("z − max", "shifted", 1),
        ("exp of it", "exp_shifted", 2),
        ("log p", "log_p", 4),
        ("p", "p", 4),
    ),
}
"""The columns of the table: head, array, and the moment at which it is written."""


@lru_cache(maxsize=64)
def _trace(z: tuple[float, ...], target: int, way: str) -> Trace:
    return (stable_loss if way == SAFE else naive_loss)(np.array(z), target)


def logit_bars(trace: Trace, classes: tuple[str, ...], target: int | None = None) -> Bars:
    """The logits as bars that can be edited; the true class is marked."""
    furthest = max(5.0, float(np.abs(trace["z"]).max()))
    return Bars(
        key="z",
        title="logits z",
        bars=tuple(
            Bar(name, (Number(Element(trace, "z", (k,)), 2),), marked=k == target)
            for k, name in enumerate(classes)
        ),
        limits=(-furthest, furthest),
        edits="z",
    )


def _film(settings: Settings) -> Film:
    way, target = settings["way"], CLASSES.index(settings["target"])
    trace = _trace(settings["z"], target, way)
    name = CLASSES[target]

    def number(array: str, *index: int, decimals: int = 4) -> Number:
        return Number(Element(trace, array, index), decimals)

    lines: tuple[tuple[int, Line], ...] = (
        (2, ("Σ exp(z)      = ", number("total"))),
        (3, (f"p[{name}]        = ", number("p", target))),
        (4, (f"loss −ln p[{name}] = ", number("loss"), " nats")),
    )
    about: tuple[str, ...] = ("z", "exp_z", "total", "p", "loss")
    if way == SAFE:
        lines = (
            (1, ("max z          = ", number("z_max"))),
            (3, ("Σ exp(z − max) = ", number("total"))),
            (4, ("lse = max + ln Σ = ", number("lse"))),
            (5, (f"loss lse − z[{name}] = ", number("loss"), " nats")),
        )
        about = ("z", "shifted", "exp_shifted", "total", "lse", "loss")
    columns = _COLUMNS[way]

    def moment(position: int) -> Figure:
        rows: list[tuple[str | Number, ...]] = []
        for k, one in enumerate(CLASSES):
            written = [number(name, k, decimals=3) for _, name, at in columns if at <= position]
            rows.append((one, *written, *[""] * (len(columns) - len(written))))
        array = about[position]
        index = (target,) if trace[array].ndim else ()
        return Figure(
            columns=(
                (logit_bars(trace, CLASSES, target),),
                (
                    Formula(
                        key="lines",
                        title=way,
                        lines=tuple(line for at, line in lines if at <= position),
                    ),
                ),
            ),
            below=(
                Table(
                    key="table",
                    head=("class", *(head for head, _, _ in columns)),
                    rows=tuple(rows),
                    marked=target,
                ),
            ),
            caption=f"the true class is {name}: ",
            focus=Element(trace, array, index),
        )

    return Film(len(about), moment)


LOGITS = Lab(
    name="logits",
    title="From logits to a loss",
    controls=(
        Values(
            name="z",
            label="logits",
            key="z",
            default=SMALL,
            low=-BOUND,
            high=BOUND,
            by=0.5,
            least=len(CLASSES),
            most=len(CLASSES),
            presets=PRESETS,
        ),
        Choice(name="target", label="true class", key="t", options=CLASSES, default="cat"),
        Choice(name="way", label="way", key="w", options=(WRITTEN, SAFE), default=WRITTEN),
    ),
    film=_film,
)
