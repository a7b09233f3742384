"""The screen of a step with a lab: the figure, the film's bar, the answers to "why?"."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from textual.timer import Timer
from textual.widget import Widget

from lessons.kit.control import Control
from lessons.kit.script import Lesson
from tutor import taking
from tutor.ahead import get_ready, wait_for
from tutor.bet import Bet
from tutor.drawing.asking import bet_lines
from tutor.drawing.layout import spare_lines, wanted_height
from tutor.lab_session import LabSession
from tutor.pauses import opened
from tutor.preferences.kinds import AUTO
from tutor.progress import kinds
from tutor.progress.state import Place
from tutor.screens.lab_keys import LabKeys
from tutor.speeds import FRAMES_A_SECOND, SPEEDS
from tutor.widgets.bet_line import BetLine
from tutor.widgets.film_bar import FilmBar
from tutor.widgets.lab_view import LabView
from tutor.widgets.status import Status, controls_height
from tutor.widgets.typed_line import TypedLine
from tutor.widgets.why_panel import WhyPanel


class LessonScreen(LabKeys):
    """A step with its lab."""

    def __init__(self, lesson: Lesson, step_id: str, place: Place) -> None:
        """place: where the learner was in this step, and how its lab was set."""
        super().__init__(lesson, step_id)
        self.place = place
        self.session: LabSession = self.opened_lab()
        self.ticker: Timer | None = None

    def opened_lab(self) -> LabSession:
        """The step's lab, as the step opens it or as the learner left it; what of that could not
        be taken up is said."""
        wait_for(self.lesson.id, self.step.id)
        session, trouble = taking.opened_lab(self.lesson, self.step, self.place, self.tutor.image)
        if trouble:
            self.tutor.notify(trouble, severity="warning", timeout=10, markup=False)
        speed = self.tutor.store.now.speed
        if speed != AUTO and not session.film.arrives:
            session.speed = SPEEDS.index(int(speed))
        return session

    def prose(self) -> str:
        if not self.tutor.keymap:
            return super().prose()
        from tutor.keymap import moved, with_keys

        return with_keys(super().prose(), moved(type(self), self.tutor.keymap))

    def note(self) -> None:
        """Write down where the learner is; the log leaves out what it has already."""
        if self.bet is not None and (self.bet.open or self.bet.waiting):
            return
        self.tutor.record(taking.place_in(self.lesson, self.step, self.session))

    def turn_control(self, session: LabSession, control: Control, by: int) -> None:
        super().turn_control(session, control, by)
        self.call_after_refresh(self.note)

    @property
    def asking(self) -> bool:
        """Whether the value of a control is being typed."""
        return self.there and self.query_one(TypedLine).asked is not None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if self.asking and action in self.own_actions | {"turn", "home"}:
            return False
        return super().check_action(action, parameters)

    def ask_for(self, control: Control) -> None:
        self.session.halt()
        self.query_one(TypedLine).ask(control, control.show(self.session.settings[control.name]))

    def on_typed_line_given(self, message: TypedLine.Given) -> None:
        """Set what was typed; what the lab refuses is said, and can be mended."""
        try:
            self.session.set(message.asked.name, message.asked.parse(message.text))
        except ValueError as error:
            self.message = str(error)
        else:
            self.message = ""
            self.query_one(TypedLine).close()
            self.note()
        self.update()

    def on_typed_line_left(self) -> None:
        self.message = ""
        self.query_one(TypedLine).close()
        self.update()

    def bet_made(self, bet: Bet) -> None:
        for record in taking.bet_made(self.lesson, self.step, bet):
            self.tutor.record(record)
        # A text says last what to do now; where it is cut, that has come into view.
        self.query_one("#text").scroll_end(animate=False, immediate=True)

    def action_turn(self, by: int) -> None:
        self.note()
        if by > 0 and self.step.predict is None:
            self.tutor.record(kinds.step_done(self.lesson.id, self.step.id))
        self.worker.want(self.session.film, None)  # whatever is opened now comes first
        super().action_turn(by)

    def action_home(self) -> None:
        self.note()
        super().action_home()

    def opening_settings(self) -> dict[str, Any]:
        return taking.opening_settings(self.step, self.session.lab, self.tutor.image)

    def stage(self) -> Widget:
        return LabView(id="lab")

    def below(self) -> Iterable[Widget]:
        return (
            BetLine(id="bet"),
            Status(id="status"),
            TypedLine(id="typed-line"),
            FilmBar(id="bar"),
            WhyPanel(id="why"),
        )

    def mounted(self) -> None:
        self.bet = taking.opened_bet(self.lesson, self.step, self.session, self.tutor.state)
        self.ticker = self.set_interval(1 / FRAMES_A_SECOND, self.tick, pause=True)
        super().mounted()

    def first_written(self) -> None:
        self.worker.want(self.session.film, self.session.wanted)
        opened()
        look = partial(self.call_later, self.update)
        get_ready(self.lesson, self.number, self.session.lab, look)

    def wanted_lines(self, room: int) -> int:
        bet = 2 if self.bet else 0
        width, look = self.size.width - 2, self.tutor.look
        # With what a bet covers, so that nothing moves when it is uncovered.
        figure = self.session.film.at(self.session.position)
        return wanted_height(figure, width, room - bet, look) + bet

    def spare_lines(self, lines: int, most: int) -> int:
        figure, width = self.session.film.at(self.session.position), self.size.width
        lines -= controls_height(self.session, width) - 1
        if self.bet:
            lines -= len(bet_lines(self.bet, width - 2, self.tutor.key_of))
        return spare_lines(figure, width - 2, lines, self.tutor.look, most)

    def update(self) -> None:
        if not self.there:
            return
        session = self.session
        self.query_one(LabView).show(session, self.trail.element if self.trail else None)
        bar = self.query_one(FilmBar)
        betting = self.bet is not None and self.bet.open
        bar.display = session.film.length > 1 and not betting
        self.query_one(BetLine).show(self.bet)
        bar.show(session)
        self.query_one(WhyPanel).show(self.trail, self.size.height // 2)
        status = self.query_one(Status)
        status.display = not betting and (not self.asking or bool(self.message))
        status.show(session, self.message, self.entry)
        self.refresh_bindings()
        self.show_keys()
        if self.ticker:
            self.ticker.resume() if session.moving else self.ticker.pause()
        if self.was_seen:  # till then the screen has the processor for itself
            self.worker.want(session.film, session.wanted)
        if not session.moving:
            self.call_after_refresh(self.note)

    def on_unmount(self) -> None:
        self.worker.close()
