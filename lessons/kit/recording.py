"""A recording: the states of a computation that goes on while it is watched, such as a training."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Generic, TypeVar

import numpy as np

from engine.shapes import Array

S = TypeVar("S")

MEMORY_BOUND = 64 * 2**20
"""Bytes that the kept states of one recording may take."""


class Recording(Generic[S]):
    """States 0 … last, each computed from the one before; any that was reached can be had again.

    first: the state before anything happened. advance: gives the next state; it depends on the
    state alone, so that the same one comes out, bit for bit, however often it is computed.
    last: the number of the last state. measure: numbers to remember of every state, for curves.
    nbytes: what a state takes. ended: why a state is the last one, when it is before its time;
    empty while it is not.

    All states are kept while they fit into `bound` bytes, then every second, every fourth, …;
    those between are computed again when they are asked for. Safe to use from two threads.
    """

    def __init__(
        self,
        first: S,
        advance: Callable[[S], S],
        last: int,
        *,
        nbytes: Callable[[S], int],
        measure: Callable[[S], Mapping[str, float]] = lambda _: {},
        ended: Callable[[S], str] = lambda _: "",
        bound: int = MEMORY_BOUND,
    ) -> None:
        self._advance = advance
        self._last = last
        self._nbytes = nbytes
        self._measure = measure
        self._ended = ended
        self._bound = bound
        self._lock = threading.RLock()
        self._every = 1
        self._kept: dict[int, S] = {0: first}
        self._kept_bytes = nbytes(first)
        self._newest: tuple[int, S] = (0, first)
        self._seen: tuple[int, S] = (0, first)
        self._curves: dict[str, Array] = {}
        self.end = ended(first)
        """Why the last state reached is the last one, as a sentence; empty while it is not, or
        when it is the last one that was planned."""
        self._remember(0, first)

    @property
    def ready(self) -> int:
        """The number of the newest state."""
        return self._newest[0]

    @property
    def length(self) -> int:
        """How many states there are, with those still to come."""
        return self.ready + 1 if self.end else self._last + 1

    @property
    def kept_bytes(self) -> int:
        """What the kept states take."""
        return self._kept_bytes

    def advance(self) -> bool:
        """Compute one more state; False when there is none."""
        with self._lock:
            number, state = self._newest
            if number + 1 >= self.length:
                return False
            state = self._advance(state)
            number += 1
            self._remember(number, state)
            if number % self._every == 0:
                self._kept[number] = state
                self._kept_bytes += self._nbytes(state)
                self._thin_out()
            # Told last: who reads `ready` in another thread finds all of the state there.
            self.end = self._ended(state)
            self._newest = (number, state)
            return True

    def reach(self, number: int) -> None:
        """Compute all states up to a number, or to the last one."""
        while self.ready < number and self.advance():
            pass

    def state(self, number: int) -> S:
        """A state, computed as far as need be. Errors: IndexError for one that there is not."""
        self.reach(number)
        if not 0 <= number <= self.ready:
            raise IndexError(f"the recording has states 0 to {self.ready}, not {number}")
        # Without the lock: who looks does not wait for who computes. States never change, and
        # each of these is replaced in one go.
        near = (self._kept_before(number), self._seen, self._newest)
        at, state = max((one for one in near if one[0] <= number), key=itemgetter(0))
        for _ in range(at, number):
            state = self._advance(state)
        self._seen = (number, state)
        return state

    def curve(self, name: str, number: int) -> tuple[Array, Array]:
        """What was measured up to a state, as the states' numbers and the values; states at which
        it was not measured are left out."""
        values = self._curves.get(name)
        if values is None:
            return np.empty(0), np.empty(0)
        values = values[: min(number, self.ready) + 1]
        at = np.flatnonzero(~np.isnan(values))
        return at.astype(float), values[at]

    def _kept_before(self, number: int) -> tuple[int, S]:
        """The nearest kept state up to a number."""
        kept, every = self._kept, self._every
        while (found := kept.get(number - number % every)) is None:
            every *= 2  # it was thinned out just now
        return number - number % every, found

    def _remember(self, number: int, state: S) -> None:
        for name, value in self._measure(state).items():
            if name not in self._curves:
                self._curves[name] = np.full(self._last + 1, np.nan)
            self._curves[name][number] = value

    def _thin_out(self) -> None:
        """Keep every second of the kept states while they take more than their bound."""
        while self._kept_bytes > self._bound and len(self._kept) > 2:
            self._every *= 2
            self._kept = {n: one for n, one in self._kept.items() if n % self._every == 0}
            self._kept_bytes = sum(map(self._nbytes, self._kept.values()))
