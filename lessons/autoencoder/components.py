"""Principal components of the digits: what the lesson's networks are held against."""

from __future__ import annotations

from functools import cache

from engine.loss import mean_squared_error
from engine.pca import pca, pca_fit
from engine.shapes import Array
from engine.trace import Trace
from lessons.autoencoder.pictures import PIXEL, noisy_digits, training_digits, unseen_digits


@cache
def directions() -> Trace:
    """The principal components of the training digits."""
    return pca_fit(training_digits())


def rebuilt(x: Array, target: Array, kept: int) -> Trace:
    """The loss against `target` when so many components of x, (64,N), are kept."""
    fit = directions()
    kept_only = pca(x, fit["mean"], fit["component"][:kept])
    kept_only.link("mean", fit, "mean")
    judged = mean_squared_error(kept_only["y"], target)
    judged.link("y", kept_only, "y")
    judged.meanings = {**judged.meanings, "target": PIXEL}
    return judged


@cache
def pca_error(kept: int, noise: float = 0.0) -> Trace:
    """The same for the test digits, perhaps with noise on what PCA is given."""
    x = unseen_digits()
    return rebuilt(noisy_digits(noise)["y"] if noise else x, x, kept)


@cache
def best_pca(noise: float) -> tuple[int, float]:
    """How many components take most of a noise away, and the error that is left."""
    errors = {kept: float(pca_error(kept, noise)["mean_loss"]) for kept in range(1, 41)}
    best = min(errors, key=lambda kept: errors[kept])
    return best, errors[best]
