"""C4: the size of the map. Stride, padding, dilation, and what the floor drops."""

from __future__ import annotations

import math

import numpy as np

from engine.conv import conv2d
from engine.conv_cost import conv_cost
from engine.conv_size import dropped, output_size
from lessons.kit.answer import Numeric, Shape
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick


def _map_shape(rng: np.random.Generator) -> Draft:
    rows, columns = (int(side) for side in rng.choice(np.arange(7, 17), 2, replace=False))
    kernel, stride, padding = pick(rng, (3, 5)), pick(rng, (1, 2, 2, 3)), pick(rng, (0, 1, 1, 2))
    sides = (rows, columns)
    y = conv2d(
        np.zeros((1, rows, columns)),
        np.zeros((1, 1, kernel, kernel)),
        stride=stride,
        padding=padding,
    )["y"]
    room = [side + 2 * padding - kernel for side in sides]
    return Draft(
        prompt=(
            f"A {kernel}×{kernel} kernel slides with stride {stride} and padding {padding} over a "
            f"picture of {rows} rows and {columns} columns. What is the shape of the map?"
        ),
        kind=Shape(),
        truth=(y.shape[1], y.shape[2]),
        mistakes=(
            Mistake(
                "padding-once",
                tuple((side + padding - kernel) // stride + 1 for side in sides),
                "You added the padding once. It goes on both sides, so it counts twice.",
            ),
            Mistake(
                "rounded-up",
                tuple(math.ceil(space / stride) + 1 for space in room),
                "You rounded up. A window that would stick out over the edge is not written: the "
                "division rounds down.",
            ),
            Mistake(
                "off-by-one",
                tuple(space // stride for space in room),
                "You left out the + 1. The window also writes a cell where it starts.",
            ),
            Mistake(
                "stride-only",
                tuple((side + 2 * padding) // stride for side in sides),
                "You divided the side by the stride. The kernel must fit inside, so its size goes "
                "off first.",
            ),
            Mistake(
                "padding-forgotten",
                tuple(max(0, side - kernel) // stride + 1 for side in sides),
                "You forgot the padding. It makes the picture larger before the kernel slides.",
            ),
            Mistake(
                "columns-first",
                (y.shape[2], y.shape[1]),
                "You swapped them: rows come first, then columns.",
            ),
        ),
        explanation=(
            f"Rows: ⌊({rows} + 2·{padding} − {kernel}) / {stride}⌋ + 1 = {y.shape[1]}. "
            f"Columns: ⌊({columns} + 2·{padding} − {kernel}) / {stride}⌋ + 1 = {y.shape[2]}."
        ),
    )


def _rows_dropped(rng: np.random.Generator) -> Draft:
    size, kernel, stride = int(rng.integers(8, 21)), pick(rng, (2, 3, 5)), pick(rng, (2, 3, 4, 5))
    truth = dropped(size, kernel, stride)
    out = output_size(size, kernel, stride)
    if truth == 0 and rng.random() < 0.7:
        raise Redraw
    reached = (out - 1) * stride + kernel
    return Draft(
        prompt=(
            f"A {kernel}×{kernel} kernel slides with stride {stride}, without padding, over "
            f"{size}×{size} pixels. How many rows at the bottom does no window ever reach?"
        ),
        kind=Numeric(unit="rows"),
        truth=float(truth),
        mistakes=(
            Mistake(
                "everything-reached",
                0.0,
                "A window that would stick out is not written, so the rows under it are never "
                "looked at.",
            ),
            Mistake(
                "rows-missing",
                float(stride - truth),
                "That many rows are missing for one more window. The question is how many are "
                "left over.",
            ),
            Mistake(
                "rim-counted",
                float(kernel - 1),
                "That is what the map loses, not the picture: the last window looks at all the "
                "rows under its kernel.",
            ),
            Mistake(
                "map-subtracted",
                float(size - out),
                "You subtracted the map from the picture. The map is smaller because it has one "
                "row for each window, and a window covers several.",
            ),
            Mistake(
                "kernel-ignored",
                float(size % stride),
                "You divided the whole side by the stride. The first window already covers "
                f"{kernel} rows; the stride moves it over the rest.",
            ),
        ),
        explanation=(
            f"The map has {out} rows. The last window starts at row {(out - 1) * stride} and ends "
            f"with row {reached - 1}, counted from 0: {reached} rows lie behind it or under it; "
            f"{size} − {reached} = {truth}."
        ),
    )


def _dilation_span(rng: np.random.Generator) -> Draft:
    kernel, dilation = pick(rng, (3, 4, 5, 7)), pick(rng, (2, 3, 4))
    span = float(conv_cost(64, [kernel], [0], dilation=dilation)["field"][0])
    return Draft(
        prompt=(
            f"A {kernel}×{kernel} kernel has dilation {dilation}: neighbouring weights meet pixels "
            f"that are {dilation} apart. How many rows does its window span, from the first to the "
            "last pixel that it touches?"
        ),
        kind=Numeric(unit="rows"),
        truth=span,
        mistakes=(
            Mistake(
                "dilation-forgotten",
                float(kernel),
                "That is the window without dilation.",
            ),
            Mistake(
                "dilation-times-kernel",
                float(kernel * dilation),
                f"You multiplied. {kernel} rows have {kernel - 1} steps between them, and only the "
                "steps get longer.",
            ),
            Mistake(
                "steps-only",
                float(dilation * (kernel - 1)),
                "You counted the steps. The first row itself counts too.",
            ),
            Mistake(
                "dilation-added",
                float(kernel + dilation),
                "You added the dilation once. Every step between two weights gets longer.",
            ),
            Mistake(
                "dilation-as-gap",
                float(kernel + dilation * (kernel - 1)),
                f"You left {dilation} pixels free between two weights. Dilation {dilation} steps "
                f"{dilation} pixels on, which leaves {dilation - 1} free.",
            ),
        ),
        explanation=(
            f"{kernel} weights, {kernel - 1} steps of {dilation}, and the first row: "
            f"{dilation}·({kernel} − 1) + 1 = {span:.0f}. The weights are as many as before."
        ),
    )


def _same_padding(rng: np.random.Generator) -> Draft:
    kernel, dilation = pick(rng, (3, 5, 7, 9, 11)), pick(rng, (1, 1, 1, 2))
    size = pick(rng, (24, 28, 32))
    span = dilation * (kernel - 1) + 1
    fits = [p for p in range(span) if output_size(size, kernel, 1, p, dilation) == size]
    (truth,) = fits
    spread = f" with dilation {dilation}" if dilation > 1 else ""
    return Draft(
        prompt=(
            f"A kernel of {kernel}×{kernel}{spread} slides with stride 1. Which padding keeps the "
            f"map as large as the picture of {size}×{size} pixels?"
        ),
        kind=Numeric(),
        truth=float(truth),
        mistakes=(
            Mistake(
                "both-sides-at-once",
                float(span - 1),
                "That many rows are missing in all. Padding goes on both sides, so half is enough.",
            ),
            Mistake(
                "dilation-forgotten",
                float((kernel - 1) // 2),
                "That keeps the size without dilation. The dilated window spans more rows.",
            ),
            Mistake(
                "one-too-many",
                float(truth + 1),
                "That makes the map larger than the picture: it gives back more than the window "
                "takes.",
            ),
            Mistake(
                "always-one",
                1.0,
                f"A ring of one is right for 3×3. This window spans {span} rows.",
            ),
            Mistake(
                "kernel-size",
                float(kernel),
                "That is the kernel's size. Without padding the map loses less than that, and "
                "padding gives back on two sides.",
            ),
        ),
        explanation=(
            f"The window spans {span} rows, so without padding the map loses {span - 1}. "
            f"Padding {truth} gives back {truth} on each side: 2·{truth} = {span - 1}."
        ),
    )


TEMPLATES = (
    Template("map-shape", "The shape of the map", ("C4",), _map_shape),
    Template("rows-dropped", "What the floor drops", ("C4",), _rows_dropped),
    Template("dilation-span", "How far dilation reaches", ("C4",), _dilation_span),
    Template("same-padding", "Padding that keeps the size", ("C4",), _same_padding),
)
