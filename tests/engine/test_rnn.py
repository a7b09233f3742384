"""The RNN by hand, through time, truncated, and step by step."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest

from engine.gradient_check import numeric_gradient, relative_error
from engine.gradient_steps import gradient_steps
from engine.rnn import rnn, rnn_backward
from engine.shapes import Array, ShapeError
from engine.trace import Trace
from tests.engine.cases import numbers
from tests.engine.recurrent_cases import HIDDEN, SIZES, STEPS, an_rnn, rnn_inputs


def test_two_steps_by_hand() -> None:
    one = np.ones((1, 1))
    x = np.array([[0.5], [-1.0]])
    trace = rnn(x, 2 * one, 0.5 * one, np.array([0.1]), 3 * one, np.array([-1.0]))
    rnn_backward(trace, np.array([[0.0], [1.0]]))
    h_1 = np.tanh(2 * 0.5 + 0.1)
    h_2 = np.tanh(2 * -1 + 0.1 + 0.5 * h_1)
    da_2 = 3 * (1 - h_2**2)
    da_1 = 0.5 * da_2 * (1 - h_1**2)
    np.testing.assert_allclose(trace["h"][:, 0], [h_1, h_2])
    np.testing.assert_allclose(trace["y"][:, 0], [3 * h_1 - 1, 3 * h_2 - 1])
    np.testing.assert_allclose(trace["dh_from_y"][:, 0], [0, 3])
    np.testing.assert_allclose(trace["dh_from_next"][:, 0], [0.5 * da_2, 0])
    np.testing.assert_allclose(trace["dW"], [[da_2 * h_1]])
    np.testing.assert_allclose(trace["dU"], [[da_1 * 0.5 + da_2 * -1]])
    np.testing.assert_allclose(trace["db"], [da_1 + da_2])
    np.testing.assert_allclose(trace["dh_0"], [0.5 * da_1])


def test_the_last_step_alone_is_the_last_row_of_all() -> None:
    given = rnn_inputs((2,))
    np.testing.assert_array_equal(rnn(**given, last_only=True)["y"], rnn(**given)["y"][-1])


def test_a_batch_is_its_sequences_side_by_side() -> None:
    given = rnn_inputs((2,))
    both = rnn(**given)
    for n in range(2):
        one = rnn(**{**given, "x": given["x"][..., n], "h_0": given["h_0"][..., n]})
        np.testing.assert_allclose(one["y"], both["y"][..., n], rtol=1e-14)


def test_a_sequence_in_two_pieces_is_the_same_sequence() -> None:
    given = rnn_inputs(())
    x = given.pop("x")
    whole = rnn(x, **given)
    first = rnn(x[:3], **given)
    second = rnn(x[3:], **{**given, "h_0": first["h"][-1]})
    np.testing.assert_allclose(second["y"], whole["y"][3:], rtol=1e-14)
    dy = numbers(1, *whole["y"].shape)
    rnn_backward(whole, dy)
    rnn_backward(second, dy[3:])
    rnn_backward(first, dy[:3], second["dh_0"])
    np.testing.assert_allclose(first["dW"] + second["dW"], whole["dW"], rtol=1e-12)
    np.testing.assert_allclose(first["dh_0"], whole["dh_0"], rtol=1e-12)


def test_without_a_first_state_it_is_zero() -> None:
    given = rnn_inputs((2,))
    del given["h_0"]
    np.testing.assert_array_equal(rnn(**given)["h_0"], np.zeros((HIDDEN, 2)))


def truncated_loss(
    given: dict[str, Array], entering: list[Array], trace: Trace, cut: int, last_only: bool
) -> float:
    """The loss that `an_rnn` goes back from, with the states that enter later pieces constant."""
    loss = 0.0
    for piece, start in enumerate(range(0, STEPS, cut)):
        h_0 = given["h_0"] if piece == 0 else entering[piece]
        part = rnn(**{**given, "x": given["x"][start : start + cut], "h_0": h_0})
        if not last_only:
            loss += float((part["y"] * trace["dy"][start : start + cut]).sum())
    if last_only:
        loss += float((part["y"][-1] * trace["dy"]).sum())
    return loss + float((part["h"][-1] * trace["dh_T"]).sum())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("last_only", [False, True])
@pytest.mark.parametrize("cut", [1, 2, 3, STEPS, STEPS + 3])
def test_truncated_gradients_are_those_with_constant_states(
    size: str, last_only: bool, cut: int
) -> None:
    trace = an_rnn(size, last_only=last_only, truncate=cut)
    given = rnn_inputs(SIZES[size])
    entering = [given["h_0"], *(trace["h"][start - 1] for start in range(cut, STEPS, cut))]
    for name in given:

        def loss(moved: Array, name: str = name) -> float:
            return truncated_loss({**given, name: moved}, entering, trace, cut, last_only)

        measured = numeric_gradient(loss, given[name])
        assert relative_error(trace[f"d{name}"], measured) < 1e-7, name


def test_a_truncation_longer_than_the_sequence_changes_nothing() -> None:
    whole, cut = an_rnn(), an_rnn(truncate=STEPS)
    for name in whole.arrays:
        np.testing.assert_array_equal(cut[name], whole[name])


def test_backward_again_without_truncation_forgets_it() -> None:
    trace = an_rnn(truncate=1)
    rnn_backward(trace, trace["dy"], trace["dh_T"])
    whole = an_rnn()
    assert trace.relations == whole.relations and trace.constants == whole.constants
    np.testing.assert_array_equal(trace["dW"], whole["dW"])


@pytest.mark.parametrize("last_only", [False, True])
def test_the_parts_of_the_steps_add_up_to_the_gradient(last_only: bool) -> None:
    trace = an_rnn(last_only=last_only)
    steps = gradient_steps(trace)
    for name in "UWbVc":
        np.testing.assert_allclose(steps[f"d{name}_sum"][0], trace[f"d{name}"], rtol=1e-12)
        np.testing.assert_array_equal(steps[f"d{name}_sum"][-1], steps[f"d{name}_step"][-1])


def test_without_dx_the_rest_is_the_same() -> None:
    trace, whole = rnn(**rnn_inputs(())), an_rnn()
    rnn_backward(trace, whole["dy"], whole["dh_T"], need_dx=False)
    assert set(whole.arrays) - set(trace.arrays) == {"dx"}
    np.testing.assert_array_equal(trace["dU"], whole["dU"])


@pytest.mark.parametrize("batch", SIZES.values())
def test_float32_stays_float32(batch: tuple[int, ...]) -> None:
    given = {name: array.astype(np.float32) for name, array in rnn_inputs(batch).items()}
    del given["h_0"]
    trace = rnn(**given)
    rnn_backward(trace, trace["y"])
    assert {name for name, array in trace.arrays.items() if array.dtype != np.float32} == set()


def zeros(**shapes: tuple[int, ...]) -> Callable[[], object]:
    """A call of `rnn` with arrays of these shapes, and of fitting ones for the rest."""
    fitting = {"x": (5, 2), "U": (3, 2), "W": (3, 3), "b": (3,), "V": (4, 3), "c": (4,)}
    return lambda: rnn(**{name: np.zeros(shape) for name, shape in {**fitting, **shapes}.items()})


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (zeros(x=(5,)), "rnn: x must have the shape (T,D) or (T,D,N), got (5,)"),
        (zeros(x=(0, 2)), "rnn: x must have at least one time step, got (0, 2)"),
        (zeros(W=(3, 4)), "rnn: W must have the shape (3, 3), got (3, 4)"),
        (zeros(U=(3, 3)), "rnn: U must have 2 columns, one for each input, got the shape (3, 3)"),
        (zeros(U=(4, 2)), "rnn: U must have the shape (3, 2), got (4, 2)"),
        (zeros(b=(4,)), "rnn: b must have the shape (3,), got (4,)"),
        (zeros(V=(4, 2)), "rnn: V must have 3 columns, one for each hidden unit, got the shape"),
        (zeros(c=(3,)), "rnn: c must have the shape (4,), got (3,)"),
        (zeros(h_0=(3, 1)), "rnn: h_0 must have the shape (3,), got (3, 1)"),
        (
            lambda: rnn_backward(an_rnn(), np.zeros(2)),
            "rnn_backward: dy must have the shape (4, 2), got (2,)",
        ),
        (
            lambda: rnn_backward(an_rnn(), np.zeros((4, 2)), np.zeros(2)),
            "rnn_backward: dh_T must have the shape (3,), got (2,)",
        ),
        (
            lambda: gradient_steps(an_rnn("batch")),
            "gradient_steps: take one sequence of the batch first: trace.example(n)",
        ),
    ],
)
def test_wrong_shape(wrong: Callable[[], object], message: str) -> None:
    with pytest.raises(ShapeError, match=re.escape(message)):
        wrong()


@pytest.mark.parametrize("truncate", [0, 1.5, True])
def test_wrong_truncation(truncate: int) -> None:
    message = f"rnn_backward: truncate must be a whole number of at least 1, got {truncate}"
    with pytest.raises(ValueError, match=re.escape(message)):
        an_rnn(truncate=truncate)
