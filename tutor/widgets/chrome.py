"""The quiet lines around a lesson: header, keys, film bar."""

from __future__ import annotations

from textual import events
from textual.message import Message

from tutor.drawing.ink import MUTED, PLAIN, TITLE, Ink, Line, spelled, width_of
from tutor.lab_session import SPEEDS, LabSession
from tutor.widgets.canvas import Canvas

KEY = Ink("accent", bold=True)


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
    """The keys that work now. What does not fit is reached through `?`, which is always last."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.keys: list[tuple[str, str]] = []

    def show(self, keys: list[tuple[str, str]]) -> None:
        """Show keys with what they do."""
        self.keys = [(spelled(key), does) for key, does in keys] if self.tutor.ascii_only else keys
        self.redraw()

    def draw(self, width: int, height: int) -> list[Line]:
        line: Line = [(" ", PLAIN)]
        last: Line = [("?", KEY), (" keys", MUTED)]
        room = width - width_of(last) - 1
        for key, does in self.keys:
            piece: Line = [(key, KEY), (f" {does}  ", MUTED)]
            if width_of(line) + width_of(piece) > room:
                break
            line += piece
        return [[*line, *last]]


class FilmBar(Canvas):
    """Where the film is: state, moment, a bar, speed."""

    class Sought(Message):
        """The mouse was pressed on the bar."""

        def __init__(self, position: int) -> None:
            super().__init__()
            self.position = position

    session: LabSession | None = None
    _bar: tuple[int, int] = (0, 1)
    """Where the bar starts, and how long it is."""

    def on_click(self, event: events.Click) -> None:
        start, room = self._bar
        if self.session and start <= event.x < start + room:
            moments = self.session.film.length - 1
            self.post_message(self.Sought(round(moments * (event.x - start) / max(1, room - 1))))

    def show(self, session: LabSession | None) -> None:
        self.session = session
        self.redraw()

    def draw(self, width: int, height: int) -> list[Line]:
        session = self.session
        if session is None or session.film.length == 1:
            return [[]]
        length = session.film.length
        state = "⏸" if session.playing else "▶"
        counter = f"{session.position + 1:>{len(str(length))}}/{length}"
        speed = f"{SPEEDS[session.speed]}/s"
        room = max(4, width - len(counter) - len(speed) - 8)
        self._bar = (4 + len(counter), room)
        done = round(room * session.position / (length - 1))
        return [
            [
                (f" {state} ", KEY),
                (counter, TITLE),
                (" ", PLAIN),
                ("━" * done, KEY),
                ("─" * (room - done), MUTED),
                (f" {speed:>4}", MUTED),
            ]
        ]
