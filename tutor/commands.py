"""What the commands that need no screen print."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lessons.catalog import labs, lessons
from lessons.kit.fences import ScriptError
from lessons.kit.script import Lesson, Step
from tutor.lookup import CommandError, element_of, find, lab_of, nearest, open_session

if TYPE_CHECKING:  # these bring NumPy; the list of lessons does without
    from engine.why import Explanation
    from tutor.drawing.panel import Pen


def list_lines(where: str | None, width: int) -> Iterator[str]:
    """All lessons with their steps; or one lesson, or step, with its controls as well.

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
            yield from _control_lines(one, each, width)


def show_lines(
    where: str,
    *,
    at: int | None,
    given: Sequence[str],
    asked: Sequence[str],
    width: int,
    pen: Pen,
) -> Iterator[str]:
    """A step as text: prose, the figure of a moment (from 1), and why numbers of it are so.

    given: settings as NAME=VALUE. asked: numbers as NAME[i,j,...].
    Errors: CommandError, ScriptError.
    """
    from engine.why import why
    from tutor.plain import step_lines, why_lines

    one, step = find(where)
    if step is None:
        raise CommandError(
            f"show takes LESSON/STEP, such as {one.id}/{one.step_ids[0]}; "
            f"dl-tutor list {one.id} names the steps"
        )
    session = None
    explanations: list[Explanation] = []
    if step.lab:
        try:
            session = open_session(one, step, at, given)
            figure = session.figure
        except ValueError as error:
            raise CommandError(f"{one.id}/{step.id} cannot be shown: {error}") from error
        elements = [element_of(figure, text) for text in asked]
        explanations = [why(each.trace, each.name, each.index) for each in elements]
    elif at is not None or given or asked:
        raise CommandError(
            f"{one.id}/{step.id} has no lab for --at, --set and --why; show it without them"
        )
    yield from step_lines(step, session, width, pen)
    for explanation in explanations:
        yield ""
        yield from why_lines(explanation, width)


def lint_lines(where: str | None) -> Iterator[tuple[str, bool]]:
    """For each lesson its problems, or what was checked; each line with whether it is a problem.

    where: a lesson of the course, or the path of a folder with a lesson.md; None for all lessons.
    Errors: CommandError.
    """
    from lessons.kit.folder import read_folder
    from lessons.kit.lint import lint

    try:
        ids = [one.id for one in lessons()]
        if where is None or where in ids:
            chosen = [(one, labs(one.id)) for one in lessons() if where in (None, one.id)]
        else:
            chosen = [read_folder(_folder(where, ids))]
    except ScriptError as error:
        yield str(error), True
        return
    for one, its_labs in chosen:
        report = lint(one, its_labs, ids)
        for problem in report.problems:
            yield str(problem), True
        if not report.problems:
            counts = f"{report.steps} steps, {report.figures} figures, {report.numbers} numbers"
            yield f"{one.id}: {counts} checked, nothing to put right", False


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


def _control_lines(one: Lesson, step: Step, width: int) -> Iterator[str]:
    """The lab of a step: each control, how the step has it set, and what it takes."""
    if step.lab is None:
        return
    lab = lab_of(one, step.lab)
    try:
        settings = lab.settings(step.lab.settings)
    except ValueError as error:
        raise ScriptError(f"{one.path}:{step.lab.line}: {error}") from error
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
