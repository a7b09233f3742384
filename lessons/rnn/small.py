"""Small networks that are trained where a lab needs them, in a fraction of a second."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.descent import Adam
from engine.recurrent_init import rnn_parameters
from engine.schedule import Cosine
from engine.sequence_training import KeptSequences, SequenceTraining
from engine.shapes import Array
from lessons.rnn.sequences import Line, Which, sequence

UPDATES = 300
RATE = 0.02
WINDOW = 40
"""Steps of the pieces of a series that it learns from."""
BATCH = 16
MOST = 1000


@lru_cache(maxsize=16)
def trained_weights(which: Which, hidden: int, seed: int) -> dict[str, Array]:
    """U, W, b, V and c of a network that has learned to say what comes next in a sequence."""
    one = sequence(which, MOST)
    steps = len(one.x) if isinstance(which, Line) else min(WINDOW, len(one.x))
    starts = range(len(one.x) - steps + 1)
    x, target = (
        np.stack([array[start : start + steps] for start in starts], axis=-1)
        for array in (one.x, one.target)
    )
    training = SequenceTraining(
        "rnn",
        KeptSequences(x, target, min(BATCH, len(starts)), seed),
        Adam(0.9, 0.99),
        Cosine(RATE, UPDATES, RATE / 20),
        loss=one.loss,
        clip=1.0,
    )
    rng = np.random.default_rng(seed)
    state = training.start(rnn_parameters(rng, one.outputs, hidden, one.outputs))
    for _ in range(UPDATES):
        state = training.advance(state)
    return dict(state.parameters)
