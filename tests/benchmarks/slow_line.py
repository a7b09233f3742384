"""A pseudo-terminal at the far end of a line: so many bytes a second, and so long a way.

It is as bad as SSH: whatever the application writes is taken at once, and waits in a buffer that
the application cannot see. Questions for the cursor's place are answered when they arrive.
"""

from __future__ import annotations

import heapq
import os
import re
import select
import time
from collections import deque
from collections.abc import Sequence
from itertools import count
from typing import Any

from tests.benchmarks.pty_session import KEYS, Chunk, PtySession

PIECE = 0.005
"""Seconds of the line that are delivered at once."""
_WHERE = re.compile(rb"\x1b\[(\d+);(\d+)H\x1b\[6n")


class SlowLine(PtySession):
    """Runs a command at the far end of a line."""

    def __init__(
        self,
        command: Sequence[str],
        columns: int,
        lines: int,
        *,
        bits: int,
        round_trip: float = 0.0,
        **given: Any,
    ) -> None:
        """bits: how many a second it carries. round_trip: seconds there and back."""
        self.rate = bits / 8
        self.way = round_trip / 2
        self._due: list[tuple[float, int, str, bytes]] = []
        self._order = count()
        self._wake_read, self._wake_write = os.pipe()
        super().__init__(command, columns, lines, **given)

    def send(self, key: str) -> float:
        """Press a key at the near end."""
        at = time.perf_counter()
        self._at(at + self.way, "type", KEYS.get(key, key).encode())
        os.write(self._wake_write, b".")
        return at

    def close(self) -> None:
        super().close()
        os.close(self._wake_write)
        os.close(self._wake_read)

    @property
    def waiting(self) -> int:
        """Bytes that were written and have not left yet."""
        return self._waiting

    _waiting = 0

    def _at(self, when: float, what: str, data: bytes) -> None:
        heapq.heappush(self._due, (when, next(self._order), what, data))

    def _read(self) -> None:
        waiting: deque[bytes] = deque()
        free, tail, open_ = 0.0, b"", True
        while open_ or self._due or waiting:
            now = time.perf_counter()
            while waiting and free <= now:
                data = waiting.popleft()
                # One that was idle starts now; one that is busy goes on where it was.
                free = max(free, now - PIECE) + len(data) / self.rate
                self._waiting -= len(data)
                self._at(free + self.way, "show", data)
            while self._due and self._due[0][0] <= now:
                when, _, what, data = heapq.heappop(self._due)
                if what == "type":
                    self._type(data)
                    continue
                with self._news:
                    self._chunks.append(Chunk(when, data))
                    self._news.notify_all()
                tail += data
                for found in _WHERE.finditer(tail):
                    answer = b"\x1b[%s;%sR" % found.groups()
                    self._at(when + self.way, "type", answer)
                    tail = tail[found.end() :] if found.end() <= len(tail) else b""
                tail = tail[-32:]
            times = [self._due[0][0]] if self._due else []
            times += [free] if waiting else []
            wait = max(0.0, min(times) - time.perf_counter()) if times else 0.2
            ready, _, _ = select.select([self._master] * open_ + [self._wake_read], [], [], wait)
            if self._wake_read in ready:
                os.read(self._wake_read, 100)
            if self._master in ready:
                try:
                    data = os.read(self._master, 1 << 16)
                except OSError:
                    data = b""
                open_ = bool(data)
                size = max(1, int(self.rate * PIECE))
                self._waiting += len(data)
                waiting += [data[n : n + size] for n in range(0, len(data), size)]
            if not open_ and self.process.poll() is not None:
                break
        with self._news:
            self._ended = True
            self._news.notify_all()

    def _type(self, data: bytes) -> None:
        try:
            os.write(self._master, data)
        except OSError:
            return
