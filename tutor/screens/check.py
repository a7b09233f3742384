"""The screen of a step that asks questions."""

from __future__ import annotations

from textual.widget import Widget

from lessons.catalog import templates
from lessons.kit.script import Lesson
from tutor.progress import kinds
from tutor.question_session import QuestionSession
from tutor.screens.question_keys import QuestionKeys
from tutor.screens.step import StepScreen, wrapped_lines
from tutor.widgets.question_view import QuestionView


class CheckScreen(QuestionKeys, StepScreen):
    """A step with its questions."""

    def __init__(self, lesson: Lesson, step_id: str, seed: int) -> None:
        """seed: the first numbers to ask with."""
        super().__init__(lesson, step_id)
        self.add_class("-text-first")
        known = templates(lesson.id)
        asked = self.step.check.questions if self.step.check else ()
        self.questions = QuestionSession(
            tuple(known[name] for name in asked), seed, self.log_answer
        )

    def stage(self) -> Widget:
        return QuestionView(id="lab")

    def text_height(self) -> int:
        return wrapped_lines(self.prose(), self.size.width - 3)

    def update(self) -> None:
        if not self.there:
            return
        self.query_one(QuestionView).show(self.questions)
        self.refresh_bindings()
        self.show_keys()

    def finished(self) -> None:
        if len(self.questions.right) == len(self.questions.templates):
            self.tutor.record(kinds.step_done(self.lesson.id, self.step.id))
        self.action_turn(1)
