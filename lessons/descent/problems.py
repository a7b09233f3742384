"""The real data of the lesson, and what is fitted to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from engine.fit import LINE, NEURON, TWO_LAGS, WAVE, Model
from engine.network import Layer, Network, dense_layer
from engine.shapes import Array
from lessons.data import breast_cancer, digit_split, digits, lynx, sunspots

PHASE = 2.81
"""The phase of the wave that is fitted to the lynx in its frequency alone."""
TEST_EVERY = 5
"""Of the tumours, each fifth in a drawn order is kept for the test."""
SPLIT_SEED = 0
LAGS = 10
"""Years that the forecast looks back."""


@dataclass(frozen=True, eq=False)
class Points:
    """A small model and the points that it is fitted to."""

    model: Model
    inputs: Mapping[str, Array]
    y: Array


@dataclass(frozen=True, eq=False)
class Task:
    """A network at its start, with examples to train it on and others to test it on."""

    network: Network
    x: Array
    target: Array
    x_test: Array
    target_test: Array


@cache
def sunspot_line() -> Points:
    """Next year's sunspots from this year's: one weight. Centred, in standard deviations."""
    s = _standardised(sunspots()[1])
    return Points(LINE, {"x": s[:-1]}, s[1:])


@cache
def sunspot_lags() -> Points:
    """Next year's sunspots from this year's and last year's: two weights, as Yule had it."""
    s = _standardised(sunspots()[1])
    return Points(TWO_LAGS, {"x": s[1:-1], "x2": s[:-2]}, s[2:])


@cache
def sunspot_neuron() -> Points:
    """Next year's sunspots from this year's through one hidden tanh: a weight before, one after."""
    return replace(sunspot_line(), model=NEURON)


@cache
def lynx_wave() -> Points:
    """The lynx as a wave of time in decades from the middle of the series; its frequency is
    sought, its phase is given. Logarithms of the counts, centred, in standard deviations."""
    years, trapped = lynx()
    decades = (years - years.mean()) / 10
    wave = replace(WAVE, phase=PHASE)
    return Points(wave, {"x": decades}, _standardised(np.log10(trapped)))


@cache
def tumours() -> Task:
    """Benign or malignant from thirty measurements: a logistic regression that starts at zero."""
    x, y, _ = breast_cancer()
    rows = np.random.default_rng(SPLIT_SEED).permutation(len(y))
    test = np.sort(rows[::TEST_EVERY])
    train = np.setdiff1d(rows, test)
    mean, deviation = x[train].mean(axis=0), x[train].std(axis=0)
    x = ((x - mean) / deviation).T
    layer = Layer("out", "dense", {"w": np.zeros((1, len(x))), "b": np.zeros(1)})
    return Task(
        Network((layer,), "binary_cross_entropy"),
        np.ascontiguousarray(x[:, train]),
        y[None, train],
        np.ascontiguousarray(x[:, test]),
        y[None, test],
    )


@cache
def handwriting() -> Task:
    """The handwritten digits: a network of one hidden layer, 64 pixels to 16 to 10 classes."""
    images, labels = digits()
    train, test = digit_split("random")
    x = np.ascontiguousarray(images.reshape(len(images), -1).T)
    rng = np.random.default_rng(SPLIT_SEED)
    layers = (
        dense_layer("hidden", rng, len(x), 16),
        Layer("relu", "relu"),
        dense_layer("out", rng, 16, 10),
    )
    target = labels.astype(int)
    return Task(Network(layers), x[:, train], target[train], x[:, test], target[test])


@cache
def forecast() -> Task:
    """Next year's sunspots from the last ten years': a line in ten inputs that starts at zero. The
    last fifth of the years is the test."""
    s = _standardised(sunspots()[1])
    x = np.stack([s[lag : len(s) - LAGS + lag] for lag in range(LAGS)])
    y = s[None, LAGS:]
    split = x.shape[1] * (TEST_EVERY - 1) // TEST_EVERY
    layer = Layer("out", "dense", {"w": np.zeros((1, LAGS)), "b": np.zeros(1)})
    return Task(
        Network((layer,), "half_squared_error"),
        np.ascontiguousarray(x[:, :split]),
        y[:, :split],
        np.ascontiguousarray(x[:, split:]),
        y[:, split:],
    )


TASKS = {"tumours": tumours, "digits": handwriting, "sunspots": forecast}


def _standardised(series: Array) -> Array:
    standardised: Array = (series - series.mean()) / series.std()
    return standardised
