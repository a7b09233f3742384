"""Answers to the questions of the descent lesson by plain counting."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

from lessons.kit.question import Question, grids, prose
from tests.lessons.reading import numbers, said


def one_step(question: Question) -> float:
    w, slope, rate = said(question)
    return w - rate * slope


def which_direction(question: Question) -> str:
    text = prose(question.prompt).replace("−", "-")
    found = re.search(r"\(w - \(?(-?\d+)\)?\)², and w is (-?\d+)", text)
    assert found
    goal, w = map(int, found.groups())
    if w > goal:
        return "gradient above zero, w gets smaller"
    return "gradient below zero, w gets larger"


def rate_limit(question: Question) -> str:
    steep, _, _, rate = said(question)
    w = 1.0
    places = []
    for _ in range(3):
        w -= rate * steep * w
        places.append(w)
    if abs(places[0]) < 1e-9:
        return "the first one lands on the lowest place"
    if places[0] > 0:
        return "they come nearer, all on one side"
    nearer = abs(places[2]) < abs(places[0]) < 1
    return f"they jump from side to side, and {'come nearer' if nearer else 'go away'}"


def backprop_or_descent(question: Question) -> str:
    inputs, outputs, _ = map(int, said(question))
    return f"{inputs * outputs + outputs} gradients"


def points_read(question: Question) -> float:
    count, updates = said(question)
    return count * updates


def epoch_updates(question: Question) -> int:
    return len(cut(*map(int, said(question))))


def cut(count: int, size: int) -> list[list[int]]:
    """The batches of an epoch, laid out."""
    left, batches = list(range(count)), []
    while left:
        batches.append(left[:size])
        left = left[size:]
    return batches


def last_batch(question: Question) -> int:
    return len(cut(*map(int, said(question)))[-1])


def ragged_mean(question: Question) -> float:
    _, left, *gradients = said(question)
    assert len(gradients) == left
    return sum(gradients) / left


def examples_seen(question: Question) -> int:
    count, size, updates = map(int, said(question))
    batches = cut(count, size)
    return sum(len(batches[update % len(batches)]) for update in range(updates))


def updates_fit(question: Question) -> float:
    count, updates, size = said(question)
    return count * updates / size


def whose_angle(question: Question) -> str:
    count, size, _ = said(question)
    return "stochastic" if size == 1 else "batch" if size == count else "mini-batch"


def sgd_name(question: Question) -> float:
    return said(question)[0]


def noise_factor(question: Question) -> float:
    spread, size = said(question)
    return spread / math.sqrt(size)


def batch_for_noise(question: Question) -> float:
    size = said(question)[0]
    parts = {"half": 2, "a third": 3, "a quarter": 4, "a fifth": 5}
    factor = next(n for words, n in parts.items() if f"you want {words} of" in question.prompt)
    larger = size
    while math.sqrt(larger / size) < factor:
        larger += 1
    return larger


def order_by_noise(question: Question) -> tuple[str, ...]:
    sizes = {item: numbers(item)[0] for item in question.truth}
    return tuple(sorted(sizes, key=lambda item: sizes[item]))


def mean_of_points(question: Question) -> float:
    full, *known = said(question)
    return 4 * full - sum(known)


def what_schedule(question: Question) -> str:
    pulls = {
        "always the first 32 rows",
        "leaving out the points with a large loss",
        "only points of one class",
        "drawing one class twice as often",
    }
    (found,) = pulls & set(question.kind.options)  # type: ignore[attr-defined]
    return found


def which_valley(question: Question) -> float:
    start = said(question)[-1]
    lines = [
        (line.split()[0], numbers(line)) for line in grids(question.prompt)[0].split("\n")[1:-1]
    ]
    walls = [found[0] for kind, found in lines if kind == "summit"]
    bottoms = [found[0] for kind, found in lines if kind == "bottom"]
    return bottoms[sum(start > wall for wall in walls)]


def still_point(question: Question) -> str:
    above, left, here, right, below = numbers(grids(question.prompt)[0])
    signs = [(place > here) - (place < here) for place in (left, right, above, below)]
    assert signs[0] == signs[1] and signs[2] == signs[3]
    names = {2: "minimum", -2: "maximum", 0: "saddle" if signs[0] else "plateau"}
    return names[signs[0] + signs[2]]


def escape_dial(question: Question) -> str:
    options: tuple[str, ...] = question.kind.options  # type: ignore[attr-defined]
    return max(options, key=lambda option: numbers(option)[0] / numbers(option)[1])


def reversed_claim(question: Question) -> str:
    runs, batch, noisy = said(question)

    def interval(count: float) -> tuple[float, float]:
        """Every share that would give this count, or a rarer one, within 1.96 of its spread."""
        shares = [n / 10000 for n in range(1, 10000)]
        inside = [
            p for p in shares if abs(count / runs - p) <= 1.96 * math.sqrt(p * (1 - p) / runs)
        ]
        return inside[0], inside[-1]

    (low_b, high_b), (low_n, high_n) = interval(batch), interval(noisy)
    if low_n > high_b:
        return "noise helped on this loss"
    return "noise hurt on this loss" if high_n < low_b else "these counts show no difference"


def momentum_step(question: Question) -> float:
    w, velocity, gradient, momentum, rate = said(question)
    return w - rate * (momentum * velocity + gradient)


def terminal_speed(question: Question) -> float:
    gradient, momentum = said(question)
    return gradient / (1 - momentum)


def scheduled_rate(question: Question) -> float:
    rate, every, update, _ = said(question)
    for n in range(1, int(update) + 1):
        if n % every == 0:
            rate /= 2
    return rate


ORACLES: dict[str, Callable[[Question], Any]] = {
    "one-step": one_step,
    "which-direction": which_direction,
    "rate-limit": rate_limit,
    "backprop-or-descent": backprop_or_descent,
    "points-read": points_read,
    "epoch-updates": epoch_updates,
    "last-batch": last_batch,
    "ragged-mean": ragged_mean,
    "examples-seen": examples_seen,
    "updates-fit": updates_fit,
    "whose-angle": whose_angle,
    "sgd-name": sgd_name,
    "noise-factor": noise_factor,
    "batch-for-noise": batch_for_noise,
    "order-by-noise": order_by_noise,
    "mean-of-points": mean_of_points,
    "what-schedule": what_schedule,
    "which-valley": which_valley,
    "still-point": still_point,
    "escape-dial": escape_dial,
    "reversed-claim": reversed_claim,
    "momentum-step": momentum_step,
    "terminal-speed": terminal_speed,
    "scheduled-rate": scheduled_rate,
}
