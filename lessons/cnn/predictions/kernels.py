"""Bets on kernels, sizes and costs: C1 to C5."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from lessons.cnn.answers import ANSWERS
from lessons.cnn.cost import COST
from lessons.cnn.size import SIZE
from lessons.cnn.slide import SLIDE
from lessons.cnn.structure import STRUCTURE
from lessons.kit.answer import Numeric, OneOf, Shape, Sign
from lessons.kit.figure import Figure, Matrix, Pixels, Table
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

SIDEWAYS = ((0.0, 0.0, 0.0), (0.0, 1.0, -1.0), (0.0, 0.0, 0.0))
"""The kernel that the step on the learner's own kernel builds."""


def _times_more_weights(here: Moment, there: Figure) -> Truth:
    shared, dense = (in_table(there, "weights", row, 1) for row in (0, 1))
    return Truth(dense.value / shared.value, dense)


def _other_order(here: Moment) -> Moment:
    return Moment({**here.settings, "shuffle": not here.settings["shuffle"]}, 0)


def _strongest_after(here: Moment, there: Figure) -> Truth:
    before = focus(STRUCTURE.film(here.settings).at(0)).value
    after = focus(there)
    if math.isclose(before, after.value):
        return Truth("as strong", after)
    return Truth("stronger" if after.value > before else "weaker", after)


def _next_written(here: Moment) -> Moment:
    """The moment that writes the cell after what is written at this one."""
    if here.settings["each"] == "place":
        return replace(here, position=here.position + 1)
    film = SLIDE.film(here.settings)
    per_place = panel(film.at(0), Matrix, "kernel").view.array.size
    return replace(here, position=((here.position + 1) // per_place + 1) * per_place - 1)


def _turned(here: Moment) -> Moment:
    return replace(here, settings={**here.settings, "flip": not here.settings["flip"]})


def _what_turning_did(here: Moment, there: Figure) -> Truth:
    before = panel(SLIDE.film(here.settings).at(here.position), Pixels, "map").view.array
    after = panel(there, Pixels, "map").view.array
    row, column = divmod(int(np.abs(after).argmax()), after.shape[1])
    strongest = panel(there, Pixels, "map").view.element(row, column)
    if np.allclose(after, before):
        return Truth("nothing changes", strongest)
    if np.allclose(after, -before):
        return Truth("every sign turns round", strongest)
    return Truth("another map", strongest)


THIRDS = ("in the top third", "in the middle third", "in the bottom third")


def _third_of_strongest(here: Moment, there: Figure) -> Truth:
    element = focus(there)
    rows = panel(there, Pixels, "map").view.array.shape[0]
    return Truth(THIRDS[element.index[1] * 3 // rows], element)


def _flattest_place(here: Moment, there: Figure) -> Truth:
    """The answer where the window's brightest and darkest pixels differ least."""
    view = panel(there, Pixels, "map").view
    size = view.trace["w"].shape[2:]
    pixels = np.lib.stride_tricks.sliding_window_view(view.trace["x"][0], size)
    spread = pixels.max(axis=(2, 3)) - pixels.min(axis=(2, 3))
    row, column = divmod(int(spread.argmin()), spread.shape[1])
    return Truth.of(view.element(row, column))


def _map_shape(here: Moment, there: Figure) -> Truth:
    return Truth(panel(there, Pixels, "map").view.array.shape, focus(there))


def _rows_left_over(here: Moment, there: Figure) -> Truth:
    """Rows of the padded picture that the windows, from the first to the last, do not cover."""
    out = focus(there)
    sizes, (k,) = out.trace, out.index
    rows = sizes.constants["size"] + 2 * sizes["padding"][k]
    covered = (out.value - 1) * sizes.constants["stride"] + sizes["field"][k]
    return Truth(float(rows - covered), out)


def _rows_of_marked(here: Moment, there: Figure) -> Truth:
    costs = panel(there, Table, "costs")
    if costs.marked is None:
        raise PredictionError("No kernel is marked at this moment.")
    return Truth.of(in_table(there, "costs", costs.marked, costs.head.index("map")))


PLACES = ("the smallest", "one in between", "the largest")


def _at_most_expensive(here: Moment) -> Moment:
    costs = focus(COST.film(here.settings).at(0)).trace
    return replace(here, position=int(costs["multiply_adds"].argmax()))


def _which_is_most_expensive(here: Moment, there: Figure) -> Truth:
    element = focus(there)
    (k,) = element.index
    last = len(element.trace["multiply_adds"]) - 1
    return Truth(PLACES[0 if k == 0 else 2 if k == last else 1], element)


PREDICTIONS = (
    Prediction(
        id="dense-ratio",
        lab=STRUCTURE,
        prompt="How many times as many weights does a dense layer need for this map?",
        kind=Numeric(relative=0.1),
        reveal=stay,
        read=_times_more_weights,
        covers=("weights",),
    ),
    Prediction(
        id="shuffled",
        lab=STRUCTURE,
        prompt="The same pixels, shuffled: how strong will the strongest answer be?",
        kind=OneOf(options=("stronger", "as strong", "weaker")),
        reveal=_other_order,
        read=_strongest_after,
    ),
    Prediction(
        id="next-sign",
        lab=SLIDE,
        prompt="Which sign will the next cell have?",
        kind=Sign(),
        reveal=_next_written,
        read=the_focus,
    ),
    Prediction(
        id="ninth-sum",
        lab=SLIDE,
        prompt="When the last product of this window is in, what will the sum be?",
        kind=Numeric(tolerance=0.1),
        reveal=_next_written,
        read=the_focus,
    ),
    Prediction(
        id="turned-map",
        lab=SLIDE,
        prompt="The kernel turns by half a turn. What happens to the map?",
        kind=OneOf(options=("every sign turns round", "nothing changes", "another map")),
        reveal=_turned,
        read=_what_turning_did,
    ),
    Prediction(
        id="where-it-shines",
        lab=ANSWERS,
        prompt="Where in the map will this kernel's strongest answer stand?",
        kind=OneOf(options=THIRDS),
        reveal=stay,
        read=_third_of_strongest,
        covers=("map", "ends", CAPTION),
    ),
    Prediction(
        id="flat-answer",
        lab=ANSWERS,
        prompt="The weight right of the 1 becomes −1: what will the flattest place answer?",
        kind=Numeric(tolerance=0.02),
        reveal=Change({"cells": SIDEWAYS, "flip": False}),
        read=_flattest_place,
    ),
    Prediction(
        id="map-with-padding",
        lab=SIZE,
        prompt="Stride 1, padding 1, the rest as it is: which shape will the map have?",
        kind=Shape(),
        reveal=Change({"stride": 1, "padding": 1}),
        read=_map_shape,
    ),
    Prediction(
        id="left-over",
        lab=SIZE,
        prompt="With stride 4, how many rows at the bottom will no window reach?",
        kind=Numeric(unit="rows"),
        reveal=ToEnd(SIZE, {"stride": 4}),
        read=_rows_left_over,
    ),
    Prediction(
        id="next-map",
        lab=COST,
        prompt="The next kernel is larger. How many rows will its map have?",
        kind=Numeric(unit="rows"),
        reveal=next_moment,
        read=_rows_of_marked,
        covers=("costs", "curves"),
    ),
    Prediction(
        id="most-expensive",
        lab=COST,
        prompt="Of the single kernels, which one needs the most multiply-adds?",
        kind=OneOf(options=PLACES),
        reveal=_at_most_expensive,
        read=_which_is_most_expensive,
        covers=("costs", "curves"),
    ),
)
