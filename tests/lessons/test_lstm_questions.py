"""The questions of the lstm lesson: sound for hundreds of seeds, and true by plain arithmetic.

The oracles read a prompt as a learner does, and do without the engine.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

import pytest

from lessons.catalog import lesson
from lessons.kit.question import Question, Template, faults
from lessons.lstm.questions import QUESTIONS


def numbers(question: Question) -> list[float]:
    """The numbers in a prompt, in reading order; those in brackets of an index left out."""
    text = re.sub(r"\[[^]]*\]", "", question.prompt.replace("−", "-"))
    return [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", text)]


def sigma(a: float) -> float:
    return 1 / (1 + math.exp(-a))


def pre_activation(question: Question) -> float:
    *w, bias = numbers(question)[:5]
    row = numbers(question)[5:9]
    return bias + sum(a * b for a, b in zip(w, row, strict=True))


def gate_or_candidate(question: Question) -> str:
    (a,) = numbers(question)
    fits = []
    for option in question.kind.options:  # type: ignore[attr-defined]
        i, g = map(float, re.findall(r"-?\d+(?:\.\d+)?", option.replace("−", "-")))
        if abs(i - sigma(a)) < 0.006 and abs(g - math.tanh(a)) < 0.006:
            fits.append(option)
    (only,) = fits
    return str(only)


def cell_update(question: Question) -> float:
    c, f, i, g = numbers(question)
    return f * c + i * g


def unbounded(question: Question) -> float:
    _, steps, _, g = numbers(question)
    return steps * g


def logit_from_h(question: Question) -> float:
    h1, h2, _, _, w1, w2, b = numbers(question)
    return w1 * h1 + w2 * h2 + b


def softmax_share(question: Question) -> float:
    *parts, k = numbers(question)
    return parts[int(k) - 1] / sum(parts)


def gate_shape(question: Question) -> tuple[int, int]:
    D, H, _ = map(int, numbers(question))
    return H, H + D


def read_out_shape(question: Question) -> tuple[int, int]:
    _, H, K = map(int, numbers(question))
    return K, H


def lstm_count(question: Question) -> float:
    D, H = map(int, numbers(question))
    return sum(1 for _ in range(4) for _ in range(H) for _ in range(H + D + 1))


def rnn_chain(question: Question) -> float:
    w, slope, steps = numbers(question)
    return (w * slope) ** steps


def steps_left(question: Question) -> float:
    factor, part = numbers(question)
    left, steps = 1.0, 0
    while left >= part:
        left, steps = left * factor, steps + 1
    return steps


def forget_product(question: Question) -> float:
    f, steps = numbers(question)
    return f**steps


def held_shut(question: Question) -> float:
    *_, i, g = numbers(question)
    return i * g


def forget_bias(question: Question) -> str:
    (b,) = numbers(question)
    fits = [
        option
        for option in question.kind.options  # type: ignore[attr-defined]
        if abs(float(option.split()[-1].replace("−", "-")) - sigma(b)) < 0.006
    ]
    return str(fits[0])


def logit_gradient(question: Question) -> float:
    a, b, c, k, *other = numbers(question)
    asked = int(other[0] if other else k)
    return (a, b, c)[asked - 1] - (0 if other else 1)


def cell_sources(question: Question) -> float:
    dh, o, slope, later, f = numbers(question)
    return dh * o * slope + later * f


def forget_gradient(question: Question) -> float:
    dc, before, f = numbers(question)
    return dc * before * f * (1 - f)


def over_time(question: Question) -> float:
    pairs = numbers(question)
    return sum(a * b for a, b in zip(pairs[::2], pairs[1::2], strict=True))


ORACLES: dict[str, Callable[[Question], Any]] = {
    "kept-unseen": lambda question: numbers(question)[0],
    "pre-activation": pre_activation,
    "forget-part": lambda question: numbers(question)[0] * numbers(question)[1],
    "gate-or-candidate": gate_or_candidate,
    "cell-update": cell_update,
    "unbounded": unbounded,
    "hidden-out": lambda question: numbers(question)[1] * numbers(question)[2],
    "logit-from-h": logit_from_h,
    "softmax-share": softmax_share,
    "gate-shape": gate_shape,
    "read-out-shape": read_out_shape,
    "lstm-count": lstm_count,
    "rnn-chain": rnn_chain,
    "steps-left": steps_left,
    "forget-product": forget_product,
    "held-shut": held_shut,
    "gate-numbers": lambda question: 3 * numbers(question)[0],
    "forget-bias": forget_bias,
    "logit-gradient": logit_gradient,
    "third-gradient": lambda question: -sum(numbers(question)),
    "hidden-sources": lambda question: sum(numbers(question)),
    "cell-sources": cell_sources,
    "forget-gradient": forget_gradient,
    "over-time": over_time,
}

every_template = pytest.mark.parametrize("template", QUESTIONS, ids=lambda one: one.id)


@every_template
def test_nothing_is_wrong_over_a_hundred_seeds(template: Template) -> None:
    assert list(faults(template, range(100))) == []


@every_template
def test_the_truth_is_what_arithmetic_gives(template: Template) -> None:
    for seed in range(60):
        question = template.question(seed)
        assert question.kind.same(ORACLES[template.id](question), question.truth), question.prompt


@every_template
def test_numbers_are_fresh_and_mistakes_are_met(template: Template) -> None:
    questions = [template.question(seed) for seed in range(60)]
    assert len({question.asks for question in questions}) >= 6
    names = [mistake.id for question in questions for mistake in question.mistakes]
    assert not {name for name in names if names.count(name) < 3}
    for question in questions:
        messages = [mistake.message for mistake in question.mistakes]
        assert len(set(messages)) == len(messages)


@every_template
def test_no_text_holds_a_float_in_python_s_writing(template: Template) -> None:
    for seed in range(30):
        question = template.question(seed)
        texts = [question.prompt, question.explanation, *(m.message for m in question.mistakes)]
        for text in texts:
            assert not re.search(r"np\.|\d\.0\b|\(\d+,\)|[( ]-\d|\{|\}|\d\.\d{5}", text), text


def test_every_objective_is_asked() -> None:
    objectives = lesson("lstm").objectives
    asked = {objective for template in QUESTIONS for objective in template.objectives}
    assert asked == set(objectives)


@pytest.mark.parametrize(
    ("question", "misconception"),
    [
        ("forget-part", "forget-inverted"),
        ("gate-or-candidate", "candidate-as-gate"),
        ("unbounded", "cell-bounded"),
        ("gate-numbers", "gate-is-a-number"),
        ("logit-from-h", "output-from-cell"),
        ("forget-product", "nothing-vanishes"),
        ("lstm-count", "three-sets"),
        ("lstm-count", "one-set"),
        ("pre-activation", "cell-state-joined"),
        ("hidden-out", "gate-added"),
    ],
)
def test_what_learners_believe_is_met(question: str, misconception: str) -> None:
    template = next(one for one in QUESTIONS if one.id == question)
    met = [m.id for seed in range(40) for m in template.question(seed).mistakes]
    assert met.count(misconception) >= 20
