"""The predictions of the lesson: what to bet on in each lab, and where the truth is read."""

from __future__ import annotations

import numpy as np

from engine.why import Element
from lessons.kit.answer import Numeric, OneOf, Shape, Sign
from lessons.kit.figure import Figure, Matrix
from lessons.kit.prediction import (
    CAPTION,
    Change,
    Moment,
    Prediction,
    PredictionError,
    ToEnd,
    Truth,
    focus,
    in_table,
    next_moment,
    panel,
    stay,
    the_focus,
)
from lessons.rnn.order import FORECASTS, ORDER
from lessons.rnn.training_bets import TRAINING_PREDICTIONS
from lessons.rnn.unrolled import UNROLLED

# On order -----------------------------------------------------------------------------------


def _best_forecast(here: Moment, there: Figure) -> Truth:
    found = {label: in_table(there, "errors", label) for label in FORECASTS.values()}
    label = min(found, key=lambda one: found[one].value)
    return Truth(label, found[label])


WORTH = ("far better than the mean", "about as good as the mean", "far worse than the mean")


def _worth_against_the_mean(here: Moment, there: Figure) -> Truth:
    network, mean = (in_table(there, "errors", FORECASTS[key]) for key in ("network", "mean"))
    ratio = network.value / mean.value
    return Truth(WORTH[0 if ratio < 0.75 else 2 if ratio > 1.33 else 1], network)


# On the unrolled network ----------------------------------------------------------------------


STEPS = ("in that step alone", "in that step and the two after it", "in every step from there on")


def _other_first_number(here: Moment) -> Moment:
    film = UNROLLED.film(here.settings)
    x = focus(film.at(0)).trace["x"][:, 0]
    typed = (float(-x[0]), *map(float, x[1:]))
    return Moment({**here.settings, "x": typed}, film.length - 1)


def _where_h_changed(here: Moment, there: Figure) -> Truth:
    before = focus(UNROLLED.film(here.settings).at(here.position)).trace["h"]
    element = focus(there)
    moved = np.flatnonzero(np.abs(element.trace["h"] - before).max(axis=1) > 1e-9)
    span = 0 if len(moved) == 0 else int(moved[-1])
    return Truth(STEPS[0 if span == 0 else 1 if span == 2 else 2], element)


def _count_of_weights(here: Moment, there: Figure) -> Truth:
    model = focus(there).trace
    count = sum(model[name].size for name in ("U", "W", "b", "V", "c"))
    return Truth(float(count), Element(model, "W", (0, 0)))


EVERY = ("in every step", "in every step but the first", "in the last step alone")


def _turned_weight(here: Moment) -> Moment:
    """One weight of W with its sign turned, seen at the end."""
    film = UNROLLED.film(here.settings)
    W = focus(film.at(0)).trace["W"].copy()
    W[0, 0] = -W[0, 0]
    cells = tuple(tuple(map(float, row)) for row in W)
    return Moment({**here.settings, "cells": cells}, film.length - 1)


def _which_steps_noticed(here: Moment, there: Figure) -> Truth:
    before = focus(UNROLLED.film(here.settings).at(here.position)).trace["h"]
    element = focus(there)
    moved = np.abs(element.trace["h"] - before).max(axis=1) > 1e-9
    if moved.all():
        return Truth(EVERY[0], element)
    return Truth(EVERY[1] if moved[1:].all() else EVERY[2], element)


def _shape_of_W(here: Moment, there: Figure) -> Truth:
    view = panel(there, Matrix, "W").view
    return Truth(view.array.shape, view.element(0, 0))


SAME = ("the same: it reads the same letter", "different: it remembers what came before")


def _same_at_both(here: Moment, there: Figure) -> Truth:
    """Whether the states at the two last steps, which read the same letter, are the same."""
    element = focus(there)
    x, h = element.trace["x"], element.trace["h"]
    if not np.array_equal(x[-1], x[-2]):
        raise PredictionError("Write a text that ends with the same letter twice and one more.")
    return Truth(SAME[0 if np.allclose(h[-1], h[-2]) else 1], element)


# On the way back ------------------------------------------------------------------------------


def _from_next(here: Moment, there: Figure) -> Truth:
    model = focus(there).trace
    return Truth.of(Element(model, "dh_from_next", (len(model["h"]) - 1, 0)))


PARTS = ("their mean", "the largest of them", "their sum")


def _made_of_parts(here: Moment, there: Figure) -> Truth:
    """What ∂L/∂W is to the parts that the steps add."""
    view = panel(there, Matrix, "W").view
    parts, element = view.trace["dW_step"], view.element(0, 0)
    whole = view.array
    for name, made in zip(
        PARTS, (parts.mean(axis=0), parts.max(axis=0), parts.sum(axis=0)), strict=True
    ):
        if np.allclose(whole, made):
            return Truth(name, element)
    raise PredictionError("Go to the last moment of the way back first.")


CUT = ("h and the gradients", "the gradients alone", "nothing")


def _cut_changes(here: Moment, there: Figure) -> Truth:
    before = focus(UNROLLED.film(here.settings).at(here.position)).trace
    element = focus(there)
    after = element.trace
    if not np.allclose(before["h"], after["h"]):
        return Truth(CUT[0], element)
    return Truth(CUT[2 if np.allclose(before["dW"], after["dW"]) else 1], element)


PREDICTIONS = (
    Prediction(
        id="best-forecast",
        lab=ORDER,
        prompt="Over all the years that were kept back: which forecast will be off least?",
        kind=OneOf(options=tuple(FORECASTS.values())),
        reveal=ToEnd(ORDER),
        read=_best_forecast,
        covers=("errors", CAPTION),
    ),
    Prediction(
        id="shuffled-worth",
        lab=ORDER,
        prompt="A network learns from the shuffled years. What is it worth on the rest of them?",
        kind=OneOf(options=WORTH),
        reveal=ToEnd(ORDER, {"shuffle": True}),
        read=_worth_against_the_mean,
    ),
    Prediction(
        id="first-number",
        lab=UNROLLED,
        prompt="Step 0 reads the first number with its sign turned. In which steps will h change?",
        kind=OneOf(options=STEPS),
        reveal=_other_first_number,
        read=_where_h_changed,
    ),
    Prediction(
        id="next-h",
        lab=UNROLLED,
        prompt="Which sign will h0 have at the next step?",
        kind=Sign(),
        reveal=next_moment,
        read=the_focus,
    ),
    Prediction(
        id="weights-at-forty",
        lab=UNROLLED,
        prompt="It reads four times as many steps. How many weights will it have, with b and c?",
        kind=Numeric(unit="weights"),
        reveal=Change({"steps": 40, "x": ()}, 39),
        read=_count_of_weights,
    ),
    Prediction(
        id="turned-weight",
        lab=UNROLLED,
        prompt="The first weight of W turns its sign. In which steps will h change?",
        kind=OneOf(options=EVERY),
        reveal=_turned_weight,
        read=_which_steps_noticed,
    ),
    Prediction(
        id="W-shape",
        lab=UNROLLED,
        prompt="Five hidden units in place of two: which shape will W have?",
        kind=Shape(),
        reveal=Change({"hidden": 5, "cells": ()}, 4),
        read=_shape_of_W,
    ),
    Prediction(
        id="same-letter",
        lab=UNROLLED,
        prompt="The last two steps read the same letter. What will h be at these two?",
        kind=OneOf(options=SAME),
        reveal=ToEnd(UNROLLED),
        read=_same_at_both,
    ),
    Prediction(
        id="from-next",
        lab=UNROLLED,
        prompt="At the last step: how much of ∂L/∂h0 comes from the step after it?",
        kind=Numeric(tolerance=0.005),
        reveal=stay,
        read=_from_next,
        covers=("time", CAPTION),
    ),
    Prediction(
        id="sum-of-parts",
        lab=UNROLLED,
        prompt="Every step adds its part to ∂L/∂W. At the end, ∂L/∂W will be…",
        kind=OneOf(options=PARTS),
        reveal=ToEnd(UNROLLED),
        read=_made_of_parts,
    ),
    Prediction(
        id="cut-changes",
        lab=UNROLLED,
        prompt="The way back is cut every 2 steps. What will change?",
        kind=OneOf(options=CUT),
        reveal=ToEnd(UNROLLED, {"cut": "cut 2"}),
        read=_cut_changes,
    ),
    *TRAINING_PREDICTIONS,
)
