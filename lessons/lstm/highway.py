"""The lab of the long way back: the product of forget gates against the product of an RNN."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from engine.long_chain import highway, rnn_product
from engine.lstm import lstm
from engine.recurrent_init import lstm_parameters, rnn_parameters
from engine.rnn import rnn
from engine.sequence_tasks import adding
from engine.trace import Trace
from engine.why import Element
from lessons.kit.control import Choice, Settings, Stepper
from lessons.kit.figure import Bar, Bars, Curves, Figure, Formula, Number, Series
from lessons.kit.film import Film
from lessons.kit.lab import Lab

STEPS, HIDDEN = 50, 8
LEAST = 1e-16
"""Where the axis ends: less than this is nothing."""
RNN_STARTS: Mapping[str, dict[str, Any]] = {
    "uniform": {},
    "radius 0.9": {"radius": 0.9},
    "orthogonal": {"orthogonal_W": True},
}
LSTM_STARTS: Mapping[str, dict[str, Any]] = {
    "b_f 0": {"forget_bias": 0.0},
    "b_f 1": {"forget_bias": 1.0},
    "b_f 2": {"forget_bias": 2.0},
    "b_f 4": {"forget_bias": 4.0},
    "chrono": {"chrono": STEPS},
}
"""How the weights may be drawn, as `rnn_parameters` and `lstm_parameters` take it."""


@lru_cache(maxsize=32)
def products(rnn_start: str, lstm_start: str, seed: int) -> tuple[Trace, Trace]:
    """The products of an RNN and of an LSTM that read the same 50 steps, before any training."""
    rng = np.random.default_rng(seed)
    x = adding(rng, STEPS, 1)[0][..., 0]
    for_rnn: dict[str, Any] = rnn_parameters(rng, 2, HIDDEN, 1, **RNN_STARTS[rnn_start])
    for_lstm: dict[str, Any] = lstm_parameters(rng, 2, HIDDEN, 1, **LSTM_STARTS[lstm_start])
    return rnn_product(rnn(x, **for_rnn)), highway(lstm(x, **for_lstm))


def _film(settings: Settings) -> Film:
    of_rnn, of_lstm = products(settings["rnn"], settings["lstm"], settings["seed"])

    def moment(back: int) -> Figure:
        t = STEPS - 1 - back
        steps = np.arange(back + 1.0)
        series = tuple(
            Series(name, steps, np.maximum(trace["left"][::-1][: back + 1], LEAST), letter=letter)
            for name, letter, trace in (("RNN", "r", of_rnn), ("LSTM, along c", "l", of_lstm))
        )
        left = Element(of_lstm, "left", (t,))
        chart = Curves(
            key="left",
            series=series,
            x_label="steps back",
            y_label="left",
            x_limits=(0, STEPS - 1),
            y_limits=(LEAST, 1.0),
            log_y=True,
            wide=True,
        )
        units = Bars(
            key="units",
            title=f"∏ f of each unit, {back} steps",
            bars=tuple(
                Bar(f"c{j + 1}", (Number(Element(of_lstm, "product", (t, j)), 3, powers=True),))
                for j in range(HIDDEN)
            ),
        )
        numbers = Formula(
            key="numbers",
            lines=(
                (
                    f"{back} steps back: RNN ",
                    Number(Element(of_rnn, "left", (t,)), 3, powers=True),
                    "   LSTM ",
                    Number(left, 3, powers=True),
                ),
            ),
        )
        return Figure(
            columns=((chart,), (units,)),
            below=(numbers,),
            caption="left of the gradient along the cell path: ",
            focus=left,
        )

    return Film(STEPS, moment)


HIGHWAY = Lab(
    name="highway",
    title="The long way back",
    controls=(
        Choice(
            name="lstm", label="LSTM starts", key="f", options=tuple(LSTM_STARTS), default="b_f 1"
        ),
        Choice(
            name="rnn", label="RNN starts", key="w", options=tuple(RNN_STARTS), default="uniform"
        ),
        Stepper(name="seed", label="seed", key="s", low=0, high=19, default=0),
    ),
    film=_film,
)
