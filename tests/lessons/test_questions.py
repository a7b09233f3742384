"""The questions of every lesson: sound for many seeds, and true by plain counting.

Each truth is counted once more by an oracle, in the folder oracles, a module a lesson: it reads
the prompt as a learner does, and does without the engine.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from lessons.catalog import lesson, lessons, templates
from lessons.kit.answer import Shape
from lessons.kit.exercise import exercises
from lessons.kit.question import Question, Template, faults

SEEDS = 120
WITHOUT_QUESTION = {"cnn": {"C11"}, "descent": {"D8"}}
"""Objectives that a bet or an exercise asks for; the linter sees to it that one does."""
PYTHON = re.compile(r"np\.|\d\.0\b|\(\d+,\)|-\d|\{|\}|\d\.\d{7}")
"""What no number of a text looks like."""
PYTHON_SHAPE = re.compile(r"\(\d+,")
"""What no shape looks like; where no shape is asked for, it may be a point."""

LESSONS = [one.id for one in lessons() if templates(one.id)]
TEMPLATES = [one for lesson_id in LESSONS for one in templates(lesson_id).values()]

every_lesson = pytest.mark.parametrize("lesson_id", LESSONS)
every_template = pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.id)


def oracles(lesson_id: str) -> Mapping[str, Callable[[Question], Any]]:
    """The oracles of a lesson, by the names of its templates; none when it has no module."""
    if not (Path(__file__).parent / "oracles" / f"{lesson_id}.py").is_file():
        return {}
    found: Mapping[str, Callable[[Question], Any]] = import_module(
        f"tests.lessons.oracles.{lesson_id}"
    ).ORACLES
    return found


@cache
def asked(template: Template) -> tuple[Question, ...]:
    """Its questions, a seed each."""
    return tuple(template.question(seed) for seed in range(SEEDS))


@every_template
def test_nothing_is_wrong_over_many_seeds(template: Template) -> None:
    assert list(faults(template, range(SEEDS))) == []


@every_template
def test_the_truth_is_what_counting_gives(template: Template) -> None:
    lesson_id, name = template.id.split("/")
    oracle = oracles(lesson_id).get(name)
    assert oracle, f"tests/lessons/oracles/{lesson_id}.py has no oracle {name!r}: count it there"
    for question in asked(template)[:60]:
        assert question.kind.same(oracle(question), question.truth), question.prompt


@every_template
def test_numbers_are_fresh_and_mistakes_are_met(template: Template) -> None:
    questions = asked(template)[:100]
    assert len({question.asks for question in questions}) >= 8
    # A misconception that hardly ever leads elsewhere than the truth teaches nobody.
    met = Counter(mistake.id for question in questions for mistake in question.mistakes)
    assert not [name for name, times in met.items() if times < 3]
    for question in questions:
        messages = [mistake.message for mistake in question.mistakes]
        assert len(set(messages)) == len(messages)


@every_template
def test_no_text_holds_a_number_in_python_s_writing(template: Template) -> None:
    for question in asked(template)[:40]:
        texts = [question.prompt, question.explanation, *(m.message for m in question.mistakes)]
        assert not [text for text in texts if PYTHON.search(text)]
        if isinstance(question.kind, Shape):
            assert not [text for text in texts if PYTHON_SHAPE.search(text)]


@every_lesson
def test_every_objective_is_asked_by_a_question_and_at_least_twice(lesson_id: str) -> None:
    questions = [one.objectives for one in templates(lesson_id).values()]
    tasks = [one.objectives for one in exercises(lesson_id).values()]
    bets = [step.teaches for step in lesson(lesson_id).steps if step.predict]
    wanted = set(lesson(lesson_id).objectives) - WITHOUT_QUESTION.get(lesson_id, set())
    assert set(chain(*questions)) == wanted
    times = Counter(chain(*questions, *tasks, *bets))
    assert not [objective for objective in wanted if times[objective] < 2]


@every_lesson
def test_no_oracle_is_left_without_a_question(lesson_id: str) -> None:
    assert set(oracles(lesson_id)) <= set(templates(lesson_id))
