"""The lab in which a network learns to forecast, live, against "tomorrow = today"."""

from __future__ import annotations

import numpy as np

from engine.sequence_training import SequenceState
from engine.why import Element
from lessons.kit.control import Choice, Scale, Settings, Stepper
from lessons.kit.figure import Curves, Figure, Number, Series, Table
from lessons.kit.film import Recorded
from lessons.kit.lab import Lab
from lessons.kit.recording import Recording
from lessons.rnn.forecaster import (
    HIDDEN,
    RATE,
    TEST,
    TRAINING,
    UPDATES,
    Asked,
    Forecast,
    judged,
    learned_steps,
    reading,
    recording,
)
from lessons.rnn.order import FORECASTS
from lessons.rnn.sequences import chosen_series
from lessons.rnn.series import FILE, SERIES, file_controls, series

RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
WORST = 1.5
"""The error curve's upper end, in errors of "tomorrow = today" on the training part."""
PACE = 20


def _film(settings: Settings) -> Recorded[SequenceState]:
    asked = Asked(
        chosen_series(settings),
        False,
        settings["hidden"],
        settings["rate"],
        settings["seed"],
    )
    recorded, one = recording(asked), series(asked.which)
    learned = learned_steps(reading(asked.which, asked.mixed))

    def moment(number: int, state: SequenceState) -> Figure:
        found = judged(asked, state)
        last = len(found.test["target"]) - 1
        error = Element(found.test, "rms_network", (last,))
        return Figure(
            columns=(
                (_test_years(found, one.step),),
                (_errors(recorded, found, number, learned),),
            ),
            below=(
                Table(
                    key="errors",
                    head=(
                        "forecast",
                        "off (rms): kept back",
                        "learned from",
                    ),
                    rows=tuple(
                        (
                            label,
                            Number(Element(found.test, f"rms_{name}", (last,)), 3),
                            Number(Element(found.everywhere, f"rms_{name}", (learned - 1,)), 3),
                        )
                        for name, label in FORECASTS.items()
                    ),
                    marked=2,
                ),
            ),
            caption=recorded.end if number == recorded.ready and recorded.end else "off by ",
            focus=error,
        )

    return Recorded(recorded, moment, pace=PACE)


def _test_years(found: Forecast, step: str) -> Curves:
    test = found.test
    place = np.arange(1.0, len(test["target"]) + 1)
    return Curves(
        key="forecast",
        series=(
            Series("what came", place, test["target"], "x"),
            Series("network", place, test["network"], "n"),
        ),
        x_label=f"{step}s kept back",
        y_label="std",
        x_limits=(0, float(len(place))),
        y_limits=(float(test["target"].min()) - 0.5, float(test["target"].max()) + 0.5),
    )


def _errors(
    recorded: Recording[SequenceState], found: Forecast, number: int, learned: int
) -> Curves:
    today = float(found.test["rms_today"][-1])
    worst = WORST * max(today, float(found.everywhere["rms_today"][learned - 1]))
    curves = []
    for name, label, letter in ((TEST, "kept back", "k"), (TRAINING, "learned", "l")):
        x, y = recorded.curve(name, number)
        curves.append(Series(label, x, np.minimum(y, worst), letter))
    line = Series("today", np.array([0.0, UPDATES]), np.array([today, today]), "t", ghost=True)
    return Curves(
        key="rms",
        series=(*curves, line),
        x_label="updates",
        y_label="off",
        x_limits=(0, UPDATES),
        y_limits=(0, worst),
    )


FORECAST = Lab(
    name="forecast",
    title="Learning to forecast",
    controls=(
        Choice(name="series", label="series", key="s", options=(*SERIES, FILE), default="sunspots"),
        Stepper(name="hidden", label="units", key="d", low=1, high=16, default=HIDDEN),
        Scale(name="rate", label="rate", key="l", values=RATES, default=RATE),
        *file_controls((("series", FILE),)),
        Stepper(name="seed", label="seed", key="e", low=0, high=9, default=0),
    ),
    film=_film,
)
