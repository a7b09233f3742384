"""The lab's figure on screen."""

from __future__ import annotations

from dataclasses import replace

from textual import events
from textual.message import Message

from engine.why import Element
from tutor.drawing.grid import Frame
from tutor.drawing.ink import Line
from tutor.drawing.layout import Cursor, Page, draw_page
from tutor.drawing.panel import cell_at
from tutor.drawing.pen import Pen
from tutor.lab_session import LabSession
from tutor.widgets.canvas import Canvas


class LabView(Canvas):
    """Draws the figure of a lab session, and points at numbers."""

    class Pointed(Message):
        """The mouse was pressed on a place of a panel."""

        def __init__(self, cursor: Cursor, draws: bool = False, level: float | None = None) -> None:
            """draws: whether to draw there, where that is possible; `level` is how strong, None
            turns the cell over."""
            super().__init__()
            self.cursor = cursor
            self.draws = draws
            self.level = level

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.session: LabSession | None = None
        self.pointed: Element | None = None
        self._frames: dict[str, Frame] = {}
        self._page: Page | None = None
        self._stroke: Cursor | None = None
        """Where the mouse drew last."""

    def show(self, session: LabSession | None, pointed: Element | None = None) -> None:
        """Show a session's present moment; `pointed` is a number to point at elsewhere in it."""
        if session is not self.session:
            self._frames = {}
        self.session, self.pointed = session, pointed
        self.redraw()

    def pen(self) -> Pen:
        """How to draw in this terminal."""
        return Pen(look=self.tutor.look, dark=not self.tutor.colours.endswith("light"))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Point at the number under the mouse."""
        if cursor := self._at(event):
            self._stroke = cursor
            self.post_message(self.Pointed(cursor, draws=True))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Draw on with the button down; over what is no picture to draw in, nothing happens."""
        if event.button and (cursor := self._at(event)) and cursor != self._stroke:
            self._stroke = cursor
            self.post_message(self.Pointed(cursor, draws=True, level=1.0))

    def _at(self, event: events.MouseEvent) -> Cursor | None:
        """The number under the mouse."""
        for spot in self._page.placed if self._page else ():
            x, y = event.x - spot.x, event.y - spot.y
            frame = self._frames.get(spot.panel.key)
            if frame and 0 <= x < spot.width and 0 <= y < spot.height:
                pen = replace(self.pen(), zoom=spot.zoom)
                room = spot.width, spot.height
                cell = cell_at(spot.panel, frame, pen, room, x, y)
                if cell:
                    return Cursor(spot.panel.key, *cell)
        return None

    def draw(self, width: int, height: int) -> list[Line]:
        session = self.session
        if session is None:
            return []
        cursor = session.find(self.pointed) if self.pointed else session.cursor
        self._page = draw_page(session.figure, width, height, self.pen(), cursor, self._frames)
        self._frames.update(self._page.frames)
        return self._page.lines
