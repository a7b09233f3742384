"""A5: denoising and anomaly scores, and what a wide code does to both."""

from __future__ import annotations

import numpy as np

from engine.loss import mean_squared_error
from engine.notation import format_number
from engine.rank import rank
from lessons.autoencoder.questions.drawn import grid, sum_of, tenths
from lessons.kit.answer import Numeric
from lessons.kit.question import Draft, Mistake, Redraw, Template


def _denoise(rng: np.random.Generator) -> Draft:
    clean, noise, y = tenths(rng, 1), tenths(rng, 1, -6, 6), tenths(rng, 1)
    noisy = clean + noise
    if abs(noise[0]) < 0.2 or abs(y[0] - clean[0]) < 0.15:
        raise Redraw
    truth = float(mean_squared_error(y, clean)["mean_loss"])
    said = [format_number(float(part[0])) for part in (clean, noise, noisy, y)]
    return Draft(
        prompt=(
            f"A denoising autoencoder is in training. A pixel of the digit is {said[0]}; noise of "
            f"{said[1]} makes it {said[2]}, and the network puts out {said[3]}. Which squared "
            "error does the pixel add to the sum?"
        ),
        kind=Numeric(tolerance=0.002),
        truth=truth,
        mistakes=(
            Mistake(
                "target-is-noisy",
                float((y[0] - noisy[0]) ** 2),
                "You compared with the noisy input: it would learn to give the noise back. The "
                "target is the clean pixel.",
            ),
            Mistake(
                "target-is-noise",
                float((y[0] - noise[0]) ** 2),
                "You compared with the noise. The target is the clean pixel.",
            ),
            Mistake("noise-itself", float(noise[0] ** 2), "That is the noise, squared."),
            Mistake(
                "not-squared", float(abs(y[0] - clean[0])), "That is the distance; square it."
            ),
        ),
        explanation=f"({said[3]} − {said[0]})² = {format_number(truth)}: the target is clean.",
    )


def _score(rng: np.random.Generator) -> Draft:
    x, y = tenths(rng, 4), tenths(rng, 4)
    others = rng.integers(2, 40, 5) / 100
    trace = mean_squared_error(y, x)
    score, d = float(trace["mean_loss"]), trace["difference"]
    if np.min(np.abs(others - score)) < 0.015:
        raise Redraw

    def below(value: float) -> float:
        return float(rank(value, others)["below"])

    return Draft(
        prompt=(
            "A picture of four pixels, its reconstruction, and the scores (mean squared errors) of "
            "five known digits. How many of the five have a smaller score than the picture?"
            + grid(("x", x), ("y", y), ("scores", others))
        ),
        kind=Numeric(unit="digits"),
        truth=below(score),
        mistakes=(
            Mistake(
                "summed",
                below(4 * score),
                "You took the sum of the squares for the score. It is their mean.",
            ),
            Mistake(
                "absolute",
                below(float(np.abs(d).mean())),
                "You took the mean distance. The differences are squared.",
            ),
            Mistake("larger", 5 - below(score), "You counted those with a larger score."),
        ),
        explanation=(
            f"The score is ({sum_of(d**2)}) / 4 = {format_number(score)}; "
            f"{below(score):.0f} of the five are smaller."
        ),
    )


def _wide(rng: np.random.Generator) -> Draft:
    clean, noise = tenths(rng, 4, 3, 7), tenths(rng, 4, -3, 3)
    if np.sum(noise != 0) < 3 or len(set(np.abs(noise))) < 2:
        raise Redraw
    noisy = (clean + noise).round(1)
    copied = mean_squared_error(noisy, clean)
    truth = float(copied["mean_loss"])
    return Draft(
        prompt=(
            "A linear autoencoder with a code as wide as the picture has learned to copy without "
            "any error. It is given the noisy picture. How far, as a mean squared error, is what "
            "it puts out from the clean picture?" + grid(("clean", clean), ("noisy", noisy))
        ),
        kind=Numeric(tolerance=0.002),
        truth=truth,
        mistakes=(
            Mistake(
                "wide-is-better",
                0.0,
                "Its loss was 0 because it copies, and it copies the noise as well.",
            ),
            Mistake(
                "absolute", float(np.abs(noise).mean()), "Square the differences before the mean."
            ),
            Mistake(
                "summed",
                float((noise**2).sum()),
                "That is the sum of the squares: divide by four.",
            ),
            Mistake(
                "half-taken-away",
                truth / 2,
                "It takes nothing away: what comes out is what went in.",
            ),
        ),
        explanation=(
            f"It copies, so what comes out is the noisy picture: ({sum_of(noise**2)}) / 4 = "
            f"{format_number(truth)}."
        ),
    )


TEMPLATES = (
    Template("ae-denoise", "Clean is the target", ("A5",), _denoise),
    Template("ae-score", "A score among others", ("A5",), _score),
    Template("ae-wide", "A perfect copy", ("A5",), _wide),
)
