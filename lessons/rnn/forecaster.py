"""A network that learns to say what follows in a series, and how far off it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.descent import Adam
from engine.forecast import network_errors
from engine.recurrent_init import rnn_parameters
from engine.schedule import Cosine
from engine.sequence import run_sequence
from engine.sequence_training import KeptSequences, SequenceState, SequenceTraining
from engine.series import read_series
from engine.shapes import Array
from engine.trace import Trace
from lessons.kit.recording import Recording
from lessons.kit.training import recorded
from lessons.rnn.series import WhichSeries, series, shuffled

LEARNED = 0.75
"""The part of a series, from its start, that is learned from; the rest is the test."""
HIDDEN = 8
RATE = 0.01
UPDATES = 300
WINDOW = 40
"""Steps of the pieces that it learns from."""
BATCH = 16
CLIP = 1.0
MEASURED_EVERY = 5
"""Updates from one test to the next."""
TEST, TRAINING = "test", "training"
"""The curves of the errors on what was kept back, and on what was learned from."""


@dataclass(frozen=True)
class Asked:
    """Which training."""

    which: WhichSeries
    mixed: bool = False
    """Whether the values stand in another order."""
    hidden: int = HIDDEN
    rate: float = RATE
    seed: int = 0


@lru_cache(maxsize=16)
def reading(which: WhichSeries, mixed: bool) -> Trace:
    """The series as the network reads it: scaled by what the learned part tells.

    Errors: FileError; ValueError for a series that stands still while it is learned.
    """
    one = series(which)
    values = shuffled(one.values) if mixed else one.values
    known = int(LEARNED * len(values))
    if np.ptp(values[:known]) == 0:
        raise ValueError(
            f"The first {known} values are all the same: there is nothing to learn in them. "
            "Choose another column."
        )
    trace = read_series(values, known=known)
    trace.meanings = {**trace.meanings, "raw": one.what}
    return trace


def learned_steps(trace: Trace) -> int:
    """How many steps, from the start, have a next value that is learned from."""
    return int(trace.constants["known"]) - 1


@lru_cache(maxsize=8)
def training(asked: Asked) -> SequenceTraining:
    """What it is trained on, and how: pieces of the learned part."""
    trace = reading(asked.which, asked.mixed)
    steps = learned_steps(trace)
    window = min(WINDOW, steps // 2)
    starts = range(steps - window + 1)
    x, change = (
        np.stack([trace[name][start : start + window] for start in starts], axis=-1)
        for name in ("x", "change")
    )
    return SequenceTraining(
        "rnn",
        KeptSequences(x, change, min(BATCH, len(starts)), asked.seed),
        Adam(0.9, 0.99),
        Cosine(asked.rate, UPDATES, asked.rate / 20),
        loss="mean_squared_error",
        clip=CLIP,
    )


@dataclass(frozen=True, eq=False)
class Forecast:
    """What a network says of a series, and how wrong it is, beside simpler forecasts."""

    model: Trace
    everywhere: Trace
    """The errors of all steps, those of the learned part first."""
    test: Trace
    """The errors of the steps that were kept back."""


def forecast(asked: Asked, parameters: Mapping[str, Array]) -> Forecast:
    """Run a network over the whole series; it says by how much the next value differs."""
    trace = reading(asked.which, asked.mixed)
    model = run_sequence("rnn", parameters, trace["x"], trace["change"], "mean_squared_error").model
    model.link("x", trace, "x")
    everywhere = network_errors(trace, model, 0)
    return Forecast(model, everywhere, network_errors(trace, model, learned_steps(trace)))


@lru_cache(maxsize=16)
def judged(asked: Asked, state: SequenceState) -> Forecast:
    """The forecast of a state, remembered."""
    return forecast(asked, state.parameters)


@lru_cache(maxsize=4)
def recording(asked: Asked) -> Recording[SequenceState]:
    """The training, update by update."""
    one = training(asked)
    rng = np.random.default_rng(asked.seed)
    learned = learned_steps(reading(asked.which, asked.mixed))

    def measure(state: SequenceState) -> Mapping[str, float]:
        if state.update % MEASURED_EVERY:
            return {}
        found = forecast(asked, state.parameters)
        return {
            TEST: float(found.test["rms_network"][-1]),
            TRAINING: float(found.everywhere["rms_network"][learned - 1]),
        }

    return recorded(one, rnn_parameters(rng, 1, asked.hidden, 1), UPDATES, measure)
