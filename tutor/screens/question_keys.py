"""What the keys of a question do, in a lesson's check and in a review."""

from __future__ import annotations

from textual import events
from textual.binding import Binding

from lessons.kit.question import Judgement, Question
from tutor import taking
from tutor.question_session import QuestionSession
from tutor.screens.base import TutorScreen
from tutor.widgets.question_view import QuestionView


class QuestionKeys(TutorScreen):
    """A screen with a question session. A subclass shows it in `update`."""

    BINDINGS = [
        Binding("enter", "answer", "answer", tooltip="answer; then the next question", id="answer"),
        Binding("a", "again", "same again", tooltip="the same numbers again", id="again"),
        Binding("w", "fresh", "new numbers", id="fresh"),
    ]

    questions: QuestionSession

    def update(self) -> None:
        """Show the present state everywhere."""
        raise NotImplementedError

    def finished(self) -> None:
        """Called when the last question has been answered and left."""
        raise NotImplementedError

    def log_answer(self, question: Question, text: str, judgement: Judgement, tries: int) -> None:
        """Write an answer down, before its mark is shown."""
        self.tutor.record(taking.answered(question, text, judgement, tries))

    def action_answer(self) -> None:
        questions = self.questions
        if questions.judgement is None:
            questions.submit()
        elif not questions.turn(1):
            self.finished()
            return
        self.update()

    def action_again(self) -> None:
        self.questions.again()
        self.update()

    def action_fresh(self) -> None:
        self.questions.fresh()
        self.update()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("again", "fresh") and self.questions.judgement is None:
            return False
        return super().check_action(action, parameters)

    def on_key(self, event: events.Key) -> None:
        if not self.there:
            return
        if self.questions.key(event.key, event.character or ""):
            event.stop()
            event.prevent_default()
        elif event.key in ("up", "down"):
            self.query_one(QuestionView).scroll_lines(-1 if event.key == "up" else 1)
        self.update()
