"""C8: pooling. What a window keeps, how it moves, and what it does not have."""

from __future__ import annotations

import math

import numpy as np

from engine.conv_cost import conv_cost
from engine.conv_size import output_size
from engine.notation import format_number
from engine.pool import average_pool2d, max_pool2d
from lessons.cnn.questions.grids import beside, drawn
from lessons.kit.answer import Numeric, Shape
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick

PLACES = {0: "first", 1: "second"}


def _pool_cell(rng: np.random.Generator) -> Draft:
    x = drawn(rng, 0, 9, 4, 4)
    largest = pick(rng, (True, True, False))
    i, j = pick(rng, ((0, 1), (1, 0), (1, 1)))
    most, mean = max_pool2d(x[None]), average_pool2d(x[None])
    kept, other = (most, mean) if largest else (mean, most)
    truth = float(kept["y"][0, i, j])
    pool = max_pool2d if largest else average_pool2d
    window = x[2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
    if len(set(window.flat)) < 4:
        raise Redraw
    called = "largest number" if largest else "mean"
    return Draft(
        prompt=(
            f"Pooling keeps the {called} of each 2×2 window; the windows do not overlap. What "
            f"stands in the {PLACES[i]} row, {PLACES[j]} column of the result?\n\n"
            + beside(map=x.tolist())
        ),
        kind=Numeric(tolerance=0.005),
        truth=truth,
        mistakes=(
            Mistake(
                "stride-is-one",
                float(pool(x[None], 2, stride=1)["y"][0, i, j]),
                "You moved the window by one cell. It moves by its own size when nothing else is "
                "said.",
            ),
            Mistake(
                "other-pooling",
                float(other["y"][0, i, j]),
                f"That is the {'mean' if largest else 'largest number'} of the window.",
            ),
            Mistake(
                "window-summed",
                float(window.sum()),
                "You added the window up. Pooling keeps one number of its size.",
            ),
            Mistake(
                "rows-and-columns-swapped",
                float(kept["y"][0, j, i]),
                "You took rows for columns.",
            ),
            Mistake(
                "whole-map",
                float(x.max() if largest else x.mean()),
                "You looked at the whole map. Each window is pooled by itself.",
            ),
        ),
        explanation=(
            f"That window holds {', '.join(format_number(float(n)) for n in window.flat)}; its "
            f"{called} is {format_number(truth)}."
        ),
    )


def _pool_shape(rng: np.random.Generator) -> Draft:
    window, told = pick(rng, (2, 3, 4)), pick(rng, (True, False))
    stride = pick(rng, (1, 2, 3)) if told else window
    rows, columns = (int(side) for side in rng.choice(np.arange(8, 20), 2, replace=False))
    y = max_pool2d(np.zeros((1, rows, columns)), window, stride=stride)["y"]
    if told and stride == window:
        raise Redraw
    says = f"stride {stride}" if told else "and no stride is given"
    return Draft(
        prompt=(
            f"Max-pooling with a {window}×{window} window, {says}, goes over a map of {rows} rows "
            f"and {columns} columns, without padding. Which shape has the result?"
        ),
        kind=Shape(),
        truth=(y.shape[1], y.shape[2]),
        mistakes=(
            Mistake(
                "stride-is-window" if told else "stride-is-one",
                tuple(output_size(side, window, window if told else 1) for side in (rows, columns)),
                "You moved the window by its own size, but a stride is given."
                if told
                else "You moved the window by one cell. Without a stride, a pooling window moves "
                "by its own size.",
            ),
            Mistake(
                "rounded-up",
                tuple(math.ceil((side - window) / stride) + 1 for side in (rows, columns)),
                "You rounded up. A window that sticks out over the edge is not pooled.",
            ),
            Mistake(
                "off-by-one",
                tuple((side - window) // stride for side in (rows, columns)),
                "You left out the + 1: the place where the window starts counts too.",
            ),
            Mistake(
                "always-half",
                (rows // 2, columns // 2),
                "You halved the sides. That holds for window 2 and stride 2 alone.",
            ),
            Mistake(
                "size-kept",
                (rows, columns),
                "You kept the map's size. Each window leaves one number.",
            ),
        ),
        explanation=(
            f"The window moves by {stride}: ⌊({rows} − {window}) / {stride}⌋ + 1 = {y.shape[1]} "
            f"rows, and likewise {y.shape[2]} columns."
        ),
    )


def _pool_channels(rng: np.random.Generator) -> Draft:
    channels, window = pick(rng, (4, 6, 8, 12, 16)), pick(rng, (2, 3))
    side = window * pick(rng, (3, 4, 5, 7))
    truth = max_pool2d(np.zeros((channels, side, side)), window)["y"].shape
    out = truth[1]
    return Draft(
        prompt=(
            f"{channels} maps of {side}×{side} go through max-pooling with a {window}×{window} "
            "window that moves by its own size. What comes out: channels, rows, columns?"
        ),
        kind=Shape(axes=("channels", "rows", "columns")),
        truth=truth,
        mistakes=(
            Mistake(
                "channels-mixed",
                (1, out, out),
                "You took the largest over the channels too. Each map is pooled by itself.",
            ),
            Mistake(
                "channels-pooled",
                (channels // window, out, out),
                "You thinned out the channels as well. A window lies in one map.",
            ),
            Mistake(
                "channels-doubled",
                (channels * window, out, out),
                "You got more channels. Those would need filters; pooling has none.",
            ),
            Mistake(
                "stride-is-one",
                (channels, side - window + 1, side - window + 1),
                "You moved the window by one cell. It moves by its own size.",
            ),
        ),
        explanation=(
            f"Every channel by itself: {channels} stay {channels}, and {side} / {window} = {out}."
        ),
    )


def _pool_parameters(rng: np.random.Generator) -> Draft:
    kernel, channels = pick(rng, (3, 5)), pick(rng, (1, 3, 8))
    filters, window = pick(rng, (4, 8, 10, 16)), pick(rng, (2, 3))
    cost = conv_cost(28, [kernel], [0], channels=channels, filters=filters)
    truth, weights = float(cost["parameters"][0]), float(cost["weights"][0])
    called = "channel" if channels == 1 else "channels"
    return Draft(
        prompt=(
            f"A convolution with {filters} filters of {kernel}×{kernel} over {channels} {called}, "
            f"then max-pooling with a {window}×{window} window. How many parameters do the two "
            "layers have together, biases included?"
        ),
        kind=Numeric(unit="parameters"),
        truth=truth,
        mistakes=(
            Mistake(
                "pooling-has-weights",
                truth + window**2,
                "You gave the pooling window weights. It takes the largest number: nothing in it "
                "is learned.",
            ),
            Mistake(
                "pooling-has-kernels",
                truth + window**2 * filters,
                "You gave the pooling a kernel for each map. It has no weights at all.",
            ),
            Mistake(
                "pooling-thins-weights",
                truth // window**2,
                "You let the pooling thin out the parameters. It thins out cells of the maps.",
            ),
            Mistake(
                "bias-forgotten",
                weights,
                "You forgot the biases, one for each filter.",
            ),
        ),
        explanation=(
            f"The convolution has {kernel}·{kernel}·{channels}·{filters} + {filters} = "
            f"{truth:.0f}, the pooling none."
        ),
    )


TEMPLATES = (
    Template("pool-cell", "One window's number", ("C8",), _pool_cell),
    Template("pool-shape", "How the window moves", ("C8",), _pool_shape),
    Template("pool-channels", "Pooling and channels", ("C8",), _pool_channels),
    Template("pool-parameters", "What pooling learns", ("C8",), _pool_parameters),
)
