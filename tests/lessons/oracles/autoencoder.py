"""Answers to the questions of the lesson on autoencoders by plain counting."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from lessons.kit.question import Question, grids
from tests.lessons.reading import numbers, said


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
