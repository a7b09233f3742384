"""What a training beside the screen costs: key to paint while it runs at full speed, and bytes.

Run from the repository's root: `python -m tests.benchmarks.bench_training_screen`.
"""

from __future__ import annotations

import re
import statistics
import tempfile
import time

import pyte

from tests.benchmarks.bench_screen import Bench, p95, tutor
from tests.benchmarks.pty_session import KEYBOARD_MODES, PtySession

STEP = "cnn/gradients"
SIZES = ((120, 36), (80, 24))
BATCH_KEYS = ("m",)
"""What makes the batch 128: the training then lasts longest."""
TRAININGS = 30
SECONDS_EACH = 0.7
_SEED = re.compile(r"\bs seed (\d+)")
_MOMENT = re.compile(r" (\d+)/361 ")


def screen_text(screen: pyte.Screen) -> str:
    """All lines of a screen."""
    return "\n".join(screen.display)


def seeds_over_time(session: PtySession, columns: int, lines: int) -> list[tuple[float, int]]:
    """When the status line showed which seed, replayed after the fact."""
    screen = pyte.Screen(columns, lines)
    stream = pyte.ByteStream(screen)
    seen: list[tuple[float, int]] = []
    for chunk in session.chunks():
        stream.feed(KEYBOARD_MODES.sub(b"", chunk.data))
        found = _SEED.search(screen_text(screen))
        if found and (not seen or seen[-1][1] != int(found[1])):
            seen.append((chunk.at, int(found[1])))
    return seen


def moments_shown(session: PtySession, columns: int, lines: int) -> int:
    """How many different moments the bar has shown: the screen really followed the training."""
    screen = pyte.Screen(columns, lines)
    stream = pyte.ByteStream(screen)
    seen: set[str] = set()
    for chunk in session.chunks():
        stream.feed(KEYBOARD_MODES.sub(b"", chunk.data))
        found = _MOMENT.search(screen_text(screen))
        if found:
            seen.add(found[1])
    return len(seen)


def measure(bench: Bench, columns: int, lines: int) -> None:
    """Train with one seed after another at full speed; each `s` starts the next one."""
    with bench.run(tutor(STEP), columns, lines) as session:
        session.wait_text("Your bet")
        session.wait_quiet()
        for key in ("1", "enter", "+", "+", "+", "+"):
            bench.press(session, key)
        session.wait_quiet(1.5)
        for key in BATCH_KEYS:  # who stands at the end goes to the next end, as fast as it arrives
            session.send(key)
            time.sleep(0.1)
        mark, sent = session.mark(), []
        began = time.perf_counter()
        for _ in range(TRAININGS):
            sent.append(session.send("s" if len(sent) % 18 < 9 else "S"))
            time.sleep(SECONDS_EACH)
        seconds = time.perf_counter() - began
        written = len(session.output(mark))
        changes = [at for at, _ in seeds_over_time(session, columns, lines)]
        waits = []
        for at in sent:
            painted = next((when for when in changes if when > at), None)
            if painted is not None and painted - at < SECONDS_EACH:
                waits.append((painted - at) * 1e3)
        frames = [len(frame.data) for frame in session.frames(mark)]
        print(
            f"{STEP} {columns}×{lines}, training at full speed: key to paint median "
            f"{statistics.median(waits):.1f} ms, p95 {p95(waits):.1f} ms, max {max(waits):.1f} ms, "
            f"of {len(waits)}; {written / seconds / 1e3:.1f} KB/s, a frame "
            f"{statistics.median(frames):.0f} bytes; "
            f"{moments_shown(session, columns, lines)} moments shown"
        )


def main() -> None:
    """Print a line for each size."""
    with tempfile.TemporaryDirectory() as state:
        bench = Bench(state)
        for columns, lines in SIZES:
            measure(bench, columns, lines)


if __name__ == "__main__":
    main()
