"""The questions of the rnn lesson: sound for many seeds, and true by plain counting.

The oracles read a prompt as a learner does, and do without the engine.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from lessons.catalog import lesson
from lessons.kit.answer import InOrder, OneOf
from lessons.kit.question import Question, Template, faults
from lessons.rnn.questions import QUESTIONS


def numbers(text: str) -> list[float]:
    """The numbers in a text, in reading order."""
    plain = text.replace("−", "-")
    return [float(number) for number in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?(?:e-?\d+)?", plain)]


def today_error(question: Question) -> float:
    days = numbers(question.prompt)
    return sum(abs(b - a) for a, b in pairwise(days)) / 4


def survives_shuffling(question: Question) -> str:
    all_numbers = numbers(question.prompt)
    before, after = all_numbers[:7], all_numbers[7:]

    def steps(values: list[float]) -> list[float]:
        return [b - a for a, b in pairwise(values)]

    of: dict[str, Callable[[list[float]], float]] = {
        "the mean": lambda v: round(sum(v) / 7, 9),
        "the error of “tomorrow = today”": lambda v: sum(map(abs, steps(v))),
        "the largest step up": lambda v: max(steps(v)),
        "the value in the middle of the row": lambda v: v[3],
    }
    (same,) = [name for name, statistic in of.items() if statistic(before) == statistic(after)]
    return same


def space_or_time(question: Question) -> str:
    still = ("photograph", "scan", "drawn", "picture")
    wanted = "a CNN" if any(word in question.prompt for word in still) else "an RNN"
    assert isinstance(question.kind, OneOf)
    return next(option for option in question.kind.options if option.startswith(wanted))


def how_far_felt(question: Question) -> float:
    found = numbers(question.prompt)
    if "recurrent" in question.prompt:
        steps, _, at = found
        return sum(1 for t in range(int(steps)) if t >= at)
    width, steps, _, at = found
    reach = int(width) // 2
    return sum(1 for t in range(int(steps)) if t - reach <= at <= t + reach)


def pre_activation(question: Question) -> float:
    u, w, b, state, x = numbers(question.prompt)
    return u * x + w * state + b


def count_weights(question: Question) -> float:
    inputs, hidden, outputs, _ = numbers(question.prompt)
    return hidden * inputs + hidden * hidden + outputs * hidden + hidden + outputs


def longer_sequence(question: Question) -> float:
    return numbers(question.prompt)[0]


def matrix_shape(question: Question) -> tuple[int, ...]:
    inputs, hidden, outputs = map(int, numbers(question.prompt))
    name = question.prompt.split("Which shape has ")[1][0]
    return {"U": (hidden, inputs), "W": (hidden, hidden), "V": (outputs, hidden)}[name]


def two_sources(question: Question) -> float:
    v, w, dy, da = numbers(question.prompt)
    return v * dy + w * da


def sum_over_time(question: Question) -> float:
    a, x, b, y, c, z = numbers(question.prompt)
    return a * x + b * y + c * z


def reach_of_cut(question: Question) -> float:
    steps, cut, _ = map(int, numbers(question.prompt))
    return len(range(steps)[steps // cut * cut :])


def left_after(question: Question) -> float:
    w, steps = numbers(question.prompt)[-2:]
    return math.prod([w] * int(steps))


def clip_scale(question: Question) -> float:
    a, b, limit = numbers(question.prompt)
    norm = math.hypot(a, b)
    return a * limit / norm if norm > limit else a


def what_is_near_zero(question: Question) -> str:
    return "∂L/∂h at the first steps"


def what_clipping_does(question: Question) -> str:
    *_, norm, limit = numbers(question.prompt)
    return "all gradients get shorter, by the same factor" if norm > limit else "nothing"


def worth_it(question: Question) -> str:
    *_, network, today = numbers(question.prompt)
    if network < today:
        return "yes: it beats the baseline where it counts"
    return "no: on new months the baseline is better"


def first_loss(question: Question) -> float:
    return math.log(numbers(question.prompt)[0])


def steps_between(question: Question) -> float:
    steps, _, at = numbers(question.prompt)
    if "Attention" in question.prompt:
        return 1
    return len(range(int(at), int(steps) - 1))


def who_came_first(question: Question) -> tuple[str, ...]:
    order = ("simple RNN", "LSTM", "forget gate", "translators", "transformer")
    assert isinstance(question.kind, InOrder)
    return tuple(
        sorted(
            question.kind.options,
            key=lambda one: next(n for n, word in enumerate(order) if word in one),
        )
    )


ORACLES: dict[str, Callable[[Question], Any]] = {
    "today-error": today_error,
    "survives-shuffling": survives_shuffling,
    "space-or-time": space_or_time,
    "how-far-felt": how_far_felt,
    "pre-activation": pre_activation,
    "count-weights": count_weights,
    "longer-sequence": longer_sequence,
    "matrix-shape": matrix_shape,
    "two-sources": two_sources,
    "sum-over-time": sum_over_time,
    "reach-of-cut": reach_of_cut,
    "left-after": left_after,
    "clip-scale": clip_scale,
    "what-is-near-zero": what_is_near_zero,
    "what-clipping-does": what_clipping_does,
    "worth-it": worth_it,
    "first-loss": first_loss,
    "steps-between": steps_between,
    "who-came-first": who_came_first,
}

every_template = pytest.mark.parametrize("template", QUESTIONS, ids=lambda one: one.id)


@every_template
def test_nothing_is_wrong_over_many_seeds(template: Template) -> None:
    assert list(faults(template, range(120))) == []


@every_template
def test_the_truth_is_what_counting_gives(template: Template) -> None:
    oracle = ORACLES[template.id]
    for seed in range(60):
        question = template.question(seed)
        assert question.kind.same(oracle(question), question.truth), question.prompt


@every_template
def test_numbers_are_fresh_and_mistakes_are_met(template: Template) -> None:
    questions = [template.question(seed) for seed in range(80)]
    assert len({question.asks for question in questions}) >= 6
    names = [mistake.id for question in questions for mistake in question.mistakes]
    assert not {name for name in names if names.count(name) < 3}
    for question in questions:
        messages = [mistake.message for mistake in question.mistakes]
        assert len(set(messages)) == len(messages)
        texts = [question.prompt, question.explanation, *messages]
        for text in texts:
            assert not re.search(r"np\.|\d\.0\b|\(\d+,|-\d|\{|\}", text), text


def test_every_objective_has_at_least_two_questions() -> None:
    asked = [objective for template in QUESTIONS for objective in template.objectives]
    assert all(asked.count(objective) >= 2 for objective in lesson("rnn").objectives)
    assert set(asked) <= set(lesson("rnn").objectives)


def test_misconceptions_are_among_the_wrong_answers() -> None:
    met = {
        mistake.id
        for template in QUESTIONS
        for seed in range(30)
        for mistake in template.question(seed).mistakes
    }
    assert {
        "weights-per-step",
        "length-is-fixed",
        "state-as-input",
        "state-as-output",
        "input-forgotten",
        "mean-over-time",
        "weights-become-zero",
        "clipping-cures-vanishing",
        "space-for-time",
        "judged-by-training",
    } <= met
