"""Tries an exercise as `lint` must: its starter, its solution and its planted mistakes."""

from __future__ import annotations

from collections.abc import Iterator

from lessons.kit.exercise import Exercise, Wrong
from lessons.kit.verdict import Verdict
from tutor.runner.check import check
from tutor.runner.limits import LIMITS, Limits

LEAST_WRONGS = 3


def problems(exercise: Exercise, seed: int = 0, limits: Limits = LIMITS) -> Iterator[str]:
    """What is wrong with an exercise, in sentences that name the file.

    Errors: ExerciseError, when check.py cannot be used.
    """
    starter = check(exercise, exercise.starter, seed=seed, limits=limits)
    if starter.passed:
        yield f"{exercise.folder / 'starter.py'}: the starter passes; leave something to do"
    solution = check(exercise, exercise.solution, seed=seed, limits=limits)
    if not solution.passed:
        yield f"{exercise.folder / 'solution.py'}: the solution fails: {solution.message}"
    if len(exercise.wrongs) < LEAST_WRONGS:
        yield f"{exercise.folder}: plant at least {LEAST_WRONGS} mistakes, as wrong_*.py"
    for wrong in exercise.wrongs:
        verdict = check(exercise, wrong.source, seed=seed, limits=limits)
        if not caught(wrong, verdict):
            expected = f"{wrong.stage} {wrong.where}".strip()
            got = f"{verdict.stage} {verdict.where}".strip()
            yield (
                f"{exercise.folder / wrong.name}.py:1: should be caught by {expected!r}, "
                f"but the verdict is {got!r}: {verdict.message}"
            )


def caught(wrong: Wrong, verdict: Verdict) -> bool:
    """Whether a planted mistake gets the verdict that its first line says."""
    return verdict.stage == wrong.stage and wrong.where in ("", verdict.where)
