"""A2: what training shows. The first blur, the map of differences, updates."""

from __future__ import annotations

import numpy as np

from engine.batches import Batches
from engine.loss import mean_squared_error
from engine.notation import format_number
from engine.pca import pca_fit
from lessons.autoencoder.questions.drawn import grid, sum_of, tenths
from lessons.kit.answer import Numeric
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick


def _mean(rng: np.random.Generator) -> Draft:
    count = pick(rng, (4, 5))
    values = tenths(rng, count)
    truth = float(pca_fit(values[None])["mean"][0])
    if len(set(values.tolist())) < 3:
        raise Redraw
    return Draft(
        prompt=(
            f"Early in training a network draws the same picture for every input. In the {count} "
            "pictures one pixel is as below. Which single value for it has the smallest mean "
            "squared error?" + grid(("x", values))
        ),
        kind=Numeric(tolerance=0.006),
        truth=truth,
        mistakes=(
            Mistake(
                "median",
                float(np.median(values)),
                "The middle one has the smallest mean distance; squares weigh far ones more, and "
                "lead to the mean.",
            ),
            Mistake("largest", float(values.max()), "Ink where any has ink costs all the others."),
            Mistake("paper", 0.0, "Leaving it empty costs every picture that has ink there."),
            Mistake(
                "middle-of-range",
                float((values.max() + values.min()) / 2),
                "That is the middle between the extremes. Each picture counts, not the two at the "
                "ends alone.",
            ),
        ),
        explanation=f"The mean: ({sum_of(values)}) / {count} = {format_number(truth)}.",
    )


def _difference(rng: np.random.Generator) -> Draft:
    d = np.zeros(4)
    while len(set(np.abs(d))) < 3 or not d.any():
        d = tenths(rng, 4, -6, 6)
    x = np.clip(tenths(rng, 4), np.maximum(0, -d), np.minimum(1, 1 - d)).round(1)
    trace = mean_squared_error(x + d, x)
    squares = trace["difference"] ** 2
    worst = int(squares.argmax())
    if np.sum(np.isclose(squares, squares[worst])) > 1:
        raise Redraw
    truth = float(squares[worst] / squares.sum())
    distance = np.abs(d)
    return Draft(
        prompt=(
            "The differences y − x of four pixels. Which part of the mean squared error, from 0 to "
            "1, comes from the worst pixel?" + grid(("y − x", d))
        ),
        kind=Numeric(tolerance=0.01),
        truth=truth,
        mistakes=(
            Mistake(
                "not-squared",
                float(distance[worst] / distance.sum()),
                "You weighed the distances. They are squared, so that the worst one weighs more.",
            ),
            Mistake("all-alike", 0.25, "One pixel in four, but not a quarter of the loss."),
            Mistake(
                "its-square",
                float(squares[worst]),
                "That is its square; the question is its part of the sum of the squares.",
            ),
            Mistake(
                "its-quarter",
                float(squares[worst] / 4),
                "That is what it adds to the loss; the question is which part of the loss it is.",
            ),
        ),
        explanation=(
            f"{format_number(float(squares[worst]))} / ({sum_of(squares)}) = "
            f"{format_number(truth)}."
        ),
    )


def _updates(rng: np.random.Generator) -> Draft:
    count, size = int(rng.integers(30, 200)) * 10, pick(rng, (32, 50, 64, 100))
    epochs = pick(rng, (5, 10, 20))
    if count % size == 0:
        raise Redraw
    batches = Batches(count, size)
    truth = float(batches.per_epoch * epochs)
    return Draft(
        prompt=(
            f"An autoencoder is trained on {count} pictures in batches of {size}, for {epochs} "
            "epochs; the last batch of an epoch may be smaller. How many points has the curve of "
            "the batches' losses?"
        ),
        kind=Numeric(unit="points"),
        truth=truth,
        mistakes=(
            Mistake(
                "rounded-down",
                float(count // size * epochs),
                "You dropped the small batch at the end of each epoch. It is an update as well.",
            ),
            Mistake(
                "one-epoch", float(batches.per_epoch), f"That is one epoch; there are {epochs}."
            ),
            Mistake("point-an-epoch", float(epochs), "A point for each batch, not for each epoch."),
            Mistake(
                "point-a-picture",
                float(count * epochs),
                f"A point for each batch: {size} pictures share one.",
            ),
        ),
        explanation=(
            f"{count} / {size}, rounded up, is {batches.per_epoch} an epoch; times {epochs}: "
            f"{truth:.0f}."
        ),
    )


TEMPLATES = (
    Template("ae-mean", "The first blur", ("A2",), _mean),
    Template("ae-difference", "The worst pixel", ("A2",), _difference),
    Template("ae-curves", "Points of a curve", ("A2",), _updates),
)
