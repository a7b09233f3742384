"""The application: screens, theme, and a clean way out."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.binding import Binding
from textual.driver import Driver
from textual.filter import NoColor
from textual.screen import Screen

from lessons.catalog import labs, lesson, lessons, template, template_ids
from lessons.kit.script import Lesson, Step
from tutor.ascii import in_cells
from tutor.bindings import INTERRUPT, key_name
from tutor.drawing.look import LOOKS, Look
from tutor.ends import Ends, end_process
from tutor.line_app import LineApp
from tutor.pauses import keep, look
from tutor.preferences.place import settings_file
from tutor.preferences.store import Store
from tutor.progress import kinds
from tutor.progress.kinds import Record
from tutor.progress.log import NotSaved
from tutor.progress.place import StateDirectory
from tutor.progress.session import Progress, open_progress
from tutor.progress.state import State
from tutor.screens.base import TutorScreen
from tutor.screens.home import HomeScreen
from tutor.terminal.plan import Plan, plan_for
from tutor.terminal.surroundings import EVERYTHING, Surroundings, look_around
from tutor.themes import PROSE, SYSTEMS, THEMES
from tutor.widgets.inks import Colours
from tutor.widgets.scroll_bar import use_whole_cells

if TYPE_CHECKING:
    from lessons.kit.glossary import Term
    from tutor.keymap import Keymap

class TutorApp(LineApp):
    """dl-tutor in a terminal."""

    TITLE = "dl-tutor"
    CSS_PATH = "styles/tutor.tcss"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS = [
        Binding("v", "look", "view", tooltip="pixels: another view", id="view"),
        Binding("q", "quit", "quit", id="quit"),
        Binding("ctrl+c", "quit", "quit", show=False, priority=True, id=INTERRUPT),
        Binding("ctrl+z", "suspend_process", "suspend", show=False, id="suspend"),
        Binding("ctrl+l", "redraw", "draw the screen again", show=False, id="redraw"),
        Binding("colon", "command_palette", "find a step or command", show=False, id="find"),
        Binding("question_mark,f1", "keys", "these keys", show=False, id="keys"),
    ]

    def __init__(
        self,
        start: tuple[str, str] | None = None,
        *,
        ascii_only: bool = False,
        light: bool = False,
        progress: Progress | None = None,
        review: bool = False,
        image: str = "",
        store: Store | None = None,
        around: Surroundings | None = None,
    ) -> None:
        """start: lesson and step to open at once, else where the learner was. ascii_only: no
        character beyond ASCII; light: a light page; both win over the settings. progress: what the
        learner did; without one nothing is kept. review: open the questions that are due. image:
        the path of the learner's own picture, for every lab that can show it. store: the settings.
        around: the terminal, by default as the environment describes it."""
        self.review = review
        self.store = store or Store(None)
        self.around = around or look_around()
        self._asked = (ascii_only, light)
        self.plan = self._planned()
        self.keymap: Keymap = {}
        """Keys that the learner has put elsewhere."""
        self.image = image
        self.progress = progress or Progress(StateDirectory(None))
        last = self.state.last
        self.start = start or ((last.lesson, last.step) if last else None)
        self.ascii_only = self.plan.ascii_only
        self._ends: Ends | None = None
        # Told later, Textual would paint black on black.
        super().__init__(ansi_color=True if self.around.depth == "none" else None)
        if self.around.depth == "none" and not self.no_color:
            self.no_color = True
            self._filters.append(NoColor())
        self.console._color_system = SYSTEMS[self.around.depth]
        for theme in THEMES:
            self.register_theme(theme)
        use_whole_cells()
        self.theme = self.plan.theme
        # Nothing has that theme's styles yet: Textual 8.2 would parse all of them twice.
        self._css_update_count = 0
        self.console.push_theme(PROSE)
        self.look: Look = self.plan.look
        self.animation_level = "full" if self.plan.slides else "none"

    def _planned(self) -> Plan:
        """What to do on this terminal, after the settings as they are now."""
        ascii_only, light = self._asked
        return plan_for(self.around, self.store.now, ascii_only=ascii_only, light=light)

    @property
    def state(self) -> State:
        """What is known about the learner."""
        return self.progress.state

    def record(self, record: Record) -> None:
        """Write down what happened; it is on disk when this returns, or the learner is told."""
        try:
            self.progress.record(record)
        except NotSaved as error:
            self.notify(str(error), severity="warning", timeout=10)

    def due(self) -> list[str]:
        """The ids of the question templates that are to be reviewed now."""
        return self.progress.due(template_ids())

    def exit(self, *arguments: Any, **named: Any) -> None:
        """Leave, by whatever way; a film that plays has its place written down first."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, TutorScreen):
                screen.note()
                break
        if self._ends:
            self._ends.leaving(named.get("return_code", 0))
        super().exit(*arguments, **named)

    @property
    def colours(self) -> Colours:
        """Which colours there are to draw with."""
        if self.no_color:
            return "none"
        if self.current_theme.ansi:
            return "ansi" if self.current_theme.dark else "ansi-light"
        return "dark" if self.current_theme.dark else "light"

    def on_mount(self) -> None:
        self.theme_changed_signal.subscribe(self, lambda _: self.restyle())
        modes = getattr(self._driver, "attrs_before", None)
        self._ends = Ends(self.exit_now, modes)
        refused = self.take_keys()
        starts = self.start and self._exists(*self.start)
        if self.review or not starts:
            self.push_screen(HomeScreen())
        for notice in (*self.progress.notices, *self.store.problems, *refused):
            self.notify(notice, severity="warning", timeout=10, markup=False)
        if self.review:
            self.open_review()
        elif self.start and starts:
            self.open_step(*self.start)

    def on_unmount(self) -> None:
        if self._ends:
            self._ends.close()

    def _build_driver(self, *arguments: Any, **named: Any) -> Driver:
        """Textual's driver, which writes nothing beyond ASCII where that is all there is: what is
        Textual's own, borders and notices say, knows no ASCII by itself."""
        driver = super()._build_driver(*arguments, **named)
        write = driver.write

        def written(data: str) -> None:
            write(in_cells(data) if self.ascii_only else data)

        driver.write = written  # type: ignore[method-assign]
        return driver

    def take_keys(self) -> tuple[str, ...]:
        """Put keys where the learner has them; gives why some cannot be there."""
        given = self.store.now.keys
        why: dict[str, str] = {}
        self.keymap = {}
        if given:  # looking at the keys of all screens takes its time
            from tutor.keymap import checked

            self.keymap, why = checked(given)
        self.set_keymap({name: ",".join(keys) for name, keys in self.keymap.items()})
        return self.store.refused_keys(why)

    def key_of(self, binding_id: str, usual: str) -> str:
        """How the key of a binding is called."""
        return key_name(next(iter(self.keymap.get(binding_id, ())), usual))

    def follow_settings(self) -> None:
        """Do as the learner prefers from now on."""
        self.plan = self._planned()
        self.ascii_only, self.look = self.plan.ascii_only, self.plan.look
        self.animation_level = "full" if self.plan.slides else "none"
        self.take_keys()
        self.theme = self.plan.theme
        self.restyle()
        for screen in self.screen_stack:
            if isinstance(screen, TutorScreen):
                screen.restyled()

    def open_settings(self) -> None:
        """Show the settings, over whatever is open."""
        from tutor.screens.settings import SettingsScreen

        if not isinstance(self.screen, SettingsScreen):
            self.push_screen(SettingsScreen())

    def _exists(self, lesson_id: str, step_id: str) -> bool:
        """Whether the course still has a step: the log may be older, or newer."""
        return any(one.id == lesson_id and step_id in one.step_ids for one in lessons())

    def open_step(self, lesson_id: str, step_id: str) -> None:
        """Open a lesson at a step."""
        from tutor.screens.opening import OpeningScreen, brought_in

        one = lesson(lesson_id)
        step = one.step(step_id)
        self.record(kinds.step_opened(one.id, step.id))
        if brought_in():
            self._show(self._screen_of(one, step))
        else:
            self._show(OpeningScreen(one, step.id, lambda: self._show(self._screen_of(one, step))))

    def _screen_of(self, one: Lesson, step: Step) -> Screen[None]:
        from tutor.screens.opening import OpeningScreen

        # Not from another step: what is kept is never given back, and the step that is left is
        # still there.
        if isinstance(self.screen, HomeScreen | OpeningScreen):
            if step.lab:
                labs(one.id)
            keep(one.id if step.lab else "tasks")
        if step.check:
            from tutor.screens.check import CheckScreen

            return CheckScreen(one, step.id, seed=len(self.state.answers))
        if step.code:
            from tutor.screens.code import CodeScreen

            return CodeScreen(one, step.id)
        from tutor.screens.lesson import LessonScreen

        return LessonScreen(one, step.id, self.state.place(one.id, step.id))

    def open_review(self) -> None:
        """Ask what is due; says so when nothing is."""
        due = tuple(map(template, self.due()))
        if not due:
            self.notify("Nothing is due for review. Answer a lesson's questions to start.")
            return
        from tutor.screens.review import ReviewScreen

        self._show(ReviewScreen(due, seed=len(self.state.answers)))

    def open_terms(self, wanted: Term | None = None) -> None:
        """Show the glossary, at a term when one is wanted."""
        from tutor.screens.terms import TermsScreen

        self._show(TermsScreen(wanted))

    @property
    def _below(self) -> int:
        """How many screens lie below what is shown: Textual's own first one, and the map, once it
        has been looked at."""
        return 1 + any(isinstance(screen, HomeScreen) for screen in self.screen_stack)

    def _show(self, screen: Screen[None]) -> None:
        """Put a screen on the map, in place of what was there."""
        while len(self.screen_stack) > self._below + 1:
            self.pop_screen()
        if len(self.screen_stack) == self._below + 1:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def go_home(self, lesson_id: str = "") -> None:
        """Show the map, with its cursor on a lesson."""
        while len(self.screen_stack) > max(2, self._below):
            self.pop_screen()
        if isinstance(self.screen, HomeScreen):
            self.screen.select(lesson_id)
        else:
            self.switch_screen(HomeScreen(lesson_id))
        self.screen.call_after_refresh(look)

    def restyle(self) -> None:
        """Draw every canvas again."""
        from tutor.widgets.canvas import Canvas

        if self.look == "blocks" and not self.can_blocks:
            self.look = "shades"
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

    def action_command_palette(self) -> None:
        """Find a step or command by typing some of it."""
        from tutor.screens.palette import Palette

        if not any(isinstance(screen, Palette) for screen in self.screen_stack):
            self.push_screen(Palette(id="--command-palette"))

    def search_themes(self) -> None:
        """Choose other colours."""
        from textual.theme import ThemeProvider

        from tutor.screens.palette import Palette

        self.push_screen(Palette(providers=[ThemeProvider], placeholder="Search for themes…"))

    def action_keys(self) -> None:
        """Show all keys of the present screen."""
        from tutor.screens.keys import KeysScreen

        if not isinstance(self.screen, KeysScreen):
            self.push_screen(KeysScreen(self.screen))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the command palette finds: every lesson and step, then the commands."""
        from lessons.kit.glossary import glossary

        for one in lessons():
            for step in one.steps:
                yield SystemCommand(
                    f"{one.id}: {step.title}",
                    one.title,
                    lambda where=(one.id, step.id): self.open_step(*where),
                )
            for term in glossary(one.id):
                yield SystemCommand(
                    f"term: {term.name}", term.says, lambda term=term: self.open_terms(term)
                )
        yield SystemCommand("Review", "Answer what is due", self.open_review)
        yield SystemCommand("Terms", "What the words mean", self.open_terms)
        yield SystemCommand("Keys", "Show every key of this screen", self.action_keys)
        yield SystemCommand("View", "Pixels as blocks, characters or numbers", self.action_look)
        yield SystemCommand("Settings", "Colours, characters, motion, keys", self.open_settings)
        yield SystemCommand("Quit", "Leave dl-tutor", self.exit)


def run(
    start: tuple[str, str] | None,
    *,
    ascii_only: bool,
    light: bool,
    state_dir: str | None = None,
    review: bool = False,
    image: str = "",
    config: str | None = None,
    served: bool = False,
) -> int:
    """Run the application in this terminal until the learner leaves; ends the process with the
    exit code.

    served: a browser shows it, and there is no terminal.
    """
    from tutor.terminal.asking import shows_unicode

    progress = open_progress(state_dir)
    encoding = getattr(sys.__stderr__, "encoding", None) or ""
    app = TutorApp(
        start,
        ascii_only=ascii_only,
        light=light,
        progress=progress,
        review=review,
        image=image,
        store=Store(settings_file(config)),
        around=EVERYTHING if served else look_around(encoding=encoding, ask=shows_unicode),
    )
    app.run()
    progress.close()
    end_process(app.return_code or 0)
