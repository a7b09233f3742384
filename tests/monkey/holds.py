"""What holds whatever is pressed: places inside the film, and a terminal that shows the truth."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

from textual.screen import Screen

from tests.monkey.moves import Move, send
from tests.tutor.recorded import Shown, Terminal
from tutor.app import TutorApp
from tutor.lab_session import LabSession
from tutor.screens.base import TutorScreen
from tutor.screens.code import CodeScreen
from tutor.screens.home import HomeScreen
from tutor.screens.keys import KeysScreen
from tutor.screens.lab_keys import LabKeys
from tutor.screens.lesson import LessonScreen
from tutor.screens.question_keys import QuestionKeys
from tutor.widgets.lab_view import LabView

PATIENCE = 400
"""Turns of the loop after which something that goes on for ever is left alone."""


class Watched(Shown):
    """An application whose timers may go on while it is looked at."""

    async def settle(self) -> None:
        """Wait until what was sent is handled and painted; timers may run on."""
        loop: Any = asyncio.get_running_loop()
        calm = turns = 0
        while turns < PATIENCE:
            turns += not self.app.message_queue_size  # keys that wait are all handled
            await asyncio.sleep(0.001 if self.app._resize_timer else 0)
            if self.app._exit or self.app._exception:
                return
            if not loop._ready:
                self.app.screen._on_timer_update()
            calm = 0 if loop._ready or self.pending() else calm + 1
            if calm == 2:
                return

    def pending(self) -> bool:
        screen = self.app.screen
        return bool(
            self.app._resize_timer
            or screen._layout_required
            or screen._repaint_required
            or screen._dirty_widgets
            or screen._callbacks
            or screen._compositor._dirty_regions
            or any(pump.message_queue_size for pump in self.pumps())
        )

    async def give(self, move: Move) -> None:
        """Send a move; a window that changes its size shows rubbish until it is painted."""
        if move[0] == "resize" and move[1:] != tuple(self.app.size):
            await self.settle()
            self.driver.take()
            self.terminal = Terminal(*move[1:])
            self.terminal.soil()
        await send(self.app, move)

    def behold(self) -> None:
        """Begin to follow what the terminal shows, from a whole repaint on."""
        width, height = self.app.size
        self.terminal = Terminal(width, height)
        self.terminal.soil()
        self.driver.take()
        self.app.action_redraw()

    async def assert_true(self) -> None:
        """The terminal shows what it would show if everything were painted anew.

        Not while a film moves, code is checked or a notice will go away by itself: they change
        between two looks.
        """
        screen = self.app.screen
        moving = bool(self.app.animator._animations) or any(map(is_moving, self.app.screen_stack))
        moving = moving or any(thread.name == "ahead" for thread in threading.enumerate())
        await self.settle()
        self.terminal.feed(self.driver.take())
        if self.app._exit or self.app._exception or moving or screen.query("Toast"):
            return
        # Textual lays a screen out once after a resize while another is on top of it.
        below = any(one._layout_required for one in self.app.screen_stack)
        if isinstance(screen, TutorScreen | KeysScreen) and not below and not self.pending():
            await self.assert_no_stale_cell()


def is_moving(screen: Screen[Any]) -> bool:
    """Whether something of a screen, perhaps below another one, may change by itself."""
    if isinstance(screen, HomeScreen):
        return not screen.warm or bool(screen.app.workers)
    if isinstance(screen, LabKeys):
        return screen.session.moving or screen.worker._film is not None
    return isinstance(screen, CodeScreen) and screen.exercise.checking


def assert_holds(app: TutorApp) -> None:
    """Everything that must be so at any moment."""
    screen = app.screen
    if isinstance(screen, LessonScreen):
        assert_session(screen.session)
        trail, bet = screen.trail, screen.bet
        if trail:
            terms = trail.here.terms
            assert not terms or trail.factor < len(terms[trail.picked].elements)
        if bet and bet.open:
            assert not screen.session.moving or screen.session.wanted is not None
        assert screen.entry is None or len(screen.entry) <= 8
        view = screen.query(LabView) if screen.ready else ()
        assert all(one.session in (None, screen.session) for one in view)
    if isinstance(screen, QuestionKeys) and screen.ready:
        questions = screen.questions
        assert 0 <= questions.number < len(questions.templates)
        assert questions.entry.picked is None or questions.entry.picked < len(
            questions.entry.options
        )


def assert_session(session: LabSession) -> None:
    """An open lab is at a moment of its film, and its cursor on a number of the figure."""
    film = session.film
    assert 0 <= session.position < film.ready <= film.length
    assert session.wanted is None or session.position < session.wanted < film.length
    assert 0 <= session.speed < len(session.speeds)
    assert set(session.settings) == set(session.lab.defaults)
    for control in session.lab.controls:
        value = session.settings[control.name]
        again = control.parse(control.show(value))
        assert control.show(again) == control.show(value), control.name
    if session.cursor is not None:
        assert session.panel is not None
        session.element()
        session.editable()
