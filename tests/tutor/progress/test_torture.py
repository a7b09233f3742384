"""No acknowledged event is lost: writers that are killed, and writers at once."""

import json
import subprocess
import sys
from pathlib import Path

from tutor.progress.fold import fold
from tutor.progress.reading import read_logs

SCRIPT = Path(__file__).with_name("torture.py")


def start(*words):
    # -S -E: without site-packages, a writer is there in a few milliseconds.
    command = [sys.executable, "-S", "-E", str(SCRIPT), *map(str, words)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def result(process):
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return json.loads(output)


def check(directory, acknowledged):
    reading = read_logs(directory)
    assert not set(acknowledged) - {event.id for event in reading.events}
    # Every file is readable: at most its last line, which nobody was told of, is cut off.
    assert all(one.line and "cut off" in one.why for one in reading.problems)
    assert len({one.file for one in reading.problems}) == len(reading.problems)
    assert fold(reading.events).not_understood == 0
    return reading


def test_writers_killed_at_300_moments_lose_nothing_that_was_acknowledged(tmp_path):
    # Two at a time, into one directory.
    running = [start("kill", tmp_path, 150, seed) for seed in (1, 2)]
    results = [result(process) for process in running]
    assert sum(one["failed"] for one in results) == 300
    acknowledged = [event for one in results for event in one["acknowledged"]]
    assert len(acknowledged) > 300
    reading = check(tmp_path, acknowledged)
    # The test means something only if kills did hit lines: on an idle machine, one in six does.
    assert reading.problems


def test_four_writers_at_once_lose_nothing(tmp_path):
    given = result(start("together", tmp_path, 4, 60))
    assert given["failed"] == 0 and len(given["acknowledged"]) == 240
    reading = check(tmp_path, given["acknowledged"])
    assert len(reading.events) == 240 and reading.sessions == 4 and not reading.problems
