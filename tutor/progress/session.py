"""One sitting of a learner: reads what was, and records what happens."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import timedelta

from tutor import __version__
from tutor.progress import kinds
from tutor.progress.event import Event
from tutor.progress.fold import apply, fold
from tutor.progress.kinds import Record
from tutor.progress.log import Clock, EventLog, NotSaved, utc_now
from tutor.progress.place import StateDirectory, state_directory
from tutor.progress.reading import Problem, read_logs
from tutor.progress.review import Reviews
from tutor.progress.state import Place, State

SKEW = timedelta(days=1)
"""Logs that are further ahead than this were written by a clock that was wrong."""


class Progress:
    """What a learner did, and does; for use by one thread."""

    def __init__(self, where: StateDirectory, *, clock: Clock = utc_now) -> None:
        """Read all logs of a directory. Nothing that stands there makes this fail."""
        reading = read_logs(where.path)
        self.where = where
        self.state: State = fold(reading.events)
        self.problems: tuple[Problem, ...] = reading.problems
        self.events = len(reading.events)
        self.sessions = reading.sessions
        self.newer = reading.newer
        latest = reading.events[-1].time if reading.events else None
        self.ahead = latest is not None and latest > clock() + SKEW
        # Later than all that was read: what is done now counts after it, whatever the clock says.
        directory = None if where.obstacle else where.path
        self._log = EventLog(directory, clock=clock, after=latest)
        self._clock = clock
        self._started = False

    @property
    def saved(self) -> bool:
        """Whether what happens is kept on disk."""
        return self._log.directory is not None

    @property
    def notices(self) -> list[str]:
        """What a learner should know about the logs, a sentence each; empty when all is well."""
        told = [self.where.notice] if self.where.notice else []
        # That the place itself is none was said already.
        place = str(self.where.path) if self.where.obstacle else ""
        count = sum(one.count for one in self.problems if one.file != place)
        if count:
            told.append(
                f"Lines or files in {self.where.path} that could not be read: {count}. They are "
                "left as they are; dl-tutor progress names them."
            )
        if self.newer:
            told.append(f"Events of a newer dl-tutor, kept but not shown here: {self.newer}.")
        if self.ahead:
            told.append("The logs are ahead of this computer's clock; reviews may come late.")
        return told

    def record(self, record: Record) -> Event | None:
        """Log what happened and take it into the state; when this returns, it is on disk.

        A draft or a place that is as it was before is no event, and gives None.
        Errors: NotSaved. If it `waits`, the state has the event even so, and the next one that can
        be written brings it to disk as well.
        """
        if self._as_before(record) and not self._log.waiting:
            return None
        if not self._started:
            self._started = True
            with suppress(NotSaved):  # it waits, and then comes with the record or fails with it
                self._take(*kinds.session_started(__version__))
        return self._take(*record)

    def reviews(self, known: Collection[str] | None = None) -> Reviews:
        """The cards as they are now; `known`: the question templates that the course has."""
        return Reviews(self.state.ratings, known)

    def due(self, known: Collection[str] | None = None) -> list[str]:
        """The question templates that are to be reviewed now, longest overdue first."""
        return self.reviews(known).due(self._clock())

    def close(self) -> None:
        """Let the log's file go. Nothing depends on it: all that was saved is on disk."""
        self._log.close()

    def _take(self, kind: str, data: Mapping[str, object]) -> Event:
        try:
            event = self._log.append(kind, **data)
        except NotSaved as error:
            if error.waits:
                self._apply(error.event)
            raise
        self._apply(event)
        return event

    def _apply(self, event: Event) -> None:
        apply(self.state, event)
        self.events += 1

    def _as_before(self, record: Record) -> bool:
        if record.kind == "draft":
            exercise = self.state.exercise(record.data["exercise"])
            return bool(exercise.draft == record.data["text"])
        return record.kind == "place" and self.state.last == Place(**record.data)


def open_progress(
    given: str | None = None,
    *,
    environment: Mapping[str, str] = os.environ,
    clock: Clock = utc_now,
) -> Progress:
    """A learner's progress in the directory of --state-dir, or where it is kept otherwise.

    Nothing makes this fail: `notices` says what is to be said.
    """
    return Progress(state_directory(given, environment), clock=clock)
