"""A film: the moments of a lab, in order; any moment can be had at any time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from lessons.kit.figure import Figure
from lessons.kit.recording import Recording

S = TypeVar("S")


class Film:
    """A sequence of figures, each a view into traces that have been computed.

    length: how many moments there are, at least one. moment: the figure of one of them,
    0 … length - 1. pace: at how many moments a second it is watched at first, one of the screen's
    speeds; None: as the screen has it, or as fast as the moments arrive.
    """

    def __init__(
        self, length: int, moment: Callable[[int], Figure], *, pace: int | None = None
    ) -> None:
        self.pace = pace
        self._length = length
        self._moment = moment

    @property
    def length(self) -> int:
        """How many moments there are."""
        return self._length

    @property
    def ready(self) -> int:
        """How many moments, from the first on, can be had without waiting."""
        return self.length

    @property
    def arrives(self) -> bool:
        """Whether its moments arrive while it is watched."""
        return False

    def advance(self) -> bool:
        """Get one more moment ready; False when all are."""
        return False

    def shows_same(self, other: Film) -> bool:
        """Whether another film shows the same moments, if perhaps in another way."""
        return False

    def at(self, position: int) -> Figure:
        """The figure at a position; gets ready what is missing up to there.

        Errors: IndexError outside of the film.
        """
        if not 0 <= position < self.length:
            raise IndexError(f"the film has moments 0 to {self.length - 1}, not {position}")
        return self._moment(position)


class Recorded(Film, Generic[S]):
    """A film of a computation that goes on while it is watched, such as a training.

    `moment` makes the figure from a position and the recording's state there. A recording that
    stops early makes the film shorter; what was beyond shows the last state.
    """

    def __init__(
        self,
        recording: Recording[S],
        moment: Callable[[int, S], Figure],
        *,
        pace: int | None = None,
    ) -> None:
        super().__init__(recording.length, lambda n: moment(n, recording.state(n)), pace=pace)
        self.recording = recording

    @property
    def length(self) -> int:
        return self.recording.length

    @property
    def ready(self) -> int:
        return self.recording.ready + 1

    @property
    def arrives(self) -> bool:
        return True

    def advance(self) -> bool:
        return self.recording.advance()

    def shows_same(self, other: Film) -> bool:
        return isinstance(other, Recorded) and other.recording is self.recording

    def at(self, position: int) -> Figure:
        if position >= self.ready:
            self.recording.reach(position)
            position = min(position, self.length - 1)
        return super().at(position)


def still(figure: Figure) -> Film:
    """A film of one moment."""
    return Film(1, lambda _: figure)
