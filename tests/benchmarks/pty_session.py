"""A command under a real pseudo-terminal: what it writes and when, with keys sent in between."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

FRAME_GAP = 0.02
"""Writes nearer than this in time, in seconds, are one frame."""
KEYS = {
    "right": "\x1b[C",
    "left": "\x1b[D",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "enter": "\r",
    "tab": "\t",
    "escape": "\x1b",
    "space": " ",
}
"""What a terminal sends for a key; other keys send themselves."""
KEYBOARD_MODES = re.compile(rb"\x1b\[[<>=][0-9;]*u")
"""A request that pyte does not know and would print."""
DROPPED = (
    *("NO_COLOR", "COLUMNS", "LINES", "TMUX", "TERM_PROGRAM", "TEXTUAL", "TEXTUAL_FPS"),
    "PYTHONDONTWRITEBYTECODE",  # every start would compile what a learner's compiles once
)
"""Variables of the surrounding terminal that would change what is measured."""


@dataclass(frozen=True)
class Chunk:
    """Bytes that were read at once, and when (time.perf_counter)."""

    at: float
    data: bytes


@dataclass(frozen=True)
class Frame:
    """A burst of chunks."""

    start: float
    end: float
    data: bytes


class PtySession:
    """Runs one command on a terminal of its own; a thread reads all that it writes."""

    def __init__(
        self,
        command: Sequence[str],
        columns: int,
        lines: int,
        *,
        cwd: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """environment: variables to set on top of the present ones."""
        own = {name: value for name, value in os.environ.items() if name not in DROPPED}
        own |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
        self._master, slave = pty.openpty()
        self._cut, self._cutter = os.pipe()
        self.resize(columns, lines, tell=False)
        self._news = threading.Condition()
        self._chunks: list[Chunk] = []
        self._ended = False
        self.before = self.modes()
        """How the line was set when the command was started."""
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=cwd,
            env=own | dict(environment or {}),
            start_new_session=True,
            # As on a real terminal, ctrl+z and a connection that is cut reach the command.
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> PtySession:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _read(self) -> None:
        while True:
            # A read that waits would keep the terminal open: its end is waited for beside.
            ready, _, _ = select.select([self._master, self._cut], [], [])
            try:
                data = b"" if self._cut in ready else os.read(self._master, 1 << 16)
            except OSError:
                data = b""
            at = time.perf_counter()
            self.heard(data)
            with self._news:
                if data:
                    self._chunks.append(Chunk(at, data))
                else:
                    self._ended = True
                self._news.notify_all()
            if not data:
                return

    def heard(self, data: bytes) -> None:
        """Called with all that is read, in the thread that reads, before anyone is told."""

    # Input ------------------------------------------------------------------------------------

    def send(self, key: str) -> float:
        """Press a key, by its name in KEYS or as itself; returns when it was sent."""
        at = time.perf_counter()
        os.write(self._master, KEYS.get(key, key).encode())
        return at

    def answer(self, data: bytes) -> None:
        """Write as the terminal does, in answer to a question."""
        os.write(self._master, data)

    def modes(self) -> list[Any]:
        """How the terminal's line is set, as termios has it."""
        return termios.tcgetattr(self._master)

    def stall(self) -> None:
        """Read no more, as a line that stands still: what is written piles up."""
        if self._cutter >= 0:
            os.close(self._cutter)
            self._cutter = -1
            self._reader.join(2)

    def hang_up(self) -> None:
        """Cut the connection."""
        self.stall()
        os.close(self._master)
        os.close(self._cut)
        self._master = -1

    def resize(self, columns: int, lines: int, *, tell: bool = True) -> None:
        """Give the terminal another size, and tell the command as a terminal would."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        if tell:
            os.killpg(self.process.pid, signal.SIGWINCH)

    # Output -----------------------------------------------------------------------------------

    def mark(self) -> int:
        """A point in the output: the number of chunks so far."""
        with self._news:
            return len(self._chunks)

    def chunks(self, since: int = 0) -> list[Chunk]:
        """What was read after a mark."""
        with self._news:
            return self._chunks[since:]

    def output(self, since: int = 0) -> bytes:
        """The bytes that were read after a mark."""
        return b"".join(chunk.data for chunk in self.chunks(since))

    def frames(self, since: int = 0, gap: float = FRAME_GAP) -> list[Frame]:
        """The output after a mark as bursts."""
        bursts: list[list[Chunk]] = []
        for chunk in self.chunks(since):
            if bursts and chunk.at - bursts[-1][-1].at < gap:
                bursts[-1].append(chunk)
            else:
                bursts.append([chunk])
        return [
            Frame(burst[0].at, burst[-1].at, b"".join(chunk.data for chunk in burst))
            for burst in bursts
        ]

    # Waiting ----------------------------------------------------------------------------------

    def wait_for(self, holds: Callable[[], bool], timeout: float = 30.0) -> None:
        """Wait until a condition on the output holds. Errors: TimeoutError."""
        until = time.monotonic() + timeout
        while True:
            seen = self.mark()
            if holds():
                return
            with self._news:
                if len(self._chunks) > seen:
                    continue
                left = until - time.monotonic()
                if left <= 0 or self._ended:
                    raise TimeoutError(f"the output never came to it: {self.output()[-300:]!r}")
                self._news.wait(left)

    def wait_text(self, text: str, since: int = 0, timeout: float = 30.0) -> float:
        """Wait until bytes have been written; returns when they were read."""
        wanted = text.encode()
        self.wait_for(lambda: wanted in self.output(since), timeout)
        seen = b""
        for chunk in self.chunks(since):
            seen += chunk.data
            if wanted in seen:
                return chunk.at
        raise AssertionError("unreachable")

    def wait_quiet(self, seconds: float = 0.3, timeout: float = 30.0) -> float:
        """Wait until nothing has been written for some time; returns when the last byte came."""
        until = time.monotonic() + timeout
        with self._news:
            while not self._ended:
                seen = len(self._chunks)
                if not self._news.wait(seconds) and len(self._chunks) == seen:
                    break
                if time.monotonic() > until:
                    raise TimeoutError("the output never became quiet")
            return self._chunks[-1].at if self._chunks else self.started

    def wait_exit(self, timeout: float = 30.0) -> tuple[int, float]:
        """Wait until the command ends; its exit code, and when that was."""
        code = self.process.wait(timeout)
        return code, time.perf_counter()

    def close(self) -> None:
        """End the command if it still runs, and give the terminal back."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        if self._master >= 0:
            self.hang_up()
