"""C6: many channels. What a filter sums over, what a layer hands on, and its parameters."""

from __future__ import annotations

import numpy as np

from engine.conv import conv2d
from engine.conv_channels import conv_channels
from engine.conv_cost import conv_cost
from engine.notation import format_number
from engine.shapes import Array
from lessons.cnn.questions.grids import beside, drawn
from lessons.kit.answer import Numeric
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick


def _filter_weights(rng: np.random.Generator) -> Draft:
    kernel, channels = pick(rng, (3, 5, 7)), pick(rng, (3, 4, 8, 16))
    size = pick(rng, (20, 28, 32, 64))
    truth = float(conv_cost(size, [kernel], [0], channels=channels)["weights"][0])
    return Draft(
        prompt=(
            f"A picture of {size}×{size} pixels has {channels} channels. How many weights does one "
            f"{kernel}×{kernel} filter have that slides over it, without its bias?"
        ),
        kind=Numeric(unit="weights"),
        truth=truth,
        mistakes=(
            Mistake(
                "one-kernel-only",
                float(kernel**2),
                "That is one kernel. The filter has a kernel of its own for each channel.",
            ),
            Mistake(
                "bias-counted",
                truth + 1,
                "You counted the bias. There is one for each filter, but it was not asked for.",
            ),
            Mistake(
                "channels-added",
                float(kernel**2 + channels),
                "You added the channels. Each has a kernel of its own, so the counts multiply.",
            ),
            Mistake(
                "weights-grow-with-image",
                float(size**2 * channels),
                "You counted the picture's numbers. The filter's weights do not know its size.",
            ),
            Mistake(
                "kernel-side-only",
                float(kernel * channels),
                f"You counted one row of each kernel. It has {kernel} rows of {kernel}.",
            ),
        ),
        explanation=f"A kernel for each channel: {kernel}·{kernel}·{channels} = {truth:.0f}.",
    )


def _layer_parameters(rng: np.random.Generator) -> Draft:
    kernel, channels = pick(rng, (3, 3, 5)), pick(rng, (2, 3, 4, 8))
    filters, size = pick(rng, (4, 6, 8, 10, 16)), pick(rng, (16, 28, 32))
    cost = conv_cost(size, [kernel], [0], channels=channels, filters=filters)
    truth, weights = float(cost["parameters"][0]), float(cost["weights"][0])
    if channels == filters:
        raise Redraw
    return Draft(
        prompt=(
            f"A layer has {filters} filters of {kernel}×{kernel}. Pictures of {size}×{size} with "
            f"{channels} channels come in. How many parameters does it have, biases included?"
        ),
        kind=Numeric(unit="parameters"),
        truth=truth,
        mistakes=(
            Mistake(
                "bias-forgotten",
                weights,
                "Those are the weights. Each filter has a bias as well.",
            ),
            Mistake(
                "bias-per-kernel",
                weights + channels * filters,
                "You gave every kernel a bias. The sum over all channels gets one: one a filter.",
            ),
            Mistake(
                "channels-forgotten",
                float(kernel**2 * filters + filters),
                "You forgot the channels. Every filter has a kernel for each of them.",
            ),
            Mistake(
                "one-filter-only",
                weights / filters + 1,
                f"That is one filter with its bias. There are {filters}.",
            ),
            Mistake(
                "one-bias",
                weights + 1,
                "You counted one bias for the layer. Each filter has its own.",
            ),
            Mistake(
                "weights-per-place",
                float(cost["out"][0] ** 2) * truth,
                "You counted fresh weights for every place. All places share the same ones.",
            ),
        ),
        explanation=(
            f"Weights {kernel}·{kernel}·{channels}·{filters} = {weights:.0f}, and {filters} "
            f"biases: {truth:.0f}. The picture's size is not in it."
        ),
    )


def _maps_out(rng: np.random.Generator) -> Draft:
    channels, filters, kernel = pick(rng, (2, 3, 4, 5)), pick(rng, (6, 7, 8, 9, 10)), 3
    y = conv2d(np.zeros((channels, 5, 5)), np.zeros((filters, channels, kernel, kernel)))["y"]
    truth = float(len(y))
    return Draft(
        prompt=(
            f"{channels} channels go into a layer of {filters} filters, {kernel}×{kernel} each. "
            "How many maps come out?"
        ),
        kind=Numeric(unit="maps"),
        truth=truth,
        mistakes=(
            Mistake(
                "maps-per-channel",
                float(channels * filters),
                "You kept a map for each channel and filter. A filter adds what it finds in all "
                "channels into one map.",
            ),
            Mistake(
                "as-many-as-in",
                float(channels),
                "That is how many go in. What comes out does not depend on it.",
            ),
            Mistake(
                "one-map",
                1.0,
                "One filter writes one map. Here there are several filters.",
            ),
            Mistake(
                "in-and-out-added",
                float(channels + filters),
                "You added the channels that went in. They are used up: only the maps go on.",
            ),
            Mistake(
                "one-per-weight",
                float(kernel * kernel * filters),
                "You counted weights. All weights of a filter work on the same map.",
            ),
        ),
        explanation=(
            f"One map for each filter: {filters}. Each sums over all {channels} channels, "
            "so those leave no trace in the number."
        ),
    )


def _value(x: Array, w: Array, bias: float) -> float:
    return float(conv2d(x, w[None], np.array([bias]))["y"][0, 0, 0])


def _channel_sum(rng: np.random.Generator) -> Draft:
    x, w = drawn(rng, 0, 3, 2, 2, 2), drawn(rng, -1, 2, 2, 2, 2)
    bias = float(pick(rng, (-3, -2, -1, 1, 2, 3)))
    ledger = conv_channels(conv2d(x, w[None], np.array([bias])), 0)
    first, second = (float(ledger["part"][c, 0, 0]) for c in range(2))
    truth = _value(x, w, bias)
    if 0 in (first, second) or np.count_nonzero(w * x) > 6:
        raise Redraw
    return Draft(
        prompt=(
            "A filter lies on a picture with two channels, *a* and *b*; `w_a` and `w_b` are its "
            f"kernels, the bias is {format_number(bias)}. What does it write here?\n\n"
            + beside(a=x[0].tolist(), b=x[1].tolist(), w_a=w[0].tolist(), w_b=w[1].tolist())
        ),
        kind=Numeric(),
        truth=truth,
        mistakes=(
            Mistake(
                "bias-forgotten",
                first + second,
                "You forgot the bias. It is added once to the sum over the channels.",
            ),
            Mistake(
                "bias-per-channel",
                first + second + 2 * bias,
                "You added the bias for each channel. The filter has one bias in all.",
            ),
            Mistake(
                "first-channel-only",
                first + bias,
                "You looked at channel a alone. The filter adds up both channels.",
            ),
            Mistake(
                "kernel-shared",
                _value(x, np.stack([w[0], w[0]]), bias),
                "You used one kernel for both channels. Each channel has its own.",
            ),
            Mistake(
                "channels-multiplied",
                first * second + bias,
                "You multiplied the channels' parts. They are added.",
            ),
        ),
        explanation=(
            f"Channel a gives {format_number(first)}, channel b {format_number(second)}; with the "
            f"bias that makes {format_number(truth)}."
        ),
    )


TEMPLATES = (
    Template("filter-weights", "The weights of a filter", ("C6",), _filter_weights),
    Template("layer-parameters", "The parameters of a layer", ("C6",), _layer_parameters),
    Template("maps-out", "How many maps", ("C6",), _maps_out),
    Template("channel-sum", "Two channels, one number", ("C6",), _channel_sum),
)
