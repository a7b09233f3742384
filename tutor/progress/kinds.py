"""The kinds of events: what each is called, and what its data holds.

Lessons, steps and settings go by their names. The id of a question template or of an exercise
starts with its lesson: "cnn/size-of-map".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

EVERYTHING = ""
"""The scope of a reset that is of no single lesson."""


class Record(NamedTuple):
    """An event that is still to be logged."""

    kind: str
    data: dict[str, Any]


def session_started(version: str) -> Record:
    """The program was started, and something happened in it."""
    return Record("session_started", {"version": version})


def step_opened(lesson: str, step: str) -> Record:
    """A step came on the screen."""
    return Record("step_opened", {"lesson": lesson, "step": step})


def place(lesson: str, step: str, position: int, settings: Mapping[str, str]) -> Record:
    """Where in a step's film the learner is, with the lab's settings as its controls show them."""
    data = {"lesson": lesson, "step": step, "position": position, "settings": dict(settings)}
    return Record("place", data)


def step_done(lesson: str, step: str) -> Record:
    """All that a step asks for was done."""
    return Record("step_done", {"lesson": lesson, "step": step})


def predicted(
    lesson: str, step: str, question: str, value: Any, truth: Any, off_by: float | None = None
) -> Record:
    """A bet, and what was true; `off_by` where there is a distance between the two."""
    data = {"lesson": lesson, "step": step, "question": question}
    return Record("predicted", {**data, "value": value, "truth": truth, "off_by": off_by})


def answered(
    template: str, seed: int, answer: Any, right: bool, misconception: str = "", attempt: int = 1
) -> Record:
    """A check's question was answered; `attempt` counts the answers to these same numbers."""
    data = {"template": template, "seed": seed, "answer": answer, "right": right}
    return Record("answered", {**data, "misconception": misconception, "attempt": attempt})


def draft(exercise: str, text: str) -> Record:
    """An exercise's code as it stands."""
    return Record("draft", {"exercise": exercise, "text": text})


def attempted(exercise: str, passed: bool, verdict: str) -> Record:
    """An exercise's code was checked."""
    return Record("attempted", {"exercise": exercise, "passed": passed, "verdict": verdict})


def hint_shown(exercise: str, number: int) -> Record:
    """A hint was asked for: the first is number 1."""
    return Record("hint_shown", {"exercise": exercise, "number": number})


def solution_shown(exercise: str) -> Record:
    """An exercise's reference was shown."""
    return Record("solution_shown", {"exercise": exercise})


def reviewed(template: str, rating: int, seed: int) -> Record:
    """A review came to its end; the rating is one of review.AGAIN … review.EASY."""
    return Record("reviewed", {"template": template, "rating": rating, "seed": seed})


def reset(scope: str = EVERYTHING) -> Record:
    """What came before does not count any more: of one lesson, or EVERYTHING."""
    return Record("reset", {"scope": scope})
