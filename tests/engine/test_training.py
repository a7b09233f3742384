"""A training is its states: the same from the same seed, bit for bit, from wherever it goes on."""

from __future__ import annotations

import gc
import warnings
from dataclasses import replace

import numpy as np
import pytest

from engine.activation import relu
from engine.dense import dense
from engine.descent import Adam, Momentum, Plain
from engine.loss import binary_cross_entropy
from engine.network import Layer, Network, dense_layer
from engine.relation import every_index
from engine.schedule import Constant, WarmUpLinear
from engine.shapes import ShapeError
from engine.training import Score, State, Training, evaluate
from engine.why import why
from tests.engine.cases import NETWORKS, numbers

CLASSES = np.arange(10) % 3


def network(outputs: int = 3, loss: str = "cross_entropy") -> Network:
    rng = np.random.default_rng(1)
    layers = (
        dense_layer("hidden", rng, 4, 5),
        Layer("relu", "relu"),
        dense_layer("out", rng, 5, outputs),
    )
    return Network(layers, loss)


def training(**changed: object) -> Training:
    settings: dict[str, object] = {
        "x": numbers(2, 4, 10),
        "target": CLASSES,
        "batch_size": 4,
        "rule": Momentum(0.9, nesterov=True),
        "schedule": WarmUpLinear(0.2, 12, 3, 0.05, 0.01),
        "seed": 5,
    }
    return Training(**{**settings, **changed})  # type: ignore[arg-type]


def after(one: Training, state: State, updates: int) -> State:
    for _ in range(updates):
        state = one.advance(state)
    return state


def assert_same(one: State, other: State) -> None:
    assert (one.update, one.loss) == (other.update, other.loss)
    assert one.network.parameters.keys() == other.network.parameters.keys()
    for name, w in one.network.parameters.items():
        np.testing.assert_array_equal(w, other.network.parameters[name])
        for kept, array in one.memory[name].items():
            np.testing.assert_array_equal(array, other.memory[name][kept])


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("rule", [Plain(), Momentum(0.9), Adam()])
def test_the_same_seed_gives_the_same_states_bit_for_bit(rule: object, dtype: str) -> None:
    one, other = (training(rule=rule, dtype=dtype, noise=0.1) for _ in range(2))
    middle = after(one, one.start(network()), 4)
    end = after(one, middle, 5)
    assert_same(end, after(other, other.start(network()), 9))
    assert_same(end, after(other, middle, 5))
    arrays = [*end.network.parameters.values(), *one.run(end)["loss"].arrays.values()]
    assert {array.dtype for array in arrays} == {np.dtype(dtype)}


def test_another_seed_gives_another_order() -> None:
    one, other = training(), training(seed=6)
    assert after(one, one.start(network()), 2).loss != after(other, other.start(network()), 2).loss


def test_an_update_changes_no_state_that_there_was() -> None:
    one = training()
    state = after(one, one.start(network()), 2)
    before = {name: w.copy() for name, w in state.network.parameters.items()}
    after(one, state, 3)
    for name, w in before.items():
        np.testing.assert_array_equal(state.network.parameters[name], w)


def test_every_stack_learns() -> None:
    for case in NETWORKS:
        if not case.name.endswith("batch"):
            continue
        one = Training(case.x, case.target, 2, Momentum(0.5), Constant(0.05))
        first = one.start(case.network)
        last = after(one, first, 40)
        before, now = (evaluate(each.network, case.x, case.target) for each in (first, last))
        assert now.loss < 0.7 * before.loss


def test_the_run_of_a_state_is_what_its_update_used() -> None:
    one = training(rule=Plain(), schedule=Constant(0.5))
    state = after(one, one.start(network()), 2)
    run, new = one.run(state), one.advance(state)
    assert run.loss == new.loss
    w, dw = state.network.parameters["out.w"], run["out"]["dw"]
    np.testing.assert_array_equal(new.network.parameters["out.w"], w - 0.5 * dw)
    np.testing.assert_array_equal(run["loss"]["target"].argmax(axis=0), one.batch(2)[1])


def test_a_ragged_batch_divides_by_its_own_size() -> None:
    one = training()
    state = after(one, one.start(network()), 2)
    run = one.run(state)
    assert run["loss"]["loss"].shape == (2,)
    assert run.loss == pytest.approx(run["loss"]["loss"].sum() / 2)
    x, target = one.batch(2)
    full = replace(one, x=x, target=target, batch_size=2)
    np.testing.assert_allclose(
        full.run(state)["hidden"]["dw"], run["hidden"]["dw"], rtol=1e-12, atol=1e-15
    )


def test_the_batches_of_an_epoch_average_to_the_full_gradient() -> None:
    one = training(batch_size=5)
    state = one.start(network())
    states = [replace(state, update=update) for update in (0, 1)]
    parts = [one.run(each)["hidden"]["dw"] for each in states]
    full = replace(one, batch_size=10).run(state)["hidden"]["dw"]
    np.testing.assert_allclose((parts[0] + parts[1]) / 2, full, rtol=1e-12)


def test_why_goes_from_a_new_weight_to_its_gradient() -> None:
    one = training()
    state = after(one, one.start(network()), 1)
    run = one.run(state)
    traces = one.steps(state, run)
    new = one.advance(state).network.parameters
    for name, trace in traces.items():
        np.testing.assert_array_equal(trace["w_new"], new[name])
        for index in every_index(trace["w_new"].shape):
            assert trace.recompute("w_new", index) == pytest.approx(trace.value("w_new", index))
    answer = why(traces["out.w"], "w_new", (0, 1))
    gradient = next(
        element
        for term in answer.terms
        for element in term.elements
        if element.trace.layer == "out"
    )
    assert (gradient.name, gradient.trace) == ("dw", run["out"])


def test_noise_is_new_for_every_update_and_leaves_the_target_alone() -> None:
    x = numbers(3, 4, 10)
    one = training(x=x, target=x, batch_size=10, noise=0.5)
    (first, clean), (second, _) = one.batch(0), one.batch(1)
    assert clean is one.target and 0.2 < (first - x).std() < 0.8
    assert np.abs(first - second).max() > 0.1
    np.testing.assert_array_equal(one.batch(0)[0], first)


def test_a_training_that_diverges_says_so_and_warns_nobody() -> None:
    x = 10 * numbers(3, 4, 10)
    one = training(x=x, target=numbers(4, 2, 10), rule=Plain(), schedule=Constant(10.0))
    state = one.start(network(2, "mean_squared_error"))
    assert not state.diverged
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        while not state.diverged:
            state = one.advance(state)
            assert state.update < 400
        later = after(one, state, 30)
        score = evaluate(later.network, one.x, one.target)
    assert later.diverged and later.update == state.update + 30
    assert not np.isfinite(score.loss)


def test_the_bytes_of_a_state() -> None:
    one = training(rule=Adam())
    assert one.start(network()).nbytes == 3 * 8 * network().parameter_count
    assert training(dtype="float32").start(network()).nbytes == 2 * 4 * network().parameter_count


def test_a_score_is_the_same_in_chunks() -> None:
    net, x = network(), numbers(2, 4, 10)
    whole, parts = (evaluate(net, x, CLASSES, chunk=chunk) for chunk in (10, 3))
    assert parts.loss == pytest.approx(whole.loss, rel=1e-12)
    assert whole.loss == pytest.approx(net.forward(x, CLASSES).loss, rel=1e-12)
    np.testing.assert_allclose(parts.outputs, whole.outputs)
    z = dense(relu(dense(x, **net.layers[0].parameters)["y"])["y"], **net.layers[2].parameters)
    assert whole.predictions is not None
    np.testing.assert_array_equal(whole.predictions, z["y"].argmax(axis=0))
    assert whole.accuracy == (whole.predictions == CLASSES).mean()


def test_a_score_of_yes_or_no_and_of_numbers() -> None:
    x, target = numbers(2, 4, 10), (CLASSES[None] > 0).astype(float)
    yes = evaluate(network(1, "binary_cross_entropy"), x, target)
    assert yes.predictions is not None
    np.testing.assert_array_equal(yes.predictions, (yes.outputs[0] > 0))
    assert yes.accuracy == ((yes.outputs > 0) == (target == 1)).mean()
    assert yes.loss == pytest.approx(float(binary_cross_entropy(yes.outputs, target)["mean_loss"]))
    score = evaluate(network(1, "mean_squared_error"), x, target)
    assert isinstance(score, Score) and score.predictions is None and score.accuracy is None


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"target": CLASSES[:9]}, r"same examples in their last axes, got \(4, 10\) and \(9,\)"),
        ({"batch_size": 11}, "size must be at most the 10 examples, got 11"),
        ({"batch_size": 0}, "size must be a whole number of at least 1, got 0"),
        ({"dtype": "float16"}, "dtype must be float64 or float32, got 'float16'"),
        ({"noise": -1.0}, "noise must be a number from 0 on"),
        ({"seed": -1}, "seed must be a whole number of at least 0"),
    ],
)
def test_what_is_no_training(changed: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        training(**changed)


def test_one_example_is_no_data() -> None:
    with pytest.raises(ShapeError):
        training(x=numbers(2, 4), target=np.array(1))


def test_an_update_leaves_no_traces_that_only_know_one_another() -> None:
    one = training()
    state = after(one, one.start(network()), 2)
    gc.collect()
    gc.disable()
    try:
        one.advance(state)
        assert gc.collect() == 0
    finally:
        gc.enable()
