"""Judges a script: its promises, its words, and the glossary that points into it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from lessons.kit.glossary import missing_steps
from lessons.kit.material import Material
from lessons.kit.problem import Problem
from lessons.kit.script import Step

MOST_WORDS = 90
"""A longer step does not fit beside its picture."""


def problems(material: Material, steps: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """What is wrong with the script of a lesson, in a course with the given steps."""
    lesson = material.lesson
    for objective in lesson.objectives:
        yield from _promise(material, objective)
    for need in lesson.needs:
        if need not in steps:
            known = ", ".join(sorted(steps))
            yield material.in_script(
                1, f"needs names {need!r}, which is no lesson; there is {known}"
            )
    for step in lesson.steps:
        yield from _text(material, step)
    known_steps = {name: tuple(ids) for name, ids in steps.items()}
    known_steps[lesson.id] = lesson.step_ids
    for term, message in missing_steps(material.terms, known_steps):
        yield material.in_term(term.name, message)


def _promise(material: Material, objective: str) -> Iterator[Problem]:
    """An objective is taught, shown and asked."""
    lesson = material.lesson
    teaching = [step for step in lesson.steps if objective in step.teaches]
    if not teaching:
        yield material.in_script(1, f"no step's heading teaches the objective {objective}")
    elif not any(step.lab for step in teaching):
        yield material.in_script(
            teaching[0].line, f"no step that teaches the objective {objective} has a lab"
        )
    questions = [name for step in lesson.steps if step.check for name in step.check.questions]
    exercises = [step.code.exercise for step in lesson.steps if step.code]
    asked = (
        any(step.predict for step in teaching)
        or any(objective in _objectives(material.templates, name) for name in questions)
        or any(objective in _objectives(material.exercises, name) for name in exercises)
    )
    if not asked:
        yield material.in_script(
            1, f"no bet, question or exercise of a step asks the objective {objective}"
        )


def _objectives(known: Mapping[str, object], name: str) -> tuple[str, ...]:
    """The objectives of a question or an exercise; none of one that is not there."""
    return tuple(getattr(known.get(name), "objectives", ()))


def _text(material: Material, step: Step) -> Iterator[Problem]:
    """The heading and the prose of a step."""
    for objective in step.teaches:
        if objective not in material.lesson.objectives:
            yield material.in_script(
                step.line,
                f"the heading teaches {objective!r}, which the front matter does not declare; "
                f"it has {', '.join(material.lesson.objectives)}",
            )
    if not step.words:
        yield material.in_script(step.line, f"the step {step.id!r} has no prose")
    elif step.words > MOST_WORDS:
        yield material.in_script(
            step.line,
            f"the step {step.id!r} has {step.words} words of prose; "
            f"more than {MOST_WORDS} do not fit beside a picture",
        )
