"""Asks the terminal itself, in escape sequences, and waits a moment for what it answers."""

from __future__ import annotations

import os
import re
import select
import signal
import statistics
import termios
import time
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

WAIT = 1.0
"""Seconds that an answer is waited for."""
_WHERE = b"\x1b[6n"
_HERE = re.compile(rb"\x1b\[(\d+);(\d+)R")
"""Where the cursor is: every terminal since the VT100 says so, and after all that came before."""
_MODE = re.compile(rb"\x1b\[\?2026;(\d)\$y")
_PAGE = re.compile(rb"\x1b\]11;rgba?:([0-9a-fA-F/]+)")
_CLEAR = b"\r\x1b[K"
SAMPLE = "▀⣿●é"
"""Characters of ours that take a column each where there is Unicode: half a block, braille, …"""
_LIGHT = 0.5


class Terminal:
    """A terminal that can be asked."""

    def __init__(self, reads: int, writes: int, wait: float = WAIT) -> None:
        """reads, writes: descriptors of the terminal; wait: seconds for each answer."""
        self._reads, self._writes, self._wait = reads, writes, wait
        self.answers = self.round_trip(1) is not None
        """Whether it answers at all; nothing more is asked of one that does not."""

    def round_trip(self, times: int = 5) -> float | None:
        """Seconds from a question to its answer, the median of some; None without an answer."""
        took = []
        for _ in range(times):
            start = time.perf_counter()
            if self._ask(b"") is None:
                return None
            took.append(time.perf_counter() - start)
        return statistics.median(took)

    def shows_unicode(self) -> bool | None:
        """Whether characters beyond ASCII take a column each; None without an answer."""
        said = self._ask(b"\r" + SAMPLE.encode()) if self.answers else None
        self._write(_CLEAR)
        return None if said is None else _column(said) == 1 + len(SAMPLE)

    def synchronizes(self) -> bool | None:
        """Whether it can show a frame at once (mode 2026); None without an answer."""
        if not self.answers or os.environ.get("TERM_PROGRAM") == "Apple_Terminal":
            return None  # which would print the question
        said = self._ask(b"\x1b[?2026$p")
        if said is None:
            return None
        mode = _MODE.search(said)
        return bool(mode and mode[1] in b"123")

    def has_light_page(self) -> bool | None:
        """Whether its page is light; None where it does not say."""
        said = self._ask(b"\x1b]11;?\x1b\\") if self.answers else None
        page = _PAGE.search(said) if said else None
        if page is None:
            return None
        parts = [int(one, 16) / float(16 ** len(one) - 1) for one in page[1].split(b"/")[:3]]
        red, green, blue = parts
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue > _LIGHT

    def _ask(self, question: bytes) -> bytes | None:
        """What comes back up to where the cursor is; None when that does not come in time."""
        self._write(question + _WHERE)
        said, end = b"", time.monotonic() + self._wait
        while (left := end - time.monotonic()) > 0:
            ready, _, _ = select.select([self._reads], [], [], left)
            more = os.read(self._reads, 4096) if ready else b""
            if not more:
                return None
            said += more
            if _HERE.search(said):
                return said
        return None

    def _write(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._writes, data) :]


@contextmanager
def asking(reads: int = 0, writes: int = 1, wait: float = WAIT) -> Iterator[Terminal | None]:
    """A terminal to ask; None where there is none, or where it is not ours to ask.

    It is left as it was, whatever ends the asking: ctrl+c and the signals that end a program too.
    """
    try:
        before = termios.tcgetattr(reads)
        ours = os.isatty(writes) and os.tcgetpgrp(reads) == os.getpgrp()
    except (termios.error, OSError, ValueError):
        ours = False
    if not ours:
        yield None
        return
    handlers = {number: signal.signal(number, _end) for number in (signal.SIGTERM, signal.SIGHUP)}
    # Put to sleep in the middle, it would leave a terminal without an echo.
    handlers[signal.SIGTSTP] = signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    try:
        tty.setcbreak(reads, termios.TCSANOW)
        yield Terminal(reads, writes, wait)
    finally:
        termios.tcflush(reads, termios.TCIFLUSH)  # an answer that came late is nobody's key
        termios.tcsetattr(reads, termios.TCSANOW, before)
        for number, handler in handlers.items():
            signal.signal(number, handler)


def shows_unicode(wait: float = WAIT / 2) -> bool | None:
    """Ask the terminal of this process whether it shows Unicode. None: there is none to ask."""
    with asking(wait=wait) as terminal:
        if terminal is None:
            return None
        # One that gives no answer at all is as old as they come.
        return bool(terminal.answers and terminal.shows_unicode())


def _column(said: bytes) -> int:
    """The column that the cursor is in, from 1, by the last answer."""
    return [int(one[2]) for one in _HERE.finditer(said)][-1]


def _end(number: int, _: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)
