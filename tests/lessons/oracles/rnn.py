"""Answers to the questions of the rnn lesson by plain counting."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from lessons.kit.answer import InOrder, OneOf
from lessons.kit.question import Question
from tests.lessons.reading import numbers


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
