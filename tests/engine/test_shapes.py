"""A wrong shape or setting gives an error that says which argument, and both shapes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from engine.activation import relu, relu_backward
from engine.conv import conv2d, conv2d_backward
from engine.conv_cost import conv_cost
from engine.conv_place import conv_place, flip
from engine.conv_size import output_size
from engine.dense import dense, dense_backward, flatten, flatten_backward
from engine.loss import (
    binary_cross_entropy,
    cross_entropy,
    half_squared_error,
    mean_squared_error,
    softmax,
    softmax_backward,
)
from engine.pool import average_pool2d, average_pool2d_backward, max_pool2d, max_pool2d_backward
from engine.shapes import ShapeError, check_axes
from engine.trace import Trace


def zeros(*shape: int) -> Any:
    return np.zeros(shape)


def a_conv(*batch: int) -> Trace:
    return conv2d(zeros(1, 4, 4, *batch), zeros(2, 1, 3, 3))


SHAPES: list[tuple[Callable[[], object], str]] = [
    (
        lambda: conv2d(zeros(4, 4), zeros(2, 1, 3, 3)),
        "conv2d: x must have the shape (C,H,W) or (C,H,W,N), got (4, 4)",
    ),
    (
        lambda: conv2d(zeros(1, 4, 4), zeros(3, 3)),
        "conv2d: w must have the shape (F,C,K,K), got (3, 3)",
    ),
    (
        lambda: conv2d(zeros(1, 4, 4), zeros(2, 3, 3, 3)),
        "conv2d: w (2, 3, 3, 3) has 3 input channels, x (1, 4, 4) has 1",
    ),
    (
        lambda: conv2d(zeros(1, 4, 4), zeros(2, 1, 3, 3), zeros(3)),
        "conv2d: b must have the shape (2,), got (3,)",
    ),
    (
        lambda: conv2d_backward(a_conv(), zeros(2, 4, 4)),
        "conv2d_backward: dy must have the shape (2, 2, 2), got (2, 4, 4)",
    ),
    (lambda: conv_place(a_conv(), 0, 2, 0), "y[0, 2, 0] is not in the array of shape (2, 2, 2)"),
    (lambda: conv_place(a_conv(5), 0, 0, 0), "conv_place: take one example of the batch first"),
    (lambda: flip(zeros(3, 3)), "flip: w must have the shape (F,C,K,K), got (3, 3)"),
    (
        lambda: max_pool2d(zeros(4, 4)),
        "max_pool2d: x must have the shape (C,H,W) or (C,H,W,N), got (4, 4)",
    ),
    (
        lambda: average_pool2d(zeros(1, 4, 2), 3),
        "average_pool2d: a window of 3 x 3 does not fit into x of shape (1, 4, 2)",
    ),
    (
        lambda: max_pool2d_backward(max_pool2d(zeros(1, 4, 4)), zeros(1, 4, 4)),
        "max_pool2d_backward: dy must have the shape (1, 2, 2), got (1, 4, 4)",
    ),
    (
        lambda: average_pool2d_backward(average_pool2d(zeros(1, 4, 4)), zeros(2, 2)),
        "average_pool2d_backward: dy must have the shape (1, 2, 2), got (2, 2)",
    ),
    (
        lambda: relu_backward(relu(zeros(3)), zeros(4)),
        "relu_backward: dy must have the shape (3,), got (4,)",
    ),
    (
        lambda: dense(zeros(2, 2, 2), zeros(3, 2)),
        "dense: x must have the shape (D,) or (D,N), got (2, 2, 2)",
    ),
    (lambda: dense(zeros(2), zeros(3)), "dense: w must have the shape (K,D), got (3,)"),
    (lambda: dense(zeros(2), zeros(3, 4)), "dense: w (3, 4) has 4 inputs, x (2,) has 2"),
    (
        lambda: dense(zeros(2), zeros(3, 2), zeros(2)),
        "dense: b must have the shape (3,), got (2,)",
    ),
    (
        lambda: dense_backward(dense(zeros(2, 5), zeros(3, 2)), zeros(3)),
        "dense_backward: dy must have the shape (3, 5), got (3,)",
    ),
    (
        lambda: flatten(zeros(4, 4)),
        "flatten: x must have the shape (C,H,W) or (C,H,W,N), got (4, 4)",
    ),
    (
        lambda: flatten_backward(flatten(zeros(1, 2, 2)), zeros(1, 2, 2)),
        "flatten_backward: dy must have the shape (4,), got (1, 2, 2)",
    ),
    (
        lambda: softmax(zeros(1, 2, 3)),
        "softmax: z must have the shape (K,) or (K,N), got (1, 2, 3)",
    ),
    (
        lambda: softmax_backward(softmax(zeros(3)), zeros(2)),
        "softmax_backward: dp must have the shape (3,), got (2,)",
    ),
    (
        lambda: cross_entropy(zeros(3, 4), zeros(4, 3)),
        "cross_entropy: target must have the shape (4,) (classes) or (3, 4) (probabilities), "
        "got (4, 3)",
    ),
    (
        lambda: mean_squared_error(zeros(3), zeros(4)),
        "mean_squared_error: target must have the shape (3,), got (4,)",
    ),
    (
        lambda: half_squared_error(zeros(3), zeros(4)),
        "half_squared_error: target must have the shape (3,), got (4,)",
    ),
    (
        lambda: binary_cross_entropy(zeros(1, 4), zeros(4)),
        "binary_cross_entropy: target must have the shape (1, 4), got (4,)",
    ),
    (
        lambda: conv_cost(28, [3, 5], [0]),
        "conv_cost: paddings must have the shape (2,) of kernels, got (1,)",
    ),
    (lambda: a_conv().link("y", a_conv(), "x"), "y has the shape (2, 2, 2), but its source"),
]

SETTINGS: list[tuple[Callable[[], object], str]] = [
    (
        lambda: conv2d(zeros(1, 4, 4), zeros(1, 1, 3, 3), stride=0),
        "conv2d: stride must be a whole number of at least 1, got 0",
    ),
    (
        lambda: conv2d(zeros(1, 4, 4), zeros(1, 1, 3, 3), padding=-1),
        "conv2d: padding must be a whole number of at least 0, got -1",
    ),
    (
        lambda: conv2d(zeros(1, 4, 4), zeros(1, 1, 3, 3), dilation=1.5),  # type: ignore[arg-type]
        "conv2d: dilation must be a whole number of at least 1, got 1.5",
    ),
    (
        lambda: conv2d(zeros(1, 4, 4), zeros(1, 1, 3, 3), dilation=2),
        "a kernel of 3 with dilation 2 covers 5 cells and does not fit into 4 + 2*0 = 4",
    ),
    (
        lambda: output_size(5, True),
        "output_size: kernel must be a whole number of at least 1, got True",
    ),
    (
        lambda: max_pool2d(zeros(1, 4, 4), 0),
        "max_pool2d: window must be a whole number of at least 1, got 0",
    ),
    (
        lambda: average_pool2d(zeros(1, 4, 4), 2, stride=0),
        "average_pool2d: stride must be a whole number of at least 1, got 0",
    ),
    (
        lambda: cross_entropy(zeros(3), 3),
        "cross_entropy: target must be classes, whole numbers from 0 to 2, got 3 to 3",
    ),
    (
        lambda: cross_entropy(zeros(3, 2), np.array([0.0, 1.0])),
        "cross_entropy: target must be classes, whole numbers from 0 to 2, got 0.0 to 1.0",
    ),
    (
        lambda: cross_entropy(zeros(3), np.array([0.5, 0.5, 0.5])),
        "cross_entropy: target must be probabilities that sum to 1",
    ),
    (
        lambda: binary_cross_entropy(zeros(2), np.array([0.0, 1.5])),
        "binary_cross_entropy: target must be from 0 to 1, got 0.0 to 1.5",
    ),
]


@pytest.mark.parametrize(("wrong", "message"), SHAPES)
def test_wrong_shape(wrong: Callable[[], object], message: str) -> None:
    with pytest.raises(ShapeError, match=re.escape(message)):
        wrong()


@pytest.mark.parametrize(("wrong", "message"), SETTINGS)
def test_wrong_setting(wrong: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        wrong()


@pytest.mark.parametrize(
    ("layout", "axes"), [("()", 0), ("(K,)", 1), ("(D,N)", 2), ("(C,H,W,N)", 4)]
)
def test_a_layout_counts_axes(layout: str, axes: int) -> None:
    check_axes("operation", "x", zeros(*[1] * axes), layout)
    with pytest.raises(ShapeError):
        check_axes("operation", "x", zeros(*[1] * (axes + 1)), layout)
