"""Checks a file with a learner's code, and prints the verdict."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path
from typing import TextIO

from lessons.kit.clean import clean, clean_line
from lessons.kit.exercise import FIRST_LINE, Exercise, exercises
from lessons.kit.verdict import Verdict
from lessons.own.file import FileError, read_start, shown, size_of
from tutor.runner.check import MOST_SOURCE, check

_LOOKED_AT = 10
"""The line that names the exercise is one of the first so many."""
_WIDTH = 78


def report_file(path: str | Path, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Check a file and print the verdict: 0 passed, 1 not passed, 2 no such answer."""
    out, err = out or sys.stdout, err or sys.stderr
    try:
        exercise, source = read_answer(path)
    except FileError as error:
        print(f"dl-tutor check: {error}", file=err)
        return 2
    verdict = check(exercise, source)
    print("\n".join(verdict_lines(exercise, verdict)), file=out)
    return 0 if verdict.passed else 1


def read_answer(path: str | Path) -> tuple[Exercise, str]:
    """The exercise that a file is for, and the code in it. Errors: FileError."""
    name = shown(path)
    data, whole = read_start(path, MOST_SOURCE, "your code")
    if not whole:
        raise FileError(
            f"{name}: the file is larger than {size_of(MOST_SOURCE)}; no answer needs that much."
        )
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileError(
            f"{name}:{line}: the file is not UTF-8 text. Save it as UTF-8 and check again."
        ) from error
    if "\0" in source:
        raise FileError(f"{name}: this is no Python code: it holds zero bytes.")
    for text in source.splitlines()[:_LOOKED_AT]:
        if text.strip().startswith(FIRST_LINE.strip()):
            said = text.strip().removeprefix(FIRST_LINE.strip()).strip()
            return _exercise(said, name), source
    raise FileError(
        f"{name}: the file does not say which exercise it is for. Put a line such as "
        f"'{FIRST_LINE}cnn/conv2d' at its top."
    )


def verdict_lines(exercise: Exercise, verdict: Verdict) -> list[str]:
    """The verdict as plain text: what is wrong and in which case, or the explanation."""
    sign = "✓" if verdict.passed else "✗"
    lines = [f"{sign} {exercise.title} ({exercise.id})", *_wrapped(verdict.message)]
    if verdict.arguments:
        lines += _wrapped(f"Case {verdict.case} of {verdict.cases}: {verdict.arguments}")
    if verdict.output:
        lines += ["", "The code printed:"]
        lines += [f"    {line}" for line in verdict.output.splitlines()]
    if verdict.passed:
        lines += ["", *exercise.explanation.splitlines()]
    return lines


def _exercise(said: str, name: str) -> Exercise:
    from lessons.catalog import lessons  # brings the Markdown parser

    known = {one.id: one for lesson in lessons() for one in exercises(lesson.id).values()}
    if said not in known:
        there = ", ".join(known) or "none"
        raise FileError(f"{name}: there is no exercise {clean_line(said, 60)!r}. There is {there}.")
    return known[said]


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(clean(text), _WIDTH, break_long_words=False, break_on_hyphens=False)
