"""What the screen costs in a real terminal: start, bytes a frame, key to paint, leaving.

Run from the repository's root: `python -m tests.benchmarks.bench_screen`; with `--imports` it
prints instead which imports the start spends its time on. Milliseconds depend on the machine and
what else it does; ratios within one run, and bytes, can be compared.
"""

from __future__ import annotations

import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pyte

from lessons.catalog import lesson, lessons
from tests.benchmarks.pty_session import KEYBOARD_MODES, PtySession

ROOT = Path(__file__).resolve().parents[2]
EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("all there is")
Empty().run()
"""
STARTS = 11
STEPS = 60
SECONDS_PLAYED = 8
KEYS_PRESSED = 80
LOOKS = ("blocks", "shades", "numbers")
SIZES = ((120, 36), (80, 24))
LESSON = lesson("cnn")
TITLE = next(step.title for step in LESSON.steps if step.id == "slide")
"""Words that stand on the screen once the step is painted."""


def tutor(*arguments: str) -> list[str]:
    """The command dl-tutor of this tree."""
    return [sys.executable, "-m", "tutor.cli", *arguments]


class Bench:
    """The measurements; each prints its lines."""

    def __init__(self, state: str) -> None:
        """state: a directory for what the application remembers; each run begins anew."""
        self.state = Path(state)
        self.runs = 0

    def run(self, command: Sequence[str], columns: int = 120, lines: int = 36) -> PtySession:
        self.runs += 1
        state = self.state / str(self.runs)
        environment = {
            "PYTHONPATH": str(ROOT),
            "DL_TUTOR_STATE": str(state),
            "PYTHONPYCACHEPREFIX": str(self.state / "bytecode"),
        }
        return PtySession(command, columns, lines, cwd=ROOT, environment=environment)

    def start(self) -> None:
        """First paint and settled page of the step and of the map, beside an empty application."""
        commands = {
            "empty Textual app": ([sys.executable, "-c", EMPTY], "all there is"),
            "dl-tutor cnn/slide": (tutor("cnn/slide"), TITLE),
            "dl-tutor (map)": (tutor(), LESSON.title),
        }
        first: dict[str, list[float]] = {name: [] for name in commands}
        settled: dict[str, list[float]] = {name: [] for name in commands}
        size: dict[str, int] = {}
        for turn in range(STARTS + 1):
            for name, (command, words) in commands.items():
                with self.run(command) as session:
                    at = session.wait_text(words)
                    end = session.wait_quiet(0.4)
                    size[name] = len(session.output())
                    if turn:  # the first one only warms the disk
                        first[name].append((at - session.started) * 1e3)
                        settled[name].append((end - session.started) * 1e3)
        print(f"start at 120×36, {STARTS} of each in turn; × is against the empty application")
        base = "empty Textual app"
        for name in commands:
            words = against(first[name], first[base])
            page = against(settled[name], settled[base])
            print(f"  {name:18}  first words {words}   page settled {page}   {size[name]:6} bytes")

    def opening(self) -> None:
        """From the key to the last byte: a lesson from the map, for the first time in a run and
        again, and the step after its first one."""
        waits: dict[str, list[float]] = {"first": [], "again": [], "next step": []}
        for number, _ in enumerate(lessons()):
            with self.run(tutor()) as session:
                session.wait_text(LESSON.title)
                session.wait_quiet(1.0)
                for _ in range(number):
                    self.press(session, "down")
                session.wait_quiet(0.5)
                for name, key in (("first", "enter"), ("next step", "n"), ("again", "enter")):
                    if name == "again":
                        self.press(session, "h")
                        session.wait_quiet(0.5)
                    at = session.send(key)
                    waits[name].append((session.wait_quiet(0.4) - at) * 1e3)
        print("a lesson opened from the map, and turned on, until all is painted; aim 150 ms")
        for name, times in waits.items():
            each = " ".join(f"{took:.0f}" for took in times)
            print(f"  {name:9} median {statistics.median(times):.0f} ms, of the lessons: {each}")

    def bytes_a_frame(self) -> None:
        """Bytes of a step by key and of a frame while it plays, for each look."""
        print("bytes a frame of the kernel that slides, truecolor")
        for columns, lines in SIZES:
            with self.run(tutor("cnn/slide"), columns, lines) as session:
                self.open(session)
                for look in LOOKS:
                    self.press(session, "home")
                    stepped = [self.press(session, "right") for _ in range(STEPS)]
                    print(f"  {columns}×{lines} {look:8} by key   {spread(stepped)}")
                    if look == "blocks":
                        print(f"  {columns}×{lines} {look:8} playing  {spread(self.play(session))}")
                    self.press(session, "v")

    def open(self, session: PtySession) -> None:
        """Wait until the step is painted, and bet, since the film waits for that."""
        session.wait_text(TITLE)
        session.wait_quiet()
        for key in ("0", "enter"):
            self.press(session, key)

    def press(self, session: PtySession, key: str) -> int:
        """Press a key that may change the screen; how many bytes that wrote."""
        mark = session.mark()
        session.send(key)
        session.wait_quiet(0.12)
        return len(session.output(mark))

    def play(self, session: PtySession) -> list[int]:
        """Bytes of each frame while the film plays at the speed that it has at first."""
        self.press(session, "home")
        session.send("space")
        session.wait_quiet(0.12)
        mark = session.mark()
        time.sleep(SECONDS_PLAYED)
        frames = [len(frame.data) for frame in session.frames(mark)]
        self.press(session, "space")
        return frames

    def idle(self) -> None:
        """Bytes in three seconds in which nobody does anything."""
        with self.run(tutor("cnn/slide")) as session:
            session.wait_text(TITLE)
            session.wait_quiet(0.8)
            mark = session.mark()
            time.sleep(3)
            print(f"idle for 3 s: {len(session.output(mark))} bytes")

    def key_to_paint(self) -> None:
        """Time from a key to what it changes on the screen while the film plays."""
        for speed in (10, 100):
            with self.run(tutor("cnn/slide")) as session:
                self.open(session)
                self.press(session, "home")
                self.speed_up(session, speed)
                session.send("space")
                session.wait_quiet(0.05)
                waits = self.pressed_while_playing(session, speed)
                middle = statistics.median(waits)
                print(
                    f"key to paint while it plays at {speed}/s: median {middle:.1f} ms, "
                    f"p95 {p95(waits):.1f} ms, max {max(waits):.1f} ms, of {len(waits)}"
                )

    def speed_up(self, session: PtySession, speed: int) -> None:
        """Press + until the film's bar shows a speed."""
        for _ in range(10):
            if speed_shown(screen_after(session, 120, 36)) == speed:
                return
            self.press(session, "+")
        raise RuntimeError(f"the film's bar never showed {speed}/s")

    def pressed_while_playing(self, session: PtySession, speed: int) -> list[float]:
        """Milliseconds until the bar showed another speed, for keys at random moments."""
        pause = random.Random(0)
        sent: list[float] = []
        for n in range(KEYS_PRESSED):
            if n % 20 == 19:
                # Before the film comes to its end, back to its start; that pauses it.
                self.press(session, "home")
                session.send("space")
                session.wait_quiet(0.03, timeout=2)
            sent.append(session.send("-" if n % 2 == 0 else "+"))
            time.sleep(pause.uniform(0.06, 0.16))
        changes = speeds_over_time(session)
        waits = []
        for number, (at, until) in enumerate(pairwise([*sent, time.perf_counter()])):
            slower = number % 2 == 0
            seen = [when for when, shown in changes if (shown != speed) == slower]
            painted = next((when for when in seen if at < when < until), None)
            if painted is not None:
                waits.append((painted - at) * 1e3)
        if len(waits) < 60:
            raise RuntimeError(f"only {len(waits)} of {len(sent)} keys changed the screen in time")
        return waits

    def leave(self) -> None:
        """Time from q to the end of the process, beside the empty application."""
        ours, codes = [], set()
        for _ in range(5):
            with self.run(tutor("cnn/slide")) as session:
                session.wait_text(TITLE)
                session.wait_quiet(0.4)
                at = session.send("q")
                code, end = session.wait_exit()
                ours.append((end - at) * 1e3)
                codes.add(code)
        empty = []
        for _ in range(5):
            with self.run([sys.executable, "-c", EMPTY]) as session:
                session.wait_text("all there is")
                session.wait_quiet(0.4)
                at = session.send("\x11")  # ctrl+q
                empty.append((session.wait_exit()[1] - at) * 1e3)
        code_list = ", ".join(map(str, sorted(codes)))
        print(f"q to exit: {against(ours, empty)}; exit code {code_list}")


def speeds_over_time(session: PtySession) -> list[tuple[float, int]]:
    """When the bar's speed changed to what, replayed chunk by chunk after the fact."""
    screen = pyte.Screen(120, 36)
    stream = pyte.ByteStream(screen)
    seen: list[tuple[float, int]] = []
    for chunk in session.chunks():
        stream.feed(KEYBOARD_MODES.sub(b"", chunk.data))
        shown = speed_shown(screen)
        if shown is not None and (not seen or seen[-1][1] != shown):
            seen.append((chunk.at, shown))
    return seen


def screen_after(session: PtySession, columns: int, lines: int) -> pyte.Screen:
    """The screen that all the output so far has made."""
    screen = pyte.Screen(columns, lines)
    pyte.ByteStream(screen).feed(KEYBOARD_MODES.sub(b"", session.output()))
    return screen


def speed_shown(screen: pyte.Screen) -> int | None:
    """Moments a second, as the film's bar says in one of the last lines."""
    for y in range(screen.lines - 4, screen.lines):
        line = "".join(screen.buffer[y][x].data for x in range(screen.columns))
        found = re.search(r"[━─] +(\d+)/s", line)
        if found:
            return int(found[1])
    return None


def against(values: Sequence[float], base: Sequence[float]) -> str:
    """Median and p95 of milliseconds, and the ratio of the median to another's."""
    middle = statistics.median(values)
    ratio = middle / statistics.median(base)
    return f"{middle:5.0f} ms (p95 {p95(values):4.0f}) ×{ratio:.2f}"


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


def spread(values: Sequence[int]) -> str:
    """Median, p95 and maximum of some byte counts."""
    return (
        f"median {statistics.median(values):6.0f}   p95 {p95(values):6.0f}   "
        f"max {max(values):6}   of {len(values)}"
    )


def print_imports(most: int = 25) -> None:
    """The imports that take longest by themselves, from one start that is left at once."""
    code = "from tutor.app import TutorApp; import tutor.screens.lesson; TutorApp(('cnn', 'slide'))"
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    rows = []
    for line in done.stderr.splitlines():
        parts = line.removeprefix("import time:").split("|")
        if len(parts) == 3 and parts[0].strip().isdigit():
            rows.append((int(parts[0]), int(parts[1]), parts[2].strip()))
    print("own ms  with what it imports")
    for own, together, name in sorted(rows, reverse=True)[:most]:
        print(f"{own / 1e3:6.1f}  {together / 1e3:6.1f}  {name}")


def main() -> None:
    """Print all measurements."""
    with tempfile.TemporaryDirectory() as state:
        bench = Bench(state)
        bench.start()
        bench.bytes_a_frame()
        bench.idle()
        bench.key_to_paint()
        bench.leave()


if __name__ == "__main__":
    print_imports() if "--imports" in sys.argv else main()
