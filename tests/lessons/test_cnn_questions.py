"""What the questions of the cnn lesson have of their own: choices, kernels and grids."""

from __future__ import annotations

import numpy as np

from lessons.cnn.questions import QUESTIONS
from lessons.kit.question import grids
from tests.lessons.oracles.cnn import two_grids


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
