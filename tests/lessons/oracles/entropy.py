"""Answers to the questions of the lesson on entropy by plain counting."""

from __future__ import annotations

import heapq
import math
import re
from collections.abc import Callable
from typing import Any

from lessons.entropy.questions.gradient import SCENES
from lessons.entropy.questions.loss import NAMES
from lessons.kit.answer import OneOf
from lessons.kit.question import Question
from tests.lessons.reading import numbers


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
    shown = re.search(r"shows an? (\w+)", question.prompt)
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
