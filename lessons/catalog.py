"""Which lessons there are, and their labs: every folder here with a lesson.md is a lesson."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import TYPE_CHECKING

from lessons.kit.script import Lesson, Step, decoded, parse_lesson

if TYPE_CHECKING:  # a lab brings NumPy; the list of lessons does without
    from lessons.kit.lab import Lab


@cache
def lessons() -> tuple[Lesson, ...]:
    """All lessons, in the order of the course. Errors: ScriptError."""
    found = []
    for folder in files("lessons").iterdir():
        script = folder / "lesson.md"
        if folder.is_dir() and script.is_file():
            path = f"lessons/{folder.name}/lesson.md"
            found.append(parse_lesson(folder.name, path, decoded(path, script.read_bytes())))
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
