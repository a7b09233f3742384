"""The lab that draws from a distribution, and averages the surprise."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.information import entropy
from engine.sampling import sample_surprise
from engine.trace import Trace
from engine.why import Element
from lessons.kit.cells import Values
from lessons.kit.control import Choice, Settings, Stepper
from lessons.kit.figure import Bar, Bars, Curves, Figure, Formula, Number, Series
from lessons.kit.film import Film
from lessons.kit.lab import Lab

DRAWS = 500
MOST_OUTCOMES = 16
FAIR = (0.5, 0.5)
PRESETS = (
    FAIR,
    (0.9, 0.1),
    (0.5, 0.25, 0.25),
    (0.25,) * 4,
    (0.0625,) * MOST_OUTCOMES,
    (0.7, 0.2, 0.1),
    (1 / 3,) * 3,
)
"""A fair coin is the first: three steps round the ring at most, from anything."""
NAMES = "ABCDEFGHIJKLMNOP"


@lru_cache(maxsize=16)
def _traces(p: tuple[float, ...], unit: str, seed: int) -> tuple[Trace, Trace]:
    return sample_surprise(np.array(p), DRAWS, seed, unit), entropy(np.array(p), unit)


def _film(settings: Settings) -> Film:
    unit = settings["unit"]
    drawn, known = _traces(settings["p"], unit, settings["seed"])
    draws = np.arange(1.0, DRAWS + 1)
    expected, most = known.value("H", ()), known.value("H_max", ())
    top = max(1.1 * float(drawn["mean"].max()), 1.1 * most, 0.5)

    def moment(position: int) -> Figure:
        newest = int(drawn["sample"][position])
        bars = tuple(
            Bar(
                NAMES[k],
                (Number(Element(known, "p", (k,)), 3),),
                marked=k == newest,
            )
            for k in range(len(settings["p"]))
        )
        mean = Number(Element(drawn, "mean", (position,)), 4)
        return Figure(
            columns=(
                (
                    Bars(key="p", title="probabilities", bars=bars, edits="p"),
                    Formula(
                        key="numbers",
                        lines=(
                            ("H    = ", Number(Element(known, "H", ()), 4), f" {unit}"),
                            ("mean = ", mean, f" {unit}"),
                            (
                                f"{NAMES[newest]} has   ",
                                Number(Element(drawn, "value", (position,)), 3),
                            ),
                            ("most   ", Number(Element(known, "H_max", ()), 4), " if uniform"),
                        ),
                    ),
                ),
                (
                    Curves(
                        key="mean",
                        series=(
                            Series(
                                "mean", draws[: position + 1], drawn["mean"][: position + 1], "m"
                            ),
                            Series("entropy", draws[[0, -1]], np.full(2, expected), letter="H"),
                        ),
                        x_label="draws",
                        y_label=unit,
                        x_limits=(1.0, float(DRAWS)),
                        y_limits=(0.0, top),
                    ),
                ),
            ),
            caption=f"draw {position + 1}; the mean surprise so far: ",
            focus=mean.element,
        )

    return Film(DRAWS, moment, pace=20)


SAMPLES = Lab(
    name="samples",
    title="Draw, and average the surprise",
    controls=(
        Values(
            name="p",
            label="p",
            key="p",
            default=(0.5, 0.25, 0.25),
            least=2,
            most=MOST_OUTCOMES,
            distribution=True,
            presets=PRESETS,
        ),
        Stepper(name="seed", label="seed", key="s", low=0, high=99, default=0),
        Choice(name="unit", label="unit", key="u", options=("bits", "nats"), default="bits"),
    ),
    film=_film,
)
