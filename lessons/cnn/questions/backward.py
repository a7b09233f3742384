"""C8: the way back. Where gradients go in pooling and in a convolution."""

from __future__ import annotations

import numpy as np

from engine.conv import conv2d, conv2d_backward
from engine.notation import format_number
from engine.pool import (
    average_pool2d,
    average_pool2d_backward,
    max_pool2d,
    max_pool2d_backward,
)
from engine.shapes import Array
from engine.trace import Trace
from lessons.cnn.questions.grids import beside, bracketed, drawn
from lessons.kit.answer import Numeric
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick

ORDINALS = ("first", "second", "third", "fourth")


def _winner_gradient(rng: np.random.Generator) -> Draft:
    x, dy = drawn(rng, 1, 9, 2, 4), drawn(rng, -8, 8, 1, 2)
    trace = max_pool2d(x[None])
    max_pool2d_backward(trace, dy[None])
    dx = trace["dx"][0]
    row, column = int(rng.integers(2)), int(rng.integers(4))
    mine, other = float(dy[0, column // 2]), float(dy[0, 1 - column // 2])
    left = 2 * (column // 2)
    window = x[:, left : left + 2]
    if len(set(window.flat)) < 4 or 0 in dy or mine == other:
        raise Redraw
    truth = float(dx[row, column])
    if truth == 0 and rng.random() < 0.5:  # else most answers would be nothing
        raise Redraw
    return Draft(
        prompt=(
            "Max-pooling went over this map, 2×2 windows side by side. `dy` comes back to its two "
            f"cells. Which gradient does the cell in the {ORDINALS[row]} row, {ORDINALS[column]} "
            "column of the map get?\n\n" + beside(map=x.tolist(), dy=dy.tolist())
        ),
        kind=Numeric(tolerance=0.005),
        truth=truth,
        mistakes=(
            Mistake(
                "spread-evenly",
                mine / 4,
                "You spread the gradient over the window. That is average pooling; here the "
                "largest number alone made the result.",
            ),
            Mistake(
                "everyone-gets-it",
                mine,
                "You gave the window's gradient to a cell that was not kept.",
            ),
            Mistake(
                "kept-gets-nothing",
                0.0,
                "You sent nothing to it, but it is the largest of its window.",
            ),
            Mistake(
                "other-window",
                other,
                "That is the gradient of the other window.",
            ),
            Mistake(
                "times-its-value",
                truth * float(x[row, column]),
                "You multiplied by the cell's number. The result grows as fast as the cell that "
                "was kept: by a factor of 1.",
            ),
        ),
        explanation=(
            f"The largest of its window is {format_number(float(window.max()))}; that cell gets "
            f"all of {format_number(mine)}, the others nothing. Here: {format_number(truth)}."
        ),
    )


def _average_gradient(rng: np.random.Generator) -> Draft:
    x, dy = drawn(rng, 1, 9, 2, 3), 4 * drawn(rng, -4, 4, 1, 2)
    trace = average_pool2d(x[None], 2, stride=1)
    average_pool2d_backward(trace, dy[None])
    row, column = int(rng.integers(2)), pick(rng, (0, 1, 1, 2))
    truth = float(trace["dx"][0, row, column])
    mine = float(dy[0, min(column, 1)])
    both = float(dy.sum())
    if 0 in dy or both == 0 or dy[0, 0] == dy[0, 1]:
        raise Redraw
    return Draft(
        prompt=(
            "Average pooling went over this map with a 2×2 window and stride 1. `dy` comes back to "
            f"its two cells. Which gradient does the cell in the {ORDINALS[row]} row, "
            f"{ORDINALS[column]} column of the map get?\n\n"
            + beside(map=x.tolist(), dy=dy.tolist())
        ),
        kind=Numeric(tolerance=0.005),
        truth=truth,
        mistakes=(
            Mistake(
                "undivided",
                both if column == 1 else mine,
                "You passed the gradient on whole. Each of the four cells counts for a quarter.",
            ),
            Mistake(
                "one-window-only",
                mine / 4,
                "You forgot a window: both lie over this column, and what they send adds up.",
            ),
            Mistake(
                "every-window",
                both / 4,
                "You added both windows. This column lies under one of them alone.",
            ),
            Mistake(
                "only-the-largest",
                0.0,
                "You sent it to the largest number. That is max-pooling; a mean is made of all.",
            ),
            Mistake(
                "halved",
                (both if column == 1 else mine) / 2,
                "You divided by 2. The window has four cells.",
            ),
        ),
        explanation=(
            f"A quarter of every dy whose window covers it: {format_number(truth)}."
            " The map's own numbers do not matter."
        ),
    )


def _backward(x: Array, w: Array, dy: Array) -> Trace:
    trace = conv2d(x[None], w[None, None])
    conv2d_backward(trace, dy[None])
    return trace


def _weight_gradient(rng: np.random.Generator) -> Draft:
    x, dy = drawn(rng, 0, 4, 3, 3), drawn(rng, -2, 3, 2, 2)
    u, v = pick(rng, ((0, 0), (0, 1), (1, 0), (1, 1)))
    dw = _backward(x, np.ones((2, 2)), dy)["dw"][0, 0]
    truth = float(dw[u, v])
    under = x[u : u + 2, v : v + 2]
    if np.count_nonzero(dy) < 3 or np.count_nonzero(dy * under) < 3 or truth == 0:
        raise Redraw
    terms = " + ".join(
        f"{bracketed(d)}·{format_number(float(n))}"
        for d, n in zip(dy.flat, under.flat, strict=True)
    )
    return Draft(
        prompt=(
            "A 2×2 kernel slid over `x`; `dy` is the gradient that comes back to the map. What is "
            f"the gradient of the weight in the kernel's {ORDINALS[u]} row, {ORDINALS[v]} "
            "column?\n\n" + beside(x=x.tolist(), dy=dy.tolist())
        ),
        kind=Numeric(),
        truth=truth,
        mistakes=(
            Mistake(
                "one-place-only",
                float(dy[0, 0] * x[u, v]),
                "That is the first place alone. The weight was used at all four, and they add up.",
            ),
            Mistake(
                "mean-taken",
                truth / 4,
                "You took the mean over the places. The gradient of a shared weight is the sum.",
            ),
            Mistake(
                "dy-summed",
                float(dy.sum()),
                "You added dy. Each is multiplied by the pixel that lay under the weight; dy alone "
                "is the gradient of the bias.",
            ),
            Mistake(
                "turned",
                float((dy[::-1, ::-1] * under).sum()),
                "You turned dy round. It lies on the pixels as it stands.",
            ),
            Mistake(
                "top-left-window",
                float((dy * x[:2, :2]).sum()),
                "Those pixels lay under the kernel's first weight.",
            ),
            Mistake(
                "pixels-summed",
                float(under.sum()),
                "You added the pixels. Each is multiplied by the gradient of its place.",
            ),
        ),
        explanation=(
            f"dy times the pixel under that weight, place by place: {terms} = "
            f"{format_number(truth)}."
        ),
    )


def _pixel_gradient(rng: np.random.Generator) -> Draft:
    w, dy = drawn(rng, -2, 3, 2, 2), drawn(rng, -2, 3, 2, 2)
    p, q = pick(rng, ((1, 1), (1, 1), (0, 1), (1, 0), (1, 2), (2, 1)))
    dx = _backward(np.zeros((3, 3)), w, dy)["dx"][0]
    truth = float(dx[p, q])
    terms = [
        (float(w[u, v]), float(dy[p - u, q - v]))
        for u in range(2)
        for v in range(2)
        if 0 <= p - u < 2 and 0 <= q - v < 2
    ]
    if 0 in w or np.count_nonzero(dy) < 3 or len(set(w.flat)) < 3:
        raise Redraw
    told = " + ".join(f"{bracketed(weight)}·{bracketed(d)}" for weight, d in terms)
    return Draft(
        prompt=(
            "This kernel slid over a picture of 3×3 pixels; `dy` comes back to the map. What is "
            f"the gradient of the pixel in the {ORDINALS[p]} row, {ORDINALS[q]} column?\n\n"
            + beside(kernel=w.tolist(), dy=dy.tolist())
        ),
        kind=Numeric(),
        truth=truth,
        mistakes=(
            Mistake(
                "laid-on-each-other",
                float((w * dy).sum()),
                "You laid the kernel on dy. A window further down reaches the same pixel with a "
                "weight further up.",
            ),
            Mistake(
                "one-place-only",
                terms[0][0] * terms[0][1],
                "That is one window alone. Every window that covers the pixel adds its part.",
            ),
            Mistake(
                "dy-summed",
                sum(d for _, d in terms),
                "You added dy. Each is multiplied by the weight that lay on the pixel.",
            ),
            Mistake(
                "weights-summed",
                sum(weight for weight, _ in terms),
                "You added the weights. Each is multiplied by the gradient of its place.",
            ),
            Mistake(
                "mean-taken",
                truth / len(terms),
                "You took the mean over the windows. What they send adds up.",
            ),
        ),
        explanation=(
            f"Windows over this pixel: {len(terms)}. Weight times dy for each: {told} = "
            f"{format_number(truth)}."
        ),
    )


TEMPLATES = (
    Template("winner-gradient", "Who made the maximum", ("C8",), _winner_gradient),
    Template("average-gradient", "A quarter each", ("C8",), _average_gradient),
    Template("weight-gradient", "The gradient of a weight", ("C8",), _weight_gradient),
    Template("pixel-gradient", "The gradient of a pixel", ("C8",), _pixel_gradient),
)
