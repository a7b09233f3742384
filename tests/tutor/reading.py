"""Reading what a learner reads: the text on the screen of a running application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from lessons.catalog import lesson
from tutor.app import TutorApp
from tutor.progress import kinds
from tutor.progress.place import StateDirectory
from tutor.progress.session import Progress

SIZES = [(60, 18), (80, 24), (120, 36)]


@asynccontextmanager
async def opened(
    step: str | None,
    size: tuple[int, int] = (80, 24),
    *,
    lesson_id: str = "cnn",
    bets: bool = False,
    **options: bool,
) -> AsyncIterator[Pilot[None]]:
    """The application at a step of a lesson (None: at home), settled.

    bets: whether the steps' bets are still open; else all of them have been made.
    """
    progress = Progress(StateDirectory(None))
    if not bets:
        for one in lesson(lesson_id).steps:
            if one.predict:
                progress.record(kinds.predicted(lesson_id, one.id, one.predict.bet, "", ""))
    app = TutorApp((lesson_id, step) if step else None, progress=progress, **options)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield pilot


async def settle(pilot: Pilot[None]) -> None:
    """Wait until all messages have been handled and the screen has been drawn."""
    for _ in range(3):
        await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


def lines(pilot: Pilot[None]) -> list[str]:
    """The lines of the screen."""
    screen = pilot.app.screen
    return [strip.text.rstrip() for strip in screen._compositor.render_strips(screen.size)]


def text(pilot: Pilot[None]) -> str:
    return "\n".join(lines(pilot))
