"""The LSTM by hand, with held gates, and its gradients step by step."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from engine.gradient_steps import gradient_steps
from engine.lstm import lstm, lstm_backward
from engine.shapes import ShapeError
from engine.why import why
from tests.engine.cases import numbers
from tests.engine.recurrent_cases import HIDDEN, STEPS, an_lstm, lstm_inputs


def sigmoid(a: float) -> float:
    return float(1 / (1 + np.exp(-a)))


def test_one_step_by_hand() -> None:
    """One unit, one input; the weights are for h before and for x, in this order."""
    weights = {"W_f": [0.5, 1.0], "W_i": [0.0, 2.0], "W_g": [1.0, 1.0], "W_o": [-1.0, 0.0]}
    biases = {"b_f": 1.0, "b_i": 0.0, "b_g": 0.0, "b_o": 0.5}
    trace = lstm(
        np.array([[0.4]]),
        **{name: np.array([row]) for name, row in weights.items()},
        **{name: np.array([number]) for name, number in biases.items()},
        W_z=np.array([[2.0]]),
        b_z=np.array([-1.0]),
        h_0=np.array([0.2]),
        c_0=np.array([-0.5]),
    )
    lstm_backward(trace, np.array([[1.0]]))
    f, i = sigmoid(0.5 * 0.2 + 0.4 + 1), sigmoid(2 * 0.4)
    g, o = np.tanh(0.2 + 0.4), sigmoid(-0.2 + 0.5)
    c = f * -0.5 + i * g
    dc = 2 * o * (1 - np.tanh(c) ** 2)
    expected = {
        "hx": [0.2, 0.4],
        "a_f": [1.5],
        "f": [f],
        "i": [i],
        "g": [g],
        "o": [o],
        "c": [c],
        "h": [o * np.tanh(c)],
        "z": [2 * o * np.tanh(c) - 1],
        "dh": [2.0],
        "do": [2 * np.tanh(c)],
        "dc": [dc],
        "df": [dc * -0.5],
        "da_f": [dc * -0.5 * f * (1 - f)],
        "da_g": [dc * i * (1 - g**2)],
        "dc_0": dc * f,
        "dW_f": [dc * -0.5 * f * (1 - f) * np.array([0.2, 0.4])],
        "db_i": [dc * g * i * (1 - i)],
        "dW_z": [[o * np.tanh(c)]],
    }
    for name, value in expected.items():
        np.testing.assert_allclose(trace[name].ravel(), np.ravel(value), rtol=1e-12, err_msg=name)


def test_a_shut_input_gate_and_an_open_forget_gate_keep_the_cell() -> None:
    trace = lstm(**lstm_inputs((2,)), held={"f": 1, "i": 0.0})
    for c in trace["c"]:
        np.testing.assert_array_equal(c, trace["c_0"])


def test_a_gate_is_held_where_it_was_asked_for_and_nowhere_else() -> None:
    given, places = lstm_inputs(()), np.full((STEPS, HIDDEN), np.nan)
    places[2, 1] = 0.0
    free, held = lstm(**given), lstm(**given, held={"o": places})
    np.testing.assert_array_equal(held["a_o"][:3], free["a_o"][:3])
    np.testing.assert_array_equal(held["o"][:2], free["o"][:2])
    assert held["o"][2, 1] == held["h"][2, 1] == 0
    np.testing.assert_array_equal(held["holds_o"], ~np.isnan(places))
    assert (held["h"][3] != free["h"][3]).all()


def test_no_gradient_passes_a_held_gate() -> None:
    trace = an_lstm(held={"f": 0.5})
    np.testing.assert_array_equal(trace["da_f"], np.zeros((STEPS, HIDDEN)))
    np.testing.assert_array_equal(trace["dW_f"], np.zeros_like(trace["W_f"]))
    assert (trace["df"] != 0).all()
    answer = why(trace, "f", (1, 2))
    assert answer.formula == (
        "f[t,j] = held_f[t,j] if holds_f[t,j] = 1, else 1 / (1 + exp(−a_f[t,j]))"
    )
    assert [each.label for term in answer.terms for each in term.elements] == [
        "held_f[1,2]",
        "holds_f[1,2]",
    ]


def test_the_four_gates_through_which_h_gets_its_gradient_are_terms_of_their_own() -> None:
    answer = why(an_lstm(), "dh_from_next", (1, 0))
    labels = [term.elements[0].label for term in answer.terms]
    assert labels == [f"W_{gate}[{k},0]" for gate in "figo" for k in range(HIDDEN)]
    assert answer.terms[0].elements[1].label == "da_f[2,0]"
    assert sum(term.value for term in answer.terms) == pytest.approx(answer.value)
    last = why(an_lstm(), "dh_from_next", (STEPS - 1, 0))
    assert [term.elements[0].label for term in last.terms] == ["dh_T[0]"]


def test_the_cell_of_the_first_step_comes_from_the_cell_before_it() -> None:
    first, later = (why(an_lstm(), "c", (t, 0)) for t in (0, 1))
    assert first.formula == "c[t,j] = f[t,j] · c_0[j] + i[t,j] · g[t,j]"
    assert later.formula == "c[t,j] = f[t,j] · c[t−1,j] + i[t,j] · g[t,j]"


def test_a_sequence_in_two_pieces_is_the_same_sequence() -> None:
    given = lstm_inputs((2,))
    x = given.pop("x")
    whole, first = lstm(x, **given), lstm(x[:3], **given)
    second = lstm(x[3:], **{**given, "h_0": first["h"][-1], "c_0": first["c"][-1]})
    np.testing.assert_allclose(second["z"], whole["z"][3:], rtol=1e-12)
    dz = numbers(1, *whole["z"].shape)
    lstm_backward(whole, dz)
    lstm_backward(second, dz[3:])
    lstm_backward(first, dz[:3], second["dh_0"], second["dc_0"])
    np.testing.assert_allclose(first["dW_f"] + second["dW_f"], whole["dW_f"], rtol=1e-10)
    np.testing.assert_allclose(first["dc_0"], whole["dc_0"], rtol=1e-10)


@pytest.mark.parametrize("last_only", [False, True])
def test_the_parts_of_the_steps_add_up_to_the_gradient(last_only: bool) -> None:
    trace = an_lstm(last_only=last_only)
    steps = gradient_steps(trace)
    for place in "figoz":
        for name in (f"dW_{place}", f"db_{place}"):
            np.testing.assert_allclose(steps[f"{name}_sum"][0], trace[name], rtol=1e-12)


def test_without_dx_the_rest_is_the_same() -> None:
    trace, whole = lstm(**lstm_inputs(())), an_lstm()
    lstm_backward(trace, whole["dz"], whole["dh_T"], whole["dc_T"], need_dx=False)
    assert set(whole.arrays) - set(trace.arrays) == {"dx"}
    np.testing.assert_array_equal(trace["dW_i"], whole["dW_i"])


def test_gates_bear_large_numbers() -> None:
    given = lstm_inputs(())
    with np.errstate(all="raise", under="ignore"):
        trace = lstm(**{**given, "x": 1e4 * given["x"]})
        lstm_backward(trace, np.ones_like(trace["z"]))
    assert all(np.isfinite(array).all() for array in trace.arrays.values())


@pytest.mark.parametrize("batch", [(), (2,)])
def test_float32_stays_float32(batch: tuple[int, ...]) -> None:
    given = {name: array.astype(np.float32) for name, array in lstm_inputs(batch).items()}
    del given["h_0"], given["c_0"]
    trace = lstm(**given, held={"i": 0.5})
    lstm_backward(trace, trace["z"])
    assert {name for name, array in trace.arrays.items() if array.dtype != np.float32} == set()


def with_(**moved: Any) -> Callable[[], object]:
    """A call of `lstm` with some of its arguments replaced."""
    return lambda: lstm(**{**lstm_inputs(()), **moved})


def zeros(*shape: int) -> Any:
    return np.zeros(shape)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (with_(x=zeros(4)), "lstm: x must have the shape (T,D) or (T,D,N), got (4,)"),
        (
            with_(W_f=zeros(3, 3)),
            "lstm: W_f must have 5 columns, one for each hidden unit and input, "
            "got the shape (3, 3)",
        ),
        (with_(W_o=zeros(4, 5)), "lstm: W_o must have the shape (3, 5), got (4, 5)"),
        (with_(b_g=zeros(4)), "lstm: b_g must have the shape (3,), got (4,)"),
        (with_(W_z=zeros(2, 4)), "lstm: W_z must have 3 columns, one for each hidden unit"),
        (with_(b_z=zeros(3)), "lstm: b_z must have the shape (2,), got (3,)"),
        (with_(c_0=zeros(4)), "lstm: c_0 must have the shape (3,), got (4,)"),
        (with_(held={"f": zeros(3)}), "lstm: held['f'] must have the shape (4, 3), got (3,)"),
        (
            lambda: lstm_backward(an_lstm(), zeros(3, 2)),
            "lstm_backward: dz must have the shape (4, 2), got (3, 2)",
        ),
        (
            lambda: lstm_backward(an_lstm(), zeros(4, 2), None, zeros(2)),
            "lstm_backward: dc_T must have the shape (3,), got (2,)",
        ),
    ],
)
def test_wrong_shape(wrong: Callable[[], object], message: str) -> None:
    with pytest.raises(ShapeError, match=re.escape(message)):
        wrong()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (with_(held={"fi": 1.0}), "lstm: held must name f, i, g or o, got 'fi'"),
        (with_(held={"o": np.inf}), "lstm: held['o'] must be finite, or NaN where nothing is held"),
    ],
)
def test_wrong_hold(wrong: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        wrong()
