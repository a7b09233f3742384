"""C1: why convolution. Shared weights, against one weight for each pair."""

from __future__ import annotations

import numpy as np

from engine.conv import conv2d
from engine.conv_cost import conv_cost, dense_cost
from engine.shapes import Array
from lessons.kit.answer import Numeric
from lessons.kit.question import Draft, Mistake, Template, pick


def _shared_weights(rng: np.random.Generator) -> Draft:
    kernel = pick(rng, (3, 5, 7))
    size, times = pick(rng, (10, 20, 28, 32)), pick(rng, (2, 3))
    large = size * times
    weights, out = (conv_cost(large, [kernel], [0])[name][0] for name in ("weights", "out"))
    return Draft(
        prompt=(
            f"A layer slides one {kernel}×{kernel} kernel, without a bias, over pictures of "
            f"{size}×{size} pixels. Now it gets pictures of {large}×{large}. "
            "How many weights does it have now?"
        ),
        kind=Numeric(unit="weights"),
        truth=float(weights),
        mistakes=(
            Mistake(
                "weights-grow-with-image",
                float(weights * times**2),
                "You let the weights grow with the picture. More pixels give more places to stand "
                "on, but the same few weights are used at each of them.",
            ),
            Mistake(
                "weights-grow-with-side",
                float(weights * times),
                "You let the weights grow with the side of the picture. The picture's size does "
                "not touch them at all.",
            ),
            Mistake(
                "weights-per-place",
                float(weights * out**2),
                "You counted a fresh kernel for every place. One kernel is shared by all places.",
            ),
            Mistake(
                "weights-per-pixel",
                float(large**2),
                "You counted the pixels. The weights belong to the kernel, not to the picture.",
            ),
            Mistake(
                "kernel-side-only",
                float(kernel),
                f"You counted one row of the kernel. It has {kernel} rows of {kernel} weights.",
            ),
        ),
        explanation=(
            f"The kernel has {kernel}·{kernel} = {weights:.0f} weights, whatever it slides over. "
            f"On the larger picture the map grows to {out:.0f}×{out:.0f}; the weights are shared."
        ),
    )


def _dense_weights(rng: np.random.Generator) -> Draft:
    size, kernel = pick(rng, (4, 5, 6, 7, 8)), pick(rng, (2, 3))
    shared = conv_cost(size, [kernel], [0])
    out = int(shared["out"][0])
    dense = dense_cost(size, out)
    inputs, outputs, weights = (float(dense[name]) for name in ("inputs", "outputs", "weights"))
    return Draft(
        prompt=(
            f"A picture has {size}×{size} pixels, the map {out}×{out} cells. A dense layer makes "
            "that map: every cell looks at every pixel. How many weights does it have, without "
            "biases?"
        ),
        kind=Numeric(unit="weights"),
        truth=weights,
        mistakes=(
            Mistake(
                "pairs-added",
                inputs + outputs,
                "You added pixels and cells. Each cell has a weight of its own for each pixel, so "
                "the two counts multiply.",
            ),
            Mistake(
                "one-per-pixel",
                inputs,
                "That many weights make one cell. Every other cell needs as many again.",
            ),
            Mistake(
                "one-per-cell",
                outputs,
                "You gave each cell a single weight. Each cell needs one for every pixel.",
            ),
            Mistake(
                "dense-shares",
                float(shared["weights"][0]),
                f"That is a shared {kernel}×{kernel} kernel. A dense layer shares nothing.",
            ),
            Mistake(
                "sides-only",
                float(size * out),
                "You multiplied the sides. A picture has rows and columns, and so has the map.",
            ),
        ),
        explanation=(
            f"{size}·{size} = {inputs:.0f} pixels, {out}·{out} = {outputs:.0f} cells, a weight for "
            f"each pair: {inputs:.0f}·{outputs:.0f} = {weights:.0f}. One shared "
            f"{kernel}×{kernel} kernel makes a map of that size with {shared['weights'][0]:.0f}."
        ),
    )


def _column_of_strongest(picture: Array, kernel: Array, stride: int) -> int:
    y = conv2d(picture[None], kernel[None, None], stride=stride)["y"][0]
    return int(y.argmax() % y.shape[1])


def _moved_pattern(rng: np.random.Generator) -> Draft:
    stride = pick(rng, (1, 1, 2, 3))
    cells = int(rng.integers(2, 5))
    moved = cells * stride
    pattern = np.array([[-1.0, 2, -1]] * 3)
    before, after = np.zeros((3, 24)), np.zeros((3, 24))
    start = stride * int(rng.integers(0, 3))
    before[:, start + 1] = after[:, start + moved + 1] = 1.0
    truth = _column_of_strongest(after, pattern, stride) - _column_of_strongest(
        before, pattern, stride
    )
    return Draft(
        prompt=(
            f"A kernel slides with stride {stride} and finds a line in a picture. In the next "
            f"picture the same line stands {moved} pixels further right. By how many cells does "
            "its answer move in the map?"
        ),
        kind=Numeric(unit="cells"),
        truth=float(truth),
        mistakes=(
            Mistake(
                "invariance",
                0.0,
                "You took the map to stay as it is. Convolution does not forget places: its "
                "answer moves along with what it finds (it is equivariant, not invariant).",
            ),
            Mistake(
                "stride-forgotten",
                float(moved),
                f"You moved it as far as the line. With stride {stride} one cell of the map stands "
                f"for {stride} pixels of the picture.",
            ),
            Mistake(
                "stride-multiplied",
                float(moved * stride),
                "You multiplied by the stride. A larger stride makes a smaller map, so the answer "
                "moves by fewer cells.",
            ),
            Mistake(
                "kernel-subtracted",
                float(moved - 2),
                "You took off what the map is smaller by. That shortens the map at its end; it "
                "does not slow the answer down.",
            ),
        ),
        explanation=(
            f"The same nine weights meet the same pixels {moved} columns later. Windows stand "
            f"{stride} apart, so that is {moved} / {stride} = {truth} cells later in the map."
        ),
    )


TEMPLATES = (
    Template("shared-weights", "Weights and the picture's size", ("C1",), _shared_weights),
    Template("dense-weights", "What a dense layer would need", ("C1",), _dense_weights),
    Template("moved-pattern", "The pattern moves", ("C1",), _moved_pattern),
)
