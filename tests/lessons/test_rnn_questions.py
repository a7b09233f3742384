"""What the questions of the rnn lesson have of their own: misconceptions."""

from __future__ import annotations

from lessons.rnn.questions import QUESTIONS


def test_misconceptions_are_among_the_wrong_answers() -> None:
    met = {
        mistake.id
        for template in QUESTIONS
        for seed in range(30)
        for mistake in template.question(seed).mistakes
    }
    assert {
        "weights-per-step",
        "length-is-fixed",
        "state-as-input",
        "state-as-output",
        "input-forgotten",
        "mean-over-time",
        "weights-become-zero",
        "clipping-cures-vanishing",
        "space-for-time",
        "judged-by-training",
    } <= met
