"""The film's bar: state, moment, how far, and how fast."""

from __future__ import annotations

from textual import events
from textual.message import Message

from tutor.drawing.ink import ACCENT, MUTED, PLAIN, TITLE, Line
from tutor.lab_session import LabSession
from tutor.widgets.canvas import Canvas


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
        length, ready = session.film.length, session.film.ready
        state = "⏸" if session.moving else "▶"
        counter = f"{session.position + 1:>{len(str(length))}}/{length}"
        chosen = session.speeds[session.speed]
        speed = chosen if isinstance(chosen, str) else f"{chosen}/s"
        room = max(4, width - len(counter) - len(speed) - 8)
        self._bar = (4 + len(counter), room)
        done = round(room * session.position / (length - 1))
        arrived = max(done, room * (ready - 1) // (length - 1))
        return [
            [
                (f" {state} ", ACCENT),
                (counter, TITLE),
                (" ", PLAIN),
                ("━" * done, ACCENT),
                ("─" * (arrived - done), MUTED),
                ("┄" * (room - arrived), MUTED),
                (f" {speed:>4}", MUTED),
            ]
        ]
