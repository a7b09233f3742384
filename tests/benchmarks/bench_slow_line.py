"""Slow lines: key to paint while every lab plays at the far end of one, and how long leaving takes.

Run from the repository's root: `python -m tests.benchmarks.bench_slow_line`. A key waits at least
for the way there and back, and for the frame that is just leaving: that is the line's own delay.
What it waits beyond that is what the application adds, with what this machine is busy with.
"""

from __future__ import annotations

import random
import re
import statistics
import tempfile
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pyte

from lessons.catalog import lab_of, lesson, lessons
from lessons.kit.script import Lesson
from tests.benchmarks.bench_lab_bytes import bets_made
from tests.benchmarks.bench_screen import ROOT, p95, tutor
from tests.benchmarks.pty_session import KEYBOARD_MODES, PtySession
from tests.benchmarks.slow_line import SlowLine
from tutor.progress.session import open_progress

SIZE = (120, 36)
KEYS_EACH = 8
HEAVIEST = 5
_SPEED = re.compile(r"[━─┄] +(\d+/s|full)")
_QUESTION = b"\x1b[6n"


@dataclass(frozen=True)
class Line:
    """A kind of line."""

    bits: int
    round_trip: float

    def __str__(self) -> str:
        return f"{self.bits // 1000} kbit/s, {self.round_trip * 1e3:.0f} ms there and back"


@dataclass(frozen=True)
class Row:
    """What was measured of a lab."""

    step: str
    frame: float
    """Bytes of a frame, median."""
    waits: list[float]
    """Seconds from key to paint."""
    own: float
    """The line's own delay, in seconds."""
    most_waiting: int
    """The most bytes that stood in the line's buffer while it played."""

    @property
    def beyond(self) -> float:
        return p95(self.waits) - self.own

    def __str__(self) -> str:
        if not self.frame:
            return f"  {self.step:26} {self.waits[0] * 1e3:.0f} ms after the key"
        middle, late = statistics.median(self.waits) * 1e3, p95(self.waits) * 1e3
        return (
            f"  {self.step:26} a frame {self.frame:6.0f} bytes   key to paint {middle:5.0f} ms, "
            f"p95 {late:5.0f}   the line's own {self.own * 1e3:5.0f}   beyond "
            f"{self.beyond * 1e3:5.0f}   most waiting {self.most_waiting:6}"
        )


class Far:
    """The tutor at the far end of a line, with an emulated terminal at this one."""

    def __init__(self, session: PtySession) -> None:
        self.session = session
        self.screen = pyte.Screen(*SIZE)
        self.stream = pyte.ByteStream(self.screen)
        self.fed = 0
        self.speeds: list[tuple[float, str]] = []

    def look(self) -> str:
        """The lines of the screen; when the shown speed changed is written down on the way."""
        for chunk in self.session.chunks(self.fed):
            self.fed += 1
            self.stream.feed(KEYBOARD_MODES.sub(b"", chunk.data))
            shown = _SPEED.search("\n".join(self.screen.display[-3:]))
            if shown and (not self.speeds or self.speeds[-1][1] != shown[1]):
                self.speeds.append((chunk.at, shown[1]))
        return "\n".join(self.screen.display)

    def until(self, words: str, seconds: float = 20.0) -> None:
        end = time.monotonic() + seconds
        while words not in self.look():
            if time.monotonic() > end:
                raise TimeoutError(f"{words!r} never came:\n{self.look()}")
            time.sleep(0.02)


def measured(far: Far, session: SlowLine, step: str, line: Line) -> Row:
    """Play the film of the open step, and press keys meanwhile."""
    pause = random.Random(step)
    mark, most = session.mark(), 0
    session.send("space")
    time.sleep(0.3)
    sent = []
    for n in range(KEYS_EACH):
        sent.append(session.send("-" if n % 2 == 0 else "+"))
        end = time.perf_counter() + line.round_trip + pause.uniform(0.25, 0.45)
        while time.perf_counter() < end:
            most = max(most, session.waiting)
            time.sleep(0.01)
    far.look()
    written = session.output(mark)
    frames = [len(part) for part in written.split(_QUESTION)[:-1]] or [len(written)]
    frame = statistics.median(frames)
    waits = []
    for at, until in pairwise([*sent, time.perf_counter()]):
        seen = next((when for when, _ in far.speeds if at < when < until), until)
        waits.append(seen - at)
    return Row(step, frame, waits, line.round_trip + frame * 8 / line.bits, most)


def walk(one: Lesson, line: Line, first: str = "", last: str = "") -> list[Row]:
    """From a step of a lesson to another at the far end of a line; each lab with a film is
    measured, and leaving at the end."""
    rows = []
    ids = [step.id for step in one.steps if step.lab]
    begin, end = (one.step_ids.index(name) for name in (first or ids[0], last or ids[-1]))
    with tempfile.TemporaryDirectory() as state:
        progress = open_progress(state)
        bets_made(progress)
        progress.close()
        environment = {"PYTHONPATH": str(ROOT), "DL_TUTOR_STATE": state}
        with SlowLine(
            tutor(f"{one.id}/{one.step_ids[begin]}"),
            *SIZE,
            bits=line.bits,
            round_trip=line.round_trip,
            cwd=Path(ROOT),
            environment=environment,
        ) as session:
            far = Far(session)
            for number in range(begin, end + 1):
                if number > begin:
                    session.send("n")
                far.until(f" {number + 1} of {len(one.steps)} ·")
                step = one.steps[number]
                if lab_of(one.id, step) is None:
                    continue
                session.wait_quiet(0.5)
                far.look()
                if _SPEED.search("\n".join(far.screen.display)):
                    rows.append(measured(far, session, f"{one.id}/{step.id}", line))
                    if number < end:
                        session.send("space")
                        session.wait_quiet(0.3)
            at = session.send("q")
            code, left = session.wait_exit()
            assert code == 0
            rows.append(Row("(leaving)", 0, [left - at], line.round_trip, 0))
    return rows


def main() -> None:
    """Every lab on the line that the aim names; those that write most on worse ones."""
    rows = []
    first = Line(256_000, 0.02)
    print(f"{first}; aim: at most 50 ms beyond the line's own delay")
    for one in lessons():
        for row in walk(one, first):
            print(row, flush=True)
            rows.append(row)
    heavy = sorted(rows, key=lambda row: -row.frame)[:HEAVIEST]
    for line in (Line(64_000, 0.02), Line(256_000, 0.3)):
        print(line)
        for row in heavy:
            lesson_id, _, step = row.step.partition("/")
            for again in walk(lesson(lesson_id), line, step, step):
                print(again, flush=True)


if __name__ == "__main__":
    main()
