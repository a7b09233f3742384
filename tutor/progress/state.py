"""What is known about a learner: facts, and the state that gathers them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

StepKey = tuple[str, str]
"""A lesson and one of its steps."""


@dataclass(frozen=True)
class Place:
    """Where a learner is in a step, and how its lab is set."""

    lesson: str
    step: str
    position: int | None = None
    """The moment of the film; None: where the step itself starts."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """By the control's name, as `Control.show` gives it and `Control.parse` reads it."""


@dataclass(frozen=True)
class Prediction:
    """A bet before the truth was seen."""

    lesson: str
    step: str
    question: str
    value: Any
    truth: Any
    off_by: float | str | None
    """How far off; "inf" or "nan" as text; None where there is no distance."""


@dataclass(frozen=True)
class Answer:
    """An answer to a question with fresh numbers."""

    template: str
    seed: int
    answer: Any
    right: bool
    misconception: str
    """What the wrong answer comes from, or empty."""
    attempt: int
    """1 for the first answer to these numbers."""


@dataclass(frozen=True)
class Attempt:
    """One check of an exercise's code."""

    passed: bool
    verdict: str


@dataclass(frozen=True)
class Rated:
    """A rating that moves the card of a question template: its first answer, and its reviews."""

    rating: int
    """One of review.AGAIN … review.EASY."""
    time: datetime


@dataclass
class Exercise:
    """What a learner did with one exercise."""

    draft: str | None = None
    """The code as it was typed; None before anything was."""
    attempts: list[Attempt] = field(default_factory=list)
    hints: int = 0
    """The highest hint that was shown."""
    solution_shown: bool = False

    @property
    def passed(self) -> bool:
        return any(attempt.passed for attempt in self.attempts)


@dataclass
class State:
    """Everything that the log says; only fold.py changes it."""

    last: Place | None = None
    """Where to go on."""
    last_steps: dict[str, str] = field(default_factory=dict)
    """The step of each lesson that was opened last."""
    places: dict[StepKey, Place] = field(default_factory=dict)
    """Where the learner was in each step."""
    opened: set[StepKey] = field(default_factory=set)
    done: set[StepKey] = field(default_factory=set)
    predictions: list[Prediction] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    exercises: dict[str, Exercise] = field(default_factory=dict)
    ratings: dict[str, list[Rated]] = field(default_factory=dict)
    """By question template, in order: what the cards of review.py are replayed from."""
    not_understood: int = 0
    """Events of kinds, versions or contents that this version does not know."""

    def opened_in(self, lesson: str) -> set[str]:
        """The steps of a lesson that were opened."""
        return {step for own, step in self.opened if own == lesson}

    def done_in(self, lesson: str) -> set[str]:
        """The steps of a lesson that are done."""
        return {step for own, step in self.done if own == lesson}

    def last_in(self, lesson: str) -> str:
        """The step of a lesson that was opened last; empty when none was."""
        return self.last_steps.get(lesson, "")

    def place(self, lesson: str, step: str) -> Place:
        """Where the learner was in a step; its start when it was never opened."""
        return self.places.get((lesson, step)) or Place(lesson, step)

    def prediction(self, lesson: str, step: str, question: str) -> Prediction | None:
        """The latest bet on a question of a step."""
        asked = lesson, step, question
        for one in reversed(self.predictions):
            if (one.lesson, one.step, one.question) == asked:
                return one
        return None

    def exercise(self, exercise: str) -> Exercise:
        """What was done with an exercise; a blank one when nothing was."""
        return self.exercises.get(exercise) or Exercise()
