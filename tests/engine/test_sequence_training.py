"""The training of recurrent networks: states that follow from one another bit for bit."""

from __future__ import annotations

import gc
import warnings
from dataclasses import replace

import numpy as np
import pytest

from engine.descent import Adam, Plain
from engine.recurrent_init import lstm_parameters, rnn_parameters
from engine.relation import every_index
from engine.schedule import Constant
from engine.sequence_tasks import adding, first_symbol
from engine.sequence_training import (
    CLIP,
    DrawnSequences,
    KeptSequences,
    SequenceState,
    SequenceTraining,
    evaluate_sequences,
)
from engine.shapes import Array, ShapeError
from engine.why import why
from tests.engine.cases import numbers

SYMBOLS, STEPS, HIDDEN = 3, 5, 4


def drawn(rng: np.random.Generator) -> tuple[Array, Array]:
    return first_symbol(rng, SYMBOLS, STEPS, 8)


def training(**changed: object) -> SequenceTraining:
    settings: dict[str, object] = {
        "model": "lstm",
        "data": DrawnSequences(drawn, 3),
        "rule": Adam(0.9, 0.99),
        "schedule": Constant(0.05),
        "last_only": True,
        "clip": 0.5,
    }
    return SequenceTraining(**{**settings, **changed})  # type: ignore[arg-type]


def first(one: SequenceTraining, outputs: int = SYMBOLS) -> SequenceState:
    make = rnn_parameters if one.model == "rnn" else lstm_parameters
    return one.start(make(np.random.default_rng(1), SYMBOLS, HIDDEN, outputs))


def after(one: SequenceTraining, state: SequenceState, updates: int) -> SequenceState:
    for _ in range(updates):
        state = one.advance(state)
    return state


def assert_same(one: SequenceState, other: SequenceState) -> None:
    assert (one.update, one.loss) == (other.update, other.loss)
    for name, w in one.parameters.items():
        np.testing.assert_array_equal(w, other.parameters[name])


@pytest.mark.parametrize("model", ["rnn", "lstm"])
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_the_same_seed_gives_the_same_states_bit_for_bit(model: str, dtype: str) -> None:
    one, other = (training(model=model, dtype=dtype) for _ in range(2))
    middle = after(one, first(one), 3)
    kept = {name: w.copy() for name, w in middle.parameters.items()}
    end = after(one, middle, 4)
    assert_same(end, after(other, first(other), 7))
    assert_same(end, after(other, middle, 4))
    for name, w in kept.items():
        np.testing.assert_array_equal(w, middle.parameters[name])
    run = one.run(end)
    arrays = [*end.parameters.values(), *run.model.arrays.values(), *run.loss.arrays.values()]
    assert {array.dtype for array in arrays} == {np.dtype(dtype)}


@pytest.mark.parametrize("model", ["rnn", "lstm"])
def test_it_learns(model: str) -> None:
    one = training(model=model, clip=None)
    x, target = drawn(np.random.default_rng(99))
    start = first(one)
    end = after(one, start, 150)
    before, now = (evaluate_sequences(one, s.parameters, x, target) for s in (start, end))
    assert now.loss < 0.3 * before.loss and now.accuracy == 1.0
    np.testing.assert_array_equal(now.output.argmax(axis=0), target)


def test_every_update_draws_its_own_sequences() -> None:
    data = DrawnSequences(drawn, 3)
    np.testing.assert_array_equal(data.batch(4)[0], data.batch(4)[0])
    assert (data.batch(4)[0] != data.batch(5)[0]).any()
    assert (data.batch(4)[0] != DrawnSequences(drawn, 4).batch(4)[0]).any()


def test_kept_sequences_meet_the_network_once_an_epoch() -> None:
    x = np.arange(10.0) + np.zeros((STEPS, 1, 10))
    data = KeptSequences(x, np.arange(10), 4, seed=2)
    batches = [data.batch(update) for update in range(3)]
    assert sorted(np.concatenate([target for _, target in batches])) == list(range(10))
    for part, target in batches:
        np.testing.assert_array_equal(part[0, 0], target)
    one = training(data=data, model="rnn", loss="mean_squared_error", last_only=False)
    x, target = numbers(1, 6, 2, 5), numbers(2, 6, 1, 5)
    one = replace(one, data=KeptSequences(x, target, 5))
    start = one.start(rnn_parameters(np.random.default_rng(0), 2, 3, 1))
    losses = [s.loss for s in (after(one, start, 1), after(one, start, 200))]
    assert losses[1] < 0.5 * losses[0]  # type: ignore[operator]
    assert evaluate_sequences(one, start.parameters, x, target).accuracy is None


@pytest.mark.parametrize("clip", [None, 0.01])
def test_why_goes_from_a_new_weight_to_the_gradients_of_its_run(clip: float | None) -> None:
    one = training(clip=clip, rule=Plain())
    state = after(one, first(one), 2)
    run = one.run(state)
    traces, new = one.steps(state, run), one.advance(state).parameters
    assert (CLIP in traces) is (clip is not None)
    for name, w in new.items():
        np.testing.assert_array_equal(traces[name]["w_new"], w)
        for index in every_index(w.shape):
            assert traces[name].recompute("w_new", index) == pytest.approx(float(w[index]))
    answer = why(traces["W_f"], "dw", (1, 2))
    assert answer.element.trace is (run.model if clip is None else traces[CLIP])
    assert answer.element.name == ("dW_f" if clip is None else "clipped_dW_f")
    if clip:
        lengths = [np.vdot(traces[name]["dw"], traces[name]["dw"]) for name in new]
        assert np.sqrt(sum(lengths)) == pytest.approx(clip)


def test_truncation_cuts_the_way_back_of_an_rnn() -> None:
    one = training(model="rnn", truncate=3)
    back = one.run(first(one)).model["dh_from_next"]
    assert np.all(back[:3] == 0) and np.all(back[3] != 0)


def test_a_training_that_diverges_says_so_and_warns_nobody() -> None:
    data = KeptSequences(numbers(1, 6, 2, 5), 1e200 * numbers(2, 6, 1, 5), 5)
    one = training(
        model="rnn", data=data, loss="mean_squared_error", last_only=False, clip=None, rule=Plain()
    )
    state = one.start(rnn_parameters(np.random.default_rng(0), 2, 3, 1))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        state = after(one, state, 30)
    assert state.diverged


def test_the_bytes_of_a_state() -> None:
    state = first(training())
    assert state.nbytes == 3 * 8 * sum(w.size for w in state.parameters.values())


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"model": "gru"}, "model must be rnn or lstm, got 'gru'"),
        ({"dtype": "float16"}, "dtype must be float64 or float32, got 'float16'"),
        ({"clip": 0.0}, "clip must be above 0 or None, got 0.0"),
        ({"truncate": 4}, "truncate is for an rnn; leave it out for 'lstm'"),
        ({"model": "rnn", "truncate": 0}, "truncate must be a whole number of at least 1, got 0"),
    ],
)
def test_what_is_no_training(changed: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        training(**changed)


def test_what_are_no_sequences() -> None:
    with pytest.raises(ShapeError, match="must be \\(T,D,M\\)"):
        KeptSequences(numbers(1, 6, 2), np.arange(2), 1)
    with pytest.raises(ShapeError, match="same M sequences"):
        KeptSequences(numbers(1, 6, 2, 5), np.arange(4), 1)


def test_the_adding_problem() -> None:
    x, target = adding(np.random.default_rng(0), 7, 200)
    assert (x.shape, target.shape) == ((7, 2, 200), (1, 200))
    values, marks = x[:, 0], x[:, 1]
    assert np.all(marks[:3].sum(axis=0) == 1) and np.all(marks[3:].sum(axis=0) == 1)
    np.testing.assert_allclose(target[0], (values * marks).sum(axis=0))
    x, target = adding(np.random.default_rng(0), 2, 50_000)
    assert ((target - 1) ** 2).mean() == pytest.approx(1 / 6, rel=0.02)
    with pytest.raises(ValueError, match="steps must be a whole number of at least 2"):
        adding(np.random.default_rng(0), 1, 4)


def test_the_first_symbol() -> None:
    x, target = first_symbol(np.random.default_rng(0), 4, 6, 30)
    assert x.shape == (6, 4, 30) and set(target) == {0, 1, 2, 3}
    assert np.all(x.sum(axis=1) == 1)
    np.testing.assert_array_equal(x[0].argmax(axis=0), target)
    with pytest.raises(ValueError, match="symbols must be a whole number of at least 2"):
        first_symbol(np.random.default_rng(0), 1, 6, 30)


@pytest.mark.parametrize("model", ["rnn", "lstm"])
def test_an_update_leaves_no_traces_that_only_know_one_another(model: str) -> None:
    one = training(model=model)
    state = after(one, first(one), 2)
    gc.collect()
    gc.disable()
    try:
        one.advance(state)
        assert gc.collect() == 0
    finally:
        gc.enable()
