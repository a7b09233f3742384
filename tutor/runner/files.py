"""Checks a file with a learner's code, and prints the verdict."""

from __future__ import annotations

import stat
import sys
import textwrap
from pathlib import Path
from typing import TextIO

from lessons.kit.exercise import FIRST_LINE, Exercise, exercises
from lessons.kit.verdict import Verdict
from tutor.clean import clean, clean_line
from tutor.runner.check import MOST_SOURCE, check

_LOOKED_AT = 10
"""The line that names the exercise is one of the first so many."""
_WIDTH = 78


class FileError(ValueError):
    """A file that is no answer to an exercise; the message says why, and what to do."""


def check_file(path: str | Path) -> Verdict:
    """The verdict on a file whose first line names its exercise. Errors: FileError."""
    exercise, source = read_answer(path)
    return check(exercise, source)


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
    shown = clean_line(str(path), 200)
    data = _bytes(Path(path), shown)
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileError(
            f"{shown}:{line}: the file is not UTF-8 text. Save it as UTF-8 and check again."
        ) from error
    if "\0" in source:
        raise FileError(f"{shown}: this is no Python code: it holds zero bytes.")
    for text in source.splitlines()[:_LOOKED_AT]:
        if text.strip().startswith(FIRST_LINE.strip()):
            name = text.strip().removeprefix(FIRST_LINE.strip()).strip()
            return _exercise(name, shown), source
    raise FileError(
        f"{shown}: the file does not say which exercise it is for. Put a line such as "
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


def _exercise(name: str, shown: str) -> Exercise:
    from lessons.catalog import lessons  # brings the Markdown parser

    known = {one.id: one for lesson in lessons() for one in exercises(lesson.id).values()}
    if name not in known:
        there = ", ".join(known) or "none"
        raise FileError(
            f"{shown}: there is no exercise {clean_line(name, 60)!r}. There is {there}."
        )
    return known[name]


def _bytes(path: Path, shown: str) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise FileError(f"{shown}: this is a folder. Name the file with your code.")
        if not stat.S_ISREG(mode):
            raise FileError(f"{shown}: this is no ordinary file.")
        with path.open("rb") as file:
            data = file.read(MOST_SOURCE + 1)
    except FileNotFoundError as error:
        raise FileError(f"{shown}: there is no such file.") from error
    except (OSError, ValueError) as error:
        if isinstance(error, FileError):
            raise
        said = error.strerror if isinstance(error, OSError) else str(error)
        raise FileError(f"{shown}: the file cannot be read: {said}.") from error
    if len(data) > MOST_SOURCE:
        raise FileError(
            f"{shown}: the file is larger than {MOST_SOURCE // 1000} kB; no answer needs that much."
        )
    return data


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(clean(text), _WIDTH, break_long_words=False, break_on_hyphens=False)
