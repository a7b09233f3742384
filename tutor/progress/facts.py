"""What is known about a learner, one fact each; state.py gathers them from the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


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
    """A rating that moves the card of a question template."""

    template: str
    rating: int
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
