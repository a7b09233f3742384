"""Predictions: bets beside the truth, which is read from the film that follows."""

from __future__ import annotations

from typing import Any

import pytest

from engine.why import Element, why
from lessons.catalog import lab_of, labs, lesson
from lessons.cnn.predictions import PREDICTIONS
from lessons.kit.answer import AnswerError, Numeric, OneOf, Shape, Sign
from lessons.kit.figure import Figure
from lessons.kit.lint_figure import numbers_of
from lessons.kit.prediction import (
    CAPTION,
    Change,
    Moment,
    Prediction,
    PredictionError,
    Truth,
    compare,
    focus,
    panel,
)

BY_ID = {prediction.id: prediction for prediction in PREDICTIONS}
CASES = [(step.id, step.predict.bet) for step in lesson("cnn").steps if step.predict]
"""Each step with the prediction that it asks for."""


def at_step(step_id: str, bet: str, **changed: Any) -> tuple[Prediction, dict[str, Any], int]:
    """The prediction with the settings and the moment that a step opens with."""
    step = lesson("cnn").step(step_id)
    lab = lab_of("cnn", step)
    assert lab is not None and step.lab is not None
    assert BY_ID[bet].lab is lab
    return BY_ID[bet], {**lab.settings(step.lab.settings), **changed}, step.lab.at


def truth(step_id: str, bet: str, at: int | None = None, **changed: Any) -> Truth:
    prediction, settings, position = at_step(step_id, bet, **changed)
    return prediction.truth(settings, position if at is None else at)[0]


def bet_on(kind: Any, text: str, value: Any) -> Any:
    prediction = BY_ID["next-sign"]
    asked = Prediction("x", prediction.lab, "?", kind, prediction.reveal, prediction.read)
    element = truth("slide", "next-sign").element
    return compare(asked, text, Truth(value, element))


@pytest.mark.parametrize(
    ("kind", "said", "value", "text", "exact"),
    [
        (Numeric(), "0.5", -0.31, "You said 0.5; it is −0.31: 0.81 less.", False),
        (Numeric(), "7", 8.0, "You said 7; it is 8: 1 more.", False),
        (Numeric(), "8", 8.0, "You said 8, and so it is.", True),
        (Numeric(relative=0.1), "100", 58887.1, "You said 100; it is 58887: 589 times as much.",
         False),
        (Numeric(), "5000", 5.0, "You said 5000; it is 5: 1/1000 of that.", False),
        (Numeric(relative=0.1), "60000", 58887.1,
         "You said 60000; it is 58887: as good as exact.", True),
        (Sign(), "minus", 0.2, "You said −; it is +.", False),
        (Sign(), "0.7", 0.2, "You said +, and so it is.", True),
        (Shape(), "8x10", (10, 9), "You said 8×10; it is 10×9: 2 more rows, 1 fewer columns.",
         False),
        (OneOf(options=("top", "bottom")), "2", "top", "You said bottom; in fact top.", False),
    ],
)  # fmt: skip
def test_a_bet_is_put_beside_the_truth(
    kind: Any, said: str, value: Any, text: str, exact: bool
) -> None:
    outcome = bet_on(kind, said, value)
    assert (outcome.text, outcome.exact) == (text, exact)


def test_a_text_that_is_no_bet_is_refused() -> None:
    with pytest.raises(AnswerError):
        bet_on(Numeric(), "", 1.0)


@pytest.mark.parametrize(("step", "bet"), CASES)
def test_a_bet_comes_from_a_number_that_answers_why(step: str, bet: str) -> None:
    prediction, settings, position = at_step(step, bet)
    found, there = prediction.truth(settings, position)
    assert why(found.element.trace, found.element.name, found.element.index).relation is not None
    assert prediction.kind.same(
        prediction.kind.parse(prediction.kind.show(found.value)), found.value
    )
    assert prediction.lab.settings(there.settings) == there.settings
    assert len(prediction.prompt.split()) <= 30


@pytest.mark.parametrize(("step", "bet"), CASES)
def test_what_follows_shows_the_truth_and_what_stands_does_not(step: str, bet: str) -> None:
    prediction, settings, position = at_step(step, bet)
    found, there = prediction.truth(settings, position)
    now = prediction.lab.film(settings).at(position)
    assert set(prediction.covers) <= {CAPTION, *(panel.key for panel in now.panels)}
    then = prediction.lab.film(there.settings).at(there.position)
    assert key(found.element) in shown(then, ())
    assert key(found.element) not in shown(now, prediction.covers)


def key(element: Element) -> tuple[object, ...]:
    """Tells numbers apart also where a film computes its traces anew: by settings and array."""
    trace = element.trace
    made = trace[element.name].tobytes()
    return hash(made), tuple(sorted(trace.constants.items())), element.name, element.index


def shown(figure: Figure, covers: tuple[str, ...]) -> set[tuple[object, ...]]:
    elements = [
        number for one in figure.panels if one.key not in covers for number in numbers_of(one)
    ]
    if figure.focus is not None and CAPTION not in covers:
        elements.append(figure.focus)
    return {key(element) for element in elements}


def test_a_dense_layer_needs_a_weight_for_each_pair() -> None:
    assert truth("anywhere", "dense-ratio").value == pytest.approx(28**2 * 26**2 / 9)
    digit = truth("anywhere", "dense-ratio", picture="digit-4", filters=3)
    assert digit.value == pytest.approx(8**2 * 6**2 / 9)


def test_the_next_cell_is_the_one_that_the_film_writes_next() -> None:
    found = truth("slide", "next-sign", at=0)
    assert found.element.index == (0, 0, 1)
    assert truth("products", "ninth-sum", at=0).element.index == (0, 0, 0)
    assert truth("products", "ninth-sum", at=7).element.index == (0, 0, 0)
    assert truth("products", "ninth-sum", at=8).element.index == (0, 0, 1)


def test_at_the_end_of_a_film_there_is_nothing_to_bet_on() -> None:
    for bet, step in (("next-sign", "slide"), ("next-map", "detail")):
        prediction, settings, _ = at_step(step, bet)
        last = prediction.lab.film(settings).length - 1
        with pytest.raises(PredictionError, match="The film ends here"):
            prediction.truth(settings, last)


@pytest.mark.parametrize(
    ("kernel", "says"),
    [("sobel-x", "every sign turns round"), ("blur", "nothing changes"), ("curve", "another map")],
)
def test_turning_does_what_the_kernel_makes_of_it(kernel: str, says: str) -> None:
    assert truth("flip", "turned-map", kernel=kernel).value == says
    assert truth("flip", "turned-map", kernel=kernel, flip=True).value == says


def test_the_strongest_answer_is_looked_for_in_the_live_map() -> None:
    places = {truth("kernels", "where-it-shines", kernel=name).value for name in (
        "falling", "curve", "corner", "sobel-y")}  # fmt: skip
    assert len(places) == 3


def test_a_kernel_that_adds_up_to_nothing_hardly_answers_on_a_flat_place() -> None:
    for picture in ("coffee", "cat"):
        assert abs(truth("own-kernel", "flat-answer", picture=picture).value) < 0.02


@pytest.mark.parametrize("kernel", [1, 3, 5, 7])
def test_sizes_are_read_from_the_film(kernel: int) -> None:
    side = 10 + 2 - kernel + 1
    assert truth("size", "map-with-padding", kernel=kernel).value == (side, side)
    assert truth("floor", "left-over", kernel=kernel).value == (10 - kernel) % 4
    with pytest.raises(ValueError, match="does not fit"):
        truth("floor", "left-over", kernel=7, size=5)


def test_what_costs_most_depends_on_the_edges() -> None:
    assert truth("cost", "most-expensive").value == "one in between"
    assert truth("cost", "most-expensive", edges="same").value == "the largest"
    assert truth("detail", "next-map").value == 24
    assert truth("detail", "next-map", edges="same").value == 28


def test_every_prediction_stands_in_a_step_and_every_lab_has_one() -> None:
    assert {bet for _, bet in CASES} == set(BY_ID)
    assert {prediction.lab.name for prediction in PREDICTIONS} == set(labs("cnn"))


def test_a_figure_without_that_panel_says_which_it_has() -> None:
    figure = BY_ID["next-map"].lab.film(BY_ID["next-map"].lab.defaults).at(0)
    with pytest.raises(KeyError, match="costs"):
        panel(figure, type(figure.panels[0]), "nothing")
    with pytest.raises(PredictionError):
        focus(Figure(columns=()))
    assert Change({"by": 2}, 3)(Moment({"by": 1, "of": 0}, 9)) == Moment({"by": 2, "of": 0}, 3)
