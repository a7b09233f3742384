"""The log that a session writes, on disks and clocks that misbehave."""

import errno
import os
import resource
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tutor.progress import log as log_module
from tutor.progress.event import MOST_BYTES
from tutor.progress.log import EventLog, NotSaved
from tutor.progress.reading import read_logs

ROOT = Path(__file__).parents[3]


def texts(directory):
    return [event.data["text"] for event in read_logs(directory).events]


def test_a_session_in_which_nothing_happens_leaves_no_file(tmp_path):
    EventLog(tmp_path / "state").close()
    assert not (tmp_path / "state").exists()


def test_what_was_appended_is_in_the_file_when_append_returns(tmp_path):
    log = EventLog(tmp_path / "a" / "state")
    for number in range(3):
        event = log.append("draft", text=str(number))
        assert read_logs(log.directory).events[-1] == event
    assert [event.sequence for event in read_logs(log.directory).events] == [0, 1, 2]
    assert stat.S_IMODE(log.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.path.parent.stat().st_mode) == 0o700


def test_bytes_are_synced_before_append_returns(tmp_path, monkeypatch):
    steps = []
    write, sync = os.write, os.fsync
    monkeypatch.setattr(os, "write", lambda *given: (steps.append("write"), write(*given))[1])
    monkeypatch.setattr(os, "fsync", lambda file: (steps.append("sync"), sync(file))[1])
    log = EventLog(tmp_path)
    log.append("draft", text="")
    steps.clear()
    log.append("draft", text="")
    assert steps == ["write", "sync"]


def test_time_never_goes_back_within_a_session_nor_behind_what_was_read(tmp_path, clock):
    log = EventLog(tmp_path, clock=clock)
    times = []
    for minutes in (0, 5, -600, 1, 700):
        clock.move(minutes=minutes)
        last = log.append("draft", text="")
        times.append(last.time)
    assert times == sorted(times)
    clock.move(days=-3)
    other = EventLog(tmp_path, clock=clock, after=last.time)
    assert other.append("draft", text="").order > last.order


def test_the_end_of_time_is_no_crash(tmp_path):
    end = datetime.max.replace(tzinfo=UTC)
    assert EventLog(tmp_path, after=end).append("draft", text="").time == end


def test_short_writes_are_carried_on(tmp_path, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda file, data: write(file, data[:7]))
    EventLog(tmp_path).append("draft", text="a" * 100)
    assert texts(tmp_path) == ["a" * 100]


@pytest.mark.parametrize("rooms", [(0, 0), (1, 0), (50, 50), (0, 200)])
def test_a_full_disk_is_said_and_mended_by_the_next_append(tmp_path, monkeypatch, rooms):
    log = EventLog(tmp_path)
    log.append("draft", text="before")
    write, left = os.write, [0]

    def full(file, data):
        taken = min(left[0], len(data))
        left[0] -= taken
        if not taken:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(file, data[:taken])

    monkeypatch.setattr(os, "write", full)
    for room, text in zip(rooms, ("full", "full still"), strict=True):
        left[0] = room
        with pytest.raises(NotSaved, match="No space left") as caught:
            log.append("draft", text=text)
        assert str(log.path) in str(caught.value) and "--state-dir" in str(caught.value)
        assert caught.value.event.data == {"text": text} and caught.value.waits and log.waiting
    # 200 bytes take the first of two whole lines; it is written again, and still one event.
    assert texts(tmp_path) == (["before", "full"] if 200 in rooms else ["before"])
    monkeypatch.setattr(os, "write", write)
    log.append("draft", text="after")
    assert texts(tmp_path) == ["before", "full", "full still", "after"]
    assert not log.waiting


def test_a_real_limit_on_the_file_is_said_and_mended(tmp_path):
    script = f"""
import resource, sys
from pathlib import Path
from tutor.progress.log import EventLog, NotSaved
log = EventLog(Path({str(tmp_path)!r}))
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, {resource.RLIM_INFINITY}))
failed = 0
for number in range(20):
    try:
        log.append("draft", text=str(number))
    except NotSaved as error:
        failed += "File too large" in str(error)
assert failed > 5, failed
resource.setrlimit(resource.RLIMIT_FSIZE, ({resource.RLIM_INFINITY}, {resource.RLIM_INFINITY}))
log.append("draft", text="20")
"""
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, timeout=20)
    assert texts(tmp_path) == [str(number) for number in range(21)]
    assert len(read_logs(tmp_path).problems) == 1  # the line that did not fit


def test_an_interrupt_in_the_middle_of_a_line_costs_nothing(tmp_path, monkeypatch):
    log = EventLog(tmp_path)
    write = os.write

    def interrupted(file, data):
        write(file, data[:20])
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "write", interrupted)
    with pytest.raises(KeyboardInterrupt):
        log.append("draft", text="one")
    monkeypatch.setattr(os, "write", write)
    log.append("draft", text="two")
    assert texts(tmp_path) == ["one", "two"]


def test_a_failed_sync_is_not_taken_for_saved(tmp_path, monkeypatch):
    log = EventLog(tmp_path)
    log.append("draft", text="one")
    sync = os.fsync

    def broken(file):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(NotSaved, match="Input/output error"):
        log.append("draft", text="two")
    monkeypatch.setattr(os, "fsync", sync)
    log.close()
    assert texts(tmp_path) == ["one", "two"]


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES])
def test_a_directory_that_turns_read_only_is_said(tmp_path, monkeypatch, number):
    def refuse(*_given, **_named):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(log_module.os, "open", refuse)
    with pytest.raises(NotSaved, match=os.strerror(number)):
        EventLog(tmp_path).append("draft", text="")


def test_a_file_or_directory_deleted_meanwhile_is_made_again(tmp_path):
    log = EventLog(tmp_path / "state")
    log.append("draft", text="gone")
    log.path.unlink()
    log.append("draft", text="one")
    log.path.unlink()
    log.path.parent.rmdir()
    log.append("draft", text="two")
    assert texts(tmp_path / "state") == ["two"]


def test_a_symlink_in_the_place_of_the_file_is_not_written_through(tmp_path):
    log = EventLog(tmp_path / "state")
    log.path.parent.mkdir()
    log.path.symlink_to(tmp_path / "precious")
    with pytest.raises(NotSaved):
        log.append("draft", text="")
    assert not (tmp_path / "precious").exists()


def test_what_is_too_large_or_no_json_is_refused_and_the_log_goes_on(tmp_path):
    log = EventLog(tmp_path)
    with pytest.raises(NotSaved, match="longer than 1 MB") as caught:
        log.append("draft", text="x" * MOST_BYTES)
    assert not caught.value.waits
    with pytest.raises(TypeError):
        log.append("draft", text=object())
    log.append("draft", text="fits")
    assert texts(tmp_path) == ["fits"]
    assert not read_logs(tmp_path).problems


def test_without_a_directory_events_are_made_and_not_kept():
    log = EventLog(None)
    assert [log.append("draft").sequence for _ in range(2)] == [0, 1]
    assert log.path is None
    log.close()
