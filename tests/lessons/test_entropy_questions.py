"""The questions of the lesson on entropy: sound for hundreds of seeds, and true by plain counting.

The oracles read a prompt as a learner does, and do without the engine.
"""

from __future__ import annotations

import heapq
import math
import re
from collections.abc import Callable
from typing import Any

import pytest

from lessons.catalog import lesson
from lessons.entropy.questions import QUESTIONS
from lessons.entropy.questions.gradient import SCENES
from lessons.entropy.questions.loss import NAMES
from lessons.kit.answer import OneOf
from lessons.kit.question import Question, Template, faults


def numbers(text: str) -> list[float]:
    """The numbers in a text, in reading order; those behind a name such as KL or log2 are left."""
    return [float(n) for n in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?", text.replace("−", "-"))]


def bits(p: list[float]) -> list[float]:
    return [math.log(1 / one) / math.log(2) for one in p]


def mean_bits(p: list[float], q: list[float]) -> float:
    return sum(one * cost for one, cost in zip(p, bits(q), strict=True))


def halves_of(p: list[float]) -> tuple[list[float], list[float]]:
    return p[: len(p) // 2], p[len(p) // 2 :]


def bits_of(question: Question) -> float:
    rare = numbers(question.prompt.replace("1/", ""))[0]
    return next(float(n) for n in range(40) if 2**n == rare)


def two_events(question: Question) -> float:
    one, other = numbers(question.prompt)
    return bits([0.5**one * 0.5**other])[0]


def other_unit(question: Question) -> float:
    amount = numbers(question.prompt)[0]
    return amount * math.log(2) if "in nats" in question.prompt else amount / math.log(2)


def expected_goals(question: Question) -> float:
    p = numbers(question.prompt)[4:8]
    # A thousand matches, counted.
    return sum(goals * round(1000 * one) for goals, one in enumerate(p)) / 1000


def entropy_ignores(question: Question) -> float:
    _, first, _, second, *_ = numbers(question.prompt)
    return mean_bits([first, second], [first, second])


def entropy_of_three(question: Question) -> float:
    p = numbers(question.prompt)[1:]
    return mean_bits(p, p)


def most_unpredictable(question: Question) -> str:
    assert isinstance(question.kind, OneOf)
    return max(question.kind.options, key=lambda one: mean_bits(numbers(one), numbers(one)))


def questions_needed(question: Question) -> float:
    heap = numbers(question.prompt)
    heapq.heapify(heap)
    total = 0.0
    while len(heap) > 1:  # every join is one more question for all that it joins
        joined = heapq.heappop(heap) + heapq.heappop(heap)
        total += joined
        heapq.heappush(heap, joined)
    return total


def cross_of_two(question: Question) -> float:
    return mean_bits(*halves_of(numbers(question.prompt)))


def kl_from_sums(question: Question) -> float:
    own, cross = numbers(question.prompt)
    return cross - own


def lowest_cross(question: Question) -> float:
    p = numbers(question.prompt)
    return mean_bits(p, p)


def loss_of_true(question: Question) -> float:
    p = dict(re.findall(rf"({'|'.join(NAMES)}) ([\d.]+\d)", question.prompt))
    shown = re.search(r"shows a (\w+)", question.prompt)
    assert shown is not None
    return -math.log(float(p[shown[1]]))


def floor_of_loss(question: Question) -> float:
    y = [one for one in numbers(question.prompt.split("What is")[0]) if one > 0]
    return mean_bits(y, y) * math.log(2)


def double_softmax(question: Question) -> float:
    others = numbers(question.prompt)[2]
    return -math.log(math.exp(1) / (math.exp(1) + others))


def shifted_logits(question: Question) -> float:
    return numbers(question.prompt)[0]


def gradient_sure_wrong(question: Question) -> float:
    a, y = numbers(question.prompt.split("The loss")[0])
    z, h = math.log(a / (1 - a)), 1e-6

    def loss(logit: float) -> float:
        output = 1 / (1 + math.exp(-logit))
        if "½" in question.prompt:
            return (output - y) ** 2 / 2
        return -math.log(output if y else 1 - output)

    return (loss(z + h) - loss(z - h)) / (2 * h)


def which_loss(question: Question) -> str:
    return next(
        name for name, scenes in SCENES.items() if any(one in question.prompt for one in scenes)
    )


def softmax_gradient(question: Question) -> float:
    *p, target, k = numbers(question.prompt)
    z, h = [math.log(one) for one in p], 1e-6

    def loss(moved: float) -> float:
        logits = [one + (moved if n == int(k) - 1 else 0) for n, one in enumerate(z)]
        return math.log(sum(map(math.exp, logits))) - logits[int(target) - 1]

    return (loss(h) - loss(-h)) / (2 * h)


def gradients_sum(question: Question) -> float:
    return -sum(numbers(question.prompt))


ORACLES: dict[str, Callable[[Question], Any]] = {
    "bits-of": bits_of,
    "two-events": two_events,
    "other-unit": other_unit,
    "expected-goals": expected_goals,
    "entropy-ignores": entropy_ignores,
    "entropy-of-three": entropy_of_three,
    "most-unpredictable": most_unpredictable,
    "questions-needed": questions_needed,
    "cross-of-two": cross_of_two,
    "kl-from-sums": kl_from_sums,
    "lowest-cross": lowest_cross,
    "loss-of-true": loss_of_true,
    "floor-of-loss": floor_of_loss,
    "double-softmax": double_softmax,
    "shifted-logits": shifted_logits,
    "gradient-sure-wrong": gradient_sure_wrong,
    "which-loss": which_loss,
    "softmax-gradient": softmax_gradient,
    "gradients-sum": gradients_sum,
}

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
    names = [mistake.id for question in questions for mistake in question.mistakes]
    assert not {name for name in names if names.count(name) < 3}
    for question in questions:
        messages = [mistake.message for mistake in question.mistakes]
        assert len(set(messages)) == len(messages)


@every_template
def test_no_text_holds_a_float_in_python_s_writing(template: Template) -> None:
    for seed in range(40):
        question = template.question(seed)
        texts = [question.prompt, question.explanation, *(m.message for m in question.mistakes)]
        for text in texts:
            assert not re.search(r"np\.|\d\.0\b|\(\d+,|-\d|\{|\}|e-\d", text), text


def test_every_objective_is_asked_by_at_least_two_questions() -> None:
    asked = [objective for template in QUESTIONS for objective in template.objectives]
    objectives = lesson("entropy").objectives
    assert set(asked) == set(objectives)
    assert all(asked.count(objective) >= 2 for objective in objectives)
    assert len({template.id for template in QUESTIONS}) == len(QUESTIONS)


def test_every_misconception_about_entropy_has_its_question() -> None:
    """What learners often believe, each a wrong answer with its own words."""
    met = {
        (template.id, mistake.id)
        for template in QUESTIONS
        for seed in range(60)
        for mistake in template.question(seed).mistakes
    }
    for known in (
        ("expected-goals", "skill-times-probability"),
        ("entropy-ignores", "values-multiplied"),
        ("most-unpredictable", "certain-is-most"),
        ("most-unpredictable", "half-is-most"),
        ("other-unit", "units-alike"),
        ("cross-of-two", "roles-swapped"),
        ("lowest-cross", "always-zero"),
        ("loss-of-true", "largest-probability"),
        ("double-softmax", "no-second-softmax"),
        ("shifted-logits", "shift-added"),
        ("gradient-sure-wrong", "other-loss"),
    ):
        assert known in met
