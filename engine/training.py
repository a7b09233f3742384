"""Training as a sequence of states, each of which follows from the one before and nothing else.

So a training can be played again bit for bit, and looked at anywhere. A loss or a parameter that
leaves the numbers does not stop it: the state says that it has diverged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import isfinite

import numpy as np

from engine.batches import Batches
from engine.descent import Memory, Rule, Updated, started, updated
from engine.network import LOSS, Network, Run
from engine.schedule import Schedule
from engine.shapes import Array, ShapeError
from engine.trace import Trace

DTYPES = ("float64", "float32")

_NOISE = 1
"""Tells the noise of an update apart from the order of an epoch with the same number."""


@dataclass(frozen=True, eq=False)
class State:
    """Where a training stands. Nothing in it ever changes: an update makes another state."""

    update: int
    """How many updates led here."""
    network: Network
    memory: Mapping[str, Memory]
    """What the update rule remembers of each parameter, by the parameter's name."""
    loss: float | None = None
    """The loss of the batch that led here, before its update; None at the start."""

    @cached_property
    def diverged(self) -> bool:
        """Whether the last loss, or a parameter now, is infinite or no number."""
        if self.loss is not None and not isfinite(self.loss):
            return True
        return not all(np.isfinite(w).all() for w in self.network.parameters.values())

    @property
    def nbytes(self) -> int:
        """The bytes of its arrays."""
        kept = [array for memory in self.memory.values() for array in memory.values()]
        return sum(array.nbytes for array in (*self.network.parameters.values(), *kept))


@dataclass(frozen=True, eq=False)
class Training:
    """What a network is trained on, and how.

    x: what the network takes, with the N examples in the last axis. target: what its loss takes,
    likewise; classes are integers. batch_size: examples, N at most. rule, schedule: how the
    parameters move. seed: decides the order of the examples, and the noise. noise: standard
    deviation of normal noise that is added to x, drawn anew for every update (the target stays
    clean). dtype: "float64" or "float32", for data and network.
    Errors: ShapeError, ValueError.
    """

    x: Array
    target: Array
    batch_size: int
    rule: Rule
    schedule: Schedule
    seed: int = 0
    noise: float = 0.0
    dtype: str = "float64"
    batches: Batches = field(init=False)

    def __post_init__(self) -> None:
        if self.dtype not in DTYPES:
            raise ValueError(f"Training: dtype must be {' or '.join(DTYPES)}, got {self.dtype!r}")
        if not 0 <= self.noise < np.inf:
            raise ValueError(f"Training: noise must be a number from 0 on, got {self.noise!r}")
        x, target = np.asarray(self.x), np.asarray(self.target)
        if x.ndim < 2 or target.ndim < 1 or x.shape[-1] != target.shape[-1]:
            raise ShapeError(
                "Training: x and target must have the same examples in their last axes, "
                f"got {x.shape} and {target.shape}"
            )
        # take() would copy an array that does not lie in order, all of it, for every batch.
        object.__setattr__(self, "x", np.ascontiguousarray(x, self.dtype))
        dtype = self.dtype if target.dtype.kind == "f" else target.dtype
        object.__setattr__(self, "target", np.ascontiguousarray(target, dtype))
        object.__setattr__(self, "batches", Batches(x.shape[-1], self.batch_size, self.seed))

    def start(self, network: Network) -> State:
        """The state before the first update."""
        network = network.astype(self.dtype)
        return State(0, network, started(network.parameters, self.rule))

    def batch(self, update: int) -> tuple[Array, Array]:
        """The x and target that update number `update`, from 0, uses."""
        if self.batch_size == self.batches.count:
            x, target = self.x, self.target
        else:
            indices = self.batches.indices(update)
            x, target = self.x.take(indices, axis=-1), self.target.take(indices, axis=-1)
        if self.noise:
            rng = np.random.default_rng((self.seed, update, _NOISE))
            x = x + (self.noise * rng.standard_normal(x.shape)).astype(self.dtype)
        return x, target

    def run(self, state: State) -> Run:
        """The pass, forwards and backwards, of the update that leaves this state."""
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            run = state.network.forward(*self.batch(state.update))
            state.network.backward(run, need_dx=False)
        return run

    def step(self, state: State, run: Run) -> Updated:
        """What the update that leaves this state does with the gradients of its run."""
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            return updated(
                state.network.parameters,
                state.network.gradients(run),
                self.rule,
                state.memory,
                self.schedule.rate(state.update),
                state.update,
            )

    def advance(self, state: State) -> State:
        """The state after one more update."""
        run = self.run(state)
        step = self.step(state, run)
        network = state.network.with_parameters(step.parameters)
        run.release()
        return State(state.update + 1, network, step.memory, run.loss)

    def steps(self, state: State, run: Run) -> dict[str, Trace]:
        """The traces of `step` by parameter, linked so that "why?" goes from a new weight to its
        gradient, and on through the run."""
        traces = self.step(state, run).traces
        for layer in state.network.layers:
            for name in layer.parameters:
                traces[f"{layer.name}.{name}"].link("dw", run[layer.name], f"d{name}")
        return traces


@dataclass(frozen=True, eq=False)
class Score:
    """How a network does on examples."""

    loss: float
    """The mean over the examples."""
    outputs: Array
    """What the last layer gives, (K,N)."""
    predictions: Array | None
    """The class of each example, (N,), where the loss is a cross-entropy; with one output of a
    binary cross-entropy, 0 or 1."""
    accuracy: float | None
    """The share of examples whose predicted class is the target's."""


def evaluate(network: Network, x: Array, target: Array, *, chunk: int = 512) -> Score:
    """Run a network on examples, a chunk of them at a time, without gradients.

    x, target: as in `Training`, in any dtype; the network's decides. Errors: ShapeError.
    """
    count = np.shape(x)[-1]
    first = next(iter(network.parameters.values()), None)
    dtype = first.dtype if first is not None else np.dtype("float64")
    total, outputs = 0.0, []
    for start in range(0, count, chunk):
        part = x[..., start : start + chunk].astype(dtype, copy=False)
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            run = network.forward(part, target[..., start : start + chunk])
        outputs.append(run.output)
        total += float(run[LOSS]["loss"].sum())
    found = np.concatenate(outputs, axis=-1)
    predictions, truth = _classes(network.loss, found, target)
    accuracy = None if predictions is None else float((predictions == truth).mean())
    return Score(total / count, found, predictions, accuracy)


def _classes(loss: str, outputs: Array, target: Array) -> tuple[Array | None, Array | None]:
    """The predicted class of each example, and the true one, for losses that know classes."""
    if loss == "cross_entropy":
        return outputs.argmax(axis=0), target if target.ndim == 1 else target.argmax(axis=0)
    if loss == "binary_cross_entropy" and len(outputs) == 1:
        return (outputs[0] > 0).astype(int), (target[0] > 0.5).astype(int)
    return None, None
