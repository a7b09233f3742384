"""Where it leads: how much of the end can still be felt at the start, in an RNN and in an LSTM."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.long_chain import highway, rnn_product
from engine.recurrent_init import lstm_parameters, rnn_parameters
from engine.sequence import run_sequence
from engine.series import read_series
from engine.trace import Trace
from engine.why import Element
from lessons.kit.control import Decimal, Settings, Stepper
from lessons.kit.figure import Curves, Figure, Number, Series, Table
from lessons.kit.film import Film
from lessons.kit.lab import Lab
from lessons.kit.words import several
from lessons.rnn.series import series

HIDDEN = 16
PACE = 5
POWERS = (1e-14, 10.0)


@dataclass(frozen=True, eq=False)
class Paths:
    """The products along the way back, of two fresh networks over the same sequence."""

    of_rnn: Trace
    of_lstm: Trace


@lru_cache(maxsize=16)
def paths(steps: int, forget_bias: float, seed: int) -> Paths:
    """Both networks, fresh, over so many years of sunspots."""
    source = read_series(series("sunspots").values, steps)
    of_rnn = rnn_parameters(np.random.default_rng(seed), 1, HIDDEN, 1)
    of_lstm = lstm_parameters(np.random.default_rng(seed), 1, HIDDEN, 1, forget_bias=forget_bias)
    plain, gated = (
        run_sequence(name, weights, source["x"], source["target"], "mean_squared_error").model
        for name, weights in (("rnn", of_rnn), ("lstm", of_lstm))
    )
    return Paths(rnn_product(plain), highway(gated))


def _film(settings: Settings) -> Film:
    one = paths(settings["steps"], settings["bias"], settings["seed"])
    steps = settings["steps"]
    back = np.arange(float(steps))
    curves = {
        "RNN": (np.clip(one.of_rnn["left"][::-1], *POWERS), "r"),
        "LSTM, cell path": (np.clip(one.of_lstm["left"][::-1], *POWERS), "l"),
    }

    def moment(position: int) -> Figure:
        t = steps - 1 - position
        so_far = slice(0, position + 1)
        plain, gated = (Element(each, "left", (t,)) for each in (one.of_rnn, one.of_lstm))
        times = f"{position}×" if position else "nothing yet"
        return Figure(
            columns=(
                (
                    Curves(
                        key="left",
                        series=tuple(
                            Series(label, back[so_far], y[so_far], letter)
                            for label, (y, letter) in curves.items()
                        ),
                        x_label="steps back",
                        y_label="left",
                        x_limits=(0, float(steps - 1)),
                        y_limits=POWERS,
                        log_y=True,
                        wide=True,
                    ),
                ),
            ),
            below=(
                Table(
                    key="paths",
                    head=("", f"from step {steps - 1} back to {t}", "left", "all steps at once"),
                    rows=(
                        ("RNN", f"{times} W and tanh′", Number(plain, 3, powers=True), "no"),
                        ("LSTM", f"{times} a forget gate", Number(gated, 3, powers=True), "no"),
                        ("attention", "one weighted sum", "→ lesson 7", "yes"),
                    ),
                ),
            ),
            caption=f"{several(position, 'step')} back, left of the RNN's gradient: ",
            focus=plain,
        )

    return Film(steps, moment, pace=PACE)


LEADS = Lab(
    name="leads",
    title="Three ways back",
    controls=(
        Decimal(name="bias", label="forget bias", key="f", low=-2, high=6, by=1, default=1),
        Stepper(name="steps", label="steps", key="k", low=10, high=100, by=10, default=50),
        Stepper(name="seed", label="seed", key="e", low=0, high=9, default=0),
    ),
    film=_film,
)
