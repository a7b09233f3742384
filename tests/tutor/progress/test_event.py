"""Events as lines: what is written is what is read, and what was changed is found out."""

import json
import math
import zlib
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest

from tutor.progress.event import MOST_BYTES, Event, LineError, decode, encode, plain

WHEN = datetime(2026, 1, 31, 9, 30, 0, 250000, UTC)
EVENT = Event(
    "draft", "20260131T093000Z-00ff", 12, WHEN, {"text": "é\n\x1b[2J\ud800", "n": [1, None]}
)


def signed(members: dict[str, object]) -> bytes:
    line = json.dumps(members, separators=(",", ":")).encode()
    return line[:-1] + b',"sum":"%08x"}' % zlib.crc32(line)


def test_an_event_is_read_as_it_was_written():
    assert decode(encode(EVENT)) == EVENT


def test_a_line_is_ascii_json_that_says_everything():
    line = encode(EVENT)
    assert line.isascii() and b"\n" not in line
    members = json.loads(line)
    assert members["id"] == "20260131T093000Z-00ff.12"
    assert members["time"] == "2026-01-31T09:30:00.250000Z"
    assert members["v"] == 1


def test_time_is_written_in_utc():
    there = WHEN.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert encode(Event("place", "s", 0, there)) == encode(Event("place", "s", 0, WHEN))


def test_every_change_of_a_byte_is_found():
    line = encode(EVENT)
    for place in range(len(line)):
        with pytest.raises(LineError):
            decode(line[:place] + bytes([line[place] ^ 1]) + line[place + 1 :])


def test_every_cut_is_found():
    line = encode(EVENT)
    for length in range(len(line)):
        with pytest.raises(LineError, match="cut off"):
            decode(line[:length])


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"time": "2026-01-31T09:30:00"}, "no zone"),
        ({"time": "yesterday"}, "yesterday"),
        ({"time": 3}, "TypeError"),
        ({"time": "0001-01-01T00:00:00+10:00"}, "OverflowError"),
        ({"id": "s.x"}, "'x'"),
        ({"id": "s.-1"}, "wrong kind"),
        ({"id": 7}, "AttributeError"),
        ({"data": []}, "wrong kind"),
        ({"kind": None}, "wrong kind"),
        ({"v": "1"}, "wrong kind"),
        ({"v": 0}, "wrong kind"),
    ],
)
def test_a_whole_line_that_is_no_event_says_why(change, why):
    members = {"v": 1, "id": "s.0", "time": "2026-01-31T09:30:00Z", "kind": "k", "data": {}}
    assert decode(signed(members)).kind == "k"
    with pytest.raises(LineError, match=why):
        decode(signed({**members, **change}))


def test_a_line_without_a_member_or_nested_without_end_says_why():
    with pytest.raises(LineError, match="KeyError"):
        decode(signed({"v": 1}))
    deep = b'{"v":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    with pytest.raises(LineError, match="nested"):
        decode(deep[:-1] + b',"sum":"%08x"}' % zlib.crc32(deep))
    with pytest.raises(LineError, match="longer"):
        decode(b"x" * (MOST_BYTES + 1))


def test_what_a_newer_version_adds_is_kept():
    members = {
        "v": 9,
        "id": "s.0",
        "time": "2026-01-31T09:30:00Z",
        "kind": "k",
        "data": {},
        "mood": 3,
    }
    event = decode(signed(members))
    assert event.schema == 9 and event.extra == {"mood": 3}
    assert decode(encode(event)) == event


def test_plain_makes_json_of_what_labs_give():
    given = {
        "a": (1, np.float32(0.5)),
        "b": np.arange(3),
        4: np.int64(7),
        "c": [math.nan, -math.inf],
    }
    assert plain(given) == {"a": [1, 0.5], "b": [0, 1, 2], "4": 7, "c": ["nan", "-inf"]}
    with pytest.raises(TypeError, match="object"):
        plain({"a": object()})
