"""One event of a learner's log, and the line of text that it is kept as.

A line is a JSON object whose last member is the checksum of all that stands before it:

    {"v":1,"id":"S.12","time":"2026-01-31T09:30:00.250000Z","kind":"step_done","data":{…},"sum":"…"}
"""

from __future__ import annotations

import json
import math
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

SCHEMA = 1
"""The version of the line's format, and of what the kinds mean, that this program writes."""
MOST_BYTES = 1 << 20
"""A longer line is neither written nor read."""

_SUM = re.compile(rb',"sum":"([0-9a-f]{8})"\}\Z')
_KNOWN = frozenset(("v", "id", "time", "kind", "data", "sum"))


class LineError(ValueError):
    """A line that is no event; the message says why, in words that follow the line's number."""


@dataclass(frozen=True)
class Event:
    """Something that the learner did, and when."""

    kind: str
    session: str
    """One run of the program, on one machine."""
    sequence: int
    """Which event of its session, from 0."""
    time: datetime
    """UTC; within a session it never goes back."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """A JSON object."""
    schema: int = SCHEMA
    extra: Mapping[str, Any] = field(default_factory=dict)
    """What a newer version wrote beside these; kept so that an export loses nothing."""

    @property
    def id(self) -> str:
        """Unique: two events with one id are one event, found in two files."""
        return f"{self.session}.{self.sequence}"

    @property
    def order(self) -> tuple[datetime, str, int]:
        """Where the event stands among those of all sessions."""
        return self.time, self.session, self.sequence


def plain(value: Any) -> Any:
    """A value as JSON has it: sequences become lists, NumPy's numbers and arrays Python's own.

    JSON has no nan and no infinity; they become the texts "nan", "inf" and "-inf".
    Errors: TypeError for anything else.
    """
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else str(float(value))
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    raise TypeError(f"an event cannot hold {type(value).__name__}: {value!r:.60}")


def encode(event: Event) -> bytes:
    """The event as a line of ASCII, without the line's end. Errors: TypeError if it is not JSON."""
    members = {
        "v": event.schema,
        "id": event.id,
        "time": event.time.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z",
        "kind": event.kind,
        "data": event.data,
        **event.extra,
    }
    line = json.dumps(members, separators=(",", ":")).encode("ascii")
    return b'%s,"sum":"%08x"}' % (line[:-1], zlib.crc32(line))


def decode(line: bytes) -> Event:
    """The event of a line. Errors: LineError."""
    if len(line) > MOST_BYTES:
        raise LineError(f"is longer than {MOST_BYTES} bytes")
    ending = _SUM.search(line)
    if ending is None:
        raise LineError("is cut off, or is no event: it does not end with a checksum")
    # The sum is of the bytes as they were written, so that a line is judged before it is parsed
    # and a newer version's lines can be judged as well.
    if zlib.crc32(line[: ending.start()] + b"}") != int(ending[1], 16):
        raise LineError("was changed: its checksum is that of another line")
    try:
        members = _parsed(line)
        session, _, sequence = members["id"].rpartition(".")
        event = Event(
            kind=members["kind"],
            session=session,
            sequence=int(sequence),
            time=_time(members["time"]),
            data=members["data"],
            schema=members["v"],
            extra={name: members[name] for name in members.keys() - _KNOWN},
        )
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError) as error:
        raise LineError(f"is no event ({type(error).__name__}: {error})") from error
    if not (
        isinstance(event.kind, str)
        and isinstance(event.data, dict)
        and isinstance(event.schema, int)
        and event.schema > 0
        and event.sequence >= 0
    ):
        raise LineError("is no event: kind, data, version or sequence number is of a wrong kind")
    return event


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        members = json.loads(line)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if not isinstance(members, dict):
        raise ValueError("it is no object")
    return members


def _time(text: str) -> datetime:
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError(f"the time {text} has no zone")
    return time.astimezone(UTC)
