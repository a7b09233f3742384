"""Judges a lesson: what its script promises, what its fences call, what its labs show."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from lessons.kit.fences import LabCall
from lessons.kit.film import Film
from lessons.kit.lab import RESERVED_KEYS, Lab
from lessons.kit.lint_figure import FigureLint
from lessons.kit.script import Lesson, Step

MOST_WORDS = 95
"""A longer step does not fit beside its picture."""


@dataclass(frozen=True)
class Problem:
    """Something that must be put right, and where."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(frozen=True)
class Report:
    """What was found wrong with a lesson, and how much was looked at."""

    problems: tuple[Problem, ...]
    steps: int
    figures: int
    numbers: int


def lint(lesson: Lesson, labs: Mapping[str, Lab], lesson_ids: Collection[str]) -> Report:
    """Judge a lesson with its labs, in a course that has the lessons of the given ids."""
    linter = _Linter(lesson, labs)
    linter.promises(lesson_ids)
    for step in lesson.steps:
        linter.text(step)
    for lab in labs.values():
        linter.lab(lab)
    for step in lesson.steps:
        if step.lab:
            linter.call(step.lab)
    problems = sorted(linter.problems, key=lambda problem: (problem.path, problem.line))
    figures = linter.figures
    return Report(tuple(problems), len(lesson.steps), figures.figures, figures.numbers)


class _Linter:
    def __init__(self, lesson: Lesson, labs: Mapping[str, Lab]) -> None:
        self.lesson = lesson
        self.labs = labs
        self.problems: list[Problem] = []
        self.figures = FigureLint()

    def refuse(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.lesson.path, line, message))

    def refuse_lab(self, lab: Lab, message: str) -> None:
        path = self.lesson.path.removesuffix("lesson.md") + "labs.py"
        self.problems.append(Problem(path, 1, f"the lab {lab.name!r}: {message}"))

    def promises(self, lesson_ids: Collection[str]) -> None:
        """What the front matter says must be so."""
        for objective in self.lesson.objectives:
            teaching = [step for step in self.lesson.steps if objective in step.teaches]
            if not teaching:
                self.refuse(1, f"no step's heading teaches the objective {objective}")
            elif not any(step.lab for step in teaching):
                self.refuse(
                    teaching[0].line, f"no step that teaches the objective {objective} has a lab"
                )
        for need in self.lesson.needs:
            if need not in lesson_ids:
                known = ", ".join(sorted(lesson_ids))
                self.refuse(1, f"needs names {need!r}, which is no lesson; there is {known}")

    def text(self, step: Step) -> None:
        """The heading and the prose of a step."""
        for objective in step.teaches:
            if objective not in self.lesson.objectives:
                known = ", ".join(self.lesson.objectives)
                self.refuse(
                    step.line,
                    f"the heading teaches {objective!r}, which the front matter does not declare; "
                    f"it has {known}",
                )
        if not step.words:
            self.refuse(step.line, f"the step {step.id!r} has no prose")
        elif step.words > MOST_WORDS:
            self.refuse(
                step.line,
                f"the step {step.id!r} has {step.words} words of prose; "
                f"more than {MOST_WORDS} do not fit beside a picture",
            )

    def lab(self, lab: Lab) -> None:
        """What can be said of a lab without its film."""
        if all(step.lab is None or step.lab.lab != lab.name for step in self.lesson.steps):
            self.refuse_lab(lab, "no step uses it")
        keys = [control.key for control in lab.controls if control.key]
        for key in sorted(set(keys)):
            if not (len(key) == 1 and key.isascii() and key.islower()):
                self.refuse_lab(lab, f"the key {key!r} of a control is not one letter from a to z")
            elif RESERVED_KEYS & {key, key.upper()}:
                self.refuse_lab(lab, f"the application keeps the key {key!r} for itself")
            if keys.count(key) > 1:
                self.refuse_lab(lab, f"two controls have the key {key!r}")
        names = [control.name for control in lab.controls]
        for name in sorted({name for name in names if names.count(name) > 1}):
            self.refuse_lab(lab, f"two controls have the name {name!r}")
        for control in lab.controls:
            for other in sorted(set(control.resets) - set(names)):
                self.refuse_lab(lab, f"{control.name} resets {other!r}, which is no control")

    def call(self, call: LabCall) -> None:
        """A lab fence: the lab, its settings, the moment, and the figures around it."""
        lab = self.labs.get(call.lab)
        if lab is None:
            known = ", ".join(self.labs) or "none"
            self.refuse(call.line, f"the lesson has no lab {call.lab!r}; it has {known}")
            return
        try:
            film = lab.film(lab.settings(call.settings))
        except Exception as error:  # a lab is an author's work: whatever it raises is a finding
            self.refuse(call.line, f"the lab {lab.name!r} fails: {_said(error)}")
            return
        if not 0 <= call.at < film.length:
            self.refuse(
                call.line,
                f"at = {call.at} is not in the film of the lab {lab.name!r}, "
                f"which goes from 0 to {film.length - 1}",
            )
        moments = {0, film.length // 2, film.length - 1, call.at}
        for position in sorted(moments & set(range(film.length))):
            for said in self.moment(lab, position, film):
                self.refuse(call.line, f"the lab {lab.name!r} at = {position}: {said}")

    def moment(self, lab: Lab, position: int, film: Film) -> Iterable[str]:
        try:
            return list(self.figures.problems(lab, film.at(position)))
        except Exception as error:  # as above
            return [_said(error)]


def _said(error: Exception) -> str:
    """An error in words: a ValueError is a sentence already, others need their name."""
    return str(error) if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"
