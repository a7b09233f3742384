"""Judges exercises: the starter fails, the solution passes, each planted mistake is caught."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lessons.kit.exercise import Exercise, ExerciseError, Wrong
from lessons.kit.material import Material
from lessons.kit.problem import Problem, said
from lessons.kit.verdict import Verdict

Run = Callable[[Exercise, str], Verdict]
"""Judges code as the answer to an exercise. Errors: whatever the exercise's check.py raises."""


def problems(material: Material, run: Run) -> Iterator[Problem]:
    """What is wrong with the exercises of a lesson, and with the fences that call them."""
    called: set[str] = set()
    for call in (step.code for step in material.lesson.steps if step.code):
        called.add(call.exercise)
        if call.exercise not in material.exercises:
            known = ", ".join(material.exercises) or "none"
            message = f"the lesson has no exercise {call.exercise!r}; it has {known}"
            yield material.in_script(call.line, message)
    for name, exercise in material.exercises.items():
        if name not in called:
            yield material.in_exercise(exercise, "exercise.toml", "no step calls it")
        for objective in exercise.objectives:
            if objective not in material.lesson.objectives:
                known = ", ".join(material.lesson.objectives)
                yield material.in_exercise(
                    exercise,
                    "exercise.toml",
                    f"it names {objective!r}, which the front matter does not declare; "
                    f"it has {known}",
                )
        try:
            yield from _rehearsal(material, exercise, run)
        except Exception as error:  # a check is an author's work: whatever it raises is a finding
            message = said(error).removeprefix(f"{exercise.folder / 'check.py'}: ")
            if not isinstance(error, ExerciseError):
                message = f"it fails: {message}"
            yield material.in_exercise(exercise, "check.py", message)


def _rehearsal(material: Material, exercise: Exercise, run: Run) -> Iterator[Problem]:
    """Tries what the author wrote as a learner would try it."""
    if run(exercise, exercise.starter).passed:
        message = "the starter passes: leave something to do"
        yield material.in_exercise(exercise, "starter.py", message)
    verdict = run(exercise, exercise.solution)
    if not verdict.passed:
        message = f"the solution fails: {verdict.message}"
        yield material.in_exercise(exercise, "solution.py", message, verdict.line or 1)
    if not exercise.wrongs:
        message = "plant a mistake that learners make, as wrong_*.py"
        yield material.in_exercise(exercise, "exercise.toml", message)
    for wrong in exercise.wrongs:
        verdict = run(exercise, wrong.source)
        if not caught(wrong, verdict):
            expected = f"{wrong.stage} {wrong.where}".strip()
            got = f"{verdict.stage} {verdict.where}".strip()
            yield material.in_exercise(
                exercise,
                f"{wrong.name}.py",
                f"should be caught by {expected!r}, but the verdict is {got!r}: {verdict.message}",
            )


def caught(wrong: Wrong, verdict: Verdict) -> bool:
    """Whether a planted mistake gets the verdict that its first line says."""
    return verdict.stage == wrong.stage and wrong.where in ("", verdict.where)
