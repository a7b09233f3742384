"""The questions of the descent lesson: sound for many seeds, and true by plain counting."""

from __future__ import annotations

import re

import pytest

from lessons.catalog import lesson
from lessons.descent.questions import QUESTIONS
from lessons.kit.question import Template, faults
from tests.lessons.descent_oracles import ORACLES

every_template = pytest.mark.parametrize("template", QUESTIONS, ids=lambda one: one.id)


@every_template
def test_nothing_is_wrong_over_many_seeds(template: Template) -> None:
    assert list(faults(template, range(150))) == []


@every_template
def test_the_truth_is_what_counting_gives(template: Template) -> None:
    oracle = ORACLES[template.id]
    for seed in range(40):
        question = template.question(seed)
        assert question.kind.same(oracle(question), question.truth), question.prompt


@every_template
def test_numbers_are_fresh_and_mistakes_are_met(template: Template) -> None:
    questions = [template.question(seed) for seed in range(100)]
    assert len({question.asks for question in questions}) >= 8
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


def test_every_objective_but_the_loop_has_at_least_two_questions() -> None:
    asked = [objective for template in QUESTIONS for objective in template.objectives]
    assert all(asked.count(f"D{n}") >= 2 for n in range(1, 8))
    assert set(asked) <= set(lesson("descent").objectives)
    assert len({template.id for template in QUESTIONS}) == len(QUESTIONS)


def test_each_kind_of_place_and_of_finding_is_met() -> None:
    by_id = {template.id: template for template in QUESTIONS}
    for name, kinds in (("still-point", 4), ("rate-limit", 4), ("reversed-claim", 3)):
        assert len({by_id[name].question(seed).truth for seed in range(60)}) == kinds
