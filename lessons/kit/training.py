"""Trainings as recordings: every update of a network a moment that can be had again."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.network import Network
from engine.training import State, Training
from lessons.kit.recording import MEMORY_BOUND, Recording

LOSS = "loss"
"""The curve of the loss of each update's batch."""


def recorded(
    training: Training,
    network: Network,
    updates: int,
    measure: Callable[[State], Mapping[str, float]] = lambda _: {},
    bound: int = MEMORY_BOUND,
) -> Recording[State]:
    """The recording of a training: state n is the one after n updates.

    measure: what to remember of each state besides its LOSS, for curves; costly numbers may be
    left out of most states. A training that diverges ends there, and says with which update.
    """

    def measured(state: State) -> Mapping[str, float]:
        loss = {} if state.loss is None else {LOSS: state.loss}
        return {**loss, **measure(state)}

    return Recording(
        training.start(network),
        training.advance,
        updates,
        nbytes=lambda state: state.nbytes,
        measure=measured,
        ended=diverged,
        bound=bound,
    )


def diverged(state: State) -> str:
    """What to say of a training that has left the numbers; nothing of one that has not."""
    if not state.diverged:
        return ""
    return (
        f"Diverged with update {state.update}: the numbers became too large to compute with. "
        "A smaller learning rate helps."
    )
