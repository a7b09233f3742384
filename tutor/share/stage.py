"""A lab as the application draws it, without a terminal: moment by moment, cell by cell."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.pilot import Pilot

from lessons.kit.script import Lesson, Step
from tutor import taking
from tutor.app import TutorApp
from tutor.lab_session import LabSession
from tutor.progress import kinds
from tutor.progress.place import StateDirectory
from tutor.progress.session import Progress
from tutor.screens.lesson import LessonScreen
from tutor.terminal.surroundings import EVERYTHING

Cell = tuple[str, Style | None]
"""A character, and how it looks."""
Frame = list[list[Cell]]
"""What the screen shows, line by line."""

_FONTS = re.compile(r"\s*@font-face\s*\{[^}]*\}")


class Stage:
    """A running application at a lab."""

    def __init__(self, app: TutorApp, screen: LessonScreen, pilot: Pilot[None]) -> None:
        self._app, self._screen, self._pilot = app, screen, pilot

    @property
    def console(self) -> Console:
        """What knows the colours that are drawn with."""
        return self._app.console

    def set_speed(self, speed: int) -> None:
        """Have the film's bar say so many moments a second, where it can."""
        session = self._screen.session
        if speed in session.speeds:
            session.speed = session.speeds.index(speed)

    async def show(self, position: int, playing: bool) -> None:
        """Go to a moment; what arrives while it is watched is computed up to there."""
        screen, session = self._screen, self._screen.session
        while session.film.ready <= position and session.film.advance():
            pass
        session.go(position)
        session.playing = playing and not session.at_end
        screen.update()
        if screen._layout_required:
            await settled(self._pilot)

    def frame(self) -> Frame:
        """The cells of the screen."""
        screen = self._screen
        return [
            [(character, segment.style) for segment in strip for character in segment.text]
            for strip in screen._compositor.render_strips(screen.size)
        ]

    def text(self) -> str:
        """The screen's characters."""
        lines = ("".join(character for character, _ in line).rstrip() for line in self.frame())
        return "\n".join(lines).rstrip() + "\n"

    def svg(self, title: str) -> str:
        """The screen as a picture that asks no other computer for its letters."""
        svg = _FONTS.sub("", self._app.export_screenshot(title=title))
        # Some drop the blanks at the start of a run without this.
        return svg.replace("<text ", '<text xml:space="preserve" ')


@asynccontextmanager
async def staged(
    lesson: Lesson,
    step: Step,
    session: LabSession,
    size: tuple[int, int],
    *,
    ascii_only: bool,
    light: bool,
    characters: bool = False,
) -> AsyncIterator[Stage]:
    """The application at a step's lab, set as a session is and at its moment; columns and lines.

    The step's bet counts as made: what it covers is shown. characters: pixels as characters,
    for who sees no colours.
    """
    progress = Progress(StateDirectory(None))
    if step.predict:
        progress.record(kinds.predicted(lesson.id, step.id, step.predict.bet, "", ""))
    progress.record(taking.place_in(lesson, step, session))
    app = TutorApp(
        (lesson.id, step.id),
        ascii_only=ascii_only,
        light=light,
        progress=progress,
        around=EVERYTHING,
    )
    if characters:
        app.look = "shades"
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, LessonScreen)
        if screen.ticker:
            # The film goes on by `show` alone, however long that takes.
            screen.ticker.stop()
            screen.ticker = None
        yield Stage(app, screen, pilot)


async def settled(pilot: Pilot[None]) -> None:
    """Wait until everything has been laid out and drawn."""
    for _ in range(3):
        await pilot.pause()


def segments_of(cells: list[Cell]) -> list[Segment]:
    """Cells as segments, neighbours of one look joined."""
    segments: list[Segment] = []
    for character, style in cells:
        if segments and segments[-1].style == style:
            segments[-1] = Segment(segments[-1].text + character, style)
        else:
            segments.append(Segment(character, style))
    return segments
