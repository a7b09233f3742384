"""What the screens of all steps share: the header, the text, and the way to other steps."""

from __future__ import annotations

import re
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
_BREAK = "  \n"
"""Where a paragraph goes on in a new line, in Markdown."""
_NO_PROSE = re.compile(r"[-*+] |\d+[.)] |[>#|]|```|    ")
"""How what is no plain paragraph begins."""


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
        self.closed_up = False
        """Whether paragraphs follow one another without a blank line, to be seen whole."""
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

    def spare_lines(self, lines: int, most: int) -> int:
        """How many of its lines, at most so many, the stage can leave to the text."""
        return 0

    def mounted(self) -> None:
        self.show_place()
        self.set_out()
        self.show_prose()
        self.update()

    def show_prose(self) -> None:
        prose = closed_up(self.prose()) if self.closed_up else self.prose()
        prose = spelled(prose) if self.tutor.ascii_only else prose
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
        before = self.closed_up
        self.set_out()
        if self.closed_up is not before:
            self.show_prose()

    def set_out(self) -> None:
        """Text beside the stage where there is room, under it where there is not."""
        wide = self.size.width >= WIDE
        self.set_class(wide, "-wide")
        self.closed_up = False
        self.query_one("#text").styles.height = "100%" if wide else self.text_height()
        self.call_after_refresh(self.update)

    def text_height(self) -> int:
        """Lines for the text under the stage: what the stage leaves, within reason."""
        room, width = self.size.height - 4, self.size.width - 3
        least = max(LEAST_TEXT, room // 4)
        left = max(least, room - self.wanted_lines(room - least))
        lines = wrapped_lines(self.prose(), width)
        if lines > left:
            self.closed_up = True
            lines = wrapped_lines(closed_up(self.prose()), width)
        if lines > left:
            left += self.spare_lines(room - left, lines - left)
        return max(least, min(lines, left))

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
    paragraphs = markdown.split("\n\n")
    parts = (" ".join(part.split()) for one in paragraphs for part in one.split(_BREAK))
    return sum(len(textwrap.wrap(part, max(1, width))) for part in parts) + len(paragraphs) - 1


def closed_up(markdown: str) -> str:
    """A step's text with a new line, instead of a blank one, between plain paragraphs."""
    first, *others = markdown.split("\n\n")
    text, plain = first, not _NO_PROSE.match(first)
    for one in others:
        before, plain = plain, not _NO_PROSE.match(one)
        text += (_BREAK if before and plain else "\n\n") + one
    return text
