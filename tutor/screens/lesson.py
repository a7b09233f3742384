"""The screen of a step with a lab: the figure, the film's bar, the answers to "why?"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.timer import Timer
from textual.widget import Widget

from lessons.catalog import lab_of, predictions
from lessons.kit.control import Control
from lessons.kit.script import Lesson
from lessons.own.file import FileError
from lessons.own.picture_file import IMAGE
from tutor.bet import Bet
from tutor.drawing.layout import wanted_height
from tutor.lab_session import LabSession, open_lab, with_image
from tutor.progress import kinds
from tutor.progress.state import Place
from tutor.screens.lab_keys import FRAMES_A_SECOND, LabKeys
from tutor.widgets.bet_line import BetLine
from tutor.widgets.film_bar import FilmBar
from tutor.widgets.lab_view import LabView
from tutor.widgets.status import Status
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
        """The step's lab, as the step opens it or as the learner left it; with the picture of
        their own that the program was started with, unless they have had it here before."""
        call, lab = self.step.lab, lab_of(self.lesson.id, self.step)
        assert call is not None and lab is not None
        session = open_lab(lab, call.settings, call.at)
        place, image = self.place, self.tutor.image
        try:
            settings = session.settings if place.position is None else lab.settings(place.settings)
            if settings.get(IMAGE) != image:
                settings = with_image(lab, settings, image)
            session.reset(settings)
            if place.position is not None:
                session.go(place.position)
        except ValueError as error:
            # A lab that is another one than when the place was written down needs no word.
            if image or isinstance(error, FileError):
                self.tutor.notify(str(error), severity="warning", timeout=10, markup=False)
        return session

    def opened_bet(self) -> Bet | None:
        """The step's bet, unless it has been made before."""
        call = self.step.predict
        if call is None or self.tutor.state.prediction(self.lesson.id, self.step.id, call.bet):
            return None
        return Bet(predictions(self.lesson.id)[call.bet], self.session)

    def note(self) -> None:
        """Write down where the learner is; the log leaves out what it has already."""
        if self.bet is not None and (self.bet.open or self.bet.waiting):
            return
        session = self.session
        settings = {
            control.name: control.show(session.settings[control.name])
            for control in session.lab.controls
        }
        self.tutor.record(kinds.place(self.lesson.id, self.step.id, session.position, settings))

    def turn_control(self, session: LabSession, control: Control, by: int) -> None:
        super().turn_control(session, control, by)
        self.call_after_refresh(self.note)

    @property
    def asking(self) -> bool:
        """Whether the value of a control is being typed."""
        return self.ready and self.query_one(TypedLine).asked is not None

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
        assert bet.outcome is not None
        self.tutor.record(
            kinds.predicted(
                self.lesson.id,
                self.step.id,
                bet.prediction.id,
                bet.outcome.said,
                bet.outcome.truth,
                bet.off_by,
            )
        )
        self.tutor.record(kinds.step_done(self.lesson.id, self.step.id))

    def action_turn(self, by: int) -> None:
        self.note()
        if by > 0 and self.step.predict is None:
            self.tutor.record(kinds.step_done(self.lesson.id, self.step.id))
        super().action_turn(by)

    def action_home(self) -> None:
        self.note()
        super().action_home()

    def opening_settings(self) -> dict[str, Any]:
        given = self.step.lab.settings if self.step.lab else {}
        lab = self.session.lab
        return dict(with_image(lab, lab.settings(given), self.tutor.image))

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

    def on_mount(self) -> None:
        self.bet = self.opened_bet()
        self.ticker = self.set_interval(1 / FRAMES_A_SECOND, self.tick, pause=True)
        super().on_mount()
        if self.session.lab.prepare:
            self.call_after_refresh(self.worker.prepare, self.session.lab.prepare)

    def wanted_lines(self, room: int) -> int:
        bet = 2 if self.bet else 0
        width, look = self.size.width - 2, self.tutor.look
        # With what a bet covers, so that nothing moves when it is uncovered.
        figure = self.session.film.at(self.session.position)
        return wanted_height(figure, width, room - bet, look) + bet

    def update(self) -> None:
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
        self.worker.want(session.film, session.wanted)
        if not session.moving:
            self.call_after_refresh(self.note)

    def on_unmount(self) -> None:
        self.worker.close()
