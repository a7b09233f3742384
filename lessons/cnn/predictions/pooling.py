"""Bets on pooling, forwards: C8."""

from __future__ import annotations

from lessons.cnn.moved import SHIFT
from lessons.cnn.pooling import POOLING
from lessons.kit.answer import Numeric, Shape
from lessons.kit.figure import Figure, Number, Pixels, Table
from lessons.kit.prediction import (
    Moment,
    Prediction,
    ToEnd,
    Truth,
    focus,
    next_moment,
    panel,
    the_focus,
)


def _pooled_shape(here: Moment, there: Figure) -> Truth:
    return Truth(panel(there, Pixels, "pooled").view.array.shape, focus(there))


def _changed_after_pooling(here: Moment, there: Figure) -> Truth:
    changes = panel(there, Table, "changes")
    changed = changes.rows[1][changes.head.index("other")]
    assert isinstance(changed, Number)
    return Truth(changed.element.value, changed.element)


PREDICTIONS = (
    Prediction(
        id="next-kept",
        lab=POOLING,
        prompt="What will pooling keep of the next window?",
        kind=Numeric(tolerance=0.1),
        reveal=next_moment,
        read=the_focus,
    ),
    Prediction(
        id="overlapping",
        lab=POOLING,
        prompt="Window 3×3, stride 1: which shape will the pooled map have?",
        kind=Shape(),
        reveal=ToEnd(POOLING, {"window": 3, "stride": 1}),
        read=_pooled_shape,
    ),
    Prediction(
        id="one-pixel",
        lab=SHIFT,
        prompt="It moves by one pixel. How many cells of the pooled map will change?",
        kind=Numeric(unit="cells"),
        reveal=next_moment,
        read=_changed_after_pooling,
    ),
)
