"""The screen of reviews: questions that are due, with new numbers."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding

from lessons.kit.question import Judgement, Question, Template
from tutor import taking
from tutor.drawing.ink import ACCENT, MUTED
from tutor.question_session import QuestionSession
from tutor.screens.question_keys import QuestionKeys
from tutor.widgets.chrome import Header, KeyLine
from tutor.widgets.question_view import QuestionView


class ReviewScreen(QuestionKeys):
    """Goes through the questions that are due."""

    BINDINGS = [
        Binding("h", "home", "home", tooltip="the map of the course", id="home"),
        Binding("escape", "home", "home", show=False, id="leave"),
    ]

    def __init__(self, due: tuple[Template, ...], seed: int) -> None:
        """due: at least one template; seed: the first numbers to ask with."""
        super().__init__()
        self.questions = QuestionSession(due, seed, self.log_answer)

    def content(self) -> ComposeResult:
        yield Header(id="header")
        yield QuestionView(id="review")
        yield KeyLine(id="keys")

    def mounted(self) -> None:
        self.update()

    def resized(self, width: int, height: int) -> None:
        self.call_after_refresh(self.update)

    def log_answer(self, question: Question, text: str, judgement: Judgement, tries: int) -> None:
        super().log_answer(question, text, judgement, tries)
        self.tutor.record(taking.reviewed(question, judgement, tries))

    def update(self) -> None:
        if not self.there:
            return
        left = len(self.questions.templates) - self.questions.number
        self.query_one(Header).show([("review", ACCENT), (f"  {left} to go", MUTED)], [])
        self.query_one(QuestionView).show(self.questions)
        self.refresh_bindings()
        self.show_keys()

    def finished(self) -> None:
        self.action_home()

    def action_home(self) -> None:
        self.tutor.go_home()
