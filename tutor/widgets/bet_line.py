"""The bet under the picture: what is asked, the answer so far, and how it came out."""

from __future__ import annotations

from tutor.bet import Bet
from tutor.drawing.asking import bet_lines
from tutor.drawing.ink import PLAIN, Line
from tutor.widgets.canvas import Canvas


class BetLine(Canvas):
    """Draws a bet in as many lines as it needs."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.bet: Bet | None = None

    def show(self, bet: Bet | None) -> None:
        self.bet = bet
        self.display = bet is not None
        if bet:
            self.styles.height = len(self.lines(self.app.size.width))
        self.redraw()

    def draw(self, width: int, height: int) -> list[Line]:
        # Blanks, not a margin: a margin here would make the picture above narrower as well.
        return [[(" ", PLAIN), *line] for line in self.lines(width)]

    def lines(self, width: int) -> list[Line]:
        return bet_lines(self.bet, width - 2, self.tutor.key_of) if self.bet else []
