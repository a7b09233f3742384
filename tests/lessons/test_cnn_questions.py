"""The questions of the cnn lesson: sound for hundreds of seeds, and true by plain counting."""

from __future__ import annotations

import re

import numpy as np
import pytest

from lessons.catalog import lesson
from lessons.cnn.questions import QUESTIONS
from lessons.kit.question import Template, faults, grids
from tests.lessons.cnn_oracles import ORACLES, two_grids

every_template = pytest.mark.parametrize("template", QUESTIONS, ids=lambda one: one.id)


@every_template
def test_nothing_is_wrong_over_hundreds_of_seeds(template: Template) -> None:
    assert list(faults(template, range(300))) == []


@every_template
def test_the_truth_is_what_counting_gives(template: Template) -> None:
    oracle = ORACLES[template.id]
    for seed in range(100):
        question = template.question(seed)
        assert question.kind.same(oracle(question), question.truth), question.prompt


@every_template
def test_numbers_are_fresh_and_mistakes_are_met(template: Template) -> None:
    questions = [template.question(seed) for seed in range(100)]
    assert len({question.asks for question in questions}) >= 8
    # A misconception that hardly ever leads elsewhere than the truth teaches nobody.
    names = [mistake.id for question in questions for mistake in question.mistakes]
    rare = {name for name in names if names.count(name) < 3}
    assert not rare
    for question in questions:
        messages = [mistake.message for mistake in question.mistakes]
        assert len(set(messages)) == len(messages)


@every_template
def test_no_text_holds_a_float_in_python_s_writing(template: Template) -> None:
    for seed in range(40):
        question = template.question(seed)
        texts = [question.prompt, question.explanation, *(m.message for m in question.mistakes)]
        for text in texts:
            assert not re.search(r"np\.|\d\.0\b|\(\d+,|-\d|\{|\}", text), text


def test_every_objective_has_at_least_two_questions() -> None:
    asked = [objective for template in QUESTIONS for objective in template.objectives]
    assert all(asked.count(objective) >= 2 for objective in (f"C{n}" for n in range(1, 9)))
    assert set(asked) <= set(lesson("cnn").objectives)
    assert len({template.id for template in QUESTIONS}) == len(QUESTIONS)


def test_a_choice_offers_every_truth_in_turn() -> None:
    by_id = {template.id: template for template in QUESTIONS}
    truths = {by_id["edge-sign"].question(seed).truth for seed in range(60)}
    assert truths == {"positive", "negative", "zero"}
    places = set()
    for seed in range(80):
        question = by_id["costliest-kernel"].question(seed)
        options = sorted(question.kind.options, key=lambda one: int(one.split("×")[0]))
        places.add(options.index(question.truth))
    assert {1, 2} <= places


def test_turning_a_kernel_is_met_as_a_wrong_option() -> None:
    which = next(template for template in QUESTIONS if template.id == "which-kernel")
    met = [m.id for seed in range(100) for m in which.question(seed).mistakes]
    assert met.count("kernel-turned") >= 20


def test_a_grid_stands_in_columns() -> None:
    cell = next(template for template in QUESTIONS if template.id == "cell-value")
    lines = grids(cell.question(1).prompt)[0].strip("\n").split("\n")
    assert lines[0].split() == ["window", "kernel"]
    assert len({len(line) for line in lines[1:]}) == 1
    assert np.array(two_grids(cell.question(1))).shape == (2, 3, 3)
