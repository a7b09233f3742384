"""Traces of what the lesson on autoencoders adds to the engine, for the tests of relations."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.blend import blend
from engine.nearest import nearest
from engine.neighbours import neighbours
from engine.noise import noisy
from engine.pca import pca, pca_fit
from engine.rank import rank
from engine.shapes import Array
from engine.subspace import principal_angles
from engine.tiles import tiles
from engine.trace import Trace


def _numbers(seed: int, *shape: int) -> Array:
    return np.random.default_rng(seed).normal(size=shape)


def _pca(examples: tuple[int, ...]) -> Trace:
    fit = pca_fit(_numbers(60, 5, 9))
    return pca(_numbers(61, 5, *examples), fit["mean"], fit["component"][:2])


AUTOENCODER_TRACES: dict[str, Callable[[], Trace]] = {
    "tiles": lambda: tiles(_numbers(62, 6, 4), 3),
    "tiles-one": lambda: tiles(_numbers(62, 6), 2),
    "pca_fit": lambda: pca_fit(_numbers(60, 5, 9)),
    "pca_fit-few": lambda: pca_fit(_numbers(60, 5, 3)),
    "pca-one": lambda: _pca(()),
    "pca-batch": lambda: _pca((3,)),
    "principal_angles": lambda: principal_angles(_numbers(63, 6, 2), _numbers(64, 6, 2)),
    "principal_angles-same": lambda: principal_angles(
        _numbers(63, 6, 2), _numbers(63, 6, 2) @ np.array([[2.0, 1.0], [-1.0, 3.0]])
    ),
    "nearest": lambda: nearest(_numbers(65, 2), _numbers(66, 2, 5)),
    "neighbours": lambda: neighbours(_numbers(70, 2, 6), np.array([0.0, 1, 0, 1, 1, 0])),
    "blend": lambda: blend(_numbers(67, 4), _numbers(68, 4), 0.3),
    "noisy": lambda: noisy(_numbers(71, 3, 2), 0.4, np.random.default_rng(1)),
    "noisy-batch": lambda: noisy(
        _numbers(71, 3, 2), 0.4, np.random.default_rng(1), batched=True
    ),
    "rank": lambda: rank(0.2, np.abs(_numbers(69, 7))),
}
