"""D4, D5: the law of the square root, and what one-point gradients average to."""

from __future__ import annotations

import math

import numpy as np

from engine.notation import format_number
from lessons.kit.answer import InOrder, Numeric, OneOf
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick


def _noise_factor(rng: np.random.Generator) -> Draft:
    root = pick(rng, (2, 3, 4, 5, 6, 8, 10))
    size = root**2
    truth = pick(rng, (0.5, 1.0, 1.5, 2.0, 3.0))
    spread = truth * root
    return Draft(
        prompt=(
            f"One-point gradients lie {format_number(spread)} from the full gradient (root of the "
            f"mean square). How far do batches of {size} lie, drawn with repeats?"
        ),
        kind=Numeric(tolerance=0.01),
        truth=spread / math.sqrt(size),
        mistakes=(
            Mistake(
                "noise-by-size",
                spread / size,
                f"You divided by {size}. Noise falls with the square root of the batch size.",
            ),
            Mistake(
                "noise-stays",
                spread,
                "Noises of single points partly cancel in a mean. A batch is steadier.",
            ),
            Mistake(
                "noise-adds",
                spread * root,
                "In a sum it would grow like that. A batch's gradient is a mean.",
            ),
        ),
        explanation=f"{format_number(spread)} / √{size} = {format_number(truth)}.",
    )


def _batch_for_noise(rng: np.random.Generator) -> Draft:
    size, factor = pick(rng, (4, 8, 10, 16, 32)), pick(rng, (2, 3, 4, 5))
    part = {2: "half", 3: "a third", 4: "a quarter", 5: "a fifth"}[factor]
    return Draft(
        prompt=(
            f"Batches of {size} are too noisy: you want {part} of the noise. How large must a "
            "batch be?"
        ),
        kind=Numeric(unit="points"),
        truth=float(size * factor**2),
        mistakes=(
            Mistake(
                "noise-by-size",
                float(size * factor),
                "That divides the noise by the square root of the factor only.",
            ),
            Mistake(
                "added-square",
                float(size + factor**2),
                "The size is multiplied, not added to.",
            ),
        ),
        explanation=(
            f"Noise goes with 1/√B: for {part} of it, B grows by {factor}² = {factor**2}: "
            f"{size * factor**2}."
        ),
    )


def _mean_of_points(rng: np.random.Generator) -> Draft:
    one = rng.integers(-8, 9, size=4).astype(float)
    full = float(one.mean())
    known = float(one[:3].sum())
    if not full.is_integer() or full == 0 or known == 0 or len(set(one)) < 4:
        raise Redraw
    shown = ", ".join(map(format_number, one[:3]))
    return Draft(
        prompt=(
            f"There are four points. The full gradient on a weight is {format_number(full)}; "
            f"three of the one-point gradients are {shown}. What is the fourth?"
        ),
        kind=Numeric(tolerance=0.01),
        truth=float(one[3]),
        mistakes=(
            Mistake(
                "each-is-full",
                full,
                "A single point's gradient is not the full one. Only their mean is.",
            ),
            Mistake(
                "sum-is-full",
                full - known,
                "That makes the sum the full gradient. It is the mean: four times as much in all.",
            ),
            Mistake(
                "mean-of-three",
                known / 3,
                "That is the mean of the three that you know. The fourth has to bring it to the "
                "full gradient.",
            ),
        ),
        explanation=(
            f"All four add up to 4 · ({format_number(full)}) = {format_number(4 * full)}; three of "
            f"them make {format_number(known)}."
        ),
    )


_KEEPS = {
    "another batch size": "It changes the noise. On average each gives the full gradient.",
    "a fresh order every epoch": "Each point still comes once an epoch: the mean stays.",
    "drawing with repeats": "Each point is as likely as any other: the mean stays.",
    "one point for each update": "That is noisy, but unbiased: its mean is the full gradient.",
    "a smaller learning rate": "The rate scales the step. The gradient does not know of it.",
}
_CHANGES = {
    "always the first 32 rows": "the other rows are never asked",
    "leaving out the points with a large loss": "those are the ones that pull hardest",
    "only points of one class": "the other class is never asked",
    "drawing one class twice as often": "that class pulls twice as hard",
}


def _what_schedule(rng: np.random.Generator) -> Draft:
    kept = [list(_KEEPS)[n] for n in rng.permutation(len(_KEEPS))[:3]]
    truth = pick(rng, tuple(_CHANGES))
    return Draft(
        prompt="Which of these makes the gradient point elsewhere *on average*?",
        kind=OneOf(),
        truth=truth,
        mistakes=tuple(Mistake(f"biased-by-{one.split()[-1]}", one, _KEEPS[one]) for one in kept),
        explanation=(
            f"It is {truth}: {_CHANGES[truth]}. A schedule over the data is unbiased when every "
            "point has the same chance."
        ),
    )


def _order_by_noise(rng: np.random.Generator) -> Draft:
    count = int(rng.integers(30, 90)) * 10
    sizes = sorted(int(n) for n in rng.permutation((1, 2, 8, 16, 64, 128))[:3])
    names = [f"batches of {size}" for size in sizes] + [f"a batch of all {count}"]
    return Draft(
        prompt=f"{count} points. Put these in order, the noisiest gradient first.",
        kind=InOrder(),
        truth=tuple(names),
        mistakes=(
            Mistake(
                "noise-grows",
                tuple(reversed(names)),
                "That is the other way round: more points, less noise.",
            ),
            Mistake(
                "batch-first",
                (names[-1], *names[:-1]),
                "Batch is the full gradient itself: it has no noise at all.",
            ),
        ),
        explanation="Noise falls as 1/√B, and with all points nothing of it is left.",
    )


TEMPLATES = (
    Template("noise-factor", "The noise of a batch", ("D4",), _noise_factor),
    Template("batch-for-noise", "Less noise", ("D4",), _batch_for_noise),
    Template("order-by-noise", "In order of noise", ("D2", "D3", "D4"), _order_by_noise),
    Template("mean-of-points", "What they average to", ("D5",), _mean_of_points),
    Template("what-schedule", "On average", ("D5",), _what_schedule),
)
