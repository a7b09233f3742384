"""The log that one session writes: a file of its own, to which lines are only ever added.

No other program writes to the file, so it needs no lock; all sessions' files together are the
learner's history (see reading.py).
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tutor.progress.event import MOST_BYTES, Event, encode, plain

SUFFIX = ".jsonl"
Clock = Callable[[], datetime]

_INSTANT = timedelta(microseconds=1)


class NotSaved(Exception):
    """An event that is not on disk; the message is a sentence for the learner."""

    def __init__(self, message: str, event: Event, *, waits: bool) -> None:
        """waits: whether the log keeps the event and tries again with the next one."""
        super().__init__(message)
        self.event = event
        self.waits = waits


def utc_now() -> datetime:
    return datetime.now(UTC)


class EventLog:
    """The events of one session; for use by one thread. Without a directory it keeps no file."""

    def __init__(
        self, directory: Path | None, *, clock: Clock = utc_now, after: datetime | None = None
    ) -> None:
        """after: the latest time that was read; this session's events come later than it.

        Nothing is written yet: a session in which nothing happens leaves no file.
        """
        self.directory = directory
        self._clock = clock
        # Later, not only as late: of two events at the same time the session's name decides.
        self._time = after and after + min(_INSTANT, datetime.max.replace(tzinfo=UTC) - after)
        # The time for the reader of a listing, the random part to be unique on every machine.
        self.session = f"{clock():%Y%m%dT%H%M%SZ}-{os.urandom(8).hex()}"
        self._sequence = 0
        self._file: int | None = None
        self._torn = False
        self._waiting: list[bytes] = []

    @property
    def path(self) -> Path | None:
        """The session's file, whether or not it is there yet."""
        return self.directory / f"{self.session}{SUFFIX}" if self.directory else None

    @property
    def waiting(self) -> bool:
        """Whether there are events that could not be written yet."""
        return bool(self._waiting)

    def append(self, kind: str, /, **data: Any) -> Event:
        """Log an event; when this returns, the event is on disk.

        A log without a directory gives the event back and keeps nothing.
        Errors: NotSaved; TypeError for data that `plain` refuses (nothing is logged).
        """
        event = Event(kind, self.session, self._sequence, self._now(), plain(data))
        line = encode(event) + b"\n"
        if len(line) > MOST_BYTES:
            message = f"This is not saved: it is longer than {MOST_BYTES >> 20} MB."
            raise NotSaved(message, event, waits=False)
        self._sequence += 1
        if self.directory is None:
            return event
        self._waiting.append(line)
        try:
            self._write_waiting()
        except (OSError, ValueError) as error:  # ValueError: a path with a null character
            self._close_file()  # whatever is wrong with the file, the next try opens it anew
            reason = getattr(error, "strerror", None) or str(error)
            raise NotSaved(
                f"This is not saved: {self.path} cannot be written ({reason}). It is tried again "
                "with the next thing you do; --state-dir chooses another place.",
                event,
                waits=True,
            ) from error
        return event

    def close(self) -> None:
        """Try once more with what could not be saved, and let the file go."""
        if self._waiting:
            with contextlib.suppress(OSError, ValueError):
                self._write_waiting()
        self._close_file()

    def _now(self) -> datetime:
        wall = self._clock().astimezone(UTC)
        self._time = wall if self._time is None else max(wall, self._time)
        return self._time

    def _write_waiting(self) -> None:
        # A file that was deleted meanwhile takes bytes and keeps none of them.
        if self._file is not None and os.fstat(self._file).st_nlink == 0:
            self._close_file()
        if self._file is None:
            self._file = self._open()
        # After a line that could not be written whole, this makes an end to it. A line that is
        # written a second time is still one event: its id says so.
        data = (b"\n" if self._torn else b"") + b"".join(self._waiting)
        self._torn = True
        while data:
            data = data[os.write(self._file, data) :]
        os.fsync(self._file)
        self._torn = False
        self._waiting.clear()

    def _open(self) -> int:
        path = self.path
        assert path is not None
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW
        file = os.open(path, flags, 0o600)
        # The file's name has to last as well; a file system that cannot sync a folder keeps it so.
        with contextlib.suppress(OSError):
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        return file

    def _close_file(self) -> None:
        if self._file is not None:
            with contextlib.suppress(OSError):
                os.close(self._file)
            self._file = None
