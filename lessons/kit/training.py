"""Trainings as recordings: every update of a network a moment that can be had again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from lessons.kit.recording import MEMORY_BOUND, Recording

LOSS = "loss"
"""The curve of the loss of each update's batch."""


class Stands(Protocol):
    """Where a training stands: `State` and `SequenceState` of the engine."""

    @property
    def update(self) -> int: ...
    @property
    def loss(self) -> float | None: ...
    @property
    def diverged(self) -> bool: ...
    @property
    def nbytes(self) -> int: ...


Start = TypeVar("Start", contravariant=True)
Where = TypeVar("Where", bound=Stands)


class Trains(Protocol[Start, Where]):
    """A training of the engine: `Training` and `SequenceTraining`."""

    def start(self, start: Start, /) -> Where: ...
    def advance(self, state: Where, /) -> Where: ...


def recorded(
    training: Trains[Start, Where],
    start: Start,
    updates: int,
    measure: Callable[[Where], Mapping[str, float]] = lambda _: {},
    bound: int = MEMORY_BOUND,
) -> Recording[Where]:
    """The recording of a training: state n is the one after n updates.

    start: the network, or its parameters, before the first one. measure: what to remember of each
    state besides its LOSS, for curves; costly numbers may be left out of most states. A training
    that diverges ends there, and says with which update.
    """

    def measured(state: Where) -> Mapping[str, float]:
        loss = {} if state.loss is None else {LOSS: state.loss}
        return {**loss, **measure(state)}

    return Recording(
        training.start(start),
        training.advance,
        updates,
        nbytes=lambda state: state.nbytes,
        measure=measured,
        ended=diverged,
        bound=bound,
    )


def diverged(state: Stands) -> str:
    """What to say of a training that has left the numbers; nothing of one that has not."""
    if not state.diverged:
        return ""
    return (
        f"Diverged with update {state.update}: the numbers became too large to compute with. "
        "A smaller learning rate helps."
    )
