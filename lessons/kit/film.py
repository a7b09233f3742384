"""A film: the moments of a lab, in order; any moment can be had at any time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lessons.kit.figure import Figure


@dataclass(frozen=True)
class Film:
    """A sequence of figures, each a view into traces that have been computed."""

    length: int
    """How many moments there are, at least one."""
    moment: Callable[[int], Figure]
    """The figure of a moment, 0 … length - 1."""

    def at(self, position: int) -> Figure:
        """The figure at a position. Errors: IndexError outside of the film."""
        if not 0 <= position < self.length:
            raise IndexError(f"the film has moments 0 to {self.length - 1}, not {position}")
        return self.moment(position)


def still(figure: Figure) -> Film:
    """A film of one moment."""
    return Film(1, lambda _: figure)
