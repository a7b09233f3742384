"""An application that knows what its terminal shows, and how far behind the line to it is."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from rich.console import RenderableType
from textual import events
from textual._compositor import LayoutUpdate
from textual.app import App
from textual.errors import NoWidget
from textual.notifications import Notify, SeverityLevel
from textual.screen import Screen

from tutor.job import has_shell, sleep
from tutor.widgets.backlog import Backlog
from tutor.widgets.compositor import TightLayout, TightScreen, TightUpdate
from tutor.widgets.notice import Notice
from tutor.widgets.page import Page


class LineApp(App[None]):
    """Writes to a terminal at the far end of a line."""

    def __init__(self, **given: Any) -> None:
        self.page = Page()
        self.backlog = Backlog()
        self.last_input = 0.0
        """When the last key or mouse event came (time.perf_counter)."""
        self._waited = False
        """Whether something is to be painted when the batch of updates ends."""
        self._leaving: asyncio.Task[None] | None = None
        super().__init__(**given)

    @property
    def writing(self) -> bool:
        """Whether earlier frames still wait to be written to the terminal, or are on their way."""
        writer = getattr(self._driver, "_writer_thread", None)
        return self.backlog.behind or (writer is not None and writer._queue.qsize() > 0)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Textual's writing to the terminal, with what the terminal shows kept in mind."""
        if isinstance(renderable, TightUpdate | TightLayout):
            renderable.page = self.page
            self.page.piece = self.backlog.piece
        elif renderable is not None:
            self.page.forget()
            if isinstance(renderable, LayoutUpdate):
                self.page.late.clear()
        before = self.page.total
        super()._display(screen, renderable)
        if renderable is not None and not self._batch_count:
            self._ask(self.page.total - before)
            if isinstance(renderable, TightLayout) and isinstance(screen, TightScreen):
                screen.was_written()

    def _end_batch(self) -> None:
        super()._end_batch()
        if self._waited and not self._batch_count:
            self._waited = False
            self.screen.refresh(layout=True)

    def waits_for_batch(self) -> bool:
        """Whether what would be painted now would not be written: it is when the batch of updates
        ends, which Textual 8.2 leaves to chance."""
        self._waited = self._waited or self._batch_count > 0
        return self._batch_count > 0

    def _ask(self, count: int) -> None:
        """Ask the terminal, where there is one, to tell when it has read so many bytes."""
        from textual.drivers.linux_driver import LinuxDriver

        if isinstance(self._driver, LinuxDriver) and self._running and not self._closed:
            self._driver.write(self.backlog.question(*self.size, count))
            self._driver.flush()

    def on_mount(self) -> None:
        self._ask(0)  # while nothing else is on its way
        self.app_resume_signal.subscribe(self, lambda _: self.action_redraw())

    def on_cursor_position(self, event: events.CursorPosition) -> None:
        self.backlog.answered(event.x + 1)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.InputEvent):
            self.last_input = time.perf_counter()
        if not (isinstance(event, events.MouseDown) and self._taken_away(event)):
            await super().on_event(event)

    def _taken_away(self, event: events.MouseDown) -> bool:
        """Whether what was pressed is no longer there: Textual 8.2 would ask for its parent."""
        try:
            widget, _ = self.get_widget_at(event.x, event.y)
        except NoWidget:
            return False
        return not widget.is_attached

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        seconds = self.NOTIFICATION_TIMEOUT if timeout is None else timeout
        self.post_message(Notify(Notice(message, title, severity, seconds, markup)))

    def on_resize(self) -> None:
        # What a terminal shows after a resize is its own affair.
        self.page.forget()

    def action_redraw(self) -> None:
        """Write the whole screen again, after something else wrote over it."""
        self.page.forget()
        self.refresh(repaint=True, layout=True)

    # The terminal in other hands --------------------------------------------------------------

    def exit(self, *arguments: Any, **named: Any) -> None:
        """Leave when the terminal has answered, but soon; told again, at once."""
        self.backlog.close()
        if self.backlog.waits and self._leaving is None:
            self._leaving = asyncio.create_task(self._exit_when_answered(arguments, named))
        else:
            super().exit(*arguments, **named)

    async def _exit_when_answered(self, arguments: Any, named: Any) -> None:
        await self.backlog.answers()
        super().exit(*arguments, **named)

    def exit_now(self, code: int) -> None:
        """Leave without a word from the terminal, which may be gone."""
        self.backlog.forget()
        self.exit(return_code=code)

    async def action_suspend_process(self) -> None:  # type: ignore[override]
        from textual.drivers.linux_driver import LinuxDriver

        driver = self._driver
        if not isinstance(driver, LinuxDriver):
            return
        if not has_shell():
            self.notify("Nothing here could wake dl-tutor again: no shell started it.")
            return
        await self.backlog.answers()
        self._suspend_signal()
        # What Textual's own handler does, which then stops this process alone.
        driver.suspend_application_mode()
        driver._must_signal_resume = True
        sleep()
