"""The verdict on a learner's code, and the help there is, as lines of inked text."""

from __future__ import annotations

from typing import Protocol

from lessons.kit.exercise import Exercise
from lessons.kit.verdict import Verdict
from tutor.drawing.asking import RIGHT, KeyOf, as_it_comes, markdown_lines, wrapped
from tutor.drawing.ink import MUTED, PLAIN, TITLE, WRONG, Line


class Attempt(Protocol):
    """What there is to tell about the learner's work on an exercise."""

    exercise: Exercise
    verdict: Verdict | None
    hints: int
    reference: bool
    checking: bool


def code_lines(attempt: Attempt, width: int, key_of: KeyOf = as_it_comes) -> list[Line]:
    """Verdict first, then the explanation or the hints, then the reference."""
    exercise = attempt.exercise
    if attempt.checking:
        return [[("checking …", MUTED)]]
    lines: list[Line] = []
    verdict = attempt.verdict
    if verdict is not None:
        lines += verdict_lines(verdict, width)
    if verdict is not None and verdict.passed:
        lines += markdown_lines(exercise.explanation, width)
    for n, hint in enumerate(exercise.hints[: attempt.hints], 1):
        lines += markdown_lines(f"hint {n}: {hint}", width)
    if attempt.reference:
        lines += [[("the reference:", MUTED)]]
        lines += [[(f"  {line}", TITLE)] for line in exercise.solution.splitlines()]
    if not lines:
        key = key_of("check", "^s")
        lines = [[(f"{key} has the code checked against the engine, on fresh numbers.", MUTED)]]
    return lines


def verdict_lines(verdict: Verdict, width: int) -> list[Line]:
    """What is right, or first wrong; the case that it was found on; what the code printed."""
    if verdict.passed:
        return wrapped(f"✓ {verdict.message}", width, RIGHT)
    lines = wrapped(f"✗ {verdict.message}", width, WRONG)
    if verdict.arguments:
        case = f"Case {verdict.case} of {verdict.cases}: {verdict.arguments}"
        lines += wrapped(case, width, MUTED, "  ")
    if verdict.output:
        lines += [[("  It printed:", MUTED)]]
        lines += [[(f"    {line}", PLAIN)] for line in verdict.output.splitlines()[:5]]
    return lines
