"""The commands about what is remembered: `dl-tutor progress`, `reset` and `export`."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from tutor.progress import kinds
from tutor.progress.event import encode
from tutor.progress.log import NotSaved, utc_now
from tutor.progress.place import state_directory
from tutor.progress.reading import log_paths, read_files, read_logs
from tutor.progress.report import Course, report, report_lines
from tutor.progress.session import Progress

ABOUTS = {
    "progress": "Shows what was done, what is due, and what of the logs could not be read.",
    "reset": "Starts the course, or a lesson, afresh; what was done stays in the logs.",
    "export": "Writes all that is remembered as JSON lines.",
}
"""The commands, and a sentence about each."""

_OURS = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{16}\.jsonl")

Ask = Callable[[str], str]
"""Shows a question and gives the line that was answered; `input` is one."""


class ProgressError(Exception):
    """Something that cannot be done; the message is a sentence for who asked."""


def add_arguments(parser: argparse.ArgumentParser, command: str) -> None:
    """What a command of ABOUTS takes."""
    parser.add_argument("--state-dir", metavar="DIRECTORY", help="where the logs are kept")
    if command == "progress":
        parser.add_argument("--json", action="store_true", help="as JSON, for programs")
    elif command == "reset":
        parser.add_argument("lesson", nargs="?", metavar="LESSON", help="all when left out")
        parser.add_argument("--erase", action="store_true", help="delete the logs from the disk")
    elif command == "export":
        parser.add_argument("file", nargs="?", metavar="FILE", help="a new file; else the output")


def lines(
    command: str, given: argparse.Namespace, course: Course, ask: Ask = input
) -> Iterator[str]:
    """Run a command of ABOUTS; gives what it prints. Errors: ProgressError."""
    if command == "progress":
        return progress_lines(given.state_dir, course, as_json=given.json)
    if command == "export":
        return export_lines(given.state_dir, given.file)
    if given.erase:
        if given.lesson:
            raise ProgressError("--erase deletes whole logs, and cannot be of a single lesson")
        return erase_lines(given.state_dir, ask)
    return reset_lines(given.state_dir, given.lesson, course, ask)


def progress_lines(state_dir: str | None, course: Course, *, as_json: bool) -> Iterator[str]:
    """What was done; as JSON, what `report` says. Changes nothing."""
    data = report(Progress(state_directory(state_dir, make=False)), course, utc_now())
    if as_json:
        yield from json.dumps(data, indent=2).splitlines()
    else:
        yield from report_lines(data)


def reset_lines(
    state_dir: str | None, lesson: str | None, course: Course, ask: Ask = input
) -> Iterator[str]:
    """Have what was done so far, or what of it is of a lesson, not count any more.

    It is an event like all others: nothing is deleted. Errors: ProgressError.
    """
    if lesson is not None and lesson not in course.lessons:
        known = ", ".join(course.lessons)
        raise ProgressError(f"there is no lesson {lesson!r}; there is {known}")
    where = state_directory(state_dir)
    if where.obstacle:
        raise ProgressError(f"nothing can be reset: {where.obstacle}")
    what = f"the lesson {lesson}" if lesson else "the whole course"
    question = (
        f"Start {what} afresh? Its steps, answers, code and reviews will not count any more;\n"
        "they stay in the logs, and dl-tutor export writes them out. Type yes to do it: "
    )
    if not _agrees(ask, question, "yes"):
        yield "Nothing was changed."
        return
    progress = Progress(where)
    try:
        progress.record(kinds.reset(lesson or kinds.EVERYTHING))
    except NotSaved as error:
        raise ProgressError(str(error)) from error
    finally:
        progress.close()
    yield f"From here on, {what} starts afresh."


def erase_lines(state_dir: str | None, ask: Ask = input) -> Iterator[str]:
    """Delete the logs from the disk, after asking twice. Errors: ProgressError."""
    directory = state_directory(state_dir, make=False).path
    try:
        paths = log_paths(directory) if directory else []
    except FileNotFoundError:
        paths = []
    except (OSError, ValueError) as error:
        raise ProgressError(f"{directory} cannot be read: {error}") from error
    paths = [path for path in paths if _is_log(path)]
    if not paths:
        yield f"There is nothing to erase in {directory}."
        return
    first = f"Delete {len(paths)} logs in {directory}, and all progress with them? Type yes: "
    again = "This cannot be undone; dl-tutor export FILE keeps a copy. Type erase to do it: "
    if not (_agrees(ask, first, "yes") and _agrees(ask, again, "erase")):
        yield "Nothing was changed."
        return
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise ProgressError(f"{path} cannot be deleted: {error.strerror}") from error
    yield f"Deleted {len(paths)} logs."


def export_lines(state_dir: str | None, file: str | None) -> Iterator[str]:
    """All events, in order, one JSON object a line; or, written to a new file, a word about it.

    Errors: ProgressError, also when the file is there already.
    """
    reading = read_logs(state_directory(state_dir, make=False).path)
    if reading.problems:
        # Not among the lines: they go to a program that reads events.
        count = sum(one.count for one in reading.problems)
        print(
            f"dl-tutor: not in the export, as it cannot be read: {count} lines or files; "
            "dl-tutor progress names them",
            file=sys.stderr,
        )
    texts = (encode(event).decode("ascii") for event in reading.events)
    if file is None:
        yield from texts
        return
    try:
        # 0600: code and answers are for no one else to read.
        output = os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w")
    except FileExistsError:
        raise ProgressError(f"{file} is there already, and is not overwritten") from None
    except (OSError, ValueError) as error:
        raise ProgressError(f"{file} cannot be written: {_reason(error)}") from error
    try:
        with output:
            output.writelines(f"{text}\n" for text in texts)
    except OSError as error:
        with suppress(OSError):
            os.unlink(file)
        raise ProgressError(f"{file} cannot be written: {_reason(error)}") from error
    yield f"Wrote {len(reading.events)} events to {file}."


def _is_log(path: Path) -> bool:
    """Whether it is a file of ours: a directory that was chosen may hold other people's data."""
    if path.is_symlink() or not path.is_file():
        return False
    return bool(_OURS.fullmatch(path.name) or read_files([path]).events)


def _agrees(ask: Ask, question: str, word: str) -> bool:
    try:
        return ask(question).strip().lower() == word
    except EOFError:  # nobody is there to answer
        return False


def _reason(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)
