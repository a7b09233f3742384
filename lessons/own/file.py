"""Reads a file that a learner names: bounded, and without waiting for what never comes."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from lessons.kit.clean import clean_line

LONGEST_NAME = 100
"""Characters of a path in a message; of a longer one the end is shown."""


class FileError(ValueError):
    """A file that is not what is wanted; the message names it, and says what to do."""


@dataclass(frozen=True)
class Stamp:
    """A file as it is now: equal to a later one as long as nobody has written to it."""

    path: str
    written: int
    """Nanoseconds."""
    size: int
    """Bytes."""


def shown(path: str | Path) -> str:
    """A path as a message shows it: on one line, harmless for a terminal."""
    name = clean_line(str(path), 5000)
    return name if len(name) <= LONGEST_NAME else "…" + name[1 - LONGEST_NAME :]


def stamp(path: str | Path, wanted: str) -> Stamp:
    """The file as it is now. `wanted`: what should be in it, in words. Errors: FileError."""
    try:
        found = _ordinary(path, os.stat(path), wanted)
    except (OSError, ValueError) as error:
        raise _refused(path, error) from error
    return Stamp(str(path), found.st_mtime_ns, found.st_size)


def read_start(path: str | Path, most: int, wanted: str) -> tuple[bytes, bool]:
    """The bytes of a file, at most so many, and whether that is all of it.

    `wanted`: what should be in it, in words. Errors: FileError.
    """
    try:
        _ordinary(path, os.stat(path), wanted)
        # What has become a pipe since then would keep whoever opens it waiting.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        with open(handle, "rb") as file:
            _ordinary(path, os.fstat(handle), wanted)
            data = file.read(most + 1)
    except (OSError, ValueError) as error:
        raise _refused(path, error) from error
    return data[:most], len(data) <= most


def read_whole(path: str | Path, most: int, wanted: str) -> bytes:
    """All bytes of a file that has at least one, and at most so many. Errors: FileError."""
    data, whole = read_start(path, most, wanted)
    if not whole:
        raise FileError(f"{shown(path)}: the file is larger than {size_of(most)}. Make it smaller.")
    if not data:
        raise FileError(f"{shown(path)}: the file is empty. Name one with {wanted}.")
    return data


def size_of(count: int) -> str:
    """So many bytes in words."""
    return f"{count // 1_000_000} MB" if count >= 1_000_000 else f"{count // 1000} kB"


def _ordinary(path: str | Path, found: os.stat_result, wanted: str) -> os.stat_result:
    if stat.S_ISDIR(found.st_mode):
        raise FileError(f"{shown(path)}: this is a folder. Name the file with {wanted}.")
    if not stat.S_ISREG(found.st_mode):
        raise FileError(f"{shown(path)}: this is no ordinary file. Name one with {wanted}.")
    return found


def _refused(path: str | Path, error: Exception) -> FileError:
    if isinstance(error, FileError):
        return error
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return FileError(f"{shown(path)}: there is no such file. Check the path.")
    if isinstance(error, PermissionError):
        return FileError(f"{shown(path)}: you have no permission to read it. Name another file.")
    said = error.strerror if isinstance(error, OSError) else str(error)
    return FileError(f"{shown(path)}: the file cannot be read: {said}. Name another file.")
