"""The panel that answers "why this number?"."""

from __future__ import annotations

from tutor.drawing.ink import Line, in_two
from tutor.drawing.why import Trail, draw_trail
from tutor.widgets.canvas import Canvas


class WhyPanel(Canvas):
    """Shows a trail of explanations."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.trail: Trail | None = None

    def show(self, trail: Trail | None, most: int) -> None:
        """Show a trail in as many lines as it needs, but not in more than `most`."""
        self.trail = trail
        self.set_class(trail is not None, "-open")
        if trail:
            self.styles.height = len(draw_trail(trail, self.app.size.width - 2, most))
        self.redraw()

    def draw(self, width: int, height: int) -> list[Line]:
        lines = draw_trail(self.trail, width, height) if self.trail else []
        if not self.tutor.ascii_only:
            return lines
        # One character of ASCII cannot say "at most".
        return [[(in_two(text), ink) for text, ink in line] for line in lines]
