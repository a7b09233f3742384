"""Bets on the way back, through pooling and through a convolution: C8."""

from __future__ import annotations

import numpy as np

from lessons.cnn.conv_backward import CONV_BACKWARD
from lessons.cnn.pool_backward import POOL_BACKWARD
from lessons.kit.answer import Numeric, OneOf, Sign
from lessons.kit.figure import Figure, Matrix
from lessons.kit.prediction import (
    Moment,
    Prediction,
    PredictionError,
    Truth,
    next_moment,
    panel,
    stay,
)

SHARES = ("one cell, all of it", "all, in equal parts", "each, by its size")


def _who_gets_it(here: Moment, there: Figure) -> Truth:
    sent = panel(there, Matrix, "sent").view
    parts = np.abs(sent.array)
    largest = sent.element(*divmod(int(parts.argmax()), parts.shape[1]))
    if not parts.any():
        raise PredictionError("No gradient arrives at this cell: bet on another one.")
    if np.count_nonzero(parts) == 1:
        return Truth(SHARES[0], largest)
    return Truth(SHARES[1] if np.ptp(sent.array) < 1e-12 else SHARES[2], largest)


def _top_left_of_dw(here: Moment, there: Figure) -> Truth:
    return Truth.of(panel(there, Matrix, "result").view.element(0, 0))


def _under_the_middle(here: Moment, there: Figure) -> Truth:
    """What this place adds to dx under the kernel's middle weight."""
    product = panel(there, Matrix, "product").view
    rows, columns = product.array.shape
    return Truth.of(product.element(rows // 2, columns // 2))


PREDICTIONS = (
    Prediction(
        id="who-gets-it",
        lab=POOL_BACKWARD,
        prompt="A gradient arrives at the pooled cell. Who in its window gets it?",
        kind=OneOf(options=SHARES),
        reveal=stay,
        read=_who_gets_it,
        covers=("sent", "dx"),
    ),
    Prediction(
        id="next-dw",
        lab=CONV_BACKWARD,
        prompt="The next place comes in. What will the top left cell of dw be then?",
        kind=Numeric(tolerance=0.1),
        reveal=next_moment,
        read=_top_left_of_dw,
    ),
    Prediction(
        id="middle-sign",
        lab=CONV_BACKWARD,
        prompt="The next place: which sign has what the middle weight hands to dx?",
        kind=Sign(),
        reveal=next_moment,
        read=_under_the_middle,
    ),
)
