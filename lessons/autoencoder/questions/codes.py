"""A3: places in the space of codes. Mixtures, neighbours, and what lies beyond."""

from __future__ import annotations

import numpy as np

from engine.blend import blend
from engine.dense import dense
from engine.nearest import nearest
from engine.notation import format_number
from engine.shapes import Array
from lessons.autoencoder.questions.drawn import grid
from lessons.kit.answer import Numeric, OneOf
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick


def _blend(rng: np.random.Generator) -> Draft:
    a, b = rng.integers(-6, 7, 2).astype(float), rng.integers(-6, 7, 2).astype(float)
    share = pick(rng, (0.25, 0.3, 0.4, 0.75, 0.8))
    first, second = (int(digit) for digit in rng.choice(10, 2, replace=False))
    truth = float(blend(a, b, share)["y"][0])
    if abs(a[0] - b[0]) < 2:
        raise Redraw
    said = [format_number(float(part)) for part in (a[0], a[1], b[0], b[1])]
    return Draft(
        prompt=(
            f"A {first} has the code ({said[0]}, {said[1]}), a {second} the code "
            f"({said[2]}, {said[3]}). You have gone {share:g} of the straight way from the {first} "
            f"to the {second}. What is the first number of the code there?"
        ),
        kind=Numeric(tolerance=0.01),
        truth=truth,
        mistakes=(
            Mistake(
                "wrong-end",
                float(blend(a, b, 1 - share)["y"][0]),
                f"You went from the {second}. After {share:g} of the way, {share:g} of the "
                f"{second} is in it.",
            ),
            Mistake(
                "middle",
                float((a[0] + b[0]) / 2),
                "That is half-way.",
            ),
            Mistake(
                "step-only",
                float(share * (b[0] - a[0])),
                f"That is how far you have gone; you started at {said[0]}.",
            ),
            Mistake(
                "end-scaled",
                float(share * b[0]),
                f"That is the part of the {second}. The rest is of the {first}.",
            ),
        ),
        explanation=(
            f"(1 − {share:g})·({said[0]}) + {share:g}·({said[2]}) = {format_number(truth)}."
        ),
    )


def _nearest(rng: np.random.Generator) -> Draft:
    digits = rng.choice(10, 4, replace=False)
    place = rng.integers(-5, 6, 2).astype(float)
    points = rng.integers(-9, 10, (2, 4)).astype(float)
    distance = nearest(place, points)["distance"]
    aside, aloft = np.abs(points - place[:, None])
    order = np.sort(distance)
    if order[1] - order[0] < 0.5:
        raise Redraw
    truth = int(distance.argmin())
    wrong = [int(aside.argmin()), int(aloft.argmin()), int(distance.argmax())]
    if len({truth, *wrong}) < 3:
        raise Redraw
    return Draft(
        prompt=(
            f"The cursor stands at code ({format_number(place[0])}, {format_number(place[1])}). "
            "Of which digit is the code nearest?"
            + grid(("digit", digits), ("code 0", points[0]), ("code 1", points[1]))
        ),
        kind=OneOf(),
        truth=f"the {digits[truth]}",
        mistakes=(
            Mistake(
                "first-number-only",
                f"the {digits[wrong[0]]}",
                "It is near in the first number alone. Both count: add their squares.",
            ),
            Mistake(
                "second-number-only",
                f"the {digits[wrong[1]]}",
                "It is near in the second number alone. Both count: add their squares.",
            ),
            Mistake("farthest", f"the {digits[wrong[2]]}", "That one is the farthest."),
        ),
        explanation=(
            f"The distance to the {digits[truth]} is {format_number(float(order[0]))}; the next is "
            f"{format_number(float(order[1]))} away."
        ),
    )


def _beyond(rng: np.random.Generator) -> Draft:
    w = rng.integers(1, 5, 2) / 10 * rng.choice([-1, 1], 2)
    bias = pick(rng, (0.3, 0.4, 0.5, 0.6))
    code = rng.integers(5, 15, 2) * rng.choice([-1, 1], 2).astype(float)

    def drawn(place: Array) -> float:
        return float(dense(place, w[None], np.array([bias]))["y"][0])

    truth, edge = drawn(code), drawn(np.sign(code))
    if abs(truth - edge) < 0.5 or 0 <= truth <= 1:
        raise Redraw
    said = [format_number(float(part)) for part in (*w, *code)]
    return Draft(
        prompt=(
            f"A linear decoder makes one pixel as {bias:g} + ({said[0]})·c0 + ({said[1]})·c1. All "
            f"digits have codes between −1 and 1. What does it give for the code "
            f"({said[2]}, {said[3]})?"
        ),
        kind=Numeric(tolerance=0.01),
        truth=truth,
        mistakes=(
            Mistake(
                "nothing-there",
                0.0,
                "There is no digit, but the decoder does not know that: it computes what its "
                "weights say.",
            ),
            Mistake(
                "stays-at-edge",
                edge,
                "You stopped at the edge of the digits. The decoder goes on beyond it.",
            ),
            Mistake(
                "clipped",
                float(np.clip(truth, 0, 1)),
                "Nothing in a linear decoder keeps it between paper and ink.",
            ),
            Mistake("bias-forgotten", truth - bias, "You forgot the bias."),
        ),
        explanation=(
            f"{bias:g} + ({said[0]})·({said[2]}) + ({said[1]})·({said[3]}) = "
            f"{format_number(truth)}: no pixel of a digit, and drawn without a warning."
        ),
    )


TEMPLATES = (
    Template("ae-blend", "On the way", ("A3",), _blend),
    Template("ae-nearest", "The nearest code", ("A3",), _nearest),
    Template("ae-generator", "Beyond the digits", ("A3",), _beyond),
)
