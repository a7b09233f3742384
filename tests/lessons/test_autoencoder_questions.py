"""The questions of the lesson on autoencoders: sound for many seeds, and true by plain reckoning.

The oracles read a prompt as a learner does, and do without the engine.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from lessons.autoencoder.questions import QUESTIONS
from lessons.catalog import lesson
from lessons.kit.question import Question, Template, faults, grids, prose


def numbers(text: str) -> list[float]:
    """All numbers of a text, in reading order."""
    found = re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?", text.replace("−", "-"))
    return [float(number) for number in found]


def said(question: Question) -> list[float]:
    return numbers(prose(question.prompt))


def rows(question: Question) -> dict[str, list[float]]:
    """The rows of a grid by their names; where a name is two words, as they stand."""
    table = {}
    for line in grids(question.prompt)[0].strip("\n").split("\n"):
        name = re.match(r"y − x|code \d|[a-z]+", line)
        assert name is not None
        table[name[0]] = numbers(line[name.end() :])
    return table


def squared(y: list[float], x: list[float]) -> list[float]:
    return [(a - b) ** 2 for a, b in zip(y, x, strict=True)]


def target(question: Question) -> float:
    side, *_ = said(question)
    return side * side


def loss(question: Question) -> float:
    table = rows(question)
    return sum(squared(table["y"], table["x"])) / 4


def gradient(question: Question) -> float:
    count, x, y = said(question)
    step = 1e-6
    return ((y + step - x) ** 2 - (y - step - x) ** 2) / (2 * step) / count


def weights(question: Question) -> float:
    lengths = said(question)
    return sum((a + 1) * b for a, b in pairwise(lengths))


def best_constant(question: Question) -> float:
    values = rows(question)["x"]
    tried = [n / 1000 for n in range(1001)]
    return min(tried, key=lambda y: sum((y - value) ** 2 for value in values))


def worst_part(question: Question) -> float:
    squares = [d * d for d in rows(question)["y − x"]]
    return max(squares) / sum(squares)


def points(question: Question) -> float:
    count, size, epochs = said(question)
    made, left = 0, 0.0
    for _ in range(int(epochs)):
        left = count
        while left > 0:
            left -= size
            made += 1
    return made


def blended(question: Question) -> float:
    _, a, _, _, b, _, share, *_ = said(question)
    return a + share * (b - a)


def nearest(question: Question) -> str:
    x, y = said(question)[:2]
    table = rows(question)
    places = zip(table["digit"], table["code 0"], table["code 1"], strict=True)
    return f"the {min((math.dist((x, y), (a, b)), digit) for digit, a, b in places)[1]:.0f}"


def beyond(question: Question) -> float:
    bias, w0, w1, _, _, c0, c1 = said(question)
    return bias + w0 * c0 + w1 * c1


def projection(question: Question) -> float:
    table = rows(question)
    return sum(
        u * (x - m) for u, x, m in zip(table["direction"], table["x"], table["mean"], strict=True)
    )


def left_over(question: Question) -> float:
    (kept,) = said(question)
    return sum(sorted(rows(question)["variance"])[: 5 - int(kept)])


def same_space(question: Question) -> float:
    return said(question)[0]


def denoised(question: Question) -> float:
    clean, _, _, y = said(question)
    return (y - clean) ** 2


def scored(question: Question) -> float:
    table = rows(question)
    score = sum(squared(table["y"], table["x"])) / 4
    return sum(other < score for other in table["scores"])


def copied(question: Question) -> float:
    table = rows(question)
    return sum(squared(table["noisy"], table["clean"])) / 4


ORACLES: dict[str, Callable[[Question], Any]] = {
    "ae-target": target,
    "ae-loss": loss,
    "ae-gradient": gradient,
    "ae-weights": weights,
    "ae-mean": best_constant,
    "ae-difference": worst_part,
    "ae-curves": points,
    "ae-blend": blended,
    "ae-nearest": nearest,
    "ae-generator": beyond,
    "ae-projection": projection,
    "ae-left-over": left_over,
    "ae-same-space": same_space,
    "ae-denoise": denoised,
    "ae-score": scored,
    "ae-wide": copied,
}

every_template = pytest.mark.parametrize("template", QUESTIONS, ids=lambda one: one.id)


@every_template
def test_nothing_is_wrong_over_hundreds_of_seeds(template: Template) -> None:
    assert list(faults(template, range(200))) == []


@every_template
def test_the_truth_is_what_reckoning_gives(template: Template) -> None:
    oracle = ORACLES[template.id]
    for seed in range(60):
        question = template.question(seed)
        assert question.kind.same(oracle(question), question.truth), question.prompt


@every_template
def test_numbers_are_fresh_and_mistakes_are_met(template: Template) -> None:
    questions = [template.question(seed) for seed in range(80)]
    assert len({question.asks for question in questions}) >= 8
    # A misconception that hardly ever leads elsewhere than the truth teaches nobody.
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
            assert not re.search(r"np\.|\d\.0\b|\(\d+,\)|-\d|\{|\}", text), text


def test_every_objective_has_at_least_three_questions() -> None:
    asked = [objective for template in QUESTIONS for objective in template.objectives]
    objectives = set(lesson("autoencoder").objectives)
    assert all(asked.count(objective) >= 3 for objective in objectives)
    assert set(asked) == objectives


def test_labels_and_wide_codes_are_met_as_wrong_answers() -> None:
    by_id = {template.id: template for template in QUESTIONS}
    for name, mistake in (("ae-target", "needs-labels"), ("ae-wide", "wide-is-better")):
        met = [m.id for seed in range(40) for m in by_id[name].question(seed).mistakes]
        assert met.count(mistake) >= 30
