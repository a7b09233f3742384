"""The predictions about the network that reads digits, and about its training."""

from __future__ import annotations

import numpy as np

from engine.why import Element
from lessons.cnn.learning import LEARNING
from lessons.cnn.reader import UPDATES
from lessons.cnn.stages import STAGE_NAMES, STAGES
from lessons.kit.answer import Numeric, OneOf, Shape
from lessons.kit.figure import Bars, Figure, Flow, Maps
from lessons.kit.prediction import (
    CAPTION,
    Change,
    Moment,
    Prediction,
    Truth,
    focus,
    named,
    panel,
    stay,
    the_focus,
)

EMPTY = ((0.0,) * 8,) * 8
"""A picture without any ink."""


def _shape_after_second_pool(here: Moment, there: Figure) -> Truth:
    stage = panel(there, Flow, "flow").stages[STAGE_NAMES.index("pool2")]
    return Truth(stage.shape, focus(there))


def _probability_of_truth(here: Moment, there: Figure) -> Truth:
    bar = next(bar for bar in panel(there, Bars, "p").bars if bar.marked)
    return Truth.of(bar.parts[0].element)


def _largest_probability(here: Moment, there: Figure) -> Truth:
    parts = [bar.parts[0].element for bar in panel(there, Bars, "p").bars]
    return Truth.of(max(parts, key=lambda one: one.value))


def _accuracy(here: Moment, there: Figure) -> Truth:
    element = named(there, "numbers", "accuracy")
    return Truth(100 * element.value, element)


def _gradient_at_the_end(here: Moment, there: Figure) -> Truth:
    before = LEARNING.film(here.settings).at(here.position)
    was = _largest(panel(before, Maps, "gradients"))
    now = _largest(panel(there, Maps, "gradients"))
    ratio = abs(now.value) / abs(was.value)
    return Truth(SIZES[0 if ratio < 0.5 else 2 if ratio > 2 else 1], now)


def _largest(maps: Maps) -> Element:
    array = np.abs(maps.view.array)
    return maps.view.element(*map(int, np.unravel_index(int(array.argmax()), array.shape)))


SIZES = ("much smaller", "about as large", "much larger")


def _too_fast(here: Moment, there: Figure) -> Truth:
    """Where a rate that is far too large leads: read from the gradient that is left."""
    loss = focus(there)
    dw = np.abs(loss.trace.sources["z"].trace["dw"])
    if not np.isfinite(loss.value):
        return Truth(ENDS[2], loss)
    return Truth(ENDS[1] if dw.max() < 1e-3 or loss.value > 1 else ENDS[0], loss)


ENDS = ("it learns in fewer updates", "it learns nothing", "the numbers overflow")


PREDICTIONS = (
    Prediction(
        id="second-pool",
        lab=STAGES,
        prompt=(
            "Both convolutions keep rows and columns; each pool halves them. Which shape leaves "
            "pool2, the second pool of 32 maps?"
        ),
        kind=Shape(axes=("maps", "rows", "columns")),
        reveal=Change(position=STAGE_NAMES.index("pool2")),
        read=_shape_after_second_pool,
        covers=("flow",),
    ),
    Prediction(
        id="trained-says",
        lab=STAGES,
        prompt="With trained weights, which p will the true digit get?",
        kind=Numeric(tolerance=0.05),
        reveal=Change({"weights": "trained"}, len(STAGE_NAMES) - 1),
        read=_probability_of_truth,
    ),
    Prediction(
        id="first-loss",
        lab=LEARNING,
        prompt="Nothing learned yet: what will the loss of the first batch be?",
        kind=Numeric(relative=0.25),
        reveal=stay,
        read=the_focus,
        covers=("numbers", CAPTION),
    ),
    Prediction(
        id="accuracy-at-end",
        lab=LEARNING,
        prompt="In the end, how many percent of the test digits will it read right?",
        kind=Numeric(tolerance=1.0, unit="%"),
        reveal=Change(position=UPDATES),
        read=_accuracy,
    ),
    Prediction(
        id="gradient-at-end",
        lab=LEARNING,
        prompt="After the training, how large is the largest gradient, against now?",
        kind=OneOf(options=SIZES),
        reveal=Change(position=UPDATES),
        read=_gradient_at_the_end,
    ),
    Prediction(
        id="too-fast",
        lab=LEARNING,
        prompt="The same training at ten times the learning rate: what happens?",
        kind=OneOf(options=ENDS),
        reveal=Change({"rate": 1.0}, UPDATES),
        read=_too_fast,
    ),
    Prediction(
        id="misread-count",
        lab=LEARNING,
        prompt="Of the test digits, how many does the trained network misread?",
        kind=Numeric(tolerance=2, unit="digits"),
        reveal=stay,
        read=lambda here, there: Truth.of(named(there, "numbers", "misread")),
        covers=("confusion", "misread", "numbers", CAPTION),
    ),
    Prediction(
        id="other-writers",
        lab=LEARNING,
        prompt="Of strangers' digits, how many percent will it read right?",
        kind=Numeric(tolerance=1.0, unit="%"),
        reveal=Change({"split": "writers"}, UPDATES),
        read=_accuracy,
    ),
    Prediction(
        id="empty-picture",
        lab=STAGES,
        prompt="A picture without ink: how sure (p) is the network of its favourite?",
        kind=Numeric(tolerance=0.03),
        reveal=Change({"ink": EMPTY}, len(STAGE_NAMES) - 1),
        read=_largest_probability,
    ),
)
