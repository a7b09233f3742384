"""Reading the logs of all sessions, whatever state their files are in."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tutor.progress.event import MOST_BYTES, SCHEMA, Event, LineError, decode, encode
from tutor.progress.log import SUFFIX

MOST_FILE_BYTES = 1 << 30
"""More of one file is not read; a session gets nowhere near it in a day of typing."""
MOST_PROBLEMS = 20
"""So many bad lines of a file are told one by one."""


@dataclass(frozen=True)
class Problem:
    """Something in the logs that could not be read, and was left as it is."""

    file: str
    line: int
    """From 1; 0 is the file as a whole."""
    why: str
    count: int = 1
    """How many lines this stands for."""

    def __str__(self) -> str:
        more = f" ({self.count} of them)" if self.count > 1 else ""
        where = f"{self.file}: line {self.line}" if self.line else self.file
        return f"{where} {self.why}{more}"


@dataclass(frozen=True)
class Reading:
    """What the logs of all sessions hold."""

    events: tuple[Event, ...]
    """Each once, in order."""
    problems: tuple[Problem, ...] = ()

    @property
    def sessions(self) -> int:
        return len({event.session for event in self.events})

    @property
    def newer(self) -> int:
        """How many events a newer version wrote."""
        return sum(event.schema > SCHEMA for event in self.events)


def read_logs(directory: Path | None) -> Reading:
    """All events of a directory's logs. Nothing in the directory makes this fail."""
    try:
        paths = log_paths(directory) if directory else []
    except FileNotFoundError:  # nothing was ever logged
        return Reading(())
    except (OSError, ValueError) as error:
        return Reading((), (Problem(str(directory), 0, _unreadable(error)),))
    return read_files(paths)


def log_paths(directory: Path) -> list[Path]:
    """What looks like a session's log. Errors: OSError."""
    names = [name for name in os.listdir(directory) if name.endswith(SUFFIX)]
    return [directory / name for name in sorted(names)]


def read_files(paths: Iterable[Path]) -> Reading:
    """All events of some logs; the order of the paths makes no difference to the events."""
    found: dict[str, Event] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            with _open(path) as file:
                bad = 0
                for number, line in _lines(file):
                    try:
                        event = decode(line)
                    except LineError as error:
                        bad += 1
                        if bad <= MOST_PROBLEMS:
                            problems.append(Problem(path.name, number, str(error)))
                        continue
                    same = found.setdefault(event.id, event)
                    # One id never has two contents; if it has, the choice is at least no chance.
                    if same is not event and encode(event) < encode(same):
                        found[event.id] = event
                if bad > MOST_PROBLEMS:
                    why = "has more such lines"
                    problems.append(Problem(path.name, 0, why, bad - MOST_PROBLEMS))
                if file.tell() >= MOST_FILE_BYTES:
                    problems.append(Problem(path.name, 0, "is too large; only its start was read"))
        except (OSError, ValueError) as error:
            problems.append(Problem(path.name, 0, _unreadable(error)))
    return Reading(tuple(sorted(found.values(), key=lambda event: event.order)), tuple(problems))


def _open(path: Path) -> BinaryIO:
    # Not blocking: a named pipe would wait for someone to write into it.
    file = os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb")
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(0, "it is no regular file")
    return file


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Lines with something in them, with their numbers; of one that is too long, its start."""
    number, inside = 0, False
    while file.tell() < MOST_FILE_BYTES and (line := file.readline(MOST_BYTES + 1)):
        starts, inside = not inside, not line.endswith(b"\n")
        number += starts
        # Empty lines are where a log made an end to a line that it could not write whole.
        if starts and not line.isspace():
            yield number, line.removesuffix(b"\n")


def _unreadable(error: OSError | ValueError) -> str:
    return f"cannot be read: {getattr(error, 'strerror', None) or error}"
