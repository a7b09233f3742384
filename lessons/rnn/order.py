"""The lab on order: a series and the same values shuffled, and what a forecast is worth in each."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.trace import Trace
from engine.why import Element
from lessons.kit.control import Choice, Settings, Toggle
from lessons.kit.figure import Curves, Figure, Number, Series, Table
from lessons.kit.film import Film
from lessons.kit.lab import Lab
from lessons.rnn.forecaster import UPDATES, Asked, judged, recording
from lessons.rnn.sequences import chosen_series
from lessons.rnn.series import FILE, SERIES, WhichSeries, file_controls, series

FORECASTS = {
    "mean": "always the mean",
    "today": "tomorrow = today",
    "network": "a recurrent network",
}
PACE = 5


@lru_cache(maxsize=8)
def tested(which: WhichSeries, mixed: bool) -> Trace:
    """The errors of the forecasts on the last quarter, once a network has learned from the rest."""
    asked = Asked(which, mixed)
    trained = recording(asked)
    return judged(asked, trained.state(min(UPDATES, _last(asked)))).test


def _last(asked: Asked) -> int:
    trained = recording(asked)
    trained.reach(UPDATES)
    return trained.ready


def _film(settings: Settings) -> Film:
    which = chosen_series(settings)
    errors = tested(which, settings["shuffle"])
    step = series(which).step
    count = len(errors["target"])
    place = np.arange(1.0, count + 1)
    low, high = float(errors["target"].min()), float(errors["target"].max())

    def moment(t: int) -> Figure:
        so_far = slice(0, t + 1)
        ahead = [
            Series(label, place[so_far], errors[name][so_far], letter)
            for name, label, letter in (
                ("target", "came", "x"),
                ("network", "network said", "n"),
            )
        ]
        return Figure(
            columns=(
                (
                    Curves(
                        key="series",
                        series=tuple(ahead),
                        x_label=f"{step}s kept back",
                        y_label="standard deviations",
                        x_limits=(0, float(count)),
                        y_limits=(min(low, -1.5), max(high, 1.5)),
                        wide=True,
                    ),
                ),
            ),
            below=(
                Table(
                    key="errors",
                    head=("forecast", "said", "came", "off by", "off so far (rms)"),
                    rows=tuple(
                        (
                            label,
                            Number(Element(errors, name, (t,)), 2),
                            Number(Element(errors, "target", (t,)), 2),
                            Number(Element(errors, f"error_{name}", (t,)), 2),
                            Number(Element(errors, f"rms_{name}", (t,)), 2),
                        )
                        for name, label in FORECASTS.items()
                    ),
                ),
            ),
            caption=f"after {t + 1} {step}s, the network's error: ",
            focus=Element(errors, "rms_network", (t,)),
        )

    return Film(count, moment, pace=PACE)


ORDER = Lab(
    name="order",
    title="What order is worth",
    controls=(
        Choice(name="series", label="series", key="s", options=(*SERIES, FILE), default="sunspots"),
        Toggle(name="shuffle", label="shuffle", key="f"),
        *file_controls((("series", FILE),)),
    ),
    film=_film,
)
