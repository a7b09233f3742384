"""What ends the application from outside: signals, and a terminal that is gone."""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any, NoReturn

GRACE = 3.0
"""Seconds in which the application may leave by itself after it was told to."""
LEAVING = 0.9
"""Seconds in which it may do so when the learner wants to leave; a line may stand still."""
ENDING = (signal.SIGTERM, signal.SIGHUP)
_RESET = (
    b"\x1b[0m\x1b[?2026l\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?2004l\x1b[?1004l"
    b"\x1b[<u\x1b[?7h\x1b[?1049l\x1b[?25h"
)
"""Ends every mode that is on while the application draws."""


def end_process(code: int) -> NoReturn:
    """End this process. All that is to last has been written; Python would take up to seconds to
    give back, piece by piece, the memory of the trainings that were watched."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(code)


class Ends:
    """Leads to the way out while the application runs.

    A handler of the event loop would wait for it, and the loop itself waits while a line that
    stands still takes no more writes. So the signals come here directly, and a timer makes an end
    where the way out is blocked.
    """

    def __init__(self, leave: Callable[[int], object], modes: list[Any] | None) -> None:
        """leave: called in the event loop with an exit code; modes: how the terminal was set
        before, None where there is no terminal."""
        self._leave, self._modes = leave, modes
        self._loop = asyncio.get_running_loop()
        self._handlers: dict[int, Any] = {}
        if threading.current_thread() is threading.main_thread():
            for number in ENDING:
                self._handlers[number] = signal.signal(number, self._signalled)
        if modes is not None:
            threading.Thread(target=self._watch, name="hang-up", daemon=True).start()

    def leaving(self, code: int) -> None:
        """The application leaves; where there is a terminal, soon."""
        if self._modes is not None:
            self._force_after(LEAVING, code)

    def close(self) -> None:
        """Leave the signals to whoever had them."""
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._handlers.clear()

    def _signalled(self, number: int, _: FrameType | None) -> None:
        self._end(128 + number)

    def _watch(self) -> None:
        """Wait until the terminal is gone: Textual would read from it for ever."""
        poll = select.poll()
        poll.register(sys.__stdin__.fileno() if sys.__stdin__ else 0, 0)
        with contextlib.suppress(OSError):
            poll.poll()
            self._end(128 + signal.SIGHUP)

    def _end(self, code: int) -> None:
        self._force_after(GRACE, code)
        with contextlib.suppress(RuntimeError):  # the loop has ended already
            self._loop.call_soon_threadsafe(self._leave, code)

    def _force_after(self, seconds: float, code: int) -> None:
        timer = threading.Timer(seconds, self._force, (code,))
        timer.daemon = True
        timer.start()

    def _force(self, code: int) -> None:
        """End this process now, with the terminal as usable as can be."""
        if self._modes is not None:
            with contextlib.suppress(Exception):
                _give_back(self._modes)
        os._exit(code)


def _give_back(modes: list[Any]) -> None:
    import termios

    terminal = os.open(os.ctermid(), os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    termios.tcsetattr(terminal, termios.TCSANOW, modes)
    termios.tcflush(terminal, termios.TCOFLUSH)  # what the line has not taken yet
    os.write(terminal, _RESET)
