"""The quiet lines around a screen: the header, and the keys that work."""

from __future__ import annotations

from tutor.drawing.ink import ACCENT, MUTED, PLAIN, Line, spelled, width_of
from tutor.widgets.canvas import Canvas


class Header(Canvas):
    """Where the learner is, on one line."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.left: Line = []
        self.right: Line = []

    def show(self, left: Line, right: Line) -> None:
        self.left, self.right = left, right
        self.redraw()

    def draw(self, width: int, height: int) -> list[Line]:
        blank = width - width_of(self.left) - width_of(self.right) - 2
        if blank < 1:
            return [[(" ", PLAIN), *self.left]]
        return [[(" ", PLAIN), *self.left, (" " * blank, PLAIN), *self.right]]


class KeyLine(Canvas):
    """The keys that work now. What does not fit is reached through the last one."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.keys: list[tuple[str, str]] = []
        self.help_key = "?"

    def show(self, keys: list[tuple[str, str]], help_key: str = "?") -> None:
        """Show keys with what they do, and the key that shows all, if one does."""
        self.help_key = help_key
        self.keys = [(spelled(key), does) for key, does in keys] if self.tutor.ascii_only else keys
        self.redraw()

    def draw(self, width: int, height: int) -> list[Line]:
        line: Line = [(" ", PLAIN)]
        last: Line = [(self.help_key, ACCENT), (" keys", MUTED)] if self.help_key else []
        room = width - width_of(last) - 1
        for key, does in self.keys:
            piece: Line = [(key, ACCENT), (f" {does}  ", MUTED)]
            if width_of(line) + width_of(piece) > room:
                break
            line += piece
        return [[*line, *last]]
