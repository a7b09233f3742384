"""Judges a lesson: what its script promises, what its fences call, what comes of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lessons.kit import lint_bet, lint_exercise, lint_lab, lint_question, lint_script
from lessons.kit.lint_exercise import Run
from lessons.kit.lint_figure import FigureLint
from lessons.kit.material import Material
from lessons.kit.problem import Problem


@dataclass(frozen=True)
class Report:
    """What was found wrong with a lesson, and how much was looked at."""

    problems: tuple[Problem, ...]
    counts: Mapping[str, int]
    """How many there are of what was looked at, such as steps."""


def lint(material: Material, steps: Mapping[str, Collection[str]], run: Run) -> Report:
    """Judge a lesson, in a course whose lessons have the given steps.

    run: judges code as the answer to an exercise; it is called with every starter, solution and
    planted mistake. While a file cannot be read, nothing but that is told.
    """
    figures = FigureLint()
    problems = list(material.unread)
    if not problems:
        problems += lint_script.problems(material, steps)
        problems += lint_lab.problems(material, figures)
        problems += lint_bet.problems(material, figures)
        problems += lint_question.problems(material)
        problems += lint_exercise.problems(material, run)
    problems.sort(key=lambda problem: (problem.path, problem.line))
    counts = {
        "steps": len(material.lesson.steps),
        "figures": figures.figures,
        "numbers": figures.numbers,
        "bets": len(material.predictions),
        "questions": len(material.templates),
        "exercises": len(material.exercises),
    }
    return Report(tuple(problems), counts)
