"""Many descents side by side, one for each batch size, as a recording."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.fit_descent import Descent, FitState
from engine.shapes import Array
from lessons.kit.recording import Recording

UPDATES = 2000


@dataclass(frozen=True, eq=False)
class Many:
    """Where all runs stand, by the name of their batch size."""

    states: dict[str, FitState]

    @property
    def nbytes(self) -> int:
        """The bytes of its arrays."""
        return sum(state.nbytes for state in self.states.values())


def recorded(
    descents: Mapping[str, Descent],
    weights: Mapping[str, Array],
    share: Callable[[str, FitState], float],
    per_moment: int,
) -> Recording[Many]:
    """The recording: each state is so many updates of every run on.

    weights: where the runs start, the same places for every batch size. share: the curve of a
    name, from its state.
    """

    def advance(many: Many) -> Many:
        states = dict(many.states)
        for name, descent in descents.items():
            for _ in range(per_moment):
                states[name] = descent.advance(states[name])
        return Many(states)

    return Recording(
        Many({name: descent.start(weights) for name, descent in descents.items()}),
        advance,
        UPDATES // per_moment,
        nbytes=lambda many: many.nbytes,
        measure=lambda many: {name: share(name, state) for name, state in many.states.items()},
    )


def over_updates(
    recording: Recording[Many], name: str, n: int, per_moment: int
) -> tuple[Array, Array]:
    """The curve of a name up to a moment, over updates."""
    moments, shares = recording.curve(name, n)
    return moments * per_moment, shares
