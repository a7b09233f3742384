"""C5: detail and cost. Multiply-adds, strides, and stacks of small kernels."""

from __future__ import annotations

import numpy as np

from engine.conv_cost import conv_cost, stack_cost
from lessons.kit.answer import InOrder, Numeric, OneOf
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick

_TIMES = {2: "two", 3: "three"}


def _order_by_cost(rng: np.random.Generator) -> Draft:
    size = pick(rng, (24, 28, 32))
    layers = [(kernel, pick(rng, (1, 1, 2, 4)) if kernel > 1 else 1) for kernel in (1, 3, 5, 7)]
    costs = {}
    for kernel, stride in layers:
        cost = conv_cost(size, [kernel], [(kernel - 1) // 2], stride=stride)
        called = f"{kernel}×{kernel}" + (f" stride {stride}" if stride > 1 else "")
        costs[called] = (float(cost["multiply_adds"][0]), kernel, float(cost["out"][0]))
    truth = tuple(sorted(costs, key=lambda name: costs[name][0]))
    by_size = tuple(sorted(costs, key=lambda name: costs[name][1]))
    if truth == by_size:
        raise Redraw
    return Draft(
        prompt=(
            f"Four layers work on the same picture of {size}×{size} pixels, one channel in and "
            "out, with padding (K − 1)/2. Put them in order: fewest multiply-adds first. Stride is "
            "1 where none is given."
        ),
        kind=InOrder(),
        truth=truth,
        mistakes=(
            Mistake(
                "stride-ignored",
                by_size,
                "You went by the kernel alone. A stride of 2 leaves a quarter of the places, a "
                "stride of 4 a sixteenth.",
            ),
            Mistake(
                "small-costs-more",
                tuple(reversed(by_size)),
                "You put large kernels first, as if a small one cost more. With the same map it "
                "costs less: K² products for each cell.",
            ),
            Mistake(
                "most-first",
                tuple(reversed(truth)),
                "That is the order from most to fewest. It was asked the other way round.",
            ),
            Mistake(
                "map-ignored",
                tuple(sorted(costs, key=lambda name: costs[name][2])),
                "You went by the size of the map. Each cell also costs K² products.",
            ),
            Mistake(
                "stride-once",
                tuple(sorted(costs, key=lambda n: costs[n][1] ** 2 * costs[n][2])),
                "You let the stride count once. It thins out rows and columns, so it counts twice.",
            ),
        ),
        explanation="Cells of the map times K²: "
        + ", ".join(f"{name}: {costs[name][0]:.0f}" for name in truth)
        + ".",
    )


def _costliest_kernel(rng: np.random.Generator) -> Draft:
    size, same = pick(rng, (16, 20, 28, 32)), pick(rng, (False, False, True))
    odd = np.arange(1, size, 2)
    kernels = sorted(int(kernel) for kernel in rng.choice(odd, 3, replace=False))
    cost = conv_cost(size, kernels, [(k - 1) // 2 if same else 0 for k in kernels])
    adds = [float(value) for value in cost["multiply_adds"]]
    order = sorted(range(3), key=lambda n: -adds[n])
    if adds[order[1]] > 0.85 * adds[order[0]]:
        raise Redraw
    names = [f"{kernel}×{kernel}" for kernel in kernels]
    edges = "with padding that keeps the map's size" if same else "without padding"
    told = [
        f"{names[n]} writes {cost['out'][n]:.0f}² cells of {kernels[n]}² products: {adds[n]:.0f}."
        for n in range(3)
    ]
    mistakes = ("small-costs-more", "one-factor-only", "large-costs-more")
    reasons = (
        "A small kernel has more places, but each costs few products.",
        "Both factors count: the places and the products.",
        "A large kernel needs many products but has few places to stand.",
    )
    if same:
        reasons = ("With this padding all maps have the same size, so the products decide.",) * 3
    return Draft(
        prompt=(
            f"One channel, {size}×{size} pixels, stride 1, {edges}. Which of these kernels needs "
            "the most multiply-adds?"
        ),
        kind=OneOf(),
        truth=names[order[0]],
        mistakes=tuple(
            Mistake(mistakes[n], names[n], f"{reasons[n]} {told[n]}") for n in order[1:]
        ),
        explanation=" ".join(told),
    )


def _stack_weights(rng: np.random.Generator) -> Draft:
    layers, channels = pick(rng, (2, 3)), pick(rng, (2, 3, 4, 5, 8, 10, 16))
    stack = stack_cost(28, 3, layers, 0, channels)
    truth, field = float(stack["weights"]), int(stack["field"])
    one = float(conv_cost(28, [field], [0], channels=channels, filters=channels)["weights"][0])
    each = float(stack["layer_weights"][0])
    return Draft(
        prompt=(
            f"A stack of {_TIMES[layers]} 3×3 layers, each with {channels} channels in and "
            f"{channels} out, sees as far as one {field}×{field} layer. How many weights does the "
            "stack have, without biases?"
        ),
        kind=Numeric(unit="weights"),
        truth=truth,
        mistakes=(
            Mistake(
                "as-the-large-one",
                one,
                f"That is the single {field}×{field} layer. The stack sees as far with fewer.",
            ),
            Mistake("one-layer-only", each, f"That is one layer of the {_TIMES[layers]}."),
            Mistake(
                "channels-once",
                truth / channels,
                "You counted the channels once. Every output channel has a 3×3 kernel for every "
                "input channel.",
            ),
            Mistake(
                "channels-forgotten",
                truth / channels**2,
                "You forgot the channels. Every output channel has a 3×3 kernel for every input "
                "channel.",
            ),
            Mistake(
                "layers-multiplied",
                each**layers,
                "You multiplied the layers. Each layer has weights of its own: they add up.",
            ),
        ),
        explanation=(
            f"{layers}·3·3·{channels}·{channels} = {truth:.0f}. One {field}×{field} layer has "
            f"{field}·{field}·{channels}·{channels} = {one:.0f}."
        ),
    )


def _stack_sees(rng: np.random.Generator) -> Draft:
    kernel, layers = pick(rng, (3, 3, 5, 7)), pick(rng, (2, 3, 4))
    size = 40
    truth = float(stack_cost(size, kernel, layers, 0)["field"])
    return Draft(
        prompt=(
            f"{layers} layers of {kernel}×{kernel} follow one another, stride 1. How many rows of "
            "the picture does one cell of the last map see?"
        ),
        kind=Numeric(unit="rows"),
        truth=truth,
        mistakes=(
            Mistake(
                "kernels-added",
                float(layers * kernel),
                "You added whole kernels. Neighbouring windows overlap: each further layer adds "
                f"{kernel - 1} rows.",
            ),
            Mistake(
                "last-layer-only",
                float(kernel),
                "That is what it sees of the map before it. Each cell there saw several rows "
                "already.",
            ),
            Mistake(
                "kernels-multiplied",
                float(kernel**layers),
                "You multiplied. That would hold if windows never overlapped; with stride 1 they "
                "do.",
            ),
            Mistake(
                "first-row-forgotten",
                float(layers * (kernel - 1)),
                "You added what each layer adds, and forgot the one row to start from.",
            ),
        ),
        explanation=(
            f"One row, and {kernel} − 1 = {kernel - 1} more for each layer: "
            f"1 + {layers}·{kernel - 1} = {truth:.0f}."
        ),
    )


def _stride_keeps(rng: np.random.Generator) -> Draft:
    stride, kernel = pick(rng, (2, 3, 4, 5)), pick(rng, (3, 5, 7))
    size = stride * pick(rng, (6, 8, 12))
    padding = (kernel - 1) // 2
    whole, kept = (
        conv_cost(size, [kernel], [padding], stride=step)["multiply_adds"][0]
        for step in (1, stride)
    )
    out = size // stride
    return Draft(
        prompt=(
            f"A {kernel}×{kernel} kernel with padding {padding} slides over {size}×{size} pixels. "
            f"Its stride goes from 1 to {stride}. What fraction of the multiply-adds is "
            "left?"
        ),
        kind=Numeric(tolerance=0.005),
        truth=float(kept / whole),
        mistakes=(
            Mistake(
                "rows-only",
                1 / stride,
                "You thinned out the rows. The stride thins out the columns as well.",
            ),
            Mistake(
                "rows-plus-columns",
                1 / (2 * stride),
                "You added rows and columns. They multiply: of the rows that are left, each has "
                "only a part of its cells.",
            ),
            Mistake(
                "nothing-saved",
                1.0,
                "Each cell costs as much as before, but fewer cells are written.",
            ),
            Mistake(
                "part-saved",
                1 - 1 / stride**2,
                "That is the part that is saved. The question is what is left.",
            ),
        ),
        explanation=(
            f"The map goes from {size}×{size} to {out}×{out} cells, each with {kernel}·{kernel} "
            f"products: {kept:.0f} of {whole:.0f} multiply-adds, 1/{stride**2}."
        ),
    )


TEMPLATES = (
    Template("order-by-cost", "From cheap to expensive", ("C5",), _order_by_cost),
    Template("costliest-kernel", "The most expensive kernel", ("C5",), _costliest_kernel),
    Template("stack-weights", "The weights of a stack", ("C5",), _stack_weights),
    Template("stack-sees", "What a stack sees", ("C5",), _stack_sees),
    Template("stride-keeps", "What a stride leaves", ("C5",), _stride_keeps),
)
