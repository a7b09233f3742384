"""The screen of a step with a lab: the figure, the film's bar, the answers to "why?"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.timer import Timer
from textual.widget import Widget

from lessons.catalog import lab_of
from lessons.kit.script import Lesson
from tutor.drawing.layout import wanted_height
from tutor.lab_session import LabSession, open_lab
from tutor.screens.lab_keys import FRAMES_A_SECOND, LabKeys
from tutor.widgets.chrome import FilmBar
from tutor.widgets.lab_view import LabView
from tutor.widgets.status import Status
from tutor.widgets.why_panel import WhyPanel


class LessonScreen(LabKeys):
    """A step with its lab."""

    def __init__(self, lesson: Lesson, step_id: str) -> None:
        super().__init__(lesson, step_id)
        self.session: LabSession = self.opened_lab()
        self.ticker: Timer | None = None

    def opened_lab(self) -> LabSession:
        """The step's lab, as the step opens it."""
        call, lab = self.step.lab, lab_of(self.lesson.id, self.step)
        assert call is not None and lab is not None
        return open_lab(lab, call.settings, call.at)

    def opening_settings(self) -> dict[str, Any]:
        return dict(self.step.lab.settings) if self.step.lab else {}

    def stage(self) -> Widget:
        return LabView(id="lab")

    def below(self) -> Iterable[Widget]:
        return (Status(id="status"), FilmBar(id="bar"), WhyPanel(id="why"))

    def on_mount(self) -> None:
        self.ticker = self.set_interval(1 / FRAMES_A_SECOND, self.tick, pause=True)
        super().on_mount()

    def wanted_lines(self) -> int:
        return wanted_height(self.session.figure, self.size.width - 2, self.tutor.look)

    def update(self) -> None:
        session = self.session
        self.query_one(LabView).show(session, self.trail.element if self.trail else None)
        bar = self.query_one(FilmBar)
        bar.display = session.film.length > 1
        bar.show(session)
        self.query_one(WhyPanel).show(self.trail, self.size.height // 2)
        self.query_one(Status).show(session, self.message, self.entry)
        self.refresh_bindings()
        self.show_keys()
        if self.ticker:
            self.ticker.resume() if session.playing else self.ticker.pause()
