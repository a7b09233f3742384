"""The panel that answers "why this number?"."""

from __future__ import annotations

from tutor.drawing.ink import Line
from tutor.drawing.why import Trail, draw_trail
from tutor.widgets.canvas import Canvas


class WhyPanel(Canvas):
    """Shows a trail of explanations."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.trail: Trail | None = None

    def show(self, trail: Trail | None) -> None:
        self.trail = trail
        self.set_class(trail is not None, "-open")
        self.redraw()

    def draw(self, width: int, height: int) -> list[Line]:
        return draw_trail(self.trail, width, height) if self.trail else []
