"""Small models and their descents: gradients measured, steps in closed form, walls, many runs."""

from __future__ import annotations

import numpy as np
import pytest

from engine.batches import orders
from engine.descent import Adam, Momentum, Plain
from engine.fit import LINE, TWO_LAGS, WAVE, Model, fit, landscape
from engine.fit_descent import Descent
from engine.gradient_check import numeric_gradient, relative_error
from engine.network import Layer, Network
from engine.relation import every_index
from engine.schedule import Constant, Cosine
from engine.shapes import Array, ShapeError
from engine.training import Training
from engine.two_hidden import TwoHidden, solved
from tests.engine.descent_cases import (
    MODELS_WITH_PHASE,
    POINTS,
    RUNS,
    crowd,
    drawn,
    inputs_of,
    weights_of,
)

TOLERANCE = 1e-7


@pytest.mark.parametrize("model", MODELS_WITH_PHASE.values(), ids=lambda one: one.name)
@pytest.mark.parametrize("shape", [(), (RUNS,)], ids=["one", "many"])
def test_gradients_equal_the_measured_ones(model: Model, shape: tuple[int, ...]) -> None:
    inputs, y, weights = inputs_of(model, POINTS), drawn(7, POINTS), weights_of(model, *shape)
    trace = fit(model, inputs, y, weights)
    for name in model.weights:

        def loss(moved: Array, name: str = name) -> float:
            return float(fit(model, inputs, y, {**weights, name: moved})["loss"].sum())

        measured = numeric_gradient(loss, weights[name])
        assert relative_error(trace[f"d{name}"], measured) < TOLERANCE, name


def test_a_landscape_is_the_loss_at_every_place() -> None:
    inputs, y = inputs_of(TWO_LAGS, POINTS), drawn(7, POINTS)
    u, v = np.linspace(-1, 1, 3), np.linspace(1, -1, 4)
    field = landscape(TWO_LAGS, inputs, y, u, v)["field"]
    for i, j in every_index((4, 3)):
        at = {"u": u[j], "v": v[i]}
        assert field[i, j] == pytest.approx(float(fit(TWO_LAGS, inputs, y, at)["loss"]), rel=1e-12)


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ShapeError, match=r"fit: x must have the shape \(4,\), got \(3,\)"):
        fit(LINE, {"x": np.zeros(3)}, np.zeros(4), {"w": np.zeros(())})
    with pytest.raises(ShapeError, match="the weights must all have the shape"):
        two = {"u": np.zeros(2), "v": np.zeros(3)}
        fit(TWO_LAGS, {"x": np.zeros(4), "x2": np.zeros(4)}, np.zeros(4), two)
    with pytest.raises(ValueError, match="a line has one weight; this takes a model of two"):
        landscape(LINE, {"x": np.zeros(3)}, np.zeros(3), np.zeros(2), np.zeros(2))


@pytest.mark.parametrize("rate", [0.3, 1.0, 1.7, 2.2])
def test_batch_on_a_parabola_has_a_closed_form(rate: float) -> None:
    x = np.array([1.0, -1.0, 1.0, -1.0])
    descent = Descent(LINE, {"x": x}, 2 * x, 4, Plain(), Constant(rate))
    state = descent.start({"w": -1.0})
    for update in range(1, 9):
        state = descent.advance(state)
        expected = 2 + (1 - rate) ** update * (-1 - 2)
        assert float(state.weights["w"]) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("rule", [Plain(), Momentum(0.9, nesterov=True), Adam()], ids=str)
@pytest.mark.parametrize("size", [1, 3, 10])
def test_a_descent_is_a_training(rule: Plain, size: int) -> None:
    """The same numbers as a dense layer of one weight whose bias is put back to 0 each time."""
    x, y = drawn(1, 10), drawn(2, 10)
    descent = Descent(LINE, {"x": x}, y, size, rule, Cosine(0.1, 20), seed=3)
    layer = Layer("out", "dense", {"w": np.array([[0.5]]), "b": np.zeros(1)})
    network = Network((layer,), "half_squared_error")
    training = Training(x[None], y[None], size, rule, Cosine(0.1, 20), seed=3)
    fitted, trained = descent.start({"w": 0.5}), training.start(network)
    for _ in range(12):
        np.testing.assert_array_equal(
            descent.indices(fitted.update), training.batches.indices(trained.update)
        )
        fitted, trained = descent.advance(fitted), training.advance(trained)
        parameters = {**trained.network.parameters, "out.b": np.zeros(1)}
        memory = {**trained.memory, "out.b": rule.start(np.zeros(1))}
        kept = trained.network.with_parameters(parameters)
        trained = type(trained)(trained.update, kept, memory, trained.loss)
        weight = trained.network.parameters["out.w"].item()
        assert float(fitted.weights["w"]) == pytest.approx(weight, rel=1e-12)


def test_orders_of_many_runs_are_permutations_and_differ() -> None:
    found = orders(1, 0, 9, 5)
    assert np.array_equal(np.sort(found, axis=1), np.tile(np.arange(9), (5, 1)))
    assert len({tuple(row) for row in found}) == 5
    assert not np.array_equal(found, orders(1, 1, 9, 5))
    np.testing.assert_array_equal(found, orders.__wrapped__(1, 0, 9, 5))


def test_many_runs_are_each_what_they_would_be_alone() -> None:
    x, y = drawn(1, 7), drawn(2, 7)
    many = Descent(WAVE, {"x": x}, y, 3, Momentum(0.5), Constant(0.2), seed=4, runs=RUNS)
    start = drawn(3, RUNS)
    state = many.start({"w": start})
    alone = [many.start({"w": w}) for w in start]
    for update in range(9):
        rows = many.indices(update)
        assert rows.shape == (RUNS, (3, 3, 1)[update % 3])  # ragged at the end of an epoch
        for run, one in enumerate(alone):
            trace = fit(WAVE, {"x": x[rows[run]]}, y[rows[run]], one.weights)
            step = many.step(one, trace)
            alone[run] = type(one)(update + 1, step.parameters, step.memory)
        state = many.advance(state)
    np.testing.assert_allclose(state.weights["w"], [float(one.weights["w"]) for one in alone])


def test_a_wall_holds_a_weight() -> None:
    x = np.ones(2)
    limits = {"w": (0.0, 1.5)}
    descent = Descent(LINE, {"x": x}, 9 * x, 2, Plain(), Constant(0.5), limits=limits)
    state = descent.advance(descent.start({"w": 0.0}))
    assert float(state.weights["w"]) == 1.5


def test_a_state_that_leaves_the_numbers_says_so() -> None:
    descent = Descent(LINE, {"x": np.ones(1)}, np.zeros(1), 1, Plain(), Constant(1e200))
    state = descent.start({"w": 1.0})
    assert not state.diverged
    for _ in range(3):
        state = descent.advance(state)
    assert state.diverged


def test_two_hidden_gradients_equal_the_measured_ones() -> None:
    inputs = {"x1": drawn(1, 4), "x2": drawn(2, 4)}
    y, model = (drawn(3, 4) > 0) * 1.0, TwoHidden()
    weights = model.start(0, RUNS)
    trace = model.trace(inputs, y, weights)
    for name in model.weights:

        def loss(moved: Array, name: str = name) -> float:
            return float(model.trace(inputs, y, {**weights, name: moved})["loss"].sum())

        measured = numeric_gradient(loss, weights[name])
        assert relative_error(trace[f"d{name}"], measured) < TOLERANCE, name


def test_two_hidden_is_the_network_of_layers() -> None:
    trace = crowd(4)
    for run in range(RUNS):
        hidden = {"w": np.stack([trace["w1"][run], trace["w2"][run]], axis=1), "b": trace["b"][run]}
        out = {"w": trace["v"][run][None], "b": trace["c"][[run]]}
        network = Network(
            (
                Layer("hidden", "dense", hidden),
                Layer("sigmoid", "sigmoid"),
                Layer("out", "dense", out),
            ),
            "binary_cross_entropy",
        )
        x = np.stack([trace["x1"][run], trace["x2"][run]])
        there = network.forward(x, trace["y"][[run]])
        network.backward(there)
        assert float(trace["loss"][run]) == pytest.approx(there.loss, rel=1e-12)
        np.testing.assert_allclose(trace["dv"][run], there["out"]["dw"][0], rtol=1e-10)
        np.testing.assert_allclose(trace["dw2"][run], there["hidden"]["dw"][:, 1], rtol=1e-10)


def test_solved_counts_networks_with_all_points_right() -> None:
    trace = crowd(4)
    right = ((trace["p"] > 0.5) == (trace["y"] > 0.5)).all(axis=1)
    assert int(solved(trace)["solved"]) == int(right.sum())
