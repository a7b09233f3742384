"""Traces of what the labs on channels, the ReLU and pooling show, forwards and backwards, for the
tests that evaluate every relation."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from engine.activation import relu
from engine.backward_until import backward_until
from engine.comparison import compared
from engine.conv import conv2d, conv2d_backward
from engine.conv_channels import conv_channels
from engine.conv_pair import composed
from engine.place_backward import conv_place_backward, pool_place
from engine.pool import (
    average_pool2d,
    average_pool2d_backward,
    max_pool2d,
    max_pool2d_backward,
)
from engine.shapes import Array
from engine.shift import shifted
from engine.trace import Trace
from engine.zeros import count_zeros


def drawn(seed: int, *shape: int) -> Array:
    """Normal random numbers, the same for the same seed."""
    return np.random.default_rng(seed).normal(size=shape)


def _conv(padding: int = 0, dilation: int = 1, backward: bool = False) -> Trace:
    x, w, b = drawn(34, 2, 5, 6), drawn(35, 2, 2, 2, 3), drawn(36, 2)
    trace = conv2d(x, w, b, stride=2 - dilation % 2, padding=padding, dilation=dilation)
    if backward:
        conv2d_backward(trace, drawn(37, *trace["y"].shape))
    return trace


def _pool(
    forward: Callable[..., Trace], backward: Callable[[Trace, Array], None], stride: int
) -> Trace:
    trace = forward(drawn(38, 2, 5, 5), 2, stride=stride)
    backward(trace, drawn(39, *trace["y"].shape))
    return trace


def _pair() -> Trace:
    first = conv2d(drawn(40, 2, 7, 8), drawn(41, 3, 2, 2, 3), drawn(42, 3))
    second = conv2d(first["y"], drawn(43, 2, 3, 3, 2), drawn(44, 2))
    return composed(first, second)


def _comparison(down: int) -> Trace:
    one = shifted(drawn(45, 2, 3, 4), down, -1)
    return compared(one, "y", one, "x")


def _zeros(bias: float, *shape: int) -> Trace:
    return count_zeros(relu(drawn(46, *shape) + bias, batched=len(shape) == 4))


_max_pool, _average_pool = (
    partial(_pool, max_pool2d, max_pool2d_backward),
    partial(_pool, average_pool2d, average_pool2d_backward),
)


PICTURE_TRACES: dict[str, Callable[[], Trace]] = {
    "conv_channels": lambda: conv_channels(_conv(), 1),
    "conv_channels-padded": lambda: conv_channels(_conv(1, 2), 0),
    "conv_place_backward": lambda: conv_place_backward(_conv(backward=True), 1, 2, 3),
    "conv_place_backward-padded": lambda: conv_place_backward(_conv(1, 2, True), 0, 0, 1),
    "max_pool_place": lambda: pool_place(_max_pool(2), 1, 1, 0),
    "average_pool_place": lambda: pool_place(_average_pool(1), 0, 2, 3),
    "conv2d-so-far": lambda: backward_until(_conv(1, 1, True), conv2d_backward, 7),
    "max_pool-so-far": lambda: backward_until(_max_pool(1), max_pool2d_backward, 5),
    "average_pool-so-far": lambda: backward_until(_average_pool(1), average_pool2d_backward, 0),
    "composed": _pair,
    "shifted": lambda: shifted(drawn(47, 2, 4, 5), -2, 3),
    "shifted-out": lambda: shifted(drawn(47, 1, 4, 5), 0, 5),
    "compared": lambda: _comparison(1),
    "compared-with-nothing": lambda: _comparison(3),
    "count_zeros": lambda: _zeros(0.0, 2, 3, 4),
    "count_zeros-batch": lambda: _zeros(0.0, 3, 2, 3, 4),
    "count_zeros-dead": lambda: _zeros(-9.0, 3, 2, 3, 4),
}
