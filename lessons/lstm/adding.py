"""The task of the races, to add two numbers far apart, and the networks that learn it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from engine.descent import Adam
from engine.recurrent_init import lstm_parameters, rnn_parameters
from engine.schedule import Constant
from engine.sequence_tasks import adding
from engine.sequence_training import (
    DrawnSequences,
    SequenceState,
    SequenceTraining,
    evaluate_sequences,
)
from engine.shapes import Array

HIDDEN, BATCH, RATE, UPDATES = 8, 16, 0.02, 300
SOLVED = 0.02
"""A mean squared error below this counts: saying 1 always gives 1/6."""
RECENT = 10
"""Batches over whose losses the mean is taken."""
LENGTHS = (5, 10, 20, 30, 50)
TESTED = 64

STARTS: Mapping[str, float | None] = {"b_f 0": 0.0, "b_f 1": 1.0, "chrono": None}
"""The forget bias with which an LSTM may start; None: chrono, drawn for the task's length."""
RNN = "RNN"


@cache
def training(model: str, length: int, seed: int) -> SequenceTraining:
    """One training; the RNN and the LSTM of a seed meet the same sequences."""
    data = DrawnSequences(lambda rng: adding(rng, length, BATCH), seed)
    return SequenceTraining(
        "rnn" if model == RNN else "lstm",
        data,
        Adam(0.9, 0.99),
        Constant(RATE),
        "mean_squared_error",
        last_only=True,
        clip=1.0,
    )


def start(model: str, length: int, seed: int) -> SequenceState:
    """Before the first update. model: RNN, or a key of STARTS."""
    rng = np.random.default_rng(seed)
    if model == RNN:
        given = rnn_parameters(rng, 2, HIDDEN, 1)
    elif (bias := STARTS[model]) is None:
        given = lstm_parameters(rng, 2, HIDDEN, 1, chrono=length)
    else:
        given = lstm_parameters(rng, 2, HIDDEN, 1, forget_bias=bias)
    return training(model, length, seed).start(given)


@cache
def unseen_sequences(length: int) -> tuple[Array, Array]:
    """Sequences that no training meets."""
    return adding(np.random.default_rng(10_000), length, TESTED)


@dataclass(frozen=True, eq=False)
class Learner:
    """A network as it learns: where it stands, and how its last batches went."""

    model: str
    length: int
    seed: int
    state: SequenceState
    recent: tuple[float, ...] = ()
    """The losses of the last RECENT batches."""

    @property
    def mean(self) -> float:
        """The mean of the recent losses; infinite while there are not enough of them."""
        return float(np.mean(self.recent)) if len(self.recent) == RECENT else np.inf

    @property
    def solved(self) -> bool:
        return self.mean < SOLVED

    @property
    def finished(self) -> bool:
        """Whether it has solved the task, or used up its updates."""
        return self.solved or self.state.update >= UPDATES or self.state.diverged

    def advanced(self) -> Learner:
        """One update later."""
        state = training(self.model, self.length, self.seed).advance(self.state)
        assert state.loss is not None
        recent = (*self.recent, state.loss)[-RECENT:]
        return Learner(self.model, self.length, self.seed, state, recent)


def learner(model: str, length: int, seed: int) -> Learner:
    """A network that has learned nothing yet."""
    return Learner(model, length, seed, start(model, length, seed))


def tested(one: Learner) -> float:
    """The mean squared error on sequences that it has never met."""
    x, target = unseen_sequences(one.length)
    of = training(one.model, one.length, one.seed)
    return evaluate_sequences(of, one.state.parameters, x, target).loss
