"""What the keys of an open lab do: its film, its cursor, its controls, and asking why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual import events
from textual.binding import Binding

from engine.why import Element
from lessons.kit.cells import Editable, Grid
from lessons.kit.control import Control, Typed
from lessons.kit.script import Lesson
from tutor.bet import BET_RUNS, Bet
from tutor.drawing.why import Trail
from tutor.film_worker import FilmWorker
from tutor.lab_session import LabSession
from tutor.screens.step import StepScreen
from tutor.speeds import FRAMES_A_SECOND
from tutor.widgets.film_bar import FilmBar
from tutor.widgets.lab_view import LabView

ARROWS = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}
DIGITS = frozenset("0123456789-.")
LONGEST_NUMBER = 8
_FILM_KEYS = frozenset({"space", "right", "left", "home", "end", "full_stop", "comma", "tab"})


class LabKeys(StepScreen):
    """A screen with a lab session. A subclass shows the state in `update`."""

    session: LabSession

    BINDINGS = [
        Binding("escape", "close", "close", tooltip="close; leave the panel", id="leave-number"),
        Binding("backspace", "up", "back up", tooltip="back up to the number before", id="why-up"),
        Binding("enter", "bet", "bet", tooltip="let the bet stand", id="why"),
        Binding("space", "play", "play", tooltip="play or pause the film", id="play"),
        Binding(
            "right", "sideways(1)", "step", key_display="←→", tooltip="a moment on; right", id="on"
        ),
        Binding(
            "left", "sideways(-1)", "back", show=False, tooltip="a moment back; left", id="before"
        ),
        Binding("tab", "panel(1)", "panel", tooltip="cursor to the next panel", id="panel-next"),
        Binding(
            "shift+tab", "panel(-1)", "cursor to the panel before", show=False, id="panel-before"
        ),
        Binding("up", "move(-1,0)", "cursor up", show=False, id="cursor-up"),
        Binding("down", "move(1,0)", "cursor down", show=False, id="cursor-down"),
        Binding("enter", "why", "why?", tooltip="why this number?", id="why"),
        *StepScreen.BINDINGS,  # before the keys that the line of keys can do without
        Binding("r", "rewind", "rewind", tooltip="to where the step starts", id="rewind"),
        Binding(
            "plus,equals_sign",
            "faster(1)",
            "speed",
            key_display="+-",
            tooltip="faster",
            id="faster",
        ),
        Binding("minus", "faster(-1)", "slower", show=False, id="slower"),
        Binding("full_stop", "step(1)", "a moment on, cursor or not", show=False, id="moment-on"),
        Binding(
            "comma", "step(-1)", "a moment back, cursor or not", show=False, id="moment-before"
        ),
        Binding("home", "seek(0)", "first moment", show=False, id="first"),
        Binding("end", "seek(-1)", "last moment", show=False, id="last"),
        Binding("right_square_bracket", "scrub(1)", "a twentieth on", show=False, id="scrub-on"),
        Binding(
            "left_square_bracket", "scrub(-1)", "a twentieth back", show=False, id="scrub-back"
        ),
        Binding("x", "defaults", "all settings as they came", show=False, id="defaults"),
    ]
    own_actions = frozenset(
        binding.action.partition("(")[0]
        for binding in Binding.make_bindings(BINDINGS)
        if binding not in [*Binding.make_bindings(StepScreen.BINDINGS)]
    )

    def __init__(self, lesson: Lesson, step_id: str) -> None:
        super().__init__(lesson, step_id)
        self.message = ""
        """A sentence that stays until the next key."""
        self.trail: Trail | None = None
        """The answers to "why?" that are open."""
        self.entry: str | None = None
        """What has been typed so far of a cell's new number."""
        self.bet: Bet | None = None
        """What the learner bets on before the film moves on."""
        app = self.tutor  # a screen that was left no longer knows it, and the worker is a thread
        self.worker = FilmWorker(lambda: app.last_input)
        self._owed = 0.0
        """Seconds of playing that are yet to be shown: frames may be dropped, moments not."""

    def opening_settings(self) -> dict[str, Any]:
        """The settings with which the step opens its lab."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.there:
            return False
        session = self.session
        betting = self.bet is not None and self.bet.open
        if action == "bet":
            return betting
        typing = self.entry is not None or betting
        if typing and action in self.own_actions:
            return False
        if self.can_type and action in ("faster", "step"):
            return False  # their keys begin a number
        if action == "play" and self.paints:
            return False  # the space bar draws
        if action == "up":
            return self.trail is not None
        if action == "close":
            return self.trail is not None or session.cursor is not None
        if action in ("play", "faster", "rewind", "scrub", "seek", "step"):
            return session.film.length > 1
        if action == "sideways":
            return session.film.length > 1 or bool(self.trail or session.cursor)
        return super().check_action(action, parameters)

    def says(self, binding: Binding) -> str:
        if binding.action == "sideways(1)" and (self.trail or self.session.cursor):
            return "pick" if self.trail else "move"
        return super().says(binding)

    # Film -------------------------------------------------------------------------------------

    def tick(self) -> None:
        """Show the next moment, unless the last frame is still leaving for the terminal."""
        session = self.session
        if self.worker.failure:
            raise self.worker.failure
        if not session.moving:
            return
        if session.playing:
            self._owed += 1 / FRAMES_A_SECOND
        page = self.tutor.page
        if self.tutor.writing or page.late or not page.budget.allows:
            return
        before = session.position
        session.arrive()
        if session.playing:
            self._owed = session.play_on(self._owed)
        self.worker.want(session.film, session.wanted)
        if session.position != before or not session.moving:
            self.settle_bet()
            self.update()

    def action_play(self) -> None:
        self.trail = None
        self.session.toggle_play()
        self._owed = 0.0
        self.update()

    def action_step(self, by: int) -> None:
        self._go(lambda session: session.step(by))

    def action_scrub(self, twentieths: int) -> None:
        self._go(lambda session: session.scrub(twentieths))

    def action_seek(self, position: int) -> None:
        """Go to a moment; -1 is the last one."""
        self._go(lambda session: session.go(position % session.film.length))

    def action_rewind(self) -> None:
        self._go(LabSession.rewind)

    def _go(self, move: Callable[[LabSession], None]) -> None:
        """Move in the film by the learner's hand: playing stops, answers close."""
        self.trail = None
        self.session.playing = False
        move(self.session)
        self.settle_bet()
        self.update()

    def action_faster(self, by: int) -> None:
        self.session.faster(by)
        self.update()

    def on_film_bar_sought(self, message: FilmBar.Sought) -> None:
        self.action_seek(message.position)

    # Cursor and why ---------------------------------------------------------------------------

    def action_sideways(self, by: int) -> None:
        if self.trail:
            self.trail.pick_factor(by)
            self.update()
        elif self.session.cursor:
            self.move_cursor(0, by)
        else:
            self.action_step(by)

    def action_move(self, rows: int, columns: int) -> None:
        if self.trail:
            self.trail.pick(rows)
        elif self.session.cursor:
            self.move_cursor(rows, columns)
        else:
            self.session.next_panel(1)
        self.update()

    def move_cursor(self, rows: int, columns: int) -> None:
        """Move the cursor, or what it steers; what the lab refuses is said."""
        try:
            self.session.move_cursor(rows, columns)
        except ValueError as error:
            self.message = str(error)
        self.update()

    def action_panel(self, by: int) -> None:
        self.trail = None
        self.session.next_panel(by)
        self.update()

    def action_why(self) -> None:
        element = self.subject()
        if self.trail:
            self.trail.down()
        elif element is not None:
            self.session.halt()
            self.trail = Trail.start(element)
        self.update()

    def subject(self) -> Element | None:
        """The number that "why?" asks about: what the bet was about, as long as the lab shows it
        and the cursor is not set."""
        bet, session = self.bet, self.session
        if bet and bet.truth and session.cursor is None and bet.shown:
            return bet.truth.element
        return session.element()

    def action_up(self) -> None:
        if self.trail and not self.trail.up():
            self.trail = None
        self.update()

    def action_close(self) -> None:
        if self.trail:
            self.trail = None
        else:
            self.session.cursor = None
        self.update()

    def on_lab_view_pointed(self, message: LabView.Pointed) -> None:
        if self.bet is not None and self.bet.open:
            return
        self.trail = self.entry = None
        self.session.point(message.cursor)
        if message.draws:
            self.session.paint(message.level)
        self.update()

    # Controls ---------------------------------------------------------------------------------

    def action_defaults(self) -> None:
        if self.bet and self.bet.waiting:
            self.message = BET_RUNS
            self.update()
            return
        self.session.reset(self.session.lab.settings(self.opening_settings()))
        self.trail = None
        self.update()

    def on_key(self, event: events.Key) -> None:
        """Keys that are no binding: letters of controls, and numbers typed into a cell."""
        session = self.session
        if not self.there:
            return
        if self.bet and self.bet.open:
            if self.bet.entry.key(event.key, event.character or ""):
                self.bet.message = ""
                event.stop()
                event.prevent_default()
            elif event.key in _FILM_KEYS:
                self.bet.message = "The film waits for your bet."
            self.update()
            return
        if self.message:
            self.message = ""
            self.call_later(self.update)
        control = self.control_of(event.character or "")
        if self.painted(event.character or "") or self.typed(event, session):
            pass
        elif isinstance(control, Typed):
            self.ask_for(control)
        elif control is not None:
            self.turn_control(session, control, 1 if event.character == control.key else -1)
        else:
            return
        event.stop()
        event.prevent_default()
        self.update()

    def action_bet(self) -> None:
        """Let the bet stand; nothing given moves nothing."""
        if self.bet:
            self.bet.commit()
            self.settle_bet()
            self.update()

    def settle_bet(self) -> None:
        """Hold a bet that stands against the truth, once the film has arrived there."""
        if self.bet and self.bet.settle():
            self.bet_made(self.bet)

    def bet_made(self, bet: Bet) -> None:
        """Called when a bet stands, before how it came out is shown."""
        raise NotImplementedError

    def ask_for(self, control: Control) -> None:
        """Let the learner type a control's value; a subclass has the place for it."""
        raise NotImplementedError

    def turn_control(self, session: LabSession, control: Control, by: int) -> None:
        """Set a control to its next value; what the lab refuses is said."""
        if self.bet and self.bet.waiting:
            self.message = BET_RUNS
            return
        self.trail = None
        try:
            session.turn(control, by)
        except ValueError as error:
            self.message = str(error)

    def control_of(self, character: str) -> Control | None:
        """The control that a letter sets."""
        for control in self.session.lab.controls:
            if control.key and character in (control.key, control.key.upper()):
                return control
        return None

    @property
    def can_type(self) -> bool:
        """Whether the cursor is on a cell that takes a number; one that is drawn takes strokes."""
        session = self.session
        return bool(session.cursor and not self.trail and session.editable()) and not self.paints

    @property
    def paints(self) -> bool:
        """Whether the cursor is on a picture that is drawn."""
        editing = None if self.trail else self.session.editable()
        return editing is not None and isinstance(editing.control, Grid) and editing.control.paints

    def painted(self, character: str) -> bool:
        """Take a key as a stroke; False when it is none."""
        if not (self.paints and (character == " " or character.isdecimal())):
            return False
        self.session.paint(None if character == " " else int(character) / 9)
        return True

    def typed(self, event: events.Key, session: LabSession) -> bool:
        """Take a key as part of a cell's new number; False when it is not."""
        character = event.character or ""
        if self.entry is None:
            if not (self.can_type and character in DIGITS):
                return False
            self.entry = character
        elif event.key in ("enter", *ARROWS):
            entry, self.entry = self.entry, None
            try:
                session.edit(entry)
                session.move_cursor(*ARROWS.get(event.key, (0, 0)))
            except ValueError as error:
                self.message = str(error)
        elif event.key == "escape":
            self.entry = None
        elif event.key == "backspace":
            self.entry = self.entry[:-1] or None
        elif character in DIGITS:
            self.entry = (self.entry + character)[:LONGEST_NUMBER]
        return True

    def lab_keys(self) -> list[tuple[str, str]]:
        """The controls of the lab, for the page of keys."""
        if self.bet and self.bet.open:
            return []
        controls = self.session.lab.controls
        rows = [
            (c.key, f"{c.label}: type it")
            if isinstance(c, Typed)
            else (f"{c.key} {c.key.upper()}", f"{c.label}: next, before")
            for c in controls
            if c.key
        ]
        edited = [c for c in controls if isinstance(c, Editable)]
        drawn = [c for c in edited if isinstance(c, Grid) and c.paints]
        rows += [("0-9 space", f"{c.label}: draw at the cursor") for c in drawn]
        typed = [c for c in edited if c not in drawn]
        return rows + [("0-9 - .", f"{c.label}: type at the cursor") for c in typed]
