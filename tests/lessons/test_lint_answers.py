"""Lint of answers that stand in the text."""

from __future__ import annotations

import pytest

from lessons.kit.answer import Numeric, OneOf, Shape, Sign
from lessons.kit.lint_bet import stands_in


@pytest.mark.parametrize(
    ("text", "kind", "truth", "stands"),
    [
        ("It is 24.", Numeric(), 24.0, True),
        ("It is **24** of them", Numeric(), 24.0, True),
        ("`24`", Numeric(), 24.0, True),
        ("It is 24.5, or 240, or 124", Numeric(), 24.0, False),
        ("a 24×24 map, or 24 x 24", Numeric(), 24.0, False),
        ("conv24 and y[0,24,3]", Numeric(), 24.0, False),
        ("about −0.310", Numeric(tolerance=0.1), -0.31, True),
        ("about -0.31", Numeric(tolerance=0.1), -0.31, True),
        ("about 0.31", Numeric(tolerance=0.1), -0.31, False),
        ("58 887 weights, 1,234 more", Numeric(relative=0.1), 58887.4, True),
        ("58 887 weights, 1,234 more", Numeric(), 1234.0, True),
        ("0 and 1", Numeric(), 0.0, False),
        ("0 and 1", Numeric(), 1.0, False),
        ("a map of 26 by 26", Shape(), (26, 26), True),
        ("a map of 26 × 26", Shape(), (26, 26), True),
        ("a map of 26×26×3", Shape(), (26, 26), False),
        ("a map of 126×26", Shape(), (26, 26), False),
        ("stronger", OneOf(options=("stronger", "weaker")), "stronger", False),
        ("a + or a −", Sign(), 3.0, False),
    ],
)
def test_answers_in_texts(text: str, kind: Numeric, truth: object, stands: bool) -> None:
    assert stands_in(text, kind, truth) is stands
