"""A question on screen, with the answer as it is given and what it is worth."""

from __future__ import annotations

from tutor.drawing.asking import question_lines
from tutor.drawing.ink import Line
from tutor.question_session import QuestionSession
from tutor.widgets.canvas import Canvas


class QuestionView(Canvas):
    """Draws a question session."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.session: QuestionSession | None = None
        self.top = 0
        """The first line that is seen of a question longer than its room."""

    def show(self, session: QuestionSession) -> None:
        self.session = session
        self.redraw()

    def scroll_lines(self, by: int) -> None:
        """See other lines of a question that is too long."""
        self.top = max(0, self.top + by)
        self.redraw()

    def draw(self, width: int, height: int) -> list[Line]:
        if self.session is None:
            return []
        lines = question_lines(self.session, width)
        self.top = max(0, min(self.top, len(lines) - height))
        return lines[self.top :]
