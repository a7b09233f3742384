"""The notes under an exercise's code: verdict, hints, explanation, reference."""

from __future__ import annotations

from tutor.drawing.ink import Line
from tutor.widgets.canvas import Canvas


class CodeNotes(Canvas):
    """Draws lines in as much room as they need."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lines: list[Line] = []

    def show(self, lines: list[Line], most: int) -> None:
        """Show lines, in at most so many lines of the screen."""
        self.lines = lines
        self.styles.height = max(1, min(len(lines), most))
        self.redraw()

    def draw(self, width: int, height: int) -> list[Line]:
        return self.lines
