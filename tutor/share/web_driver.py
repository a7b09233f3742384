"""Drawing into a browser: Textual's driver, which leaves when the server has gone."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from textual.drivers.web_driver import WebDriver


class ServedDriver(WebDriver):
    """Textual's own would wait for ever for a server that was killed."""

    def run_input_thread(self) -> None:
        super().run_input_thread()
        loop: asyncio.AbstractEventLoop = self._loop
        with suppress(RuntimeError):  # it has ended already
            loop.call_soon_threadsafe(self._leave)

    def _leave(self) -> None:
        if self._app._running and not self._app._exit:
            self._app.exit()
