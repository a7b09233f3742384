"""Gradient descent on a small model: of one run, or of many runs side by side.

Each state follows from the one before and nothing else, as in `engine.training`. The batches,
rules and schedules are the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from engine.batches import Batches, orders
from engine.descent import Memory, Rule, Updated, started, updated
from engine.schedule import Schedule
from engine.shapes import Array
from engine.trace import Trace


class Fittable(Protocol):
    """A model whose trace has the gradient dw of every weight w."""

    @property
    def weights(self) -> tuple[str, ...]:
        """The names of its weights."""

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of its inputs."""

    def trace(self, inputs: Mapping[str, Array], y: Array, weights: Mapping[str, Array]) -> Trace:
        """The model on points, forwards and backwards."""


@dataclass(frozen=True, eq=False)
class FitState:
    """Where a descent stands. Nothing in it ever changes: an update makes another state."""

    update: int
    """How many updates led here."""
    weights: Mapping[str, Array]
    """By name; with many runs, the first axis is the run."""
    memory: Mapping[str, Memory]

    @property
    def diverged(self) -> bool:
        """Whether a weight is infinite or no number."""
        return not all(np.isfinite(w).all() for w in self.weights.values())

    @property
    def nbytes(self) -> int:
        """The bytes of its arrays."""
        kept = [array for memory in self.memory.values() for array in memory.values()]
        return sum(array.nbytes for array in (*self.weights.values(), *kept))


@dataclass(frozen=True, eq=False)
class Descent:
    """What a model is fitted to, and how.

    inputs, y: (N,). batch_size: points, N at most. seed: decides the order of the points. runs: of
    how many runs, each with an order of its own; None: of a single one, whose weights then have no
    axis for it. limits: where a weight stops at a wall, by its name.
    Errors: ValueError for a batch larger than the data.
    """

    model: Fittable
    inputs: Mapping[str, Array]
    y: Array
    batch_size: int
    rule: Rule
    schedule: Schedule
    seed: int = 0
    runs: int | None = None
    limits: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    batches: Batches = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "batches", Batches(len(self.y), self.batch_size, self.seed))

    def start(self, weights: Mapping[str, float | Array]) -> FitState:
        """The state before the first update."""
        given = {name: np.asarray(weights[name], dtype=float) for name in self.model.weights}
        return FitState(0, given, started(given, self.rule))

    def indices(self, update: int) -> Array:
        """The points of update number `update`, from 0: (B,), or (R,B) where every run has a
        batch of its own."""
        batches = self.batches
        if self.runs is None or batches.size == batches.count:
            return batches.indices(update)
        epoch, batch = divmod(update, batches.per_epoch)
        start = batch * batches.size
        shuffled = orders(self.seed, epoch, batches.count, self.runs)
        return shuffled[:, start : start + batches.size]

    def run(self, state: FitState) -> Trace:
        """The pass over the batch of the update that leaves this state."""
        indices = self.indices(state.update)
        inputs = {name: self.inputs[name][indices] for name in self.model.inputs}
        return self.model.trace(inputs, self.y[indices], state.weights)

    def whole(self, state: FitState) -> Trace:
        """The pass over all the points, with the weights of this state."""
        return self.model.trace(self.inputs, self.y, state.weights)

    def step(self, state: FitState, run: Trace) -> Updated:
        """What the update that leaves this state does with the gradients of its run, before any
        wall; "why?" goes on from a gradient into the run."""
        gradients = {name: run[f"d{name}"] for name in self.model.weights}
        with np.errstate(over="ignore", invalid="ignore"):
            step = updated(
                state.weights,
                gradients,
                self.rule,
                state.memory,
                self.schedule.rate(state.update),
                state.update,
            )
        for name, trace in step.traces.items():
            trace.link("dw", run, f"d{name}")
        return step

    def advance(self, state: FitState) -> FitState:
        """The state after one more update."""
        step = self.step(state, self.run(state))
        weights = step.parameters
        for name, (low, high) in self.limits.items():
            weights[name] = np.clip(weights[name], low, high)
        return FitState(state.update + 1, weights, step.memory)
