"""Judges question templates: that steps ask them, and that what they ask is sound."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lessons.kit.material import Material
from lessons.kit.problem import Problem, said
from lessons.kit.question import Template, faults

SEEDS = range(30)
"""The questions of each template that are looked at."""

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


def problems(material: Material) -> Iterator[Problem]:
    """What is wrong with the questions of a lesson, and with the fences that ask them."""
    asked: set[str] = set()
    for call in (step.check for step in material.lesson.steps if step.check):
        asked.update(call.questions)
        for name in call.questions:
            if name not in material.templates:
                known = ", ".join(material.templates) or "none"
                message = f"the lesson has no question {name!r}; it has {known}"
                yield material.in_script(call.line, message)
    for name, template in material.templates.items():
        if name not in asked:
            yield material.in_question(name, "no step asks it")
        for message in _template(material, template):
            yield material.in_question(name, message)


def _template(material: Material, template: Template) -> Iterator[str]:
    """A template by itself; of what is wrong with its numbers, the first."""
    if not _NAME.fullmatch(template.id):
        yield "its id is not made of a-z, 0-9 and -"
    if not template.objectives:
        yield "it names no objective"
    for objective in template.objectives:
        if objective not in material.lesson.objectives:
            known = ", ".join(material.lesson.objectives)
            yield f"it asks {objective!r}, which the front matter does not declare; it has {known}"
    try:
        found = next(faults(template, SEEDS), "")
    except Exception as error:  # a template is an author's work: whatever it raises is a finding
        found = f"it fails: {said(error)}"
    if found:
        yield found.removeprefix(f"{template.id}, ")
