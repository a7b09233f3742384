"""The lesson screen: a step's text beside its lab, the film's bar, the answers to "why?"."""

from __future__ import annotations

import textwrap

from rich.markdown import Markdown
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, VerticalScroll
from textual.timer import Timer
from textual.widgets import Static

from engine.notation import format_number
from engine.why import Element
from lessons.catalog import lab_of
from lessons.kit.control import Choice, Control, Grid
from lessons.kit.script import Lesson
from tutor.drawing.ink import MUTED, PLAIN, TITLE, Ink, Line, spelled, width_of
from tutor.drawing.layout import wanted_height
from tutor.drawing.why import Trail
from tutor.lab_session import SPEEDS, LabSession, open_lab
from tutor.screens.base import TutorScreen
from tutor.widgets.canvas import Canvas
from tutor.widgets.chrome import KEY, FilmBar, Header, KeyLine
from tutor.widgets.lab_view import LabView
from tutor.widgets.why_panel import WhyPanel

_ARROWS = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}

WIDE = 100
"""From this many columns on, the text stands beside the picture."""
FRAMES_A_SECOND = 10
"""More than this no eye needs, and a slow line cannot carry."""


def wrapped_lines(markdown: str, width: int) -> int:
    """About how many lines a step's text takes."""
    return sum(
        len(textwrap.wrap(" ".join(paragraph.split()), max(1, width))) + 1
        for paragraph in markdown.split("\n\n")
    ) - 1


class Status(Canvas):
    """The lab's controls; or the number under the cursor; or what went wrong."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.pieces: list[Line] = []

    def show(self, pieces: list[Line]) -> None:
        self.pieces = pieces
        self.redraw()

    def draw(self, width: int, height: int) -> list[Line]:
        lines: list[Line] = [[(" ", PLAIN)]]
        for piece in self.pieces:
            if width_of(lines[-1]) + width_of(piece) > width and len(lines[-1]) > 1:
                lines.append([(" ", PLAIN)])
            lines[-1] += [*piece, ("  ", PLAIN)]
        return lines


class LessonScreen(TutorScreen):
    """One step of a lesson at a time."""

    BINDINGS = [
        Binding("escape", "close", "close", tooltip="close; leave the panel"),
        Binding("backspace", "up", "back up", tooltip="back up to the number before"),
        Binding("pagedown", "scroll_text(1)", "text", tooltip="text on"),
        Binding("pageup", "scroll_text(-1)", "text back", show=False),
        Binding("space", "play", "play", tooltip="play or pause the film"),
        Binding("right", "right", "step", key_display="←→", tooltip="a moment on; cursor right"),
        Binding("left", "left", "back", show=False, tooltip="a moment back; cursor left"),
        Binding("tab", "panel(1)", "panel", tooltip="cursor to the next panel"),
        Binding("shift+tab", "panel(-1)", "cursor to the panel before", show=False),
        Binding("up", "move(-1,0)", "cursor up", show=False),
        Binding("down", "move(1,0)", "cursor down", show=False),
        Binding("enter", "why", "why?", tooltip="why this number?"),
        Binding("n", "turn(1)", "next", tooltip="the next step"),
        Binding("b", "turn(-1)", "back", tooltip="the step before"),
        Binding("r", "rewind", "rewind", tooltip="to where the step starts"),
        Binding("plus,equals_sign", "faster(1)", "speed", key_display="+-", tooltip="faster"),
        Binding("minus", "faster(-1)", "slower", show=False),
        Binding("full_stop", "step(1)", "a moment on, cursor or not", show=False),
        Binding("comma", "step(-1)", "a moment back, cursor or not", show=False),
        Binding("home", "seek(0)", "first moment", show=False),
        Binding("end", "seek(-1)", "last moment", show=False),
        Binding("right_square_bracket", "scrub(1)", "a twentieth on", show=False),
        Binding("left_square_bracket", "scrub(-1)", "a twentieth back", show=False),
        Binding("x", "defaults", "all settings as they came", show=False),
        Binding("h", "home", "home", tooltip="the map of the course"),
    ]

    own_actions = frozenset(
        binding.action.partition("(")[0] for binding in Binding.make_bindings(BINDINGS)
    )

    def __init__(self, lesson: Lesson, step_id: str) -> None:
        super().__init__()
        self.lesson = lesson
        self.number = lesson.step_ids.index(step_id)
        self.session: LabSession | None = None
        self.trail: Trail | None = None
        self.entry: str | None = None
        """What has been typed so far of a cell's new number."""
        self.message = ""
        self.ticker: Timer | None = None
        self.owed = 0.0
        """Moments that playing has yet to show; frames are dropped, moments are not."""

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

    # Steps ------------------------------------------------------------------------------------

    def open(self, number: int) -> None:
        """Open a step of the lesson."""
        self.number = number
        step = self.lesson.steps[number]
        self.trail, self.entry, self.message = None, None, ""
        lab = lab_of(self.lesson.id, step)
        call = step.lab
        self.session = open_lab(lab, call.settings, call.at) if lab and call else None
        prose = spelled(step.prose) if self.tutor.ascii_only else step.prose
        self.query_one("#prose", Static).update(Markdown(prose))
        self.query_one("#text").scroll_home(animate=False)
        self.query_one(LabView).display = self.session is not None
        dots = "".join(
            "●" if n < number else "◐" if n == number else "○"
            for n in range(len(self.lesson.steps))
        )
        count = len(self.lesson.steps)
        self.query_one(Header).show(
            [(self.lesson.id, KEY), (f" · {number + 1} of {count} · ", MUTED), (step.title, TITLE)],
            [(dots, MUTED)],
        )
        self.set_out()
        self.update()

    def resized(self, width: int, height: int) -> None:
        self.set_out()

    def set_out(self) -> None:
        """Text beside the picture where there is room, under it where there is not."""
        wide = self.size.width >= WIDE
        self.set_class(wide, "-wide")
        text = self.query_one("#text")
        if wide:
            text.styles.height = "100%"
        else:
            text.styles.height = self.text_height()
        self.call_after_refresh(self.update)

    def text_height(self) -> int | str:
        """Lines for the text under the picture: what the picture leaves, but at least four."""
        if self.session is None:
            return "1fr"
        room = self.size.height - 4
        lines = wrapped_lines(self.lesson.steps[self.number].prose, self.size.width - 3)
        picture = wanted_height(self.session.figure, self.size.width - 2, self.tutor.look)
        return max(4, room // 4, min(lines, room - picture))

    def update(self) -> None:
        """Show the present state everywhere; each part writes only what changed."""
        session = self.session
        pointed = self.trail.element if self.trail else None
        self.query_one(LabView).show(session, pointed)
        bar = self.query_one(FilmBar)
        bar.display = session is not None and session.film.length > 1
        bar.show(session)
        self.query_one(WhyPanel).show(self.trail, self.size.height // 2)
        status = self.query_one(Status)
        status.show(self.status())
        self.refresh_bindings()
        self.show_keys()
        if self.ticker:
            playing = session is not None and session.playing
            self.ticker.resume() if playing else self.ticker.pause()

    def status(self) -> list[Line]:
        session = self.session
        if self.message:
            return [[(self.message, Ink("dropped", bold=True))]]
        if session is None:
            return []
        if session.cursor is not None:
            return self.readout(session.element())
        controls = [control for control in session.lab.controls if control.key]
        full = [self.setting(control, True) for control in controls]
        if sum(width_of(piece) + 2 for piece in full) < self.size.width:
            return full
        return [self.setting(control, not isinstance(control, Choice)) for control in controls]

    def setting(self, control: Control, labelled: bool) -> Line:
        """A control's key, its name where there is room, and its value."""
        session = self.session
        assert session is not None
        value = control.show(session.settings[control.name])
        if any(session.settings[name] != session.lab.control(name).initial for name in control.resets):
            value += "*"
        label = f" {control.label} " if labelled else " "
        return [(control.key, KEY), (label, MUTED), (value, TITLE)]

    def readout(self, element: Element | None) -> list[Line]:
        """The number under the cursor, and what can be done with it."""
        if element is None:
            return []
        line: Line = [(element.label, TITLE), (" = ", MUTED)]
        if self.entry is not None:
            return [[*line, (f"{self.entry}▏", KEY), ("  ⏎ set  esc leave it", MUTED)]]
        line.append((format_number(element.value, 4), KEY))
        if self.session and self.session.editable():
            line.append(("   type a number to change it", MUTED))
        return [line]

    # Film -------------------------------------------------------------------------------------

    def tick(self) -> None:
        """Show the next moment, unless the last frame is still leaving for the terminal."""
        session = self.session
        if session is None or not session.playing:
            return
        self.owed += SPEEDS[session.speed] / FRAMES_A_SECOND
        if self.owed < 1 or self.tutor.writing:
            return
        moments, self.owed = int(self.owed), self.owed % 1
        session.step(moments)
        self.update()

    def action_play(self) -> None:
        if self.session:
            self.trail = None
            self.session.toggle_play()
            self.owed = 0.0
            self.update()

    def action_step(self, by: int) -> None:
        if self.session:
            self.trail = None
            self.session.playing = False
            self.session.step(by)
            self.update()

    def action_seek(self, position: int) -> None:
        if self.session:
            self.session.playing = False
            self.session.go(position if position >= 0 else self.session.film.length - 1)
            self.trail = None
            self.update()

    def action_scrub(self, twentieths: int) -> None:
        if self.session:
            self.trail = None
            self.session.scrub(twentieths)
            self.update()

    def action_faster(self, by: int) -> None:
        if self.session:
            self.session.faster(by)
            self.update()

    def action_rewind(self) -> None:
        if self.session:
            self.trail = None
            self.session.rewind()
            self.update()

    # Cursor and why ---------------------------------------------------------------------------

    def action_right(self) -> None:
        self.sideways(1)

    def action_left(self) -> None:
        self.sideways(-1)

    def sideways(self, by: int) -> None:
        if self.trail:
            self.trail.pick_factor(by)
            self.update()
        elif self.session and self.session.cursor:
            self.session.move_cursor(0, by)
            self.update()
        else:
            self.action_step(by)

    def action_move(self, rows: int, columns: int) -> None:
        if self.trail:
            self.trail.pick(rows)
        elif self.session and self.session.cursor:
            self.session.move_cursor(rows, columns)
        elif self.session:
            self.session.next_panel(1)
        self.update()

    def action_panel(self, by: int) -> None:
        if self.session:
            self.trail = None
            self.session.next_panel(by)
            self.update()

    def action_why(self) -> None:
        if self.trail:
            self.trail.down()
        elif self.session:
            element = self.session.element()
            if element is not None:
                self.session.playing = False
                self.trail = Trail.start(element)
        self.update()

    def action_up(self) -> None:
        if self.trail and not self.trail.up():
            self.trail = None
        self.update()

    def action_close(self) -> None:
        if self.trail:
            self.trail = None
        elif self.session:
            self.session.cursor = None
        self.update()

    def on_lab_view_pointed(self, message: LabView.Pointed) -> None:
        if self.session:
            self.trail = None
            self.session.cursor = message.cursor
            self.session.move_cursor(0, 0)
            self.update()

    def on_film_bar_sought(self, message: FilmBar.Sought) -> None:
        self.action_seek(message.position)

    # Steps, text, settings --------------------------------------------------------------------

    def action_turn(self, by: int) -> None:
        number = self.number + by
        if 0 <= number < len(self.lesson.steps):
            self.open(number)
        elif number < 0:
            self.action_home()
        else:
            self.say("This is the last step of the lesson; h goes to the map of the course.")

    def action_home(self) -> None:
        from tutor.screens.home import HomeScreen

        step = self.lesson.steps[self.number]
        self.tutor.pop_screen()
        if isinstance(self.tutor.screen, HomeScreen):
            self.tutor.screen.select(self.lesson.id, step.id)

    def action_scroll_text(self, pages: int) -> None:
        text = self.query_one("#text")
        text.scroll_relative(y=pages * max(1, text.size.height - 1), animate=False)

    def action_defaults(self) -> None:
        step = self.lesson.steps[self.number]
        if self.session and step.lab:
            self.session.reset(self.session.lab.settings(step.lab.settings))
            self.trail = None
            self.update()

    def say(self, message: str) -> None:
        """Show a sentence until the next key."""
        self.message = message
        self.update()

    def on_key(self, event: events.Key) -> None:
        if self.message:
            self.message = ""
            self.call_later(self.update)
        session = self.session
        if session is None:
            return
        if self.typed(event, session):
            event.stop()
            event.prevent_default()
            return
        control = self.control_of(event.character or "")
        if control is not None:
            event.stop()
            event.prevent_default()
            self.trail = None
            try:
                session.turn(control, 1 if event.character == control.key else -1)
            except ValueError as error:
                self.message = str(error)
            self.update()

    def control_of(self, character: str) -> Control | None:
        """The control that a letter sets."""
        controls = self.session.lab.controls if self.session else ()
        for control in controls:
            if control.key and character in (control.key, control.key.upper()):
                return control
        return None

    def typed(self, event: events.Key, session: LabSession) -> bool:
        """Take a key as part of a cell's new number; False when it is not."""
        character = event.character or ""
        digit = bool(character) and character in "0123456789-."
        if self.entry is None:
            if not (self.can_type and digit):
                return False
            self.entry = character
        elif event.key in ("enter", *_ARROWS):
            entry, self.entry = self.entry, None
            try:
                session.edit(entry)
                session.move_cursor(*_ARROWS.get(event.key, (0, 0)))
            except ValueError as error:
                self.message = str(error)
        elif event.key == "escape":
            self.entry = None
        elif event.key == "backspace":
            self.entry = self.entry[:-1] or None
        elif digit:
            self.entry = (self.entry + character)[:8]
        self.update()
        return True

    @property
    def can_type(self) -> bool:
        """Whether the cursor is on a cell that takes a number."""
        session = self.session
        return bool(session and session.cursor and not self.trail and session.editable())

    def lab_keys(self) -> list[tuple[str, str]]:
        """The controls of the lab, for the page of keys."""
        controls = self.session.lab.controls if self.session else ()
        rows = [(f"{c.key} {c.key.upper()}", f"{c.label}: next, before") for c in controls if c.key]
        grids = [c for c in controls if isinstance(c, Grid)]
        return rows + [("0-9 - .", f"{c.label}: type at the cursor") for c in grids]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which keys work now: the line at the bottom shows only those."""
        session = self.session
        if self.entry is not None and action in self.own_actions:
            return False
        if self.can_type and action in ("faster", "step"):
            return False  # their keys begin a number
        if action == "up":
            return self.trail is not None
        if action == "close":
            return self.trail is not None or (session is not None and session.cursor is not None)
        if action in ("play", "faster", "rewind", "scrub", "seek", "step"):
            return session is not None and session.film.length > 1
        if action == "scroll_text":
            return bool(self.query_one("#text").max_scroll_y)
        if action in ("why", "panel", "defaults"):
            return session is not None
        return True
