"""A4: principal components, and what a linear autoencoder finds of them."""

from __future__ import annotations

import numpy as np

from engine.loss import half_squared_error
from engine.notation import format_number
from engine.pca import pca, pca_fit
from engine.shapes import Array
from lessons.autoencoder.questions.drawn import grid, sum_of
from lessons.kit.answer import Numeric
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick

DIRECTIONS = ((0.6, 0.8), (0.8, 0.6), (0.6, -0.8), (0.8, -0.6))


def _projection(rng: np.random.Generator) -> Draft:
    component = np.array(pick(rng, DIRECTIONS))
    mean, x = rng.integers(1, 6, 2).astype(float), rng.integers(0, 11, 2).astype(float)
    trace = pca(x, mean, component[None])
    truth = float(trace["code"][0])
    centred = trace["centred"]
    length = float(np.hypot(*centred))
    if abs(truth) < 0.3 or not centred.all() or length - abs(truth) < 0.1:
        raise Redraw
    return Draft(
        prompt=(
            "PCA keeps one direction. What is the code of x?"
            + grid(("mean", mean), ("direction", component), ("x", x))
        ),
        kind=Numeric(tolerance=0.01),
        truth=truth,
        mistakes=(
            Mistake(
                "not-centred",
                float(component @ x),
                "You forgot to take the mean away first.",
            ),
            Mistake(
                "sum-of-centred",
                float(centred.sum()),
                "You added the differences without the weights of the direction.",
            ),
            Mistake(
                "length",
                length,
                "That is how far x lies from the mean, in any direction.",
            ),
            Mistake(
                "first-part",
                float(component[0] * centred[0]),
                "That is the first product; the code is the sum of both.",
            ),
        ),
        explanation=(
            f"{format_number(component[0])}·({format_number(centred[0])}) + "
            f"({format_number(component[1])})·({format_number(centred[1])}) = "
            f"{format_number(truth)}."
        ),
    )


def _left_over(rng: np.random.Generator) -> Draft:
    variance = np.sort(rng.choice(np.arange(1, 21), 5, replace=False))[::-1].astype(float)
    kept = int(rng.integers(1, 4))
    # Ten examples, two on either side of zero along each axis, with exactly these variances.
    reach = np.diag(np.sqrt(5 * variance))
    truth = float(pca_fit(np.hstack([reach, -reach]))["left_over"][kept - 1])
    left = variance[kept:]
    return Draft(
        prompt=(
            f"Along their principal components, data have these variances. PCA keeps {kept}. How "
            "large is the squared error of an example on average, summed over its numbers?"
            + grid(("variance", variance))
        ),
        kind=Numeric(tolerance=0.01),
        truth=truth,
        mistakes=(
            Mistake(
                "kept-instead",
                float(variance[:kept].sum()),
                "That is what is kept. The error is what is left out.",
            ),
            Mistake(
                "next-only",
                float(left[0]),
                "That is the first that is left out; all after it are lost as well.",
            ),
            Mistake(
                "part-of-all",
                float(left.sum() / variance.sum()),
                "That is which part of the variance is lost; the question is how much.",
            ),
            Mistake(
                "one-off",
                float(variance[kept - 1 :].sum()),
                f"Count again: {kept} are kept, and only those after them are lost.",
            ),
            Mistake(
                "smallest-kept",
                float(variance[: 5 - kept].sum()),
                "You kept the smallest. PCA keeps the largest.",
            ),
        ),
        explanation=f"What is left out adds up: {sum_of(left)} = {format_number(truth)}.",
    )


def _same_space(rng: np.random.Generator) -> Draft:
    angle = pick(rng, (20, 30, 40, 50, 60))
    spread = np.array([4.0, 3.0, 1.5, 1.0])[:, None]
    x = rng.normal(size=(4, 4)) @ (spread * rng.normal(size=(4, 9)))
    fit = pca_fit(x)
    best = fit["component"][:2]
    cosine, sine = np.cos(np.deg2rad(angle)), np.sin(np.deg2rad(angle))
    turned = np.array([[cosine, sine], [-sine, cosine]]) @ best

    def error(directions: Array) -> float:
        y = pca(x, fit["mean"], directions)["y"]
        return 2 * float(half_squared_error(y, x)["mean_loss"])

    known, truth = round(error(best), 1), round(error(turned), 1)
    if not 0.8 <= known <= 9:
        raise Redraw
    return Draft(
        prompt=(
            f"PCA with two components has the error {known:g}. A linear autoencoder with a code of "
            "two has found directions that lie in the same plane, each turned by "
            f"{angle}° from a component. What is its error?"
        ),
        kind=Numeric(tolerance=0.02),
        truth=truth,
        mistakes=(
            Mistake(
                "axes-needed",
                known / cosine**2,
                "The axes do not count. In the same plane every point can be reached from any two "
                "directions.",
            ),
            Mistake(
                "perfect",
                0.0,
                "What lies outside of the plane is lost, for both.",
            ),
            Mistake(
                "better",
                known * cosine,
                "No linear code of two has a smaller error than PCA on its own data.",
            ),
        ),
        explanation=(
            "The same plane holds the same reconstructions: the code changes, the error does not. "
            f"{known:g}."
        ),
    )


TEMPLATES = (
    Template("ae-projection", "The code of PCA", ("A4",), _projection),
    Template("ae-left-over", "What PCA loses", ("A4",), _left_over),
    Template("ae-same-space", "The same space", ("A4",), _same_space),
)
