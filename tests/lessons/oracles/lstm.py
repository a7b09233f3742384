"""Answers to the questions of the lstm lesson by plain arithmetic."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

from lessons.kit.question import Question
from tests.lessons.reading import numbers


def prompt_numbers(question: Question) -> list[float]:
    """The numbers in a prompt, in reading order; those in brackets of an index left out."""
    return numbers(re.sub(r"\[[^]]*\]", "", question.prompt))


def sigma(a: float) -> float:
    return 1 / (1 + math.exp(-a))


def pre_activation(question: Question) -> float:
    *w, bias = prompt_numbers(question)[:5]
    row = prompt_numbers(question)[5:9]
    return bias + sum(a * b for a, b in zip(w, row, strict=True))


def gate_or_candidate(question: Question) -> str:
    (a,) = prompt_numbers(question)
    fits = []
    for option in question.kind.options:  # type: ignore[attr-defined]
        i, g = map(float, re.findall(r"-?\d+(?:\.\d+)?", option.replace("−", "-")))
        if abs(i - sigma(a)) < 0.006 and abs(g - math.tanh(a)) < 0.006:
            fits.append(option)
    (only,) = fits
    return str(only)


def cell_update(question: Question) -> float:
    c, f, i, g = prompt_numbers(question)
    return f * c + i * g


def unbounded(question: Question) -> float:
    _, steps, _, g = prompt_numbers(question)
    return steps * g


def logit_from_h(question: Question) -> float:
    h1, h2, _, _, w1, w2, b = prompt_numbers(question)
    return w1 * h1 + w2 * h2 + b


def softmax_share(question: Question) -> float:
    *parts, k = prompt_numbers(question)
    return parts[int(k) - 1] / sum(parts)


def gate_shape(question: Question) -> tuple[int, int]:
    D, H, _ = map(int, prompt_numbers(question))
    return H, H + D


def read_out_shape(question: Question) -> tuple[int, int]:
    _, H, K = map(int, prompt_numbers(question))
    return K, H


def lstm_count(question: Question) -> float:
    D, H = map(int, prompt_numbers(question))
    return sum(1 for _ in range(4) for _ in range(H) for _ in range(H + D + 1))


def rnn_chain(question: Question) -> float:
    w, slope, steps = prompt_numbers(question)
    return (w * slope) ** steps


def steps_left(question: Question) -> float:
    factor, part = prompt_numbers(question)
    left, steps = 1.0, 0
    while left >= part:
        left, steps = left * factor, steps + 1
    return steps


def forget_product(question: Question) -> float:
    f, steps = prompt_numbers(question)
    return f**steps


def held_shut(question: Question) -> float:
    *_, i, g = prompt_numbers(question)
    return i * g


def forget_bias(question: Question) -> str:
    (b,) = prompt_numbers(question)
    fits = [
        option
        for option in question.kind.options  # type: ignore[attr-defined]
        if abs(float(option.split()[-1].replace("−", "-")) - sigma(b)) < 0.006
    ]
    return str(fits[0])


def logit_gradient(question: Question) -> float:
    a, b, c, k, *other = prompt_numbers(question)
    asked = int(other[0] if other else k)
    return (a, b, c)[asked - 1] - (0 if other else 1)


def cell_sources(question: Question) -> float:
    dh, o, slope, later, f = prompt_numbers(question)
    return dh * o * slope + later * f


def forget_gradient(question: Question) -> float:
    dc, before, f = prompt_numbers(question)
    return dc * before * f * (1 - f)


def over_time(question: Question) -> float:
    pairs = prompt_numbers(question)
    return sum(a * b for a, b in zip(pairs[::2], pairs[1::2], strict=True))


ORACLES: dict[str, Callable[[Question], Any]] = {
    "kept-unseen": lambda question: prompt_numbers(question)[0],
    "pre-activation": pre_activation,
    "forget-part": lambda question: prompt_numbers(question)[0] * prompt_numbers(question)[1],
    "gate-or-candidate": gate_or_candidate,
    "cell-update": cell_update,
    "unbounded": unbounded,
    "hidden-out": lambda question: prompt_numbers(question)[1] * prompt_numbers(question)[2],
    "logit-from-h": logit_from_h,
    "softmax-share": softmax_share,
    "gate-shape": gate_shape,
    "read-out-shape": read_out_shape,
    "lstm-count": lstm_count,
    "rnn-chain": rnn_chain,
    "steps-left": steps_left,
    "forget-product": forget_product,
    "held-shut": held_shut,
    "gate-numbers": lambda question: 3 * prompt_numbers(question)[0],
    "forget-bias": forget_bias,
    "logit-gradient": logit_gradient,
    "third-gradient": lambda question: -sum(prompt_numbers(question)),
    "hidden-sources": lambda question: sum(prompt_numbers(question)),
    "cell-sources": cell_sources,
    "forget-gradient": forget_gradient,
    "over-time": over_time,
}
