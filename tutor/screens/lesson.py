"""The lesson screen: a step's text beside its lab, the film's bar, the answers to "why?"."""

from __future__ import annotations

import textwrap
from typing import Any

from rich.markdown import Markdown
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.timer import Timer
from textual.widgets import Static

from lessons.catalog import lab_of
from lessons.kit.script import Lesson, Step
from tutor.drawing.ink import MUTED, TITLE, spelled
from tutor.drawing.layout import wanted_height
from tutor.lab_session import open_lab
from tutor.screens.lab_keys import FRAMES_A_SECOND, LabKeys
from tutor.widgets.chrome import KEY, FilmBar, Header, KeyLine
from tutor.widgets.lab_view import LabView
from tutor.widgets.status import Status
from tutor.widgets.why_panel import WhyPanel

WIDE = 100
"""From this many columns on, the text stands beside the picture."""
LEAST_TEXT = 4
"""Lines of text that are always to be seen."""


class LessonScreen(LabKeys):
    """One step of a lesson at a time."""

    def __init__(self, lesson: Lesson, step_id: str) -> None:
        super().__init__()
        self.lesson = lesson
        self.number = lesson.step_ids.index(step_id)
        self.ticker: Timer | None = None

    @property
    def step(self) -> Step:
        return self.lesson.steps[self.number]

    def content(self) -> ComposeResult:
        yield Header(id="header")
        text = VerticalScroll(Static("", id="prose"), id="text", can_focus=False)
        yield Container(LabView(id="lab"), text, id="stage")
        yield Status(id="status")
        yield FilmBar(id="bar")
        yield WhyPanel(id="why")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        self.ticker = self.set_interval(1 / FRAMES_A_SECOND, self.tick, pause=True)
        self.open(self.number)

    def open(self, number: int) -> None:
        """Open a step of the lesson."""
        self.number = number
        step = self.step
        self.trail, self.entry, self.message = None, None, ""
        lab = lab_of(self.lesson.id, step)
        at = step.lab.at if step.lab else 0
        self.session = open_lab(lab, self.opening_settings(), at) if lab else None
        self.query_one(LabView).display = self.session is not None
        prose = spelled(step.prose) if self.tutor.ascii_only else step.prose
        self.query_one("#prose", Static).update(Markdown(prose))
        self.query_one("#text").scroll_home(animate=False)
        self.show_place()
        self.set_out()
        self.update()

    def opening_settings(self) -> dict[str, Any]:
        return dict(self.step.lab.settings) if self.step.lab else {}

    def show_place(self) -> None:
        """Say in the header which step of how many this is."""
        count, number = len(self.lesson.steps), self.number
        dots = "●" * number + "◐" + "○" * (count - number - 1)
        where = f" · {number + 1} of {count} · "
        self.query_one(Header).show(
            [(self.lesson.id, KEY), (where, MUTED), (self.step.title, TITLE)], [(dots, MUTED)]
        )

    def resized(self, width: int, height: int) -> None:
        self.set_out()

    def set_out(self) -> None:
        """Text beside the picture where there is room, under it where there is not."""
        wide = self.size.width >= WIDE
        self.set_class(wide, "-wide")
        self.query_one("#text").styles.height = "100%" if wide else self.text_height()
        self.call_after_refresh(self.update)

    def text_height(self) -> int | str:
        """Lines for the text under the picture: what the picture leaves, within reason."""
        if self.session is None:
            return "1fr"
        room = self.size.height - 4
        lines = wrapped_lines(self.step.prose, self.size.width - 3)
        picture = wanted_height(self.session.figure, self.size.width - 2, self.tutor.look)
        return max(LEAST_TEXT, room // 4, min(lines, room - picture))

    def update(self) -> None:
        session = self.session
        self.query_one(LabView).show(session, self.trail.element if self.trail else None)
        bar = self.query_one(FilmBar)
        bar.display = session is not None and session.film.length > 1
        bar.show(session)
        self.query_one(WhyPanel).show(self.trail, self.size.height // 2)
        self.query_one(Status).show(session, self.message, self.entry)
        self.refresh_bindings()
        self.show_keys()
        if self.ticker:
            playing = session is not None and session.playing
            self.ticker.resume() if playing else self.ticker.pause()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "scroll_text" and self.entry is None:
            return bool(self.query_one("#text").max_scroll_y)
        return super().check_action(action, parameters)

    def action_turn(self, by: int) -> None:
        """Go to another step; before the first one lies the map, after the last one nothing."""
        number = self.number + by
        if 0 <= number < len(self.lesson.steps):
            self.open(number)
        elif number < 0:
            self.action_home()
        else:
            self.say("This is the last step of the lesson; h goes to the map of the course.")

    def action_home(self) -> None:
        from tutor.screens.home import HomeScreen

        step = self.step
        self.tutor.pop_screen()
        if isinstance(self.tutor.screen, HomeScreen):
            self.tutor.screen.select(self.lesson.id, step.id)

    def action_scroll_text(self, pages: int) -> None:
        text = self.query_one("#text")
        text.scroll_relative(y=pages * max(1, text.size.height - 1), animate=False)


def wrapped_lines(markdown: str, width: int) -> int:
    """About how many lines a step's text takes."""
    paragraphs = (" ".join(paragraph.split()) for paragraph in markdown.split("\n\n"))
    return sum(len(textwrap.wrap(one, max(1, width))) + 1 for one in paragraphs) - 1
