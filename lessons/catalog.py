"""Which lessons there are, and what they call: every folder here with a lesson.md is a lesson."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import TYPE_CHECKING

from lessons.kit.script import Lesson, Step, decoded, open_lesson

if TYPE_CHECKING:  # these bring NumPy; the list of lessons does without
    from lessons.kit.lab import Lab
    from lessons.kit.prediction import Prediction
    from lessons.kit.question import Template


@cache
def lessons() -> tuple[Lesson, ...]:
    """All lessons, in the order of the course. Errors: ScriptError."""
    found = []
    for folder in files("lessons").iterdir():
        script = folder / "lesson.md"
        if folder.is_dir() and script.is_file():
            path = f"lessons/{folder.name}/lesson.md"
            found.append(open_lesson(folder.name, path, decoded(path, script.read_bytes())))
    return tuple(sorted(found, key=lambda lesson: lesson.place))


def lesson(lesson_id: str) -> Lesson:
    """One lesson. Errors: KeyError whose message lists the lessons there are."""
    for one in lessons():
        if one.id == lesson_id:
            return one
    known = ", ".join(one.id for one in lessons())
    raise KeyError(f"there is no lesson {lesson_id!r}; there is {known}")


def labs(lesson_id: str) -> dict[str, Lab]:
    """The labs of a lesson by name; imports them, and NumPy with them."""
    module = import_module(f"lessons.{lesson_id}.labs")
    return {lab.name: lab for lab in module.LABS}


def lab_of(lesson_id: str, step: Step) -> Lab | None:
    """The lab that a step calls, or None. Errors: KeyError when the lesson has no such lab."""
    return labs(lesson_id)[step.lab.lab] if step.lab else None


def predictions(lesson_id: str) -> dict[str, Prediction]:
    """The bets of a lesson by id; none when it has no module predictions."""
    if not _has_module(lesson_id, "predictions"):
        return {}
    module = import_module(f"lessons.{lesson_id}.predictions")
    return {one.id: one for one in module.PREDICTIONS}


def templates(lesson_id: str) -> dict[str, Template]:
    """The question templates of a lesson by the name that its steps use; their ids go by the
    lesson too, such as "cnn/map-shape". None when it has no module questions."""
    if not _has_module(lesson_id, "questions"):
        return {}
    module = import_module(f"lessons.{lesson_id}.questions")
    return {one.id: replace(one, id=f"{lesson_id}/{one.id}") for one in module.QUESTIONS}


def template(template_id: str) -> Template:
    """A question template by its id in the course, such as "cnn/map-shape". Errors: KeyError."""
    lesson_id, _, name = template_id.partition("/")
    return templates(lesson_id)[name]


def _has_module(lesson_id: str, name: str) -> bool:
    """Whether a lesson has a module of that name: a file, or a folder."""
    folder = files("lessons") / lesson_id
    return (folder / f"{name}.py").is_file() or (folder / name / "__init__.py").is_file()


@cache
def template_ids() -> tuple[str, ...]:
    """The ids of all question templates that a lesson's steps ask."""
    return tuple(
        f"{one.id}/{name}"
        for one in lessons()
        for step in one.steps
        if step.check
        for name in step.check.questions
    )
