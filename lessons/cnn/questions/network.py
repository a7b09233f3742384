"""C9 and C10: shapes through a network, softmax, updates and gradients."""

from __future__ import annotations

import numpy as np

from engine.batches import Batches
from engine.conv import conv2d, conv2d_backward
from engine.conv_size import output_size
from engine.descent import Plain
from engine.loss import softmax
from engine.notation import format_number as number
from lessons.kit.answer import Numeric, OneOf, Shape
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick


def _flatten_length(rng: np.random.Generator) -> Draft:
    maps, size = pick(rng, (4, 6, 12, 16, 24)), pick(rng, (6, 8, 10, 12))
    pooled = output_size(size, 2, 2)
    truth = float(maps * pooled * pooled)
    return Draft(
        prompt=(
            f"{maps} maps of {size}×{size} go through a 2×2 max pool with stride 2, and then into "
            "flatten. How many numbers stand in the row?"
        ),
        kind=Numeric(unit="numbers"),
        truth=truth,
        mistakes=(
            Mistake("one-map", float(pooled * pooled), "That is one map. Every map is in the row."),
            Mistake(
                "before-pool",
                float(maps * size * size),
                "That is what goes into the pool. It halves rows and columns.",
            ),
            Mistake(
                "halved-once",
                float(maps * size * size // 2),
                "You halved once. The pool halves the rows, and the columns too.",
            ),
            Mistake(
                "pool-of-channels",
                float(maps // 2 * pooled * pooled),
                "You halved the maps as well. A pool works on each map by itself.",
            ),
        ),
        explanation=f"{maps} · {pooled} · {pooled} = {truth:.0f}.",
    )


def _network_shape(rng: np.random.Generator) -> Draft:
    size, kernel = pick(rng, (12, 16, 20, 28)), pick(rng, (3, 5))
    channels, filters = pick(rng, (1, 3)), pick(rng, (6, 8, 10, 16))
    conv = output_size(size, kernel)
    pooled = output_size(conv, 2, 2)
    return Draft(
        prompt=(
            f"A picture of {channels}×{size}×{size} (channels first) goes through {filters} "
            f"filters of {kernel}×{kernel}, stride 1, no padding; then ReLU; then a 2×2 max pool "
            "with stride 2. Which shape comes out?"
        ),
        kind=Shape(axes=("maps", "rows", "columns")),
        truth=(filters, pooled, pooled),
        mistakes=(
            Mistake(
                "channels-kept",
                (channels, pooled, pooled),
                "There is one map for each filter, however many channels come in.",
            ),
            Mistake(
                "padding-assumed",
                (filters, size // 2, size // 2),
                "You kept the size. Without padding the convolution loses K − 1 rows and columns.",
            ),
            Mistake(
                "off-by-one",
                (filters, (size - kernel) // 2, (size - kernel) // 2),
                "One short: a kernel has n − K + 1 places to stand, not n − K.",
            ),
            Mistake("no-pool", (filters, conv, conv), "You left out the pool."),
            Mistake(
                "pool-stride-1",
                (filters, conv - 1, conv - 1),
                "You let the pool move by one. Here it moves by two, its own size.",
            ),
        ),
        explanation=(
            f"The convolution leaves {size} − {kernel} + 1 = {conv} rows, ReLU changes no shape, "
            f"the pool leaves {pooled}; one map for each of the {filters} filters."
        ),
    )


def _softmax_shift(rng: np.random.Generator) -> Draft:
    z = rng.integers(-3, 4, size=3).astype(float)
    added = float(pick(rng, (5, 10, 100)))
    before, after = softmax(z)["p"], softmax(z + added)["p"]
    if not np.allclose(before, after):
        raise Redraw
    k = int(rng.integers(0, 3))
    row = ", ".join(map(number, z))
    return Draft(
        prompt=(
            f"Softmax turns the logits [{row}] into probabilities. Now {added:.0f} is added to "
            f"each logit. What happens to the probability of class {k}?"
        ),
        kind=OneOf(options=("it stays as it is", "it grows", "it shrinks")),
        truth="it stays as it is",
        mistakes=(
            Mistake(
                "grows",
                "it grows",
                "Its own e^z grows, but the total grows by the same factor.",
            ),
            Mistake(
                "shrinks",
                "it shrinks",
                "The total grows, but its own e^z grows by the same factor.",
            ),
        ),
        explanation=(
            f"e^(z + {added:.0f}) = e^z · e^{added:.0f}: the same factor above and below. Only "
            "differences of logits matter."
        ),
    )


def _update_step(rng: np.random.Generator) -> Draft:
    w, dw = (float(rng.integers(-9, 10)) / 10 for _ in range(2))
    rate = pick(rng, (0.1, 0.5))
    if abs(dw) < 0.2:
        raise Redraw
    truth = float(Plain().step(np.array(w), np.array(dw), {}, rate, 0)["w_new"])
    return Draft(
        prompt=(
            f"A weight of a kernel is {number(w)}. Backpropagation gives ∂L/∂w = {number(dw)}; the "
            f"learning rate is {rate:g}. What is the weight after the update?"
        ),
        kind=Numeric(tolerance=0.001),
        truth=truth,
        mistakes=(
            Mistake(
                "uphill",
                w + rate * dw,
                "You went with the gradient. It points uphill, so it is taken away.",
            ),
            Mistake("no-rate", w - dw, "You took the whole gradient. Only a part goes: the rate."),
            Mistake(
                "gradient-is-weight",
                -rate * dw,
                "That is the step. The weight moves by it from where it was.",
            ),
        ),
        explanation=f"{number(w)} − {rate:g} · ({number(dw)}) = {number(truth)}.",
    )


def _shared_gradient(rng: np.random.Generator) -> Draft:
    x = rng.integers(0, 4, size=(1, 1, 3)).astype(float)
    dy = rng.integers(-2, 3, size=(1, 1, 3)).astype(float)
    trace = conv2d(x, np.array([[[[1.0]]]]))
    conv2d_backward(trace, dy)
    truth = float(trace["dw"][0, 0, 0, 0])
    parts = (x * dy).ravel()
    if len({*np.abs(parts), abs(truth)}) < 4 or truth in (0, dy.sum()) or truth % 3:
        raise Redraw
    xs, dys = (", ".join(map(number, row.ravel())) for row in (x, dy))
    return Draft(
        prompt=(
            f"A kernel of a single weight slides over three pixels: {xs}. From above comes ∂L/∂y "
            f"for its three answers: {dys}. What is ∂L/∂w?"
        ),
        kind=Numeric(),
        truth=truth,
        mistakes=(
            Mistake(
                "mean",
                truth / 3,
                "That is the mean of the three. A shared weight's gradient is the sum over places.",
            ),
            Mistake(
                "largest",
                float(parts[np.abs(parts).argmax()]),
                "You took the strongest place alone. Every place has its say.",
            ),
            Mistake(
                "without-x",
                float(dy.sum()),
                "You added up ∂L/∂y. Each place counts as strongly as the pixel under the weight.",
            ),
        ),
        explanation=" + ".join(
            f"({number(a)})({number(b)})" for a, b in zip(x.ravel(), dy.ravel(), strict=True)
        )
        + f" = {number(truth)}: a sum over all places where the weight was used.",
    )


def _updates_in_epoch(rng: np.random.Generator) -> Draft:
    count, size = int(rng.integers(11, 60)) * 10, pick(rng, (16, 32, 64))
    if count % size == 0 or count < size:
        raise Redraw
    truth = float(Batches(count, size).per_epoch)
    return Draft(
        prompt=(
            f"{count} digits, in batches of {size}; the last batch takes what is left. How many "
            "updates are one epoch, that is, once over all digits?"
        ),
        kind=Numeric(unit="updates"),
        truth=truth,
        mistakes=(
            Mistake("one", 1.0, "Each batch makes an update of its own."),
            Mistake(
                "floor",
                float(count // size),
                "You left the last batch out. It is smaller, but it counts.",
            ),
            Mistake(
                "each-digit", float(count), "That many updates come only with one digit a batch."
            ),
            Mistake("batch-size", float(size), "That is how many digits are in a batch."),
        ),
        explanation=f"{count} / {size} = {count / size:.2f}, rounded up: {truth:.0f}.",
    )


TEMPLATES = (
    Template("flatten-length", "How long is the row?", ("C9",), _flatten_length),
    Template("network-shape", "Convolve, rectify, pool", ("C9",), _network_shape),
    Template("softmax-shift", "The same added to every logit", ("C9",), _softmax_shift),
    Template("update-step", "One update of one weight", ("C10",), _update_step),
    Template("shared-gradient", "The gradient of a shared weight", ("C10",), _shared_gradient),
    Template("updates-in-epoch", "Updates in an epoch", ("C10",), _updates_in_epoch),
)
