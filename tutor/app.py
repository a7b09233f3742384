"""The application: screens, theme, and a clean way out."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterable

from rich.theme import Theme as RichTheme
from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.screen import Screen
from textual.theme import Theme

from lessons.catalog import lesson, lessons
from tutor.drawing.panel import LOOKS, Look
from tutor.screens.home import HomeScreen
from tutor.widgets.inks import Colours

HOME_DEPTH = 2
"""Screens on the stack when the map is on top: Textual's own first one, and the map."""

THEMES = (
    Theme(
        name="tutor-dark",
        primary="#ffd479",
        secondary="#74c0ff",
        accent="#ffd479",
        foreground="#d7dde8",
        background="#14171c",
        surface="#14171c",
        panel="#1d222a",
        dark=True,
    ),
    Theme(
        name="tutor-light",
        primary="#8a4b00",
        secondary="#0b5fa8",
        accent="#8a4b00",
        foreground="#22262e",
        background="#f6f4ee",
        surface="#f6f4ee",
        panel="#e9e5da",
        dark=False,
    ),
)

_PROSE = {"markdown.code": "bold", "markdown.strong": "bold", "markdown.em": "italic"}
"""How the text of a step is set: weight only, so that it suits every theme."""


class TutorApp(App[None]):
    """dl-tutor in a terminal."""

    TITLE = "dl-tutor"
    CSS_PATH = "styles/tutor.tcss"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS = [
        Binding("v", "look", "view", tooltip="pixels: another view"),
        Binding("q", "quit", "quit"),
        Binding("ctrl+c", "quit", "quit", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", "suspend", show=False, priority=True),
        Binding("colon", "command_palette", "find a step or command", show=False),
        Binding("question_mark,f1", "keys", "these keys", show=False),
    ]

    def __init__(
        self,
        start: tuple[str, str] | None = None,
        *,
        ascii_only: bool = False,
        light: bool = False,
    ) -> None:
        """start: lesson and step to open at once. ascii_only: no character beyond ASCII."""
        self.start = start
        self.ascii_only = ascii_only
        plain = "NO_COLOR" in os.environ
        # Textual reads NO_COLOR in its own __init__; told later, it would paint black on black.
        super().__init__(ansi_color=True if plain else None)
        few = plain or self.console.color_system in (None, "standard")
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "ansi-dark" if few else THEMES[1 if light else 0].name
        self.console.push_theme(RichTheme(_PROSE))
        self.look: Look = "shades" if few or ascii_only else "blocks"

    @property
    def colours(self) -> Colours:
        """Which colours there are to draw with."""
        if self.no_color:
            return "none"
        if self.current_theme.ansi:
            return "ansi"
        return "dark" if self.current_theme.dark else "light"

    @property
    def writing(self) -> bool:
        """Whether earlier frames still wait to be written to the terminal."""
        writer = getattr(self._driver, "_writer_thread", None)
        return writer is not None and writer._queue.qsize() > 0

    def on_mount(self) -> None:
        self.theme_changed_signal.subscribe(self, lambda _: self.restyle())
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(repaint=True, layout=True))
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.exit)
        self.push_screen(HomeScreen())
        if self.start:
            self.open_step(*self.start)

    def open_step(self, lesson_id: str, step_id: str = "") -> None:
        """Open a lesson at a step; the first when none is named."""
        from tutor.screens.lesson import LessonScreen

        one = lesson(lesson_id)
        screen = LessonScreen(one, step_id or one.step_ids[0])
        while len(self.screen_stack) > HOME_DEPTH + 1:
            self.pop_screen()
        if len(self.screen_stack) == HOME_DEPTH + 1:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def go_home(self, lesson_id: str, step_id: str) -> None:
        """Show the map, with its cursor on a step."""
        while len(self.screen_stack) > HOME_DEPTH:
            self.pop_screen()
        home = self.screen
        if isinstance(home, HomeScreen):
            home.select(lesson_id, step_id)

    def restyle(self) -> None:
        """Draw every canvas again."""
        from tutor.widgets.canvas import Canvas

        for screen in self.screen_stack:
            for canvas in screen.query(Canvas):
                canvas.restyle()

    def action_look(self) -> None:
        """Draw pixels in the next way."""
        # Half blocks say everything by colour, so they need enough of it.
        looks = [look for look in LOOKS if look != "blocks" or self.can_blocks]
        place = looks.index(self.look) if self.look in looks else -1
        self.look = looks[(place + 1) % len(looks)]
        self.restyle()

    @property
    def can_blocks(self) -> bool:
        """Whether half blocks can be told apart: many colours, and more than ASCII."""
        return self.colours in ("dark", "light") and not self.ascii_only

    def action_keys(self) -> None:
        """Show all keys of the present screen."""
        from tutor.screens.keys import KeysScreen

        if not isinstance(self.screen, KeysScreen):
            self.push_screen(KeysScreen(self.screen))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the command palette finds: every lesson and step, then the commands."""
        for one in lessons():
            for step in one.steps:
                yield SystemCommand(
                    f"{one.id}: {step.title}",
                    one.title,
                    lambda where=(one.id, step.id): self.open_step(*where),
                )
        yield SystemCommand("Keys", "Show every key of this screen", self.action_keys)
        yield SystemCommand("View", "Pixels as blocks, characters or numbers", self.action_look)
        yield SystemCommand("Theme", "Change the colours", self.action_change_theme)
        yield SystemCommand("Quit", "Leave dl-tutor", self.exit)


def run(start: tuple[str, str] | None, *, ascii_only: bool, light: bool) -> None:
    """Run the application in this terminal until the learner leaves."""
    app = TutorApp(start, ascii_only=ascii_only, light=light)
    app.run()
