"""The questions of the cnn lesson: sound for hundreds of seeds, and true by plain counting.

The oracles read a prompt as a learner does, and do without the engine.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from lessons.catalog import lesson
from lessons.cnn.questions import QUESTIONS
from lessons.kit.answer import OneOf
from lessons.kit.question import Question, Template, faults, grids, prose

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
}

every_template = pytest.mark.parametrize("template", QUESTIONS, ids=lambda one: one.id)


@every_template
def test_nothing_is_wrong_over_hundreds_of_seeds(template: Template) -> None:
    assert list(faults(template, range(300))) == []


@every_template
def test_the_truth_is_what_counting_gives(template: Template) -> None:
    oracle = ORACLES[template.id]
    for seed in range(100):
        question = template.question(seed)
        assert question.kind.same(oracle(question), question.truth), question.prompt


@every_template
def test_numbers_are_fresh_and_mistakes_are_met(template: Template) -> None:
    questions = [template.question(seed) for seed in range(100)]
    assert len({question.asks for question in questions}) >= 8
    # A misconception that hardly ever leads elsewhere than the truth teaches nobody.
    names = [mistake.id for question in questions for mistake in question.mistakes]
    rare = {name for name in names if names.count(name) < 3}
    assert not rare
    for question in questions:
        messages = [mistake.message for mistake in question.mistakes]
        assert len(set(messages)) == len(messages)


@every_template
def test_no_text_holds_a_float_in_python_s_writing(template: Template) -> None:
    for seed in range(40):
        question = template.question(seed)
        texts = [question.prompt, question.explanation, *(m.message for m in question.mistakes)]
        for text in texts:
            assert not re.search(r"np\.|\d\.0\b|\(\d+,|-\d|\{|\}", text), text


def test_every_objective_has_at_least_two_questions() -> None:
    asked = [objective for template in QUESTIONS for objective in template.objectives]
    assert all(asked.count(objective) >= 2 for objective in ("C1", "C2", "C3", "C4", "C5"))
    assert set(asked) <= set(lesson("cnn").objectives)
    assert len({template.id for template in QUESTIONS}) == len(QUESTIONS)


def test_a_choice_offers_every_truth_in_turn() -> None:
    by_id = {template.id: template for template in QUESTIONS}
    truths = {by_id["edge-sign"].question(seed).truth for seed in range(60)}
    assert truths == {"positive", "negative", "zero"}
    places = set()
    for seed in range(80):
        question = by_id["costliest-kernel"].question(seed)
        options = sorted(question.kind.options, key=lambda one: int(one.split("×")[0]))
        places.add(options.index(question.truth))
    assert {1, 2} <= places


def test_turning_a_kernel_is_met_as_a_wrong_option() -> None:
    which = next(template for template in QUESTIONS if template.id == "which-kernel")
    met = [m.id for seed in range(100) for m in which.question(seed).mistakes]
    assert met.count("kernel-turned") >= 20


def test_a_grid_stands_in_columns() -> None:
    cell = next(template for template in QUESTIONS if template.id == "cell-value")
    lines = grids(cell.question(1).prompt)[0].strip("\n").split("\n")
    assert lines[0].split() == ["window", "kernel"]
    assert len({len(line) for line in lines[1:]}) == 1
    assert np.array(two_grids(cell.question(1))).shape == (2, 3, 3)
