"""What the questions of the lstm lesson have of their own: misconceptions."""

from __future__ import annotations

import pytest

from lessons.lstm.questions import QUESTIONS


@pytest.mark.parametrize(
    ("question", "misconception"),
    [
        ("forget-part", "forget-inverted"),
        ("gate-or-candidate", "candidate-as-gate"),
        ("unbounded", "cell-bounded"),
        ("gate-numbers", "gate-is-a-number"),
        ("logit-from-h", "output-from-cell"),
        ("forget-product", "nothing-vanishes"),
        ("lstm-count", "three-sets"),
        ("lstm-count", "one-set"),
        ("pre-activation", "cell-state-joined"),
        ("hidden-out", "gate-added"),
    ],
)
def test_what_learners_believe_is_met(question: str, misconception: str) -> None:
    template = next(one for one in QUESTIONS if one.id == question)
    met = [m.id for seed in range(40) for m in template.question(seed).mistakes]
    assert met.count(misconception) >= 20
