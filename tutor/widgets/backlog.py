"""The backlog of a line: whether the terminal is behind with what was written to it.

Kernels, sshd and networks keep megabytes on their way and tell nobody, so the terminal itself is
asked: its answer comes when it has read all that stands before the question.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median_low

SLACK = 0.05
"""Seconds by which an answer may be later than the fastest before the line counts as behind; and
for which a key may wait for what is already on its way."""
PATIENCE = 10.0
"""Seconds after which a terminal that has not answered is waited for no more."""
AT_MOST = 0.7
"""Seconds for which leaving waits for answers that are on their way."""
TRIES = 3
"""Questions to a terminal that has never answered one."""
REMEMBERED = 64
"""Answers of which the fastest counts: a line may become a slower one."""
LARGE = 400
"""Bytes that take long enough to tell how many a second there are; and the least of a piece."""
BUNCHED = 0.002
"""Seconds: answers nearer than this were read together, and tell nothing of the line."""
LEAST_COLUMNS = 20


@dataclass(frozen=True)
class Question:
    """A question that is on its way."""

    column: int
    at: float
    count: int
    """Bytes that it stands behind."""
    alone: bool
    """Whether nothing else was on its way."""


class Backlog:
    """What has been asked of the terminal and is not answered yet.

    The question is where the cursor is, which all terminals answer. Each has the cursor in another
    column, so that the answer says which of them it is to.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._asked: deque[Question] = deque()
        self._times: deque[float] = deque(maxlen=REMEMBERED)
        self._rates: deque[float] = deque(maxlen=8)
        self._last = 0.0
        """When the last answer came."""
        self._free = 0.0
        """When the line will have carried what was written, by what is known of it."""
        self._column = 0
        self._tries = 0
        self._closed = False

    def question(self, width: int, height: int, count: int) -> str:
        """What to write behind so many bytes, on a screen of this size; empty when nobody
        answers."""
        silent = self._tries >= TRIES and not self._times
        if width < LEAST_COLUMNS or height < 2 or silent or self._closed:
            return ""
        self._tries += not self._times
        self._column = self._column % (LEAST_COLUMNS - 1) + 1
        now = self._clock()
        self._asked.append(Question(self._column, now, count, not self._asked))
        self._free = max(self._free, now) + count / self._rate
        if len(self._asked) >= LEAST_COLUMNS - 1:
            self._asked.popleft()
        # In the last line: an answer about the first one would look like a key.
        return f"\x1b7\x1b[{height};{self._column}H\x1b[6n\x1b8"

    def answered(self, column: int) -> None:
        """The terminal said that its cursor is, or was, in this column, counted from 1."""
        if all(one.column != column for one in self._asked):
            return
        while self._asked:
            one = self._asked.popleft()
            if one.column == column:
                break
        now = self._clock()
        took = now - one.at
        known = len(self._times) >= TRIES or not one.alone  # the first answers are late: it starts
        if known and one.count >= LARGE:
            # Behind others, the line was busy with these bytes alone since the last answer.
            busy = took - min(self._times) if one.alone else now - self._last
            if one.alone or busy > BUNCHED:  # what took no time tells of no limit
                self._rates.append(one.count / busy if busy > BUNCHED else math.inf)
        self._times.append(took)
        self._last = now
        self._free = min(self._free, now + self._on_the_way / self._rate)

    @property
    def piece(self) -> float:
        """How many bytes may be written at once, so that a key need not wait for long behind them;
        infinite while nothing tells of a slow line."""
        return max(LARGE, self._rate * SLACK / 2)

    @property
    def _rate(self) -> float:
        """Bytes a second that the line carries: the median of what the last answers tell, since
        one is late when this machine is busy, and the next one then seems early."""
        return median_low(self._rates) if self._rates else math.inf

    @property
    def _on_the_way(self) -> int:
        """Bytes that were written and not answered."""
        return sum(one.count for one in self._asked)

    def close(self) -> None:
        """Ask no more."""
        self._closed = True

    def forget(self) -> None:
        """Wait for no answer that was asked for."""
        self._asked.clear()

    @property
    def waits(self) -> bool:
        """Whether an answer is on its way, of a terminal that answers."""
        return bool(self._asked and self._times)

    async def answers(self) -> None:
        """Wait until no answer is on its way, but not for long: it would be typed into whatever
        reads from the terminal next."""
        until = self._clock() + AT_MOST
        while self.waits and self._clock() < until:
            await asyncio.sleep(0.005)

    @property
    def behind(self) -> bool:
        """Whether earlier frames are still on their way; a terminal that does not answer never
        is."""
        if not self.waits:
            return False
        now = self._clock()
        age = now - self._asked[0].at
        if age > PATIENCE:
            self._asked.clear()
            self._times.clear()
            self._tries = 0
            return False
        return age > min(self._times) + SLACK or self._free - now > SLACK / 2
