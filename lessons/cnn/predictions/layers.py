"""Bets on channels, layers and the ReLU: C6 and C7."""

from __future__ import annotations

from dataclasses import replace

from engine.why import Element
from lessons.cnn.channels import CHANNELS_LAB
from lessons.cnn.collapse import COLLAPSE
from lessons.cnn.dead import DEAD
from lessons.cnn.layer import LAYER
from lessons.cnn.rectified import RELU
from lessons.kit.answer import Numeric, OneOf
from lessons.kit.figure import Figure, Formula, Number
from lessons.kit.prediction import (
    CAPTION,
    Change,
    Moment,
    Prediction,
    ToEnd,
    Truth,
    in_table,
    panel,
    stay,
    the_focus,
)

GROWTH = {1.0: "as many as before", 2.0: "twice as many", 4.0: "four times as many"}


def _parameters(figure: Figure) -> Element:
    """What the convolution's line of the count says."""
    line = panel(figure, Formula, "count").lines[0]
    return next(part.element for part in line if isinstance(part, Number))


def _twice_as_large(here: Moment) -> Moment:
    size = LAYER.control("size")
    return replace(here, settings={**here.settings, "size": size.step(here.settings["size"], 1)})


def _growth(here: Moment, there: Figure) -> Truth:
    before = _parameters(LAYER.film(here.settings).at(here.position))
    after = _parameters(there)
    return Truth(GROWTH[after.value / before.value], after)


PREDICTIONS = (
    Prediction(
        id="three-channels",
        lab=CHANNELS_LAB,
        prompt="When all three channels are in, what will stand at the mark?",
        kind=Numeric(tolerance=0.2),
        reveal=ToEnd(CHANNELS_LAB),
        read=the_focus,
    ),
    Prediction(
        id="larger-picture",
        lab=LAYER,
        prompt="A picture twice as wide and high: how many parameters now?",
        kind=OneOf(options=tuple(GROWTH.values())),
        reveal=_twice_as_large,
        read=_growth,
    ),
    Prediction(
        id="share-of-zeros",
        lab=RELU,
        prompt="Which share of the cells will be zero after the ReLU, from 0 to 1?",
        kind=Numeric(tolerance=0.1),
        reveal=stay,
        read=lambda here, there: Truth.of(in_table(there, "count", -1, 1)),
        covers=("count", "rectified", CAPTION),
    ),
    Prediction(
        id="one-kernel",
        lab=COLLAPSE,
        prompt="By how much will the two maps differ, where they differ most?",
        kind=Numeric(tolerance=0.01),
        reveal=stay,
        read=the_focus,
        covers=("one", "apart", CAPTION),
    ),
    Prediction(
        id="dead-filters",
        lab=DEAD,
        prompt="The bias falls to −1. How many of the eight filters will be dead?",
        kind=Numeric(unit="filters"),
        reveal=Change({"bias": "-1"}),
        read=the_focus,
    ),
)
