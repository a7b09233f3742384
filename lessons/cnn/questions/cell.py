"""C2: one cell of the map. Products, their sum, where the window stands, which way round."""

from __future__ import annotations

import numpy as np

from engine.conv import conv2d
from engine.conv_place import conv_place, flip
from engine.notation import format_number
from engine.shapes import Array
from lessons.cnn.questions.grids import answer, beside, drawn
from lessons.kit.answer import Numeric
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick


def _turned(kernel: Array) -> Array:
    flipped: Array = flip(kernel[None, None])["flipped"][0, 0]
    return flipped


def _products(window: Array, kernel: Array) -> str:
    """The products that count, written as a sum."""
    place = conv_place(conv2d(window[None], kernel[None, None]), 0, 0, 0)
    parts = [format_number(float(value)) for value in place["product"].flat if value]
    return " + ".join(f"({part})" if part[0] not in "0123456789" else part for part in parts)


def _cell_value(rng: np.random.Generator) -> Draft:
    window = drawn(rng, 0, 4, 3, 3)
    kernel = np.array([[pick(rng, (-1.0, 0.0, 0.0, 1.0, 2.0)) for _ in range(3)] for _ in "abc"])
    if not 3 <= np.count_nonzero(kernel * window) <= 6 or kernel.min() == 0:
        raise Redraw
    truth = answer(window, kernel)
    if truth in (answer(window, _turned(kernel)), answer(window, np.abs(kernel))):
        raise Redraw
    middle = conv_place(conv2d(window[None], kernel[None, None]), 0, 0, 0)["product"][0, 1, 1]
    return Draft(
        prompt=(
            "The kernel lies on this window of the picture; the bias is 0. Which number is "
            "written into the map?\n\n" + beside(window=window.tolist(), kernel=kernel.tolist())
        ),
        kind=Numeric(tolerance=0.005),
        truth=truth,
        mistakes=(
            Mistake(
                "kernel-turned",
                answer(window, _turned(kernel)),
                "You turned the kernel by half a turn first. Deep-learning libraries lay it down "
                "as it stands.",
            ),
            Mistake(
                "sign-dropped",
                answer(window, np.abs(kernel)),
                "You dropped the minus signs. A negative weight takes its pixel away.",
            ),
            Mistake(
                "window-summed",
                answer(window, np.ones((3, 3))),
                "You added the pixels. Each is multiplied by the weight above it first.",
            ),
            Mistake(
                "kernel-summed",
                answer(np.ones((3, 3)), kernel),
                "You added the weights. Each is multiplied by the pixel under it first.",
            ),
            Mistake(
                "middle-only",
                float(middle),
                "You took the product in the middle alone. All nine are added.",
            ),
            Mistake(
                "mean-taken",
                answer(window, kernel / 9),
                "You took the mean of the products. The cell is their sum.",
            ),
        ),
        explanation=(
            f"Nine products, of which these are not 0: {_products(window, kernel)} = "
            f"{format_number(truth)}."
        ),
    )


def _flip_cell(rng: np.random.Generator) -> Draft:
    kernel, window = drawn(rng, 0, 3, 2, 2), drawn(rng, 0, 4, 2, 2)
    turned = _turned(kernel)
    truth = answer(window, turned)
    if (
        len(set(kernel.flat)) < 3
        or np.count_nonzero(turned * window) < 2
        or truth == answer(window, kernel)
    ):
        raise Redraw
    return Draft(
        prompt=(
            "In mathematics, convolution turns the kernel by half a turn before it multiplies. "
            "What does *that* convolution answer here?\n\n"
            + beside(window=window.tolist(), kernel=kernel.tolist())
        ),
        kind=Numeric(),
        truth=truth,
        mistakes=(
            Mistake(
                "not-turned",
                answer(window, kernel),
                "That is cross-correlation: the kernel as it stands. Libraries do this and call it "
                "convolution; the question is about the turned kernel.",
            ),
            Mistake(
                "mirrored-sideways",
                answer(window, kernel[:, ::-1]),
                "You swapped left and right only. Half a turn swaps top and bottom as well.",
            ),
            Mistake(
                "mirrored-upright",
                answer(window, kernel[::-1]),
                "You swapped top and bottom only. Half a turn swaps left and right as well.",
            ),
            Mistake(
                "transposed",
                answer(window, kernel.T),
                "You swapped rows and columns. Half a turn sends each weight to the opposite "
                "corner.",
            ),
        ),
        explanation=(
            f"Turned, the kernel reads {format_number(turned[0, 0])} {format_number(turned[0, 1])} "
            f"above {format_number(turned[1, 0])} {format_number(turned[1, 1])}. The sum is then "
            f"{_products(window, turned)} = {format_number(truth)}; unturned it is "
            f"{format_number(answer(window, kernel))}."
        ),
    )


def _first_row(size: int, kernel: int, stride: int, i: int, u: int) -> float:
    """The picture's row under the kernel's row u when y[0,i,0] is written: the pixels hold the
    number of their row, and the kernel reads one of them."""
    rows = np.repeat(np.arange(float(size))[:, None], size, axis=1)
    reader = np.zeros((kernel, kernel))
    reader[u, 0] = 1.0
    return float(conv2d(rows[None], reader[None, None], stride=stride)["y"][0, i, 0])


def _window_of_cell(rng: np.random.Generator) -> Draft:
    kernel, stride = pick(rng, (3, 5)), pick(rng, (2, 3, 4))
    i = int(rng.integers(2, 7))
    size = kernel + stride * (i + 2)
    truth = _first_row(size, kernel, stride, i, 0)
    if stride == kernel:
        raise Redraw
    return Draft(
        prompt=(
            f"A {kernel}×{kernel} kernel slides with stride {stride}, without padding. Rows count "
            f"from 0. Which row of the picture is the *top* row of the window that writes row {i} "
            "of the map?"
        ),
        kind=Numeric(),
        truth=truth,
        mistakes=(
            Mistake(
                "stride-forgotten",
                float(i),
                f"You moved by one pixel for each cell. Stride {stride} moves {stride} pixels.",
            ),
            Mistake(
                "windows-apart",
                float(i * kernel),
                "You set the windows side by side. They move by the stride, not by the kernel's "
                "size, and may overlap or leave gaps.",
            ),
            Mistake(
                "bottom-row",
                _first_row(size, kernel, stride, i, kernel - 1),
                "That is the bottom row of the window. It starts further up.",
            ),
            Mistake(
                "middle-row",
                _first_row(size, kernel, stride, i, kernel // 2),
                "That is the row in the window's middle. It starts further up.",
            ),
            Mistake(
                "counted-from-one",
                float((i - 1) * stride),
                "You counted rows from 1. Row 0 of the map stands at row 0 of the picture.",
            ),
        ),
        explanation=(
            f"Row 0 is written by the window at row 0, and each further row moves it by "
            f"{stride}: {i}·{stride} = {truth:.0f}."
        ),
    )


TEMPLATES = (
    Template("cell-value", "One window, one number", ("C2",), _cell_value),
    Template("flip-cell", "The kernel turned", ("C2",), _flip_cell),
    Template("window-of-cell", "Where the window stands", ("C2",), _window_of_cell),
)
