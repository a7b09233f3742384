"""C7: the ReLU. What it keeps, what collapses without it, and what it silences for good."""

from __future__ import annotations

import numpy as np

from engine.activation import relu
from engine.conv import conv2d
from engine.conv_pair import composed
from engine.dense import dense
from engine.notation import format_number
from engine.shapes import Array
from engine.zeros import count_zeros
from lessons.cnn.questions.grids import bracketed, drawn, named_rows, numbers
from lessons.kit.answer import Numeric, OneOf
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick


def _kept(z: Array) -> Array:
    kept: Array = relu(z)["y"]
    return kept


def _relu_cell(rng: np.random.Generator) -> Draft:
    x, w = drawn(rng, 0, 4, 4), drawn(rng, -3, 3, 4)
    bias = float(pick(rng, (-4, -3, -2, 2, 3, 4)))
    products = w * x
    z = float(dense(x, w[None], np.array([bias]))["y"][0])
    truth = float(_kept(np.array(z)))
    if z == 0 or products.min() >= 0 or np.count_nonzero(products) < 3:
        raise Redraw
    return Draft(
        prompt=(
            f"Four pixels, their weights, and a bias of {format_number(bias)}. After the ReLU, "
            "what is there?\n\n" + named_rows(pixels=x.tolist(), weights=w.tolist())
        ),
        kind=Numeric(),
        truth=truth,
        mistakes=(
            Mistake(
                "no-relu",
                z,
                "That is what goes into the ReLU. What is below zero does not come out of it.",
            ),
            Mistake(
                "absolute",
                abs(z),
                "You took the minus away. The ReLU makes a zero of it.",
            ),
            Mistake(
                "relu-on-products",
                float(_kept(products).sum() + bias),
                "You stopped each product below zero. The ReLU comes after the sum.",
            ),
            Mistake(
                "bias-after",
                float(_kept(products.sum()) + bias),
                "You added the bias after the ReLU. It belongs into the sum before.",
            ),
            Mistake(
                "clipped-to-one",
                float(np.clip(z, 0, 1)),
                "You cut it off at 1. The ReLU has no upper end.",
            ),
        ),
        explanation=(
            f"The products and the bias add up to {format_number(z)}; the ReLU makes "
            f"{format_number(truth)} of it."
        ),
    )


def _relu_row(rng: np.random.Generator) -> Draft:
    z = rng.integers(-4, 6, 5).astype(float)
    if z.min() >= -1 or z.max() <= 1 or len(set(z)) < 5 or 0 in z:
        raise Redraw
    return Draft(
        prompt=f"A row of a map goes through a ReLU: `{numbers(z.tolist())}`. What comes out?",
        kind=OneOf(),
        truth=numbers(_kept(z).tolist()),
        mistakes=(
            Mistake(
                "clipped-to-one",
                numbers(np.clip(z, 0, 1).tolist()),
                "That is cut off at 1. A ReLU leaves large numbers as they are.",
            ),
            Mistake(
                "absolute",
                numbers(np.abs(z).tolist()),
                "That takes the minus away. A ReLU makes zeros of those numbers.",
            ),
            Mistake(
                "other-half",
                numbers(np.minimum(z, 0).tolist()),
                "That is the half which the ReLU stops.",
            ),
            Mistake(
                "shifted-up",
                numbers((z - z.min()).tolist()),
                "That moves the whole row up. A ReLU looks at each number alone.",
            ),
        ),
        explanation="Below zero: 0. Above zero: the number itself, whatever it is.",
    )


def _composed_size(rng: np.random.Generator) -> Draft:
    first, second = pick(rng, (2, 3, 4, 5, 7)), pick(rng, (2, 3, 5, 6))
    maps = conv2d(np.zeros((1, 20, 20)), np.zeros((1, 1, first, first)))
    both = composed(maps, conv2d(maps["y"], np.zeros((1, 1, second, second))))
    truth = float(both["w"].shape[2])
    return Draft(
        prompt=(
            f"A {first}×{first} kernel slides over a picture, and a {second}×{second} kernel over "
            "its map, stride 1, nothing between. One kernel can do the same. How many rows does "
            "it have?"
        ),
        kind=Numeric(unit="rows"),
        truth=truth,
        mistakes=(
            Mistake(
                "kernels-added",
                float(first + second),
                "You added whole kernels. The two overlap in one row.",
            ),
            Mistake(
                "kernels-multiplied",
                float(first * second),
                "You multiplied. Neighbouring cells of the first map see almost the same rows.",
            ),
            Mistake(
                "the-larger",
                float(max(first, second)),
                "That is the larger of the two. Together they see further than either.",
            ),
            Mistake(
                "overlap-twice",
                float(first + second - 2),
                "You took one row too many away.",
            ),
        ),
        explanation=(
            f"A cell of the first map sees {first} rows, and each further one of the "
            f"{second} adds one: {first} + {second} − 1 = {truth:.0f}."
        ),
    )


def _composed_row(rng: np.random.Generator) -> Draft:
    first, second = drawn(rng, -3, 4, 2), drawn(rng, -3, 4, 2)
    one = conv2d(np.zeros((1, 1, 4)), first[None, None, None])
    both = composed(one, conv2d(one["y"], second[None, None, None]))["w"][0, 0, 0]
    truth = float(both[1])
    (a, b), (c, d) = first, second
    if 0 in first or 0 in second or a == b or c == d:
        raise Redraw
    return Draft(
        prompt=(
            "Two kernels of one row and two weights follow each other; nothing stands between. The "
            "one kernel that does the same has three weights. Which is the middle one?\n\n"
            + named_rows(first=first.tolist(), second=second.tolist())
        ),
        kind=Numeric(),
        truth=truth,
        mistakes=(
            Mistake(
                "straight-products",
                float(a * c + b * d),
                "You multiplied left by left and right by right. The middle pixel is the right one "
                "of the first place and the left one of the second.",
            ),
            Mistake(
                "one-product", float(b * c), "That is one of the two ways to the middle pixel."
            ),
            Mistake("other-product", float(a * d), "That is one way only to the middle pixel."),
            Mistake(
                "weights-added",
                float(b + c),
                "You added the weights. A pixel that goes through both is multiplied by both.",
            ),
            Mistake(
                "sums-multiplied",
                float((a + b) * (c + d)),
                "That is what all three weights add up to.",
            ),
        ),
        explanation=(
            f"The middle pixel is met twice: {bracketed(c)}·{bracketed(b)} + "
            f"{bracketed(d)}·{bracketed(a)} = {format_number(truth)}. The whole kernel is "
            f"{numbers(both.tolist())}."
        ),
    )


def _dead_units(rng: np.random.Generator) -> Draft:
    z = drawn(rng, -5, 3, 4, 4)
    z[rng.integers(0, 4, 2)] = -np.abs(drawn(rng, 1, 5, 4))
    kept = relu(z[:, None, None, :], batched=True)
    counted = count_zeros(kept)
    truth = float(counted["dead_filters"])
    return Draft(
        prompt=(
            "What four units send into their ReLU, for four pictures. These are all the pictures "
            "there are. How many units are dead?\n\n"
            + named_rows(**{f"unit {n}": row.tolist() for n, row in enumerate(z, 1)})
        ),
        kind=Numeric(unit="units"),
        truth=truth,
        mistakes=(
            Mistake(
                "once-is-enough",
                float((z <= 0).any(axis=1).sum()),
                "You counted units that are stopped for some picture. Dead means: for every one.",
            ),
            Mistake(
                "cells-counted",
                float(counted["zeros"].sum()),
                "You counted single zeros. A unit is dead when its whole row is stopped.",
            ),
            Mistake(
                "negative-sum",
                float((z.sum(axis=1) < 0).sum()),
                "You went by the sum of a row. One number above zero keeps the unit alive.",
            ),
            Mistake(
                "alive-counted",
                4 - truth,
                "That is how many are still alive.",
            ),
            Mistake(
                "pictures-counted",
                float((z <= 0).all(axis=0).sum()),
                "You counted pictures to which no unit answers. Units are rows.",
            ),
        ),
        explanation=f"Rows without any number above zero: {truth:.0f}.",
    )


TEMPLATES = (
    Template("relu-cell", "After the ReLU", ("C7",), _relu_cell),
    Template("relu-row", "A row through a ReLU", ("C7",), _relu_row),
    Template("composed-size", "Two kernels as one", ("C7",), _composed_size),
    Template("composed-row", "The weights of both", ("C7",), _composed_row),
    Template("dead-units", "Who still answers", ("C7",), _dead_units),
)
