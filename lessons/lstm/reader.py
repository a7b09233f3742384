"""The LSTM that reads verse letter by letter and says which comes next, fresh and trained."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

import numpy as np

from engine.descent import Adam
from engine.lstm_relations import GATES
from engine.recurrent_init import lstm_parameters
from engine.schedule import Cosine
from engine.sequence import SequenceRun, run_sequence
from engine.sequence_training import DrawnSequences, SequenceTraining
from engine.shapes import Array
from lessons.data import verse

LETTERS = "\n abcdefghijklmnopqrstuvwxyz"
"""What it tells apart."""
HIDDEN = 8
UPDATES, RATE, BATCH, STEPS = 600, 0.03, 32, 20
"""A training that takes half a second; STEPS letters are read at a time."""
MOST = 40
"""Letters of a text in the labs."""
SHOWN = {"\n": "¶", " ": "_"}
"""How letters that are none to the eye are written."""


def shown(letter: str) -> str:
    """A letter that can be seen."""
    return SHOWN.get(letter, letter)


def numbers_of(text: str) -> Array:
    """The places of a text's letters in LETTERS, (T,). Capitals are read as small letters.
    Errors: ValueError for what is no letter, as a sentence."""
    text = text.lower()
    for letter in text:
        if letter not in LETTERS:
            raise ValueError(
                f"This network knows the letters a to z and the space, not {letter!r}."
            )
    return np.array([LETTERS.index(letter) for letter in text])


def one_hot(numbers: Array) -> Array:
    """(T,) or (T,N) places as inputs (T,28[,N])."""
    flat = np.eye(len(LETTERS))[numbers]
    return flat if numbers.ndim == 1 else flat.transpose(0, 2, 1)


@cache
def _training() -> SequenceTraining:
    numbers = numbers_of(verse(plain=True))
    last = len(numbers) - STEPS - 1

    def draw(rng: np.random.Generator) -> tuple[Array, Array]:
        windows = numbers[rng.integers(0, last, BATCH) + np.arange(STEPS + 1)[:, None]]
        return one_hot(windows[:-1]), windows[1:]

    data = DrawnSequences(draw)
    return SequenceTraining("lstm", data, Adam(0.9, 0.99), Cosine(RATE, UPDATES), clip=1.0)


@cache
def weights(kind: str) -> Mapping[str, Array]:
    """The weights, "fresh" or "trained" on the verse that ships."""
    size = len(LETTERS)
    if kind == "fresh":
        return lstm_parameters(np.random.default_rng(0), size, HIDDEN, size, forget_bias=0.0)
    training = _training()
    state = training.start(lstm_parameters(np.random.default_rng(0), size, HIDDEN, size))
    for _ in range(UPDATES):
        state = training.advance(state)
    return state.parameters


def trained() -> Mapping[str, Array]:
    """The trained weights, which take half a second the first time."""
    return weights("trained")


@lru_cache(maxsize=16)
def read(
    kind: str, text: str, forget: float = 0.0, held: tuple[str, float, bool] | None = None
) -> SequenceRun:
    """A text read from zero states, with the loss of each next letter; the last is the line's end.

    forget: what is added to every forget bias. held: a gate, what it is held at, and whether at
    blanks alone. Backward has run. Errors: as `numbers_of`.
    """
    numbers = numbers_of(text)
    given = dict(weights(kind))
    given["b_f"] = given["b_f"] + forget
    holds: dict[str, Any] = {}
    if held:
        gate, at, blanks = held
        assert gate in GATES
        values = np.full((len(numbers), HIDDEN), at)
        if blanks:
            values[numbers != LETTERS.index(" ")] = np.nan
        holds = {"held": {gate: values}}
    target = np.append(numbers[1:], LETTERS.index("\n"))
    run = run_sequence("lstm", given, one_hot(numbers), target, mean_over_time=False, **holds)
    run.backward()
    return run
