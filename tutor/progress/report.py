"""What `dl-tutor progress` tells: the state as plain data, and as lines of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tutor.progress.session import Progress
from tutor.progress.state import State

REPORT_SCHEMA = 1
"""Grows when a member of the report changes its meaning or goes; new members may come any time."""


@dataclass(frozen=True)
class Course:
    """What of the course a report compares with."""

    lessons: Mapping[str, tuple[str, Sequence[str]]]
    """By id, in order: the title, and the ids of the steps."""
    templates: Collection[str] | None = None
    """The question templates that there are; None: whatever was answered."""


def report(progress: Progress, course: Course, now: datetime) -> dict[str, Any]:
    """Everything that a learner may want to know, as JSON has it:

    schema      REPORT_SCHEMA
    directory   where the logs are, or null
    saved       whether what happens is kept
    events, sessions, newer_events   how many there are
    last        null, or {lesson, step, position, settings}
    lessons     of each lesson of the course, then of others in the logs:
                {id, title, steps, opened, done, predictions, right, wrong, exercises}; title and
                steps are null when the course has no such lesson; opened and done list steps;
                exercises: {id, passed, attempts, hints, solution_shown}
    misconceptions   how often each was met, by its name
    reviews     {cards, due, next_due}: next_due is null, or a time in UTC
    problems    what could not be read: {file, line, count, why}; line 0 is the whole file
    """
    state = progress.state
    reviews = progress.reviews(course.templates)
    met = Counter(one.misconception for one in state.answers if one.misconception)
    return {
        "schema": REPORT_SCHEMA,
        "directory": str(progress.where.path) if progress.where.path else None,
        "saved": progress.saved,
        "events": progress.events,
        "sessions": progress.sessions,
        "newer_events": progress.newer,
        "last": _last(state),
        "lessons": [_lesson(state, course, one) for one in _lesson_ids(state, course)],
        "misconceptions": dict(sorted(met.items())),
        "reviews": {
            "cards": len(reviews.cards),
            "due": reviews.count(now),
            "next_due": reviews.next_due.isoformat() if reviews.next_due else None,
        },
        "problems": [
            {"file": one.file, "line": one.line, "count": one.count, "why": one.why}
            for one in progress.problems
        ],
    }


def report_lines(data: Mapping[str, Any]) -> Iterator[str]:
    """A report as text of at most 80 columns, long names and paths aside."""
    if data["last"] is None:
        yield "Nothing was done yet; dl-tutor opens the course."
    else:
        last = data["last"]
        yield f"Last: {last['lesson']}/{last['step']}; dl-tutor goes on there."
    yield ""
    rows = [("lesson", "steps done", "right answers", "exercises passed")]
    rows += [_row(one) for one in data["lessons"]]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
    yield ""
    reviews = data["reviews"]
    if not reviews["cards"]:
        yield "Reviews: none yet; answering a question makes the first."
    elif reviews["due"]:
        yield f"Reviews: {reviews['due']} of {reviews['cards']} due; dl-tutor review starts."
    else:
        when = datetime.fromisoformat(reviews["next_due"])
        yield f"Reviews: 0 of {reviews['cards']} due; the next on {when:%Y-%m-%d at %H:%M} UTC."
    for name, count in data["misconceptions"].items():
        yield f"Met {count} time{'s' * (count > 1)}: {name}"
    yield f"Kept in {data['directory']}" if data["saved"] else "Kept nowhere."
    for problem in data["problems"]:
        where = f", line {problem['line']}" if problem["line"] else ""
        many = f" ({problem['count']} of them)" if problem["count"] > 1 else ""
        yield f"Not read: {problem['file']}{where}: {problem['why']}{many}"
    if data["newer_events"]:
        yield f"Not shown, of a newer dl-tutor: {data['newer_events']}"


def _last(state: State) -> dict[str, Any] | None:
    last = state.last
    if last is None:
        return None
    settings = dict(sorted(last.settings.items()))
    place = {"lesson": last.lesson, "step": last.step}
    return {**place, "position": last.position, "settings": settings}


def _lesson_ids(state: State, course: Course) -> list[str]:
    names = {lesson for lesson, _ in state.opened | state.done | state.places.keys()}
    names |= {one.lesson for one in state.predictions}
    names |= {name.split("/")[0] for name in (*state.exercises, *state.ratings)}
    return [*course.lessons, *sorted(names - course.lessons.keys())]


def _lesson(state: State, course: Course, lesson: str) -> dict[str, Any]:
    title, steps = course.lessons.get(lesson, (None, None))
    answers = [one for one in state.answers if one.template.split("/")[0] == lesson]
    right = sum(one.right for one in answers)
    return {
        "id": lesson,
        "title": title,
        "steps": None if steps is None else list(steps),
        "opened": _in_order(state.opened_in(lesson), steps),
        "done": _in_order(state.done_in(lesson), steps),
        "predictions": sum(one.lesson == lesson for one in state.predictions),
        "right": right,
        "wrong": len(answers) - right,
        "exercises": [
            {
                "id": name,
                "passed": one.passed,
                "attempts": len(one.attempts),
                "hints": one.hints,
                "solution_shown": one.solution_shown,
            }
            for name, one in sorted(state.exercises.items())
            if name.split("/")[0] == lesson
        ],
    }


def _in_order(found: set[str], steps: Sequence[str] | None) -> list[str]:
    """Of a lesson of the course, the steps that it still has; else all, by name."""
    return sorted(found) if steps is None else [step for step in steps if step in found]


def _row(lesson: Mapping[str, Any]) -> tuple[str, str, str, str]:
    of = "" if lesson["steps"] is None else f" of {len(lesson['steps'])}"
    asked = lesson["right"] + lesson["wrong"]
    return (
        lesson["id"],
        f"{len(lesson['done'])}{of}",
        f"{lesson['right']} of {asked}" if asked else "-",
        str(sum(one["passed"] for one in lesson["exercises"])) if lesson["exercises"] else "-",
    )
