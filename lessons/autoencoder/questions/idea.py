"""A1: encoder, code and decoder; the target, the loss and its gradient."""

from __future__ import annotations

import numpy as np

from engine.autoencoder import autoencoder
from engine.loss import mean_squared_error, mean_squared_error_backward
from engine.network import LOSS
from engine.notation import format_number
from lessons.autoencoder.questions.drawn import grid, sum_of, tenths
from lessons.kit.answer import Numeric
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick


def _target(rng: np.random.Generator) -> Draft:
    side, code = pick(rng, (4, 5, 6, 8, 9, 10)), pick(rng, (2, 3, 4, 7))
    kinds = pick(rng, (10, 12, 20, 26))
    pixels = side * side
    x = rng.random(pixels)
    run = autoencoder(rng, (pixels, code)).forward(x, x)
    return Draft(
        prompt=(
            f"Pictures of {side}×{side} pixels show {kinds} kinds of letters. An autoencoder with "
            f"a code of {code} is trained on them. Of how many numbers is the target for one "
            "picture?"
        ),
        kind=Numeric(unit="numbers"),
        truth=float(run[LOSS]["target"].size),
        mistakes=(
            Mistake(
                "needs-labels",
                float(kinds),
                "That would be a label as a vector. An autoencoder is told no label: its target is "
                "the picture.",
            ),
            Mistake(
                "one-label",
                1.0,
                "That would be a label. An autoencoder is told none: its target is the picture.",
            ),
            Mistake(
                "target-is-code",
                float(code),
                "That is the code. Nobody says what it should be; the target is what comes out at "
                "the end, compared with the picture.",
            ),
            Mistake(
                "side-only",
                float(side),
                "That is one row of the picture; the target is all of it.",
            ),
        ),
        explanation=f"The target is the input: {side}·{side} = {pixels} pixels, and no label.",
    )


def _loss(rng: np.random.Generator) -> Draft:
    x, y = tenths(rng, 4), tenths(rng, 4)
    trace = mean_squared_error(y, x)
    d = trace["difference"]
    if (np.abs(d) < 0.05).sum() > 1 or np.allclose(np.abs(d), np.abs(d[0])):
        raise Redraw
    truth = float(trace["mean_loss"])
    squares = [float(part) for part in d**2]
    return Draft(
        prompt="A picture of four pixels and its reconstruction. What is the mean squared error?"
        + grid(("x", x), ("y", y)),
        kind=Numeric(tolerance=0.002),
        truth=truth,
        mistakes=(
            Mistake("summed", sum(squares), "That is the sum of the squares: divide by four."),
            Mistake(
                "absolute",
                float(np.abs(d).mean()),
                "That is the mean of the distances; they are squared first.",
            ),
            Mistake("halved", truth / 2, "You took half of it. This loss has no ½."),
            Mistake(
                "signs-cancel",
                float(d.mean() ** 2),
                "You added the differences before squaring: too much and too little ink cancelled.",
            ),
            Mistake("rooted", truth**0.5, "That is its root. The loss is the mean of the squares."),
        ),
        explanation=f"({sum_of(squares)}) / 4 = {format_number(truth, 4)}.",
    )


def _gradient(rng: np.random.Generator) -> Draft:
    count = pick(rng, (4, 5, 8, 10))
    x, y = tenths(rng, count), tenths(rng, count)
    pixel = int(rng.integers(count))
    trace = mean_squared_error(y, x)
    mean_squared_error_backward(trace)
    d = float(trace["difference"][pixel])
    if abs(d) < 0.15:
        raise Redraw
    truth = float(trace["dy"][pixel])
    return Draft(
        prompt=(
            f"A picture has {count} pixels. One of them is {format_number(float(x[pixel]))}, and "
            f"the reconstruction gives it {format_number(float(y[pixel]))}. What is the gradient "
            "of the mean squared error on that pixel of the reconstruction?"
        ),
        kind=Numeric(tolerance=0.001),
        truth=truth,
        mistakes=(
            Mistake(
                "turned-sign",
                -truth,
                "The sign is turned. The loss grows when y moves away from x: too much ink has a "
                "positive gradient.",
            ),
            Mistake("no-two", truth / 2, "The square brings a 2 down in front."),
            Mistake(
                "undivided",
                2 * d,
                f"You forgot the mean: this pixel is one of {count}.",
            ),
            Mistake("difference-only", d, "That is the difference: 2 times it, over all pixels."),
            Mistake("the-loss", d * d / count, "That is what the pixel adds to the loss."),
        ),
        explanation=(
            f"2·(y − x) / D = 2·({format_number(d)}) / {count} = {format_number(truth, 4)}."
        ),
    )


def _weights(rng: np.random.Generator) -> Draft:
    pixels, hidden, code = pick(rng, (16, 25, 64)), pick(rng, (10, 12, 20)), pick(rng, (2, 3, 4))
    network = autoencoder(rng, (pixels, hidden, code))
    truth = float(network.parameter_count)
    half = pixels * hidden + hidden * code
    encoder = half + hidden + code
    return Draft(
        prompt=(
            f"An autoencoder goes {pixels} → {hidden} → {code} → {hidden} → {pixels}, all layers "
            "dense with biases, no weights tied. How many parameters has it?"
        ),
        kind=Numeric(unit="parameters"),
        truth=truth,
        mistakes=(
            Mistake(
                "encoder-only",
                float(encoder),
                "That is the encoder. The decoder has weights of its own.",
            ),
            Mistake(
                "no-biases",
                float(2 * half),
                "Those are the weights; every output of a layer has a bias, too.",
            ),
            Mistake(
                "encoder-doubled",
                float(2 * encoder),
                f"You doubled the encoder. The decoder's biases are others: {hidden} and {pixels}.",
            ),
            Mistake(
                "no-way-back",
                float(pixels * code * 2),
                "You went straight from input to code. There is a hidden layer on either side.",
            ),
        ),
        explanation=(
            f"2·({pixels}·{hidden} + {hidden}·{code}) weights and "
            f"{hidden} + {code} + {hidden} + {pixels} biases: {truth:.0f}."
        ),
    )


TEMPLATES = (
    Template("ae-target", "What the target is", ("A1",), _target),
    Template("ae-loss", "The reconstruction loss", ("A1",), _loss),
    Template("ae-gradient", "The pull at one pixel", ("A1",), _gradient),
    Template("ae-weights", "There and back", ("A1",), _weights),
)
