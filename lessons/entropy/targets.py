"""The lab on targets: one class alone, or a part for each; and what the wrong classes matter."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.information import entropy
from engine.loss import cross_entropy
from engine.trace import Trace
from engine.why import Element
from lessons.entropy.logits import BOUND, CLASSES, logit_bars
from lessons.kit.cells import Values
from lessons.kit.control import Settings, Toggle
from lessons.kit.figure import Bar, Bars, Figure, Formula, Number, Table
from lessons.kit.film import Film, still
from lessons.kit.lab import Lab

LOGITS = (1.0, 2.0, -1.0)
ONE_HOT, SOFT = (1.0, 0.0, 0.0), (0.7, 0.2, 0.1)
PRESETS = (ONE_HOT, SOFT, (0.9, 0.05, 0.05), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0), (1 / 3,) * 3)


def _swapped(values: tuple[float, ...], y: tuple[float, ...]) -> tuple[float, ...]:
    """The logits of the two classes that the target favours least, exchanged."""
    first = int(np.argmax(y))
    one, other = (k for k in range(len(values)) if k != first)
    moved = list(values)
    moved[one], moved[other] = values[other], values[one]
    return tuple(moved)


@lru_cache(maxsize=64)
def _traces(z: tuple[float, ...], y: tuple[float, ...]) -> tuple[Trace, Trace]:
    return cross_entropy(np.array(z), np.array(y)), entropy(np.array(y), "nats")


def _film(settings: Settings) -> Film:
    y, z = settings["y"], settings["z"]
    loss, least = _traces(_swapped(z, y) if settings["swap"] else z, y)

    def number(name: str, *index: int) -> Number:
        return Number(Element(loss, name, index), 3)

    rows: list[tuple[str | Number, ...]] = [
        (name, *[number(array, k) for array in ("z", "p", "log_p", "target")])
        for k, name in enumerate(CLASSES)
    ]
    bars = logit_bars(loss, CLASSES, int(np.argmax(y)))
    if settings["swap"]:
        bars = Bars(key="z", title=f"{bars.title}, two swapped", bars=bars.bars, limits=bars.limits)
    return still(
        Figure(
            columns=(
                (
                    bars,
                    Bars(
                        key="y",
                        title="target y",
                        bars=tuple(
                            Bar(name, (Number(Element(least, "p", (k,)), 3),))
                            for k, name in enumerate(CLASSES)
                        ),
                        edits="y",
                    ),
                ),
                (
                    Table(key="table", head=("class", "z", "p", "ln p", "y"), rows=tuple(rows)),
                    Formula(
                        key="loss",
                        lines=(
                            ("loss −Σ y·ln p = ", number("mean_loss"), " nats"),
                            ("H(y), its floor = ", Number(Element(least, "H", ()), 3)),
                        ),
                    ),
                ),
            ),
            caption="the surprise that the target finds in p: ",
            focus=number("mean_loss").element,
        )
    )


TARGETS = Lab(
    name="targets",
    title="One class, or a part for each",
    controls=(
        Values(
            name="z",
            label="logits",
            key="z",
            default=LOGITS,
            low=-BOUND,
            high=BOUND,
            by=0.5,
            least=len(CLASSES),
            most=len(CLASSES),
            presets=(LOGITS, (6.0, -1.0, -1.0), (0.0, 0.0, 0.0), (1.0, -1000.0, 1000.0)),
        ),
        Values(
            name="y",
            label="target",
            key="t",
            default=ONE_HOT,
            least=len(CLASSES),
            most=len(CLASSES),
            distribution=True,
            presets=PRESETS,
        ),
        Toggle(name="swap", label="swap the other two", key="s"),
    ),
    film=_film,
)
