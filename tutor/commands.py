"""What `dl-tutor list` and `dl-tutor lint` print."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lessons.catalog import lessons
from lessons.kit.fences import LabCall, ScriptError
from lessons.kit.script import Lesson, Step
from tutor.lookup import CommandError, exercise_of, find, lab_of, nearest, templates_of

if TYPE_CHECKING:  # these bring NumPy; the list of lessons does without
    from lessons.kit.exercise import Exercise
    from lessons.kit.verdict import Verdict

LINT_SEED = 1
"""Makes the inputs that lint tries the exercises with."""


def list_lines(where: str | None, width: int) -> Iterator[str]:
    """All lessons with their steps; or one lesson, or step, with what there is to do as well.

    Errors: CommandError, ScriptError.
    """
    if where is None:
        for one in lessons():
            yield from _lesson_lines(one, width)
            yield from (_step_line(one, step) for step in one.steps)
        return
    one, step = find(where)
    yield from _lesson_lines(one, width)
    for each in one.steps:
        if step in (None, each):
            yield _step_line(one, each)
            yield from _call_lines(one, each, width)


def lint_lines(where: str | None) -> Iterator[tuple[str, bool]]:
    """For each lesson its problems, or what was checked; each line with whether it is a problem.

    where: a lesson of the course, or the path of a folder with a lesson.md; None for all lessons.
    Errors: CommandError.
    """
    from lessons.kit.folder import read_folder, read_lesson
    from lessons.kit.lint import lint

    try:
        steps = {one.id: one.step_ids for one in lessons()}
        if where is None or where in steps:
            chosen = [read_lesson(one) for one in lessons() if where in (None, one.id)]
        else:
            chosen = [read_folder(_folder(where, list(steps)))]
    except ScriptError as error:
        yield str(error), True
        return
    for material in chosen:
        report = lint(material, steps, _rehearse)
        for problem in report.problems:
            yield str(problem), True
        if not report.problems:
            counts = ", ".join(_counted(*one) for one in report.counts.items())
            yield f"{material.lesson.id}: {counts} checked, nothing to put right", False


def _rehearse(exercise: Exercise, source: str) -> Verdict:
    """The verdict on an author's code, the same every time."""
    from tutor.runner.check import check

    return check(exercise, source, seed=LINT_SEED)


def _counted(things: str, count: int) -> str:
    return f"{count} {things.removesuffix('s') if count == 1 else things}"


def _folder(where: str, lesson_ids: Sequence[str]) -> Path:
    path = Path(where)
    folder = path.parent if path.name == "lesson.md" else path
    if not (folder / "lesson.md").is_file():
        raise CommandError(
            f"{where!r} is neither a lesson{nearest(where, lesson_ids)} nor a folder with a "
            "lesson.md; dl-tutor list names the lessons"
        )
    return folder


def _lesson_lines(one: Lesson, width: int) -> Iterator[str]:
    yield f"{one.id}  {one.title}, {one.minutes} minutes"
    yield from textwrap.wrap(one.sentence, width, initial_indent="  ", subsequent_indent="  ")


def _step_line(one: Lesson, step: Step) -> str:
    longest = max(map(len, one.step_ids)) + len(one.id) + 1
    return f"    {f'{one.id}/{step.id}':{longest}}  {step.title}"


def _call_lines(one: Lesson, step: Step, width: int) -> Iterator[str]:
    """What there is to do in a step: the lab and how it can be set, or what is asked."""
    if step.lab:
        yield from _lab_lines(one, step.lab, width)
    if step.check:
        for question in templates_of(one, step.check):
            yield f"        question {question.id.rpartition('/')[2]}: {question.title}"
    if step.code:
        exercise = exercise_of(one, step.code)
        yield f"        exercise {step.code.exercise}: {exercise.title}"


def _lab_lines(one: Lesson, call: LabCall, width: int) -> Iterator[str]:
    """A lab: each control, how the step has it set, and what it takes."""
    lab = lab_of(one, call)
    try:
        settings = lab.settings(call.settings)
    except ValueError as error:
        raise ScriptError(f"{one.path}:{call.line}: {error}") from error
    yield f"        lab {lab.name}: {lab.title}"
    for control in lab.controls:
        shown = control.show(settings[control.name])
        value = f"now {shown}, takes" if shown else "takes"
        yield from textwrap.wrap(
            f"{control.name}: {value} {control.takes}",
            width,
            initial_indent=" " * 10,
            subsequent_indent=" " * 12,
            break_on_hyphens=False,
        )
