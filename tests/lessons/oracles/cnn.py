"""Answers to the questions of the cnn lesson by plain counting."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

from lessons.kit.answer import OneOf
from lessons.kit.question import Question, grids, prose
from tests.lessons.reading import said

Grid = list[list[float]]


def whole(question: Question) -> list[int]:
    """The whole numbers in a prompt's sentences, in reading order."""
    return [int(number) for number in re.findall(r"\d+", prose(question.prompt))]


def one_grid(text: str) -> list[list[str]]:
    return [row.split() for row in text.replace("−", "-").strip().split("\n")[1:]]


def two_grids(question: Question) -> tuple[Grid, Grid]:
    """The window and the kernel of a prompt, by the columns of its lines."""
    rows = one_grid(grids(question.prompt)[0])
    half = len(rows[0]) // 2
    left, right = [row[:half] for row in rows], [row[half:] for row in rows]
    return [[float(n) for n in row] for row in left], [[float(n) for n in row] for row in right]


def products(window: Grid, kernel: Grid) -> float:
    return sum(
        x * w for xs, ws in zip(window, kernel, strict=True) for x, w in zip(xs, ws, strict=True)
    )


def starts(size: int, kernel: int, stride: int, padding: int = 0, dilation: int = 1) -> list[int]:
    """Where a window may begin, found by trying."""
    last = size + padding - 1
    return [
        at for at in range(-padding, size + padding, stride) if at + dilation * (kernel - 1) <= last
    ]


def adds(size: int, kernel: int, stride: int, padding: int) -> int:
    return len(starts(size, kernel, stride, padding)) ** 2 * kernel**2


def shared_weights(question: Question) -> float:
    kernel, other, *_ = whole(question)
    assert kernel == other
    return kernel * other


def dense_weights(question: Question) -> float:
    a, b, c, d = whole(question)
    return len([None for _ in range(a * b) for _ in range(c * d)])


def moved_pattern(question: Question) -> float:
    stride, moved = whole(question)
    return moved / stride


def cell_value(question: Question) -> float:
    return products(*two_grids(question))


def flip_cell(question: Question) -> float:
    window, kernel = two_grids(question)
    return products(window, [row[::-1] for row in kernel[::-1]])


def window_of_cell(question: Question) -> float:
    kernel, _, stride, _, i = whole(question)
    return starts(200, kernel, stride)[i]


def edge_sign(question: Question) -> str:
    value = products(*two_grids(question))
    return "zero" if value == 0 else "positive" if value > 0 else "negative"


def which_kernel(question: Question) -> str:
    picture, made = (
        [float(number) for number in row.replace("−", "-").split()[1:]]
        for row in grids(question.prompt)[0].strip().split("\n")
    )
    fits = []
    assert isinstance(question.kind, OneOf)
    for option in question.kind.options:
        weights = [float(weight) for weight in option.replace("−", "-").split()]
        row = [
            sum(w * picture[j + v] for v, w in enumerate(weights)) for j in range(len(picture) - 2)
        ]
        if row == made:
            fits.append(option)
    (only,) = fits
    return only


def flat_wall(question: Question) -> float:
    cells = [cell for row in one_grid(grids(question.prompt)[0]) for cell in row]
    goal = 1.0 if "as bright as the wall" in question.prompt else 0.0
    return goal - sum(float(cell) for cell in cells if cell != "?")


def map_shape(question: Question) -> tuple[int, int]:
    kernel, _, stride, padding, rows, columns = whole(question)
    return (
        len(starts(rows, kernel, stride, padding)),
        len(starts(columns, kernel, stride, padding)),
    )


def rows_dropped(question: Question) -> float:
    kernel, _, stride, size, _ = whole(question)
    reached = {at + u for at in starts(size, kernel, stride) for u in range(kernel)}
    return size - 1 - max(reached)


def dilation_span(question: Question) -> float:
    kernel, _, dilation, *_ = whole(question)
    touched = [u * dilation for u in range(kernel)]
    return touched[-1] - touched[0] + 1


def same_padding(question: Question) -> float:
    kernel, _, *rest = whole(question)
    dilation = rest.pop(0) if "dilation" in question.prompt else 1
    size = rest[-1]
    (fits,) = [p for p in range(60) if len(starts(size, kernel, 1, p, dilation)) == size]
    return fits


def order_by_cost(question: Question) -> tuple[str, ...]:
    size = whole(question)[0]

    def cost(item: str) -> int:
        kernel, _, *stride = (int(number) for number in re.findall(r"\d+", item))
        return adds(size, kernel, stride[0] if stride else 1, (kernel - 1) // 2)

    return tuple(sorted(question.kind.options, key=cost))  # type: ignore[attr-defined]


def costliest_kernel(question: Question) -> str:
    size = whole(question)[0]
    same = "keeps" in question.prompt

    def cost(item: str) -> int:
        kernel = int(item.split("×")[0])
        return adds(size, kernel, 1, (kernel - 1) // 2 if same else 0)

    return str(max(question.kind.options, key=cost))  # type: ignore[attr-defined]


def stack_weights(question: Question) -> float:
    layers = {"two": 2, "three": 3}[question.prompt.split()[3]]
    _, _, channels, *_ = whole(question)
    return sum(9 for _ in range(layers) for _ in range(channels) for _ in range(channels))


def stack_sees(question: Question) -> float:
    layers, kernel, *_ = whole(question)
    seen = {0}
    for _ in range(layers):
        seen = {at + u for at in seen for u in range(kernel)}
    return len(seen)


def stride_keeps(question: Question) -> float:
    kernel, _, padding, size, _, _, stride = whole(question)
    return adds(size, kernel, stride, padding) / adds(size, kernel, 1, padding)


def filter_weights(question: Question) -> float:
    _, _, channels, kernel, other = whole(question)
    return sum(1 for _ in range(channels) for _ in range(kernel) for _ in range(other))


def layer_parameters(question: Question) -> float:
    filters, kernel, other, _, _, channels = whole(question)
    return sum(kernel * other * channels + 1 for _ in range(filters))


def maps_out(question: Question) -> float:
    return whole(question)[1]


def channel_sum(question: Question) -> float:
    rows = [[float(cell) for cell in row] for row in one_grid(grids(question.prompt)[0])]
    a, b, w_a, w_b = ([row[k : k + 2] for row in rows] for k in (0, 2, 4, 6))
    return products(a, w_a) + products(b, w_b) + bias_of(question)


def bias_of(question: Question) -> float:
    """The number after "bias is" or "bias of"."""
    found = re.search(r"bias (?:is|of) (\S*\d)", question.prompt)
    assert found is not None
    return float(found[1].replace("−", "-"))


def named(question: Question) -> dict[str, list[float]]:
    """The rows of a prompt's grid by the names before them."""
    rows = grids(question.prompt)[0].strip("\n").replace("−", "-").split("\n")
    split = (re.fullmatch(r"(\S+(?: \d+)?)  +(.*)", row) for row in rows)
    return {one[1]: [float(cell) for cell in one[2].split()] for one in split if one}


def relu_cell(question: Question) -> float:
    rows = named(question)
    pairs = zip(rows["pixels"], rows["weights"], strict=True)
    return max(0.0, sum(x * w for x, w in pairs) + bias_of(question))


def relu_row(question: Question) -> str:
    row = question.prompt.split("`")[1]
    return " ".join("0" if cell.startswith("−") else cell for cell in row.split())


def composed_size(question: Question) -> float:
    first, _, second, *_ = whole(question)
    return len({at + u for at in range(first) for u in range(second)})


def composed_row(question: Question) -> float:
    rows = named(question)
    picture = [0.0, 1.0, 0.0]  # what the pair answers to the middle pixel alone
    maps = [sum(w * picture[j + v] for v, w in enumerate(rows["first"])) for j in range(2)]
    return sum(w * maps[v] for v, w in enumerate(rows["second"]))


def dead_units(question: Question) -> float:
    rows = named(question)
    assert len(rows) == 4
    return sum(1 for row in rows.values() if max(row) <= 0)


def pool_cell(question: Question) -> float:
    grid = [[float(cell) for cell in row] for row in one_grid(grids(question.prompt)[0])]
    i, j = ("second" in part for part in question.prompt.split("stands in")[1].split(",")[:2])
    cells = [grid[2 * i + u][2 * j + v] for u in range(2) for v in range(2)]
    return max(cells) if "largest" in question.prompt else sum(cells) / 4


def pool_shape(question: Question) -> tuple[int, int]:
    window, _, *rest = whole(question)
    stride = rest.pop(0) if len(rest) == 3 else window
    return len(starts(rest[0], window, stride)), len(starts(rest[1], window, stride))


def pool_channels(question: Question) -> tuple[int, int, int]:
    channels, side, _, window, _ = whole(question)
    out = len(starts(side, window, window))
    return channels, out, out


def pool_parameters(question: Question) -> float:
    filters, kernel, other, channels, *_ = whole(question)
    return filters * (kernel * other * channels + 1)


ORDINALS = ("first", "second", "third", "fourth")


def place_asked(question: Question) -> tuple[int, int]:
    """The row and the column that a prompt names in words."""
    found = re.search(r"(\w+) row,\s+(\w+)\s+column", prose(question.prompt))
    assert found is not None
    return ORDINALS.index(found[1]), ORDINALS.index(found[2])


def grid_and_dy(question: Question, columns: int) -> tuple[Grid, Grid]:
    """The first grid of so many columns, and dy beside it, which may have fewer rows."""
    rows = [[float(cell) for cell in row] for row in one_grid(grids(question.prompt)[0])]
    return [row[:columns] for row in rows], [row[columns:] for row in rows if row[columns:]]


def winner_gradient(question: Question) -> float:
    x, (dy,) = grid_and_dy(question, 4)
    row, column = place_asked(question)
    left = column - column % 2
    window = [x[u][left + v] for u in range(2) for v in range(2)]
    return dy[column // 2] if x[row][column] == max(window) else 0.0


def average_gradient(question: Question) -> float:
    _, (dy,) = grid_and_dy(question, 3)
    _, column = place_asked(question)
    return sum(d for j, d in enumerate(dy) if j <= column <= j + 1) / 4


def weight_gradient(question: Question) -> float:
    x, dy = grid_and_dy(question, 3)
    u, v = place_asked(question)
    return sum(dy[i][j] * x[i + u][j + v] for i in range(2) for j in range(2))


def pixel_gradient(question: Question) -> float:
    """How much the loss, dy times the map, grows when that pixel alone is 1."""
    kernel, dy = grid_and_dy(question, 2)
    p, q = place_asked(question)
    x = [[float((r, c) == (p, q)) for c in range(3)] for r in range(3)]
    return sum(
        dy[i][j] * products([row[j : j + 2] for row in x[i : i + 2]], kernel)
        for i in range(2)
        for j in range(2)
    )


def flatten_length(question: Question) -> float:
    maps, rows, columns, window, _, stride = whole(question)
    return maps * len(starts(rows, window, stride)) * len(starts(columns, window, stride))


def network_shape(question: Question) -> tuple[int, int, int]:
    _, rows, columns, filters, kernel, _, stride, window, _, pool_stride = whole(question)
    sides = (len(starts(side, kernel, stride)) for side in (rows, columns))
    tall, wide = (len(starts(side, window, pool_stride)) for side in sides)
    return filters, tall, wide


def softmax_shift(question: Question) -> str:
    """The probabilities do not know where the logits' zero is."""
    found = re.search(r"\[(.*)\].*Now (\d+)", question.prompt)
    assert found is not None
    z = [float(number) for number in found[1].replace("−", "-").split(",")]
    k = whole(question)[-1]
    before, after = (math.exp(z[k]) / sum(map(math.exp, z)) for z in (z, [n + 0.5 for n in z]))
    assert math.isclose(before, after)
    return "it stays as it is"


def update_step(question: Question) -> float:
    w, dw, rate = said(question)
    return w - rate * dw


def shared_gradient(question: Question) -> float:
    xs, dys = said(question)[:3], said(question)[3:]
    return sum(x * dy for x, dy in zip(xs, dys, strict=True))


def updates_in_epoch(question: Question) -> float:
    count, size = whole(question)
    return len(range(0, count, size))


ORACLES: dict[str, Callable[[Question], Any]] = {
    "shared-weights": shared_weights,
    "dense-weights": dense_weights,
    "moved-pattern": moved_pattern,
    "cell-value": cell_value,
    "flip-cell": flip_cell,
    "window-of-cell": window_of_cell,
    "edge-sign": edge_sign,
    "which-kernel": which_kernel,
    "flat-wall": flat_wall,
    "map-shape": map_shape,
    "rows-dropped": rows_dropped,
    "dilation-span": dilation_span,
    "same-padding": same_padding,
    "order-by-cost": order_by_cost,
    "costliest-kernel": costliest_kernel,
    "stack-weights": stack_weights,
    "stack-sees": stack_sees,
    "stride-keeps": stride_keeps,
    "filter-weights": filter_weights,
    "layer-parameters": layer_parameters,
    "maps-out": maps_out,
    "channel-sum": channel_sum,
    "relu-cell": relu_cell,
    "relu-row": relu_row,
    "composed-size": composed_size,
    "composed-row": composed_row,
    "dead-units": dead_units,
    "pool-cell": pool_cell,
    "pool-shape": pool_shape,
    "pool-channels": pool_channels,
    "pool-parameters": pool_parameters,
    "winner-gradient": winner_gradient,
    "average-gradient": average_gradient,
    "weight-gradient": weight_gradient,
    "pixel-gradient": pixel_gradient,
    "flatten-length": flatten_length,
    "network-shape": network_shape,
    "softmax-shift": softmax_shift,
    "update-step": update_step,
    "shared-gradient": shared_gradient,
    "updates-in-epoch": updates_in_epoch,
}
