"""Traces about descent, for the tests that evaluate every relation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from engine.basins import basins
from engine.batches import Batches
from engine.descent import Momentum
from engine.fit import LINE, NEURON, TWO_LAGS, WAVE, Model, fit, landscape
from engine.fit_descent import Descent
from engine.gradient_angle import gradient_angle
from engine.gradient_noise import batch_spread, one_point_gradients, running_average
from engine.laid_out import laid_out
from engine.network import Layer, Network, dense_layer
from engine.schedule import Constant
from engine.shapes import Array
from engine.trace import Trace
from engine.two_hidden import TwoHidden, solved

MODELS_WITH_PHASE: dict[str, Model] = {
    one.name: replace(one, phase=0.7) if one is WAVE else one
    for one in (LINE, TWO_LAGS, NEURON, WAVE)
}
POINTS, RUNS = 5, 3


def drawn(seed: int, *shape: int) -> Array:
    """Normal random numbers, the same for the same seed."""
    return np.random.default_rng(seed).normal(size=shape)


def inputs_of(model: Model, *shape: int) -> dict[str, Array]:
    """Inputs for a model."""
    return {name: drawn(n, *shape) for n, name in enumerate(model.inputs)}


def weights_of(model: Model, *shape: int) -> dict[str, Array]:
    """Weights for a model."""
    return {name: np.asarray(drawn(10 + n, *shape)) for n, name in enumerate(model.weights)}


def one_run(model: Model) -> Trace:
    """A model with one run."""
    return fit(model, inputs_of(model, POINTS), drawn(7, POINTS), weights_of(model))


def many_runs(model: Model) -> Trace:
    """A model with several runs, each on points of its own."""
    inputs = inputs_of(model, RUNS, POINTS)
    return fit(model, inputs, drawn(7, RUNS, POINTS), weights_of(model, RUNS))


def plane(model: Model) -> Trace:
    """The loss over a small plane."""
    u, v = np.linspace(-1, 1, 4), np.linspace(1, -1, 3)
    return landscape(model, inputs_of(model, POINTS), drawn(7, POINTS), u, v)


def crowd(points: int | None = None) -> Trace:
    """Networks with two hidden units, on the same points or each on its own."""
    shape = (points,) if points else (RUNS, POINTS)
    inputs = {"x1": drawn(1, *shape), "x2": drawn(2, *shape)}
    return TwoHidden().trace(inputs, (drawn(3, *shape) > 0) * 1.0, TwoHidden().start(0, RUNS))


def step_of_many() -> Trace:
    """The step of a descent of several runs, linked to its pass."""
    descent = Descent(
        LINE, inputs_of(LINE, POINTS), drawn(7, POINTS), 2, Momentum(0.9), Constant(0.1), runs=RUNS
    )
    state = descent.advance(descent.start(weights_of(LINE, RUNS)))
    return descent.step(state, descent.run(state)).traces["w"]


def two_layers() -> Network:
    """A network in which the sums of a comparison run over different lengths."""
    rng = np.random.default_rng(4)
    layers = (
        dense_layer("hidden", rng, 4, 3),
        Layer("relu", "relu"),
        dense_layer("out", rng, 3, 2),
    )
    return Network(layers)


def compared(size: int) -> Trace:
    """The gradient of the first examples against that of all."""
    network, x, target = two_layers(), drawn(5, 4, 6), np.array([0, 1, 1, 0, 1, 0])
    runs = [network.forward(x[:, :n], target[:n]) for n in (size, 6)]
    for run in runs:
        network.backward(run)
    return gradient_angle(network, *runs)


def points() -> Trace:
    """The gradients of single examples."""
    layer = Layer("out", "dense", {"w": drawn(8, 1, 3), "b": np.zeros(1)})
    network = Network((layer,), "binary_cross_entropy")
    run = network.forward(drawn(9, 3, 6), np.array([[0.0, 1, 1, 0, 1, 0]]))
    network.backward(run)
    return one_point_gradients(run["out"])


DESCENT_TRACES: dict[str, Callable[[], Trace]] = {
    **{f"fit-{name}": partial(one_run, one) for name, one in MODELS_WITH_PHASE.items()},
    **{f"fits-{name}": partial(many_runs, one) for name, one in MODELS_WITH_PHASE.items()},
    **{f"landscape-{one.name}": partial(plane, one) for one in (TWO_LAGS, NEURON)},
    "step_of_many": step_of_many,
    "two_hidden": crowd,
    "two_hidden-shared": lambda: crowd(4),
    "solved": lambda: solved(crowd(4)),
    "basins": lambda: basins(drawn(6, 20), np.array([-0.5, 0.8])),
    "cut": Batches(10, 4).cut,
    "cut-all": Batches(10, 10).cut,
    "progress": lambda: Batches(10, 4).progress(8),
    "gradient_angle": lambda: compared(2),
    "gradient_angle-same": lambda: compared(6),
    "one_point_gradients": points,
    "batch_spread": lambda: batch_spread(points(), np.array([[0, 1], [5, 5], [3, 2]])),
    "running_average": lambda: running_average(points(), np.array([3, 0, 5, 0])),
    "laid_out": lambda: laid_out(points(), "square", 4),
}
