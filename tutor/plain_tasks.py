"""Bets, questions and exercises as plain text, for a pipe or a screen reader."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lessons.kit.answer import InOrder, Kind, OneOf
from lessons.kit.exercise import Exercise
from lessons.kit.prediction import Prediction
from lessons.kit.question import Question
from tutor.plain import prose_lines


def bet_lines(name: str, bet: Prediction, width: int) -> Iterator[str]:
    """The bet of a step called name: what it is about, and how it is made."""
    yield ""
    yield from _wrapped(f"Your bet: {bet.prompt}", width)
    yield from _option_lines(bet.kind, width)
    covered = " What it covers, --uncover shows here." if bet.covers else ""
    yield from _wrapped(f"It takes {takes(bet.kind)}; dl-tutor {name} asks for it.{covered}", width)


def question_lines(
    name: str, titles: Sequence[str], questions: Sequence[Question], width: int
) -> Iterator[str]:
    """The questions of a step called name: their options, and how they are answered."""
    for number, (title, question) in enumerate(zip(titles, questions, strict=True), 1):
        yield ""
        yield from _wrapped(f"Question {number} of {len(questions)}: {title}", width)
        yield from single_spaced(prose_lines(question.prompt, width))
        yield ""
        yield from _option_lines(question.kind, width)
        yield from _wrapped(f"It takes {takes(question.kind)}.", width)
    yield ""
    again = questions[0].seed + 1
    yield from _wrapped(
        f"Answer in dl-tutor {name}. With other numbers: dl-tutor show {name} --seed {again}", width
    )


def exercise_lines(name: str, exercise: Exercise, width: int) -> Iterator[str]:
    """The exercise of a step called name: the task, the starter, and how it is checked."""
    file = f"{exercise.folder.name.replace('-', '_')}.py"
    yield ""
    yield from _wrapped(f"Exercise: {exercise.title}", width)
    yield from prose_lines(exercise.task, width)
    yield from ("", "The starter:", "")
    yield from (f"    {line}".rstrip() for line in exercise.starter.splitlines())
    yield from (
        "",
        "Write it in a file of your own:",
        f"    dl-tutor show {name} --starter > {file}",
        f"    dl-tutor check {file}",
        f"or in the course, where there are hints: dl-tutor {name}",
    )


def takes(kind: Kind) -> str:
    """What an answer is made of; options go by numbers, as in the course."""
    if isinstance(kind, OneOf):
        return f"one of 1 to {len(kind.options)}"
    if isinstance(kind, InOrder):
        return f"1 to {len(kind.options)} put in order"
    return kind.takes


def _option_lines(kind: Kind, width: int) -> Iterator[str]:
    options = kind.options if isinstance(kind, OneOf | InOrder) else ()
    for number, option in enumerate(options, 1):
        yield from textwrap.wrap(
            option, width, initial_indent=f"  {number}  ", subsequent_indent="     "
        )


def single_spaced(lines: Sequence[str]) -> Iterator[str]:
    """The lines with no two empty ones in a row."""
    for before, line in pairwise(["", *lines]):
        if before or line:
            yield line


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False)
