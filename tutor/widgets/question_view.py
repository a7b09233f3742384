"""A question on screen, with the answer as it is given and what it is worth."""

from __future__ import annotations

from lessons.kit.question import Question
from tutor.drawing.asking import question_lines
from tutor.drawing.ink import MUTED, Line
from tutor.question_session import QuestionSession
from tutor.widgets.canvas import Canvas


class QuestionView(Canvas):
    """Draws a question session."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.session: QuestionSession | None = None
        self._shown: Question | None = None
        self.top = 0
        """The first line that is seen of a question longer than its room."""

    def show(self, session: QuestionSession) -> None:
        if session.question is not self._shown:
            self._shown, self.top = session.question, 0
        self.session = session
        self.redraw()

    def scroll_lines(self, by: int) -> None:
        """See other lines of a question that is too long."""
        self.top = max(0, self.top + by)
        self.redraw()

    def draw(self, width: int, height: int) -> list[Line]:
        if self.session is None:
            return []
        lines = question_lines(self.session, width, self.tutor.key_of)
        if len(lines) <= height:
            return lines
        picked = next((n for n, line in enumerate(lines) if line and line[0][0] == " ▸ "), None)
        if self.session.judgement is None and picked is not None:
            self.top = max(picked - height + 2, min(self.top, picked - 1))
        self.top = max(0, min(self.top, len(lines) - height))
        shown = lines[self.top : self.top + height]
        if self.top + height < len(lines):
            shown[-1] = [("▾ more below", MUTED)]
        return shown
