"""Sequences with a loss, the long chain of gradients, clipping, and weights before training."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from engine.clipping import clip_by_norm, clip_gradients
from engine.gradient_steps import gradient_steps
from engine.long_chain import highway, rnn_chain, rnn_product
from engine.lstm import lstm
from engine.recurrent_init import (
    largest_stretch,
    lstm_parameters,
    orthogonal,
    rnn_parameters,
    spectral_radius,
    with_spectral_radius,
)
from engine.rnn import rnn
from engine.sequence import SequenceRun, run_sequence
from engine.sequence_loss import sequence_cross_entropy, sequence_squared_error
from engine.shapes import Array, ShapeError
from engine.why import Element
from tests.engine.cases import numbers
from tests.engine.recurrent_cases import HIDDEN, INPUTS, OUTPUTS, STEPS, an_lstm, an_rnn
from tests.engine.test_every_relation import check_every_relation
from tests.engine.test_why import descend

PARAMETERS = {"rnn": rnn_parameters, "lstm": lstm_parameters}


def a_run(operation: str, loss: str, batch: tuple[int, ...] = (), **settings: Any) -> SequenceRun:
    """A run with its gradients; targets are classes or numbers, one for each output."""
    weights = PARAMETERS[operation](np.random.default_rng(1), INPUTS, HIDDEN, OUTPUTS)
    steps = () if settings.get("last_only") else (STEPS,)
    target: Array = numbers(3, *steps, OUTPUTS, *batch)
    if loss == "cross_entropy":
        target = (numbers(3, *steps, *batch) > 0).astype(int)
    run = run_sequence(
        operation, weights, numbers(2, STEPS, INPUTS, *batch), target, loss, **settings
    )
    run.backward()
    return run


@pytest.mark.parametrize("operation", PARAMETERS)
@pytest.mark.parametrize("loss", ["cross_entropy", "mean_squared_error"])
@pytest.mark.parametrize("last_only", [False, True])
@pytest.mark.parametrize("batch", [(), (2,)])
def test_a_run_is_linked_both_ways(
    operation: str, loss: str, last_only: bool, batch: tuple[int, ...]
) -> None:
    run = a_run(operation, loss, batch, last_only=last_only)
    check_every_relation(run.model)
    check_every_relation(run.loss)
    of_input, of_state = ("U", "W") if operation == "rnn" else ("W_f", "W_g")
    down = descend(Element(run.loss, "mean_loss", ()))
    assert {(operation, name) for name in ("x", of_input, of_state, "h", "h_0")} <= down
    up = descend(Element(run.model, f"d{of_state}", (0, 0)))
    assert {("loss", "target"), (operation, "dh_from_next")} <= up
    assert (operation, "dy" if operation == "rnn" else "dz") not in up


def test_the_way_from_a_part_of_a_gradient_up_to_the_loss() -> None:
    run = a_run("lstm", "cross_entropy")
    up = descend(Element(gradient_steps(run.model), "dW_f_sum", (1, 0, 0)))
    assert {("loss", "p"), ("lstm", "da_f"), ("lstm", "x")} <= up


def test_one_sequence_of_a_batch_walks_by_itself() -> None:
    run = a_run("rnn", "cross_entropy", (2,))
    up = descend(Element(run.model.example(1), "da", (0, 0)))
    assert ("loss", "target") in up


def test_the_summed_loss_of_one_sequence_has_p_minus_target() -> None:
    run = a_run("lstm", "cross_entropy", mean_over_time=False)
    np.testing.assert_array_equal(run.model["dz"], run.loss["p"] - run.loss["target"])
    assert run.loss["mean_loss"] == pytest.approx(run.loss["loss"].sum())
    assert a_run("lstm", "cross_entropy").loss["mean_loss"] == pytest.approx(
        run.loss["loss"].mean()
    )


def test_the_loss_of_every_step_is_that_of_its_own_target() -> None:
    z = np.zeros((2, 3, 2))
    z[1, 2, 1] = 50
    trace = sequence_cross_entropy(z, np.array([[0, 1], [2, 2]]))
    third = np.log(3)
    np.testing.assert_allclose(trace["loss"], [[third, third], [third, 0]], atol=1e-12)
    squared = sequence_squared_error(np.array([[1.0], [2]]), np.array([[1.0], [5]]))
    np.testing.assert_array_equal(squared["loss"], [0, 9])
    assert squared["mean_loss"] == 4.5


def test_float32_stays_float32() -> None:
    for loss in ("cross_entropy", "mean_squared_error"):
        weights = rnn_parameters(np.random.default_rng(1), 1, 3, 2, dtype=np.float32)
        x = numbers(1, 4, 1, 2).astype(np.float32)
        target: Any = np.zeros((4, 2), int)
        if loss == "mean_squared_error":
            target = np.zeros((4, 2, 2), np.float32)
        run = run_sequence("rnn", weights, x, target, loss)
        run.backward()
        clipped = clip_gradients(run.model, 0.01)
        for trace in (run.model, run.loss, clipped):
            assert {str(array.dtype) for array in trace.arrays.values()} == {"float32"}


def test_the_norm_of_a_gradient_is_the_product_of_its_factors() -> None:
    trace = a_run("rnn", "mean_squared_error", last_only=True).model
    chain = rnn_chain(trace)
    for t in range(STEPS - 1):
        product = chain["dh_norm"][t + 1] * chain["tanh_factor"][t + 1] * chain["W_factor"][t]
        assert chain["dh_norm"][t] == pytest.approx(product, rel=1e-12)
    assert chain["left"][-1] == 1
    back = rnn_product(trace)["product"][0].T @ trace["dh"][-1]
    np.testing.assert_allclose(back, trace["dh"][0], rtol=1e-12)


@pytest.mark.parametrize("radius", [0.5, 1.0, 1.5])
def test_without_slope_an_orthogonal_matrix_leaves_a_power_of_its_radius(radius: float) -> None:
    weights = rnn_parameters(np.random.default_rng(3), 1, 4, 1, radius=radius, orthogonal_W=True)
    trace = rnn(np.zeros((6, 1)), **weights)
    np.testing.assert_allclose(rnn_product(trace)["left"], radius ** np.arange(5.0, -1, -1))


def test_a_forget_gate_of_nine_tenths_leaves_half_a_percent_after_fifty_steps() -> None:
    weights = lstm_parameters(np.random.default_rng(0), 1, 3, 1)
    chain = highway(lstm(np.ones((51, 1)), **weights, held={"f": 0.9}))
    assert chain["left"][0] == pytest.approx(0.9**50)
    assert chain["left"][0] == pytest.approx(0.0052, abs=1e-4)


def test_the_highway_is_the_gradient_of_the_cell_where_nothing_else_leads_back() -> None:
    weights = lstm_parameters(np.random.default_rng(0), 2, 3, 1)
    for gate in "figo":
        weights[f"W_{gate}"][:, :3] = 0
    run = run_sequence(
        "lstm", weights, numbers(4, 6, 2), numbers(5, 1), "mean_squared_error", last_only=True
    )
    run.backward()
    product = highway(run.model)["product"]
    np.testing.assert_allclose(run.model["dc"], product * run.model["dc"][-1], rtol=1e-12)


def test_clipping_keeps_the_direction_and_what_is_short() -> None:
    gradients = {"dw": np.array([[3.0, 0.0]]), "db": np.array([4.0])}
    clipped = clip_by_norm(gradients, 1.0)
    assert (clipped["norm"], clipped["scale"]) == (5, 0.2)
    np.testing.assert_allclose(clipped["clipped_dw"], [[0.6, 0]])
    np.testing.assert_allclose(clipped["clipped_db"], [0.8])
    short = clip_by_norm(gradients, 5.0)
    assert short["scale"] == 1
    np.testing.assert_array_equal(short["clipped_dw"], gradients["dw"])


def test_the_gradients_of_all_weights_are_clipped() -> None:
    rnn_names = {f"clipped_d{name}" for name in "UWbVc"}
    lstm_names = {f"clipped_d{kind}_{place}" for kind in "Wb" for place in "figoz"}
    for trace, names in ((an_rnn(), rnn_names), (an_lstm("batch"), lstm_names)):
        clipped = clip_gradients(trace, 0.1)
        found = {name for name in clipped.arrays if name.startswith("clipped_")}
        assert found == names
        squares = sum(float((clipped[name] ** 2).sum()) for name in names)
        assert np.sqrt(squares) == pytest.approx(0.1)


def test_weights_before_training() -> None:
    rng = np.random.default_rng(0)
    W = orthogonal(rng, 5)
    np.testing.assert_allclose(W @ W.T, np.eye(5), atol=1e-12)
    assert largest_stretch(W) == pytest.approx(1)
    assert spectral_radius(with_spectral_radius(numbers(1, 5, 5), 1.3)) == pytest.approx(1.3)
    found = rnn_parameters(rng, 2, 16, 3, radius=0.9, dtype=np.float32)
    assert {array.dtype.name for array in found.values()} == {"float32"}
    assert spectral_radius(found["W"]) == pytest.approx(0.9, rel=1e-4)
    assert 0.2 < np.abs(found["U"]).max() <= 0.25


def test_chrono_biases_span_the_times_that_were_asked_for() -> None:
    found = lstm_parameters(np.random.default_rng(0), 2, 400, 3, chrono=50)
    np.testing.assert_array_equal(found["b_i"], -found["b_f"])
    spans = np.exp(found["b_f"])
    assert 1 <= spans.min() < 2 and 47 < spans.max() <= 49
    plain = lstm_parameters(np.random.default_rng(0), 2, 4, 3, forget_bias=2.0)
    np.testing.assert_array_equal(plain["b_f"], np.full(4, 2.0))
    np.testing.assert_array_equal(plain["b_i"], np.zeros(4))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: a_run("rnn", "hinge"), "run_sequence: no loss 'hinge'; there is cross_entropy"),
        (
            lambda: run_sequence("gru", {}, numbers(1, 2, 2), 0),
            "run_sequence: no operation 'gru'; there is rnn, lstm",
        ),
        (lambda: clip_by_norm({}, 1.0), "clip_by_norm: gradients must be at least one"),
        (
            lambda: clip_by_norm({"dw": numbers(1, 2)}, 0.0),
            "clip_by_norm: limit must be above 0, got 0.0",
        ),
        (
            lambda: with_spectral_radius(np.zeros((2, 2)), 1.0),
            "with_spectral_radius: W has the spectral radius 0; take another W",
        ),
        (
            lambda: with_spectral_radius(np.eye(2), -1.0),
            "with_spectral_radius: radius must be at least 0, got -1.0",
        ),
        (
            lambda: lstm_parameters(np.random.default_rng(0), 1, 2, 1, chrono=1),
            "lstm_parameters: chrono must be a whole number of at least 2, got 1",
        ),
        (
            lambda: rnn_parameters(np.random.default_rng(0), 1, 0, 1),
            "rnn_parameters: hidden must be a whole number of at least 1, got 0",
        ),
    ],
)
def test_wrong_setting(wrong: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        wrong()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            lambda: sequence_cross_entropy(np.zeros((4, 3)), np.zeros(3, int)),
            "sequence_cross_entropy: target must have the shape (4,) (classes) or (4, 3) "
            "(probabilities), got (3,)",
        ),
        (
            lambda: sequence_squared_error(np.zeros((4, 3)), np.zeros((4, 1))),
            "sequence_squared_error: target must have the shape (4, 3), got (4, 1)",
        ),
        (lambda: spectral_radius(np.zeros((2, 3))), "W must have the shape (2, 2), got (2, 3)"),
        (lambda: rnn_chain(an_rnn("batch")), "rnn_chain: take one sequence of the batch first"),
        (lambda: highway(an_lstm("batch")), "highway: take one sequence of the batch first"),
    ],
)
def test_wrong_shape(wrong: Callable[[], object], message: str) -> None:
    with pytest.raises(ShapeError, match=re.escape(message)):
        wrong()
