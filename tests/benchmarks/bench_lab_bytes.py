"""What every lab writes while it plays: a row a lab, with bytes a frame and KB a second.

Run from the repository's root: `python -m tests.benchmarks.bench_lab_bytes [LESSON]`. The
application runs in this process on a clock of its own, ten ticks a second, so bytes do not depend
on the machine; only a training goes at its own pace.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
from dataclasses import dataclass

from lessons.catalog import lessons
from lessons.kit.script import Lesson, Step
from tests.benchmarks.bench_screen import p95
from tests.monkey.holds import Watched
from tests.tutor.recorded import Recorder
from tutor.app import TutorApp
from tutor.progress import kinds
from tutor.progress.place import StateDirectory
from tutor.progress.session import Progress
from tutor.screens.lab_keys import FRAMES_A_SECOND
from tutor.screens.lesson import LessonScreen
from tutor.widgets.budget import ByteBudget

SIZE = (120, 36)
SECONDS = 4


@dataclass(frozen=True)
class Row:
    """What a lab wrote."""

    step: str
    opening: int
    """Bytes from the step before to this one."""
    frames: list[int]
    seconds: float

    def __str__(self) -> str:
        if not self.frames:
            return f"  {self.step:34} opens with {self.opening:6}   one moment, nothing plays"
        return (
            f"  {self.step:34} opens with {self.opening:6}   a frame "
            f"{statistics.median(self.frames):5.0f}, p95 {p95(self.frames):6.0f}   "
            f"{sum(self.frames) / self.seconds / 1e3:5.1f} KB/s, "
            f"{len(self.frames) / self.seconds:4.1f} frames a second"
        )


def bets_made(progress: Progress) -> None:
    """Let every bet of the course be made: a film waits for its bet."""
    for one in lessons():
        for step in one.steps:
            if step.predict:
                progress.record(kinds.predicted(one.id, step.id, step.predict.bet, "", ""))


async def played(one: Lesson, steps: list[Step]) -> list[Row]:
    """Play the films of a lesson's steps, one after the other."""
    rows, now = [], [0.0]
    progress = Progress(StateDirectory(None))
    bets_made(progress)
    app = TutorApp((one.id, steps[0].id), progress=progress)
    app.driver_class = Recorder
    app.page.budget = ByteBudget(lambda: now[0])
    async with app.run_test(headless=False, size=SIZE) as pilot:
        watched = Watched(app, pilot, *SIZE)
        for step in steps:
            watched.driver.take()
            app.open_step(one.id, step.id)
            await watched.settle()
            now[0] += 10
            rows.append(await play(watched, f"{one.id}/{step.id}", now))
    return rows


async def play(watched: Watched, name: str, now: list[float]) -> Row:
    """Play the film of the open step for a few seconds."""
    opening = len(watched.driver.take().encode())
    screen = watched.app.screen
    assert isinstance(screen, LessonScreen) and screen.ticker
    session = screen.session
    if session.film.length == 1:
        return Row(name, opening, [], 1.0)
    session.go(0)
    session.toggle_play()
    screen.update()
    screen.ticker.pause()
    await watched.settle()
    watched.driver.take()
    frames, ticks = [], 0
    while ticks < SECONDS * FRAMES_A_SECOND and session.moving:
        ticks += 1
        now[0] += 1 / FRAMES_A_SECOND
        if session.film.arrives:
            watched.app.last_input = 0.0
            await asyncio.sleep(1 / FRAMES_A_SECOND)
        screen.tick()
        screen.ticker.pause()
        await watched.settle()
        if written := len(watched.driver.take().encode()):
            frames.append(written)
    session.halt()
    return Row(name, opening, frames, max(1, ticks) / FRAMES_A_SECOND)


def rows_of(one: Lesson) -> list[Row]:
    """A row for each lab step of a lesson."""
    steps = [step for step in one.steps if step.lab]
    return asyncio.run(played(one, steps)) if steps else []


def main() -> None:
    """Print the table."""
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    print(f"bytes of every lab at {SIZE[0]}×{SIZE[1]}, truecolor, at the speed it has at first")
    for one in lessons():
        if word in ("", one.id) or word in __name__:
            for row in rows_of(one):
                print(row, flush=True)


if __name__ == "__main__":
    main()
