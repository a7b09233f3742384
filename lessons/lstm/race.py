"""The lab in which an RNN and an LSTM learn the same task side by side."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.sequence import SequenceRun
from engine.why import Element
from lessons.kit.control import Choice, Scale, Settings, Stepper
from lessons.kit.figure import Curves, Figure, Formula, Number, Series, Timeline, TimeRow, View
from lessons.kit.film import Recorded
from lessons.kit.lab import Lab
from lessons.kit.recording import Recording
from lessons.lstm.adding import (
    LENGTHS,
    RNN,
    STARTS,
    UPDATES,
    Learner,
    learner,
    tested,
    training,
    unseen_sequences,
)

TESTED_EVERY = 10
WORST = 0.3
"""Where the axis of the error ends."""
PACE = 30


@dataclass(frozen=True, eq=False)
class Race:
    """Both networks after the same number of updates."""

    rnn: Learner
    lstm: Learner

    @property
    def nbytes(self) -> int:
        return self.rnn.state.nbytes + self.lstm.state.nbytes


@lru_cache(maxsize=4)
def recording(length: int, how: str, seed: int) -> Recording[Race]:
    """The race, update by update; both meet the same sequences."""

    def measure(race: Race) -> dict[str, float]:
        found = {}
        for name, one in (("rnn", race.rnn), ("lstm", race.lstm)):
            if one.state.update % TESTED_EVERY == 0:
                found[name] = min(tested(one), WORST)
        return found

    return Recording(
        Race(learner(RNN, length, seed), learner(how, length, seed)),
        lambda race: Race(race.rnn.advanced(), race.lstm.advanced()),
        UPDATES,
        nbytes=lambda race: race.nbytes,
        measure=measure,
    )


def _film(settings: Settings) -> Recorded[Race]:
    length, how, seed = int(settings["length"]), settings["start"], settings["seed"]
    recorded = recording(length, how, seed)

    def moment(number: int, race: Race) -> Figure:
        runs = {name: _test_run(one) for name, one in (("RNN", race.rnn), ("LSTM", race.lstm))}
        error = Element(runs["LSTM"].loss, "mean_loss", ())
        return Figure(
            columns=((_chart(recorded, number),),),
            below=(_example(runs, length), _numbers(runs)),
            caption="the LSTM's error on sequences it never met: ",
            focus=error,
        )

    return Recorded(recorded, moment, pace=PACE)


def _test_run(one: Learner) -> SequenceRun:
    x, target = unseen_sequences(one.length)
    return training(one.model, one.length, one.seed).forward(one.state.parameters, x, target)


def _chart(recorded: Recording[Race], number: int) -> Curves:
    series = []
    for name, label, letter in (("rnn", "RNN", "r"), ("lstm", "LSTM", "l")):
        x, y = recorded.curve(name, number)
        series.append(Series(label, x, y, letter=letter))
    at = np.array([0.0, UPDATES])
    series.append(Series("always 1", at, np.full(2, 1 / 6), letter="1", ghost=True))
    return Curves(
        key="error",
        series=tuple(series),
        x_label="updates",
        y_label="mean squared error",
        x_limits=(0, UPDATES),
        y_limits=(0, WORST),
        wide=True,
    )


def _example(runs: dict[str, SequenceRun], length: int) -> Timeline:
    """The first test sequence: what is read at each step."""
    trace = runs["LSTM"].model.example(0)
    return Timeline(
        key="sequence",
        rows=(
            TimeRow("number", View(trace, "x", (None, 0))),
            TimeRow("mark", View(trace, "x", (None, 1)), decimals=0),
        ),
        ticks=tuple(str(t) for t in range(length)),
    )


def _numbers(runs: dict[str, SequenceRun]) -> Formula:
    target = runs["RNN"].loss.example(0)
    here: list[str | Number] = ["their sum is ", Number(Element(target, "target", (0,)), 2)]
    all_: list[str | Number] = ["mean squared error on all test sequences:"]
    for name, output in (("RNN", "y"), ("LSTM", "z")):
        said = Element(runs[name].model.example(0), output, (0,))
        here += [f"   {name} says ", Number(said, 2)]
        all_ += [f"   {name} ", Number(Element(runs[name].loss, "mean_loss", ()), 3)]
    return Formula(key="numbers", lines=(tuple(here), tuple(all_)))


RACE = Lab(
    name="race",
    title="RNN against LSTM",
    controls=(
        Scale(name="length", label="steps", key="t", values=LENGTHS, default=5),
        Choice(name="start", label="LSTM starts", key="f", options=tuple(STARTS), default="chrono"),
        Stepper(name="seed", label="seed", key="s", low=0, high=9, default=0),
    ),
    film=_film,
)
