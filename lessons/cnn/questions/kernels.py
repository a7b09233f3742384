"""C3: what kernels answer to. Signs at edges, telling kernels apart, sums of weights."""

from __future__ import annotations

import numpy as np

from engine.conv import conv2d
from engine.notation import format_number
from engine.shapes import Array
from lessons.cnn.kernels import kernel as named
from lessons.cnn.questions.grids import answer, beside, drawn, named_rows, numbers
from lessons.kit.answer import Numeric, OneOf
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick

_SIGNS = {1: "positive", -1: "negative", 0: "zero"}

_SIGN_MISTAKES = {
    ("positive", "negative"): (
        "sign-turned",
        "The bright pixels lie under the positive weights, the dark ones under the negative. "
        "Reading the kernel the other way round turns the sign.",
    ),
    ("positive", "zero"): (
        "edge-missed",
        "A flat place would give zero. Here the bright side meets positive weights and the dark "
        "side negative ones, so they do not cancel.",
    ),
    ("negative", "positive"): (
        "every-edge-positive",
        "An edge is not always a positive answer: here the bright pixels lie under the negative "
        "weights.",
    ),
    ("negative", "zero"): (
        "clipped-at-zero",
        "That would be so if the map were cut off at zero. A map keeps its sign.",
    ),
    ("zero", "positive"): (
        "any-edge-counts",
        "There is an edge, but not the one that this kernel compares: each brightness meets as "
        "much positive as negative weight.",
    ),
    ("zero", "negative"): (
        "any-edge-counts-negative",
        "There is an edge, but it runs the other way: along it, positive and negative weights "
        "cancel.",
    ),
}
"""By truth and by wrong pick: the mistake's id, and what is told."""


def _edge_sign(rng: np.random.Generator) -> Draft:
    kernel = named(pick(rng, ("sobel-x", "sobel-y"))) * pick(rng, (1.0, -1.0))
    dark, bright = int(rng.integers(0, 3)), int(rng.integers(5, 10))
    line = np.array(pick(rng, ((dark, dark, bright), (dark, bright, bright))), dtype=float)
    line = pick(rng, (line, line[::-1]))
    window = np.repeat(line[None], 3, axis=0)
    window = pick(rng, (window, window.T))
    value = answer(window, kernel)
    truth = _SIGNS[int(np.sign(value))]
    wrong = [sign for sign in _SIGNS.values() if sign != truth]
    return Draft(
        prompt=(
            "An edge lies under the kernel; large numbers are bright. Without adding it all up: "
            "what is the sign of the answer?\n\n"
            + beside(window=window.tolist(), kernel=kernel.tolist())
        ),
        kind=OneOf(),
        truth=truth,
        mistakes=tuple(
            Mistake(name, sign, message)
            for sign in wrong
            for name, message in [_SIGN_MISTAKES[truth, sign]]
        ),
        explanation=(
            f"The sum is {format_number(value)}. This kernel subtracts one side of the window from "
            "the other: what counts is which side is brighter, and whether the edge runs across "
            "its weights or along them."
        ),
    )


_ROW_KERNELS: dict[tuple[float, float, float], tuple[str, str]] = {
    (-1, 0, 1): ("brighter", "It answers + where it gets brighter towards the right."),
    (1, 0, -1): ("darker", "It answers + where it gets darker towards the right."),
    (-1, 2, -1): ("stands-out", "It answers to a pixel that stands out from both neighbours."),
    (1, 1, 1): ("smooth", "It adds three neighbours: it smooths."),
    (0, 1, 0): ("copy", "It copies the middle pixel."),
    (1, 0, 0): ("left", "It copies the pixel on the left: the picture shifts."),
    (0, 0, 1): ("right", "It copies the pixel on the right: the picture shifts."),
    (0, -1, 1): ("step-right", "It takes the middle pixel away from its right neighbour."),
    (1, -1, 0): ("step-left", "It takes the middle pixel away from its left neighbour."),
}
"""Kernels of one row: a name, and what each does."""


def _slid(row: Array, kernel: tuple[float, ...]) -> tuple[float, ...]:
    y = conv2d(row[None, None], np.array(kernel)[None, None, None])["y"]
    return tuple(float(value) for value in y[0, 0])


def _weight(weight: float) -> str:
    text = format_number(weight)
    return f"({text})" if weight < 0 else text


def _which_kernel(rng: np.random.Generator) -> Draft:
    row = drawn(rng, 0, 5, 7)
    order = [list(_ROW_KERNELS)[n] for n in rng.permutation(len(_ROW_KERNELS))]
    right = order[0]
    made = _slid(row, right)
    others = [right[::-1], *order[1:]]
    wrong = [one for one in dict.fromkeys(others) if one != right][:3]
    if len({made, *(_slid(row, one) for one in wrong)}) < 4 or len(set(made)) < 3:
        raise Redraw
    return Draft(
        prompt=(
            "A kernel of three weights slid over the picture's row and wrote the map's row. "
            "Which kernel was it?\n\n" + named_rows(picture=row.tolist(), map=made)
        ),
        kind=OneOf(),
        truth=numbers(right),
        mistakes=tuple(
            Mistake(
                "kernel-turned" if one == right[::-1] else f"took-for-{_ROW_KERNELS[one][0]}",
                numbers(one),
                f"{_ROW_KERNELS[one][1]} On this row it would write {numbers(_slid(row, one))}.",
            )
            for one in wrong
        ),
        explanation=(
            f"{_ROW_KERNELS[right][1]} The first cell: "
            + " + ".join(f"{_weight(w)}·{x:.0f}" for w, x in zip(right, row, strict=False))
            + f" = {format_number(made[0])}."
        ),
    )


def _flat_wall(rng: np.random.Generator) -> Draft:
    kernel = drawn(rng, -2, 3, 3, 3)
    u, v = int(rng.integers(3)), int(rng.integers(3))
    kernel[u, v] = 0.0
    goal = pick(rng, (0.0, 1.0))
    wall = np.ones((3, 3))
    others = answer(wall, kernel)
    truth = goal - others
    if others in (0.0, goal) or np.count_nonzero(kernel) < 5:
        raise Redraw
    shown = [[format_number(cell) for cell in row] for row in kernel.tolist()]
    shown[u][v] = "?"
    wanted = "the answer is 0" if goal == 0 else "the answer is as bright as the wall"
    return Draft(
        prompt=(
            f"A wall has the same brightness everywhere. Which weight belongs at **?** so that on "
            f"this wall {wanted}?\n\n" + beside(kernel=shown)
        ),
        kind=Numeric(),
        truth=truth,
        mistakes=(
            Mistake(
                "sum-one",
                1.0 - others,
                "With this weight all nine add up to 1: the wall keeps its brightness. To answer "
                "0 they must cancel.",
            )
            if goal == 0
            else Mistake(
                "sum-zero",
                0.0 - others,
                "With this weight all nine add up to 0: the wall goes dark. To keep its brightness "
                "they must add up to 1.",
            ),
            Mistake(
                "sign-turned",
                -truth,
                f"The size is right, the sign is not. The other eight already add up to "
                f"{format_number(others)}.",
            ),
            Mistake(
                "others-again",
                others,
                f"{format_number(others)} is what the other eight add up to. The ninth has to "
                "bring that to the goal.",
            ),
            Mistake(
                "no-weight",
                0.0,
                f"A weight of 0 adds nothing. The other eight would leave {format_number(others)} "
                "times the wall's brightness.",
            ),
        ),
        explanation=(
            f"On a flat wall the answer is the brightness times the sum of the weights. The other "
            f"eight add up to {format_number(others)}; the goal is {format_number(goal)}, so the "
            f"ninth is {format_number(truth)}."
        ),
    )


TEMPLATES = (
    Template("edge-sign", "The sign at an edge", ("C3",), _edge_sign),
    Template("which-kernel", "Which kernel was it?", ("C3",), _which_kernel),
    Template("flat-wall", "A flat wall", ("C3",), _flat_wall),
)
