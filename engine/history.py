"""What a training has been through: any of its states again, within a bound of memory."""

from __future__ import annotations

from engine.shapes import check_whole
from engine.training import State, Training

MOST_BYTES = 64 * 2**20
"""How much a history keeps unless told otherwise."""


class History:
    """The states of one training from the start on; those that are not kept are computed again.

    It keeps every state while they fit, then every second, every fourth and so on; the newest
    always. A state that is asked for and not kept costs at most `every - 1` updates, and is the
    same bit for bit. most_bytes: bound on the arrays of the states that are kept, of which there
    are at least two, the first and the newest. Not for two threads at once.
    Errors: ValueError when the first state is not at update 0 or the bound is no whole number.
    """

    def __init__(self, training: Training, start: State, most_bytes: int = MOST_BYTES) -> None:
        check_whole("History", "most_bytes", most_bytes, 0)
        if start.update != 0:
            raise ValueError(f"History: start must be at update 0, got {start.update}")
        self.training = training
        self.most_bytes = most_bytes
        self.every = 1
        """How many updates lie between the states that are kept."""
        self.losses: list[float] = []
        """The loss of every update's batch, before it."""
        self.newest = start
        self._kept = {0: start}

    @property
    def nbytes(self) -> int:
        """The bytes of the states that are kept; all of one training have as many."""
        more = self.newest.update not in self._kept
        return (len(self._kept) + more) * self.newest.nbytes

    @property
    def updates(self) -> int:
        """How many updates there have been: the number of the newest state."""
        return self.newest.update

    def advance(self) -> State:
        """One more update. Gives the newest state."""
        self.newest = state = self.training.advance(self.newest)
        self.losses.append(float("nan") if state.loss is None else state.loss)
        if state.update % self.every == 0:
            self._kept[state.update] = state
        while self.nbytes > self.most_bytes and len(self._kept) > 1:
            self.every *= 2
            self._kept = {n: kept for n, kept in self._kept.items() if n % self.every == 0}
        return state

    def at(self, update: int) -> State:
        """The state after so many updates.

        Errors: IndexError for an update that has not been.
        """
        if not 0 <= update <= self.updates:
            raise IndexError(f"there is no update {update}: so far there were {self.updates}")
        if update == self.updates:
            return self.newest
        state = self._kept[update - update % self.every]
        while state.update < update:
            state = self.training.advance(state)
        return state
