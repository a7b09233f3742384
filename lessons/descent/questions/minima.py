"""D6, D7: valleys, saddles, what shakes a run out, and what counts can show."""

from __future__ import annotations

import numpy as np

from engine.basins import basins
from engine.notation import format_number
from lessons.kit.answer import Numeric, OneOf
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick


def _which_valley(rng: np.random.Generator) -> Draft:
    places = np.cumsum(rng.integers(1, 5, size=5)).astype(float)
    bottoms, summit = places[::2], places[1::2]
    losses = rng.permutation(np.array([1.0, 3.0, 5.0]))
    start = float(rng.integers(int(places[0]) - 1, int(places[-1]) + 2))
    if start in places:
        raise Redraw
    valley = int(basins(np.array([start]), summit)["valley"][0])
    truth, lowest = float(bottoms[valley]), float(bottoms[losses.argmin()])
    nearest = float(bottoms[np.abs(bottoms - start).argmin()])
    if truth == lowest or (pick(rng, (True, False)) and nearest in (truth, lowest)):
        raise Redraw
    rows = "\n".join(
        [f"bottom at w = {bottoms[0]:.0f}: loss {losses[0]:.0f}"]
        + [
            f"summit at w = {summit[n]:.0f}\n"
            f"bottom at w = {bottoms[n + 1]:.0f}: loss {losses[n + 1]:.0f}"
            for n in range(2)
        ]
    )
    return Draft(
        prompt=(
            f"A loss has three valleys. Batch gradient descent starts at w = "
            f"{format_number(start)} with a small rate. At which w does it end?\n\n```\n{rows}\n```"
        ),
        kind=Numeric(),
        truth=truth,
        mistakes=(
            Mistake(
                "batch-finds-global",
                lowest,
                "That is the deepest valley. Batch cannot see it: it walks downhill from where it "
                "stands.",
            ),
            Mistake(
                "nearest-bottom",
                nearest,
                "That bottom is nearest, but there is a summit between. Downhill is the other way.",
            ),
            Mistake("stays", start, "There is a slope at the start: it moves."),
        ),
        explanation=(
            f"Between the summits, {format_number(start)} lies in the valley whose bottom is at "
            f"{format_number(truth)}. Batch has no noise to leave it."
        ),
    )


_KINDS = {"minimum": (1, 1), "maximum": (-1, -1), "saddle": (1, -1), "plateau": (0, 0)}
_KIND_TOLD = {
    "minimum": (
        "zero-means-minimum",
        "A minimum is lower than all its neighbours. A zero gradient alone does not say that.",
    ),
    "maximum": ("zero-means-maximum", "A maximum is higher than all its neighbours."),
    "saddle": (
        "saddle-anywhere",
        "A saddle goes down one way and up another. Compare both pairs of neighbours.",
    ),
    "plateau": ("flat-anywhere", "On a plateau the neighbours are as high as the place itself."),
}


def _still_point(rng: np.random.Generator) -> Draft:
    truth = pick(rng, ("minimum", "saddle", "saddle", "maximum", "plateau"))
    signs = _KINDS[truth][:: pick(rng, (1, -1))]
    here = int(rng.integers(20, 80))
    sides = [here + sign * int(rng.integers(2, 9)) for sign in np.repeat(signs, 2)]
    left, right, above, below = sides
    grid = f"     {above}\n\n{left}   {here}   {right}\n\n     {below}"
    return Draft(
        prompt=(
            "The gradient is zero at the place in the middle. Losses there and at its four "
            f"neighbours:\n\n```\n{grid}\n```\n\nWhat is this place?"
        ),
        kind=OneOf(),
        truth=truth,
        mistakes=tuple(
            Mistake(told[0], name, told[1]) for name, told in _KIND_TOLD.items() if name != truth
        ),
        explanation=(
            f"To the sides {left} and {right}, up and down {above} and {below}, here {here}: a "
            f"{truth}. A zero gradient alone tells none of this."
        ),
    )


def _escape_dial(rng: np.random.Generator) -> Draft:
    rates, sizes = (0.02, 0.05, 0.1, 0.2), (1, 4, 16, 64)
    pairs = [(pick(rng, rates), pick(rng, sizes)) for _ in range(4)]
    dials = np.array([rate / size for rate, size in pairs])
    order = np.argsort(-dials)
    if len(set(pairs)) < 4 or dials[order[0]] < 2 * dials[order[1]]:
        raise Redraw
    best = pairs[order[0]]

    def named(pair: tuple[float, int]) -> str:
        return f"rate {pair[0]:g}, batch size {pair[1]}"

    others = [pairs[n] for n in order[1:]]
    largest = max(others, key=lambda pair: pair[1])
    mistakes: list[Mistake] = []
    for pair in others:
        if pair[0] > best[0]:
            told = ("rate-alone", "Its rate is larger, but larger batches average the noise away.")
        elif pair == largest:
            told = ("large-batch-shakes", "Large batches are the steady ones: they shake least.")
        else:
            told = ("size-alone", "Few points make noise, but so small a rate hardly moves on it.")
        if told[0] not in {one.id for one in mistakes}:
            mistakes.append(Mistake(told[0], named(pair), told[1]))
    return Draft(
        prompt="A run sits in a shallow valley. Which setting shakes it out most easily?",
        kind=OneOf(),
        truth=named(best),
        mistakes=tuple(mistakes),
        explanation=(
            "What counts is about rate / batch size: here "
            + ", ".join(f"{format_number(dials[n], 4)}" for n in order)
            + ", the largest first. It shakes runs out of good valleys too."
        ),
    )


_HELPED = "noise helped on this loss"
_HURT = "noise hurt on this loss"
_UNCLEAR = "these counts show no difference"
_LAW = "batch is less prone to local minima"


def _reversed_claim(rng: np.random.Generator) -> Draft:
    runs = pick(rng, (50, 100, 200))
    shares = pick(rng, ((0.25, 0.9), (0.7, 0.2), (0.3, 0.33), (0.6, 0.57), (0.2, 0.6)))
    counts = [round(runs * share) + int(rng.integers(-2, 3)) for share in shares]
    stands = [basins(np.arange(runs) - count + 0.5, np.zeros(1)) for count in counts]
    (low_b, high_b), (low_s, high_s) = (
        (float(trace["low"][0]), float(trace["high"][0])) for trace in stands
    )
    truth = _HELPED if low_s > high_b else _HURT if high_s < low_b else _UNCLEAR
    told = {
        _HELPED: (
            "noise-always-helps",
            "It would have helped if clearly more of the stochastic runs ended there.",
        ),
        _HURT: (
            "noise-always-hurts",
            "It would have hurt if clearly fewer of the stochastic runs ended there.",
        ),
        _UNCLEAR: (
            "counts-say-nothing",
            "The intervals of the two shares lie well apart: that is a difference.",
        ),
        _LAW: (
            "batch-less-prone",
            "The notes say so. One count on one loss makes no law; and batch keeps the valley that "
            "it starts in.",
        ),
    }
    return Draft(
        prompt=(
            f"On one loss, {runs} runs each from the same starts. In the deepest valley end "
            f"{counts[0]} with batch, {counts[1]} with stochastic. What may you say?"
        ),
        kind=OneOf(),
        truth=truth,
        mistakes=tuple(Mistake(told[one][0], one, told[one][1]) for one in told if one != truth),
        explanation=(
            f"The true shares lie, 95 times in 100, from {low_b:.2f} to {high_b:.2f} for batch and "
            f"from {low_s:.2f} to {high_s:.2f} for stochastic."
        ),
    )


TEMPLATES = (
    Template("which-valley", "Which valley?", ("D6",), _which_valley),
    Template("still-point", "Where the gradient is zero", ("D7",), _still_point),
    Template("escape-dial", "What shakes a run out", ("D6",), _escape_dial),
    Template("reversed-claim", "What may you say?", ("D6",), _reversed_claim),
)
