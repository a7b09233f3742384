"""Holding the gates of an LSTM: which place of which gate, and at what value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import DTypeLike

from engine.lstm_relations import GATES
from engine.shapes import Array, check_shape


@dataclass(frozen=True, eq=False)
class Held:
    """One activation of an LSTM, held at some places."""

    gate: str
    """f, i, g or o."""
    holds: Array
    """(T,H), True where it is held."""
    at: Array
    """(T,H), the values; 0 where it is not held."""

    @property
    def arrays(self) -> dict[str, Array]:
        """What a trace keeps of it."""
        return {
            f"holds_{self.gate}": self.holds.astype(self.at.dtype),
            f"held_{self.gate}": self.at,
        }

    def apply(self, activation: Array, t: int) -> None:
        """Put the values in their places. activation: (H,N), of step t."""
        np.copyto(activation, self.at[t][:, None], where=self.holds[t][:, None])


def held_gates(
    held: Mapping[str, Array | float], steps: int, hidden: int, dtype: DTypeLike
) -> tuple[Held, ...]:
    """What `lstm` was asked to hold, by gate. Errors: ShapeError; ValueError for another letter,
    or a value that is infinite."""
    found = []
    for gate, given in held.items():
        if gate not in tuple(GATES):
            raise ValueError(f"lstm: held must name f, i, g or o, got {gate!r}")
        values = np.asarray(given, dtype)
        if values.ndim == 0:
            values = np.full((steps, hidden), values)
        check_shape("lstm", f"held[{gate!r}]", values, (steps, hidden))
        if np.isinf(values).any():
            raise ValueError(f"lstm: held[{gate!r}] must be finite, or NaN where nothing is held")
        holds = ~np.isnan(values)
        found.append(Held(gate, holds, np.where(holds, values, values.dtype.type(0))))
    return tuple(found)
