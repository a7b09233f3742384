"""What the screens of all steps share: the header, the text, and the way to other steps."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from rich.markdown import Markdown
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from lessons.kit.script import Lesson, Step
from tutor.drawing.ink import ACCENT, MUTED, TITLE, spelled
from tutor.screens.base import TutorScreen
from tutor.widgets.chrome import Header, KeyLine

if TYPE_CHECKING:
    from collections.abc import Iterable

WIDE = 100
"""From this many columns on, the text stands beside the picture."""
LEAST_TEXT = 4
"""Lines of text that are always to be seen."""


class StepScreen(TutorScreen):
    """A step of a lesson: a subclass gives what stands beside the text, and its keys."""

    BINDINGS = [
        Binding("pagedown", "scroll_text(1)", "text", tooltip="text on", id="text-on"),
        Binding("pageup", "scroll_text(-1)", "text", tooltip="text back", id="text-back"),
        Binding("n", "turn(1)", "next", tooltip="the next step", id="next"),
        Binding("b", "turn(-1)", "back", tooltip="the step before", id="back"),
        Binding("h", "home", "home", tooltip="the map of the course", id="home"),
    ]

    def __init__(self, lesson: Lesson, step_id: str) -> None:
        super().__init__()
        self.lesson = lesson
        self.number = lesson.step_ids.index(step_id)

    @property
    def step(self) -> Step:
        return self.lesson.steps[self.number]

    def content(self) -> ComposeResult:
        yield Header(id="header")
        text = VerticalScroll(Static("", id="prose"), id="text", can_focus=False)
        yield Container(self.stage(), text, id="stage")
        yield from self.below()
        yield KeyLine(id="keys")

    def stage(self) -> Widget:
        """What stands beside the text."""
        raise NotImplementedError

    def below(self) -> Iterable[Widget]:
        """What stands under both."""
        return ()

    def update(self) -> None:
        """Show the present state everywhere; each part writes only what changed."""
        raise NotImplementedError

    def prose(self) -> str:
        """The text, Markdown."""
        return self.step.prose

    def wanted_lines(self, room: int) -> int:
        """Lines that the stage would like, of so many, when the text stands under it."""
        raise NotImplementedError

    def mounted(self) -> None:
        self.show_place()
        self.show_prose()
        self.set_out()
        self.update()

    def show_prose(self) -> None:
        prose = spelled(self.prose()) if self.tutor.ascii_only else self.prose()
        self.query_one("#prose", Static).update(Markdown(prose))

    def restyled(self) -> None:
        if self.there:
            self.show_prose()
            self.update()

    def show_place(self) -> None:
        """Say in the header which step of how many this is."""
        count, number = len(self.lesson.steps), self.number
        done = self.tutor.state.done_in(self.lesson.id)
        dots = "".join(
            "◐" if n == number else "●" if step.id in done else "○"
            for n, step in enumerate(self.lesson.steps)
        )
        where = f" · {number + 1} of {count} · "
        self.query_one(Header).show(
            [(self.lesson.id, ACCENT), (where, MUTED), (self.step.title, TITLE)], [(dots, MUTED)]
        )

    def resized(self, width: int, height: int) -> None:
        self.set_out()

    def set_out(self) -> None:
        """Text beside the stage where there is room, under it where there is not."""
        wide = self.size.width >= WIDE
        self.set_class(wide, "-wide")
        self.query_one("#text").styles.height = "100%" if wide else self.text_height()
        self.call_after_refresh(self.update)

    def text_height(self) -> int:
        """Lines for the text under the stage: what the stage leaves, within reason."""
        room = self.size.height - 4
        lines = wrapped_lines(self.prose(), self.size.width - 3)
        least = max(LEAST_TEXT, room // 4)
        return max(least, min(lines, room - self.wanted_lines(room - least)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "scroll_text":
            if not self.there:
                return False
            text, back = self.query_one("#text"), parameters == (-1,)
            return bool(text.scroll_y > 0 if back else text.scroll_y < text.max_scroll_y)
        return super().check_action(action, parameters)

    def action_turn(self, by: int) -> None:
        """Go to another step; before the first one lies the map, after the last one nothing."""
        number = self.number + by
        if 0 <= number < len(self.lesson.steps):
            self.tutor.open_step(self.lesson.id, self.lesson.step_ids[number])
        elif number < 0:
            self.action_home()
        else:
            home = self.tutor.key_of("home", "h")
            self.app.notify(
                f"This is the last step of the lesson; {home} goes to the map of the course.",
                markup=False,
            )

    def action_home(self) -> None:
        self.tutor.go_home(self.lesson.id)

    def action_scroll_text(self, pages: int) -> None:
        text = self.query_one("#text")
        page = max(1, text.size.height - 1)
        text.scroll_relative(y=pages * page, animate=False, immediate=True)
        self.update()


def wrapped_lines(markdown: str, width: int) -> int:
    """About how many lines a step's text takes."""
    paragraphs = (" ".join(paragraph.split()) for paragraph in markdown.split("\n\n"))
    return sum(len(textwrap.wrap(one, max(1, width))) + 1 for one in paragraphs) - 1
