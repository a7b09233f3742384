"""The network that reads the digits, trained as the lesson does it: for tests and benchmarks."""

from __future__ import annotations

from dataclasses import replace

from engine.training import Score, State, Training, evaluate
from lessons.cnn import reader

EPOCHS = 8


def training(seed: int, dtype: str = "float64", kind: str = "random") -> Training:
    """The training of the lesson, with numbers of another type."""
    return replace(reader.training(reader.RATE, reader.BATCH, kind, seed), dtype=dtype)


def trained(seed: int, dtype: str = "float64", kind: str = "random") -> State:
    """The state after all epochs."""
    one = training(seed, dtype, kind)
    state = one.start(reader.fresh(seed))
    for _ in range(reader.UPDATES):
        state = one.advance(state)
    return state


def tested(state: State, kind: str = "random") -> Score:
    """How the network does on what it has not seen."""
    return evaluate(state.network, *reader.examples(kind, "test"))
