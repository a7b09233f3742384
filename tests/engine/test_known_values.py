"""Numbers that can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from engine.activation import relu, relu_backward, sigmoid, sigmoid_backward
from engine.backward_until import backward_until
from engine.comparison import compared
from engine.conv import conv2d, conv2d_backward
from engine.conv_channels import conv_channels
from engine.conv_cost import conv_cost, dense_cost, stack_cost
from engine.conv_pair import composed
from engine.conv_place import conv_place, flip
from engine.conv_size import dropped, output_size
from engine.dense import dense, flatten
from engine.loss import (
    binary_cross_entropy,
    binary_cross_entropy_backward,
    cross_entropy,
    cross_entropy_backward,
    half_squared_error,
    half_squared_error_backward,
    mean_squared_error,
    mean_squared_error_backward,
    softmax,
)
from engine.place_backward import conv_place_backward, pool_place
from engine.pool import (
    average_pool2d,
    average_pool2d_backward,
    max_pool2d,
    max_pool2d_backward,
)
from engine.shapes import ShapeError
from engine.shift import shifted
from engine.trace import Trace
from engine.zeros import count_zeros
from tests.engine.cases import numbers

SOBEL = np.array([[[[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]]]])
STEP = np.tile([0.0, 0, 1, 1], (4, 1))[None]
"""Dark on the left, bright on the right."""


def test_sobel_answers_to_a_step() -> None:
    np.testing.assert_array_equal(conv2d(STEP, SOBEL)["y"], [[[4, 4], [4, 4]]])
    flat = np.ones((1, 4, 4))
    np.testing.assert_array_equal(conv2d(flat, SOBEL)["y"], np.zeros((1, 2, 2)))


def test_flipped_sobel_answers_with_the_other_sign() -> None:
    flipped = flip(SOBEL)["flipped"]
    np.testing.assert_array_equal(flipped, -SOBEL)
    np.testing.assert_array_equal(conv2d(STEP, flipped)["y"], np.full((1, 2, 2), -4.0))


def test_a_bias_and_channels_add_up() -> None:
    x = np.stack([np.full((2, 2), 3.0), np.full((2, 2), 5.0)])
    w = np.array([[[[1.0]], [[10.0]]]])
    np.testing.assert_array_equal(conv2d(x, w, np.array([0.5]))["y"], np.full((1, 2, 2), 53.5))


def test_the_gradient_of_a_weight_sums_over_places_and_examples() -> None:
    x = np.ones((1, 3, 3, 5))
    trace = conv2d(x, np.ones((1, 1, 2, 2)))
    conv2d_backward(trace, np.ones((1, 2, 2, 5)))
    np.testing.assert_array_equal(trace["dw"], np.full((1, 1, 2, 2), 20.0))
    np.testing.assert_array_equal(trace["db"], [20.0])
    np.testing.assert_array_equal(trace["dx"][0, :, :, 0], [[1, 2, 1], [2, 4, 2], [1, 2, 1]])


@pytest.mark.parametrize(
    ("settings", "out", "left_over"),
    [
        ((28, 3), 26, 0),
        ((28, 3, 1, 1), 28, 0),
        ((28, 3, 2), 13, 1),
        ((7, 3, 1, 0, 3), 1, 0),
        ((8, 3, 3), 2, 2),
        ((3, 3), 1, 0),
    ],
)
def test_size_of_the_map(settings: tuple[int, ...], out: int, left_over: int) -> None:
    assert output_size(*settings) == out
    assert dropped(*settings) == left_over


@pytest.mark.parametrize("padding", [0, 1])
def test_the_last_running_sum_is_the_cell_of_the_map(padding: int) -> None:
    x, w, b = numbers(1, 2, 5, 5), numbers(2, 3, 2, 3, 3), numbers(3, 3)
    trace = conv2d(x, w, b, stride=2, padding=padding)
    place = conv_place(trace, 2, 1, 0)
    assert place["running_sum"][-1, -1, -1] == pytest.approx(trace["y"][2, 1, 0], abs=1e-12)
    assert place["running_sum"][0, 0, 0] == pytest.approx(b[2] + place["product"][0, 0, 0])


def test_max_pool_keeps_the_largest_and_sends_it_the_gradient() -> None:
    x = np.array([[[1.0, 2, 9], [4, 3, 9], [9, 9, 9]]])
    trace = max_pool2d(x)
    max_pool2d_backward(trace, np.array([[[7.0]]]))
    assert (trace["y"].item(), trace["winner"].item()) == (4, 2)
    np.testing.assert_array_equal(trace["dx"], [[[0, 0, 0], [7, 0, 0], [0, 0, 0]]])


def test_of_equal_numbers_the_first_wins() -> None:
    trace = max_pool2d(np.full((1, 2, 2), 5.0))
    max_pool2d_backward(trace, np.array([[[1.0]]]))
    assert trace["winner"].item() == 0
    np.testing.assert_array_equal(trace["dx"], [[[1, 0], [0, 0]]])


def test_where_windows_overlap_gradients_add_up() -> None:
    x = np.array([[[0.0, 0, 0], [0, 8, 0], [0, 0, 0]]])
    trace = max_pool2d(x, 2, stride=1)
    max_pool2d_backward(trace, np.ones((1, 2, 2)))
    np.testing.assert_array_equal(trace["winner"], [[[3, 2], [1, 0]]])
    assert trace["dx"][0, 1, 1] == trace["dx"].sum() == 4


def test_average_pool_shares_the_gradient() -> None:
    trace = average_pool2d(np.array([[[1.0, 2], [3, 6]]]))
    average_pool2d_backward(trace, np.array([[[8.0]]]))
    assert trace["y"].item() == 3
    np.testing.assert_array_equal(trace["dx"], np.full((1, 2, 2), 2.0))


def test_relu_has_no_slope_at_zero() -> None:
    trace = relu(np.array([-1.0, 0, 2]))
    relu_backward(trace, np.ones(3))
    np.testing.assert_array_equal(trace["y"], [0, 0, 2])
    np.testing.assert_array_equal(trace["dz"], [0, 0, 1])


def test_sigmoid_keeps_its_tails() -> None:
    with np.errstate(all="raise", under="ignore"):
        trace = sigmoid(np.array([-1000.0, -50, 0, 1000]))
        sigmoid_backward(trace, np.ones(4))
    assert trace["y"][1] == pytest.approx(np.exp(-50), rel=1e-12)
    np.testing.assert_array_equal(trace["y"][[0, 2, 3]], [0, 0.5, 1])
    assert trace["dz"][2] == 0.25


def test_dense_and_flatten() -> None:
    w, b = np.array([[1.0, 2], [3, 4], [5, 6]]), np.array([0.0, 0, 100])
    np.testing.assert_array_equal(dense(np.array([10.0, 1]), w, b)["y"], [12, 34, 156])
    maps = np.arange(8.0).reshape(2, 2, 2)
    np.testing.assert_array_equal(flatten(maps)["y"], np.arange(8))
    both = np.stack([maps, -maps], axis=-1)
    np.testing.assert_array_equal(flatten(both)["y"][:, 1], -np.arange(8))


def test_softmax_bears_large_logits() -> None:
    with np.errstate(all="raise", under="ignore"):
        p = softmax(np.array([1000.0, 1000, -1000]))["p"]
        trace = cross_entropy(np.array([1000.0, -1000]), 1)
        cross_entropy_backward(trace)
    np.testing.assert_array_equal(p, [0.5, 0.5, 0])
    assert trace["loss"] == 2000
    np.testing.assert_array_equal(trace["dz"], [1, -1])


def test_softmax_takes_away_the_largest_of_each_example() -> None:
    z = np.array([[1000.0, -1000.0], [1000.0, -1000.0]])
    trace = softmax(z)
    np.testing.assert_array_equal(trace["z_max"], [1000, -1000])
    np.testing.assert_array_equal(trace["p"], np.full((2, 2), 0.5))


def test_cross_entropy_of_a_guess_among_four_is_log_four() -> None:
    trace = cross_entropy(np.zeros((4, 2)), np.array([0, 3]))
    cross_entropy_backward(trace)
    np.testing.assert_allclose(trace["loss"], np.log([4, 4]))
    assert trace["mean_loss"] == pytest.approx(np.log(4))
    np.testing.assert_allclose(trace["dz"][:, 0], np.array([-0.75, 0.25, 0.25, 0.25]) / 2)


def test_a_class_is_a_distribution_with_all_on_it() -> None:
    z = numbers(5, 3, 2)
    one_hot = np.array([[0.0, 1], [0, 0], [1, 0]])
    classes, soft = cross_entropy(z, np.array([2, 0])), cross_entropy(z, one_hot)
    np.testing.assert_array_equal(classes["target"], one_hot)
    np.testing.assert_array_equal(classes["loss"], soft["loss"])


def test_mean_squared_error_has_no_half() -> None:
    trace = mean_squared_error(np.array([[3.0], [1]]), np.array([[1.0], [1]]))
    mean_squared_error_backward(trace)
    assert trace["loss"] == trace["mean_loss"] == 2
    np.testing.assert_array_equal(trace["dy"], [[2.0], [0]])


def test_half_the_squared_error_has_the_difference_as_its_gradient() -> None:
    trace = half_squared_error(np.array([[3.0, 0], [1, 4]]), np.array([[1.0, 0], [1, 1]]))
    half_squared_error_backward(trace)
    np.testing.assert_array_equal(trace["loss"], [2, 4.5])
    assert trace["mean_loss"] == 3.25
    np.testing.assert_array_equal(trace["dy"], [[1.0, 0], [0, 1.5]])


def test_a_confident_mistake_moves_the_logit_under_one_loss_only() -> None:
    z = np.log([0.01 / 0.99])
    entropy, squashed = binary_cross_entropy(z, np.array([1.0])), sigmoid(z)
    squared = half_squared_error(squashed["y"], np.array([1.0]))
    binary_cross_entropy_backward(entropy)
    half_squared_error_backward(squared)
    sigmoid_backward(squashed, squared["dy"])
    assert float(entropy["loss"]) == pytest.approx(-np.log(0.01), rel=1e-12)
    assert float(entropy["dz"][0]) == pytest.approx(-0.99, rel=1e-12)
    assert float(squashed["dz"][0]) == pytest.approx(-0.009801, rel=1e-12)


def test_logits_of_any_size_have_a_finite_loss() -> None:
    trace = binary_cross_entropy(np.array([1000.0, -1000, 0]), np.array([0.0, 0, 1]))
    np.testing.assert_allclose(trace["surprise"], [1000, 0, np.log(2)])
    np.testing.assert_array_equal(trace["p"], [1, 0, 0.5])


def test_float32_stays_float32() -> None:
    x = numbers(6, 2, 6, 6, 3).astype(np.float32)
    w = numbers(7, 2, 2, 3, 3).astype(np.float32)
    trace = conv2d(x, w)
    conv2d_backward(trace, trace["y"])
    pooled = max_pool2d(trace["y"])
    flat = flatten(pooled["y"])
    loss = cross_entropy(flat["y"], np.array([0, 1, 2]))
    cross_entropy_backward(loss)
    for one in (trace, pooled, flat, loss):
        wide = {name for name, array in one.arrays.items() if array.dtype == np.float64}
        assert not wide, one.operation


def totals(trace: Trace) -> dict[str, list[float]]:
    return {name: np.atleast_1d(array).tolist() for name, array in trace.arrays.items()}


def test_cost_of_kernels() -> None:
    found = totals(conv_cost(28, [3, 5], [1, 0], channels=2, filters=4))
    assert found["field"] == [3, 5]
    assert found["out"] == [28, 24]
    assert found["weights"] == [72, 200]
    assert found["multiply_adds"] == [28 * 28 * 72, 24 * 24 * 200]


def test_two_small_kernels_see_as_much_as_a_large_one_with_fewer_weights() -> None:
    two = totals(stack_cost(28, 3, 2, 0, 8))
    one = totals(conv_cost(28, [5], [0], channels=8, filters=8))
    assert two["field"] == one["field"] == [5]
    assert two["out"][-1] == one["out"][0] == 24
    assert (two["weights"], one["weights"]) == ([1152], [1600])
    assert two["multiply_adds"] == [(26 * 26 + 24 * 24) * 576]


def test_cost_of_a_dense_layer() -> None:
    found = totals(dense_cost(28, 26, 1, 8))
    assert (found["inputs"], found["outputs"]) == ([784], [5408])
    assert found["weights"] == [784 * 5408]


def test_a_filter_adds_up_what_its_channels_give() -> None:
    x, w, b = numbers(1, 3, 5, 6), numbers(2, 2, 3, 3, 2), np.array([0.5, -1])
    trace = conv2d(x, w, b, stride=2, padding=1)
    ledger = conv_channels(trace, 1)
    np.testing.assert_allclose(ledger["part"].sum(axis=0) - 1, trace["y"][1], atol=1e-12)
    np.testing.assert_allclose(ledger["so_far"][-1], trace["y"][1], atol=1e-12)
    np.testing.assert_allclose(ledger["so_far"][0], ledger["part"][0] - 1, atol=1e-12)
    with pytest.raises(ShapeError, match="f must be a filter of w"):
        conv_channels(trace, 2)


def test_two_convolutions_are_one_until_a_relu_stands_between() -> None:
    x = numbers(1, 2, 8, 9)
    first = conv2d(x, numbers(2, 3, 2, 3, 2), numbers(3, 3))
    second = conv2d(first["y"], numbers(4, 2, 3, 2, 4), numbers(5, 2))
    both = composed(first, second)
    assert both["w"].shape == (2, 2, 4, 5)
    one = conv2d(x, both["w"], both["b"])
    np.testing.assert_allclose(one["y"], second["y"], atol=1e-12)
    between = conv2d(relu(first["y"])["y"], second["w"], second["b"])
    assert np.abs(one["y"] - between["y"]).max() > 0.1
    with pytest.raises(ValueError, match="need stride 1 and dilation 1, and no padding"):
        composed(conv2d(x, first["w"], padding=1), second)
    with pytest.raises(ShapeError, match="takes 3 channels"):
        composed(conv2d(x, first["w"][:2]), second)


def test_a_backward_pass_halted_and_what_each_place_adds() -> None:
    trace = conv2d(numbers(1, 1, 4, 5), numbers(2, 1, 1, 2, 2), padding=1)
    conv2d_backward(trace, numbers(3, *trace["y"].shape))
    _, rows, columns = trace["y"].shape
    dw, dx = np.zeros((1, 2, 2)), np.zeros_like(trace["x_padded"])
    for n in range(rows * columns):
        i, j = divmod(n, columns)
        place = conv_place_backward(trace, 0, i, j)
        dw += place["to_w"]
        dx[:, i : i + 2, j : j + 2] += place["to_x"]
        so_far = backward_until(trace, conv2d_backward, n)
        np.testing.assert_allclose(so_far["dw"][0], dw, atol=1e-12)
        np.testing.assert_allclose(so_far["dx"], dx[:, 1:-1, 1:-1], atol=1e-12)
    np.testing.assert_allclose(dw, trace["dw"][0], atol=1e-12)
    assert not backward_until(trace, conv2d_backward, -1)["dx"].any()


def test_one_place_of_a_pooling_hands_back_what_it_was_given() -> None:
    x, dy = numbers(1, 1, 4, 4), numbers(2, 1, 2, 2)
    largest, mean = max_pool2d(x), average_pool2d(x)
    max_pool2d_backward(largest, dy)
    average_pool2d_backward(mean, dy)
    place = pool_place(largest, 0, 1, 0)
    np.testing.assert_array_equal(place["covered"], x[0, 2:, :2])
    np.testing.assert_array_equal(place["to_x"], largest["dx"][0, 2:, :2])
    np.testing.assert_array_equal(
        pool_place(mean, 0, 1, 1)["to_x"], np.full((2, 2), dy[0, 1, 1] / 4)
    )
    assert "to_x" not in pool_place(max_pool2d(x), 0, 0, 0)


def test_a_shift_moves_and_leaves_nothing_behind() -> None:
    x = np.arange(1.0, 7).reshape(1, 2, 3)
    np.testing.assert_array_equal(shifted(x, 0, 1)["y"], [[[0, 1, 2], [0, 4, 5]]])
    np.testing.assert_array_equal(shifted(x, -1, 0)["y"], [[[4, 5, 6], [0, 0, 0]]])
    assert not shifted(x, 2, 0)["y"].any()


def test_a_comparison_counts_and_measures() -> None:
    moved = shifted(np.array([[[2.0, 0, 0, 0]]]), 0, 1)
    change = totals(compared(moved, "x", moved, "y"))
    assert change["changed"] == change["largest"] == [2]
    assert (change["distance"], change["size"], change["relative_change"]) == ([4], [2], [2])


def test_a_dead_filter_is_zero_everywhere() -> None:
    z = np.array([[[[-1.0, 0]]], [[[-1, 2]]]])
    found = totals(count_zeros(relu(z, batched=True)))
    assert (found["zeros"], found["share"], found["dead"]) == ([2, 1], [1, 0.5], [1, 0])
    assert (found["share_of_all"], found["dead_filters"]) == ([0.75], [1])


def test_parameters_are_weights_and_a_bias_for_each_filter() -> None:
    assert totals(conv_cost(28, [3], [0], channels=3, filters=8))["parameters"] == [224]
    assert totals(dense_cost(2, 1, 1, 3))["parameters"] == [4 * 3 + 3]
