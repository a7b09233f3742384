"""Training of recurrent networks as a sequence of states, in the manner of `engine.training`.

A batch follows from the seed and the number of the update alone, whether it is taken from examples
that are kept or drawn anew, so that a training can be played again bit for bit and looked at
anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import isfinite
from typing import Protocol

import numpy as np

from engine.batches import Batches
from engine.clipping import clip_gradients
from engine.descent import Memory, Rule, Updated, started, updated
from engine.schedule import Schedule
from engine.sequence import OPERATIONS, SequenceRun, run_sequence
from engine.shapes import Array, ShapeError, check_whole
from engine.trace import Trace
from engine.training import DTYPES

CLIP = "clip"
"""The trace of the clipping, among those of `SequenceTraining.steps`."""


class SequenceData(Protocol):
    """What a recurrent network is trained on."""

    def batch(self, update: int) -> tuple[Array, Array]:
        """The x (T,D,N) and target that update number `update`, from 0, uses: always the same."""


@dataclass(frozen=True, eq=False)
class KeptSequences:
    """Sequences that are there, in batches: a fresh order in every epoch.

    x: (T,D,M) with the M sequences in the last axis. target: what the loss takes, likewise.
    batch_size: sequences, M at most. seed: decides the order. Errors: ShapeError, ValueError.
    """

    x: Array
    target: Array
    batch_size: int
    seed: int = 0
    batches: Batches = field(init=False)

    def __post_init__(self) -> None:
        x, target = np.shape(self.x), np.shape(self.target)
        if len(x) != 3 or not target or x[-1] != target[-1]:
            raise ShapeError(
                "KeptSequences: x must be (T,D,M), and target have the same M sequences in its "
                f"last axis, got {x} and {target}"
            )
        object.__setattr__(self, "batches", Batches(x[-1], self.batch_size, self.seed))

    def batch(self, update: int) -> tuple[Array, Array]:
        """The sequences of update number `update`."""
        indices = self.batches.indices(update)
        return np.take(self.x, indices, axis=-1), np.take(self.target, indices, axis=-1)


@dataclass(frozen=True)
class DrawnSequences:
    """Sequences that are drawn for each update and never met again.

    draw: makes an x (T,D,N) and its target with the generator that it is given. seed: decides
    what is drawn, together with the number of the update. Errors: ValueError.
    """

    draw: Callable[[np.random.Generator], tuple[Array, Array]]
    seed: int = 0

    def __post_init__(self) -> None:
        check_whole("DrawnSequences", "seed", self.seed, 0)

    def batch(self, update: int) -> tuple[Array, Array]:
        """What is drawn for update number `update`."""
        return self.draw(np.random.default_rng((self.seed, update)))


@dataclass(frozen=True, eq=False)
class SequenceState:
    """Where a training stands. Nothing in it ever changes: an update makes another state."""

    update: int
    """How many updates led here."""
    parameters: Mapping[str, Array]
    """The weights and biases by name."""
    memory: Mapping[str, Memory]
    """What the update rule remembers of each parameter, by the parameter's name."""
    loss: float | None = None
    """The loss of the batch that led here, before its update; None at the start."""

    @cached_property
    def diverged(self) -> bool:
        """Whether the last loss, or a parameter now, is infinite or no number."""
        if self.loss is not None and not isfinite(self.loss):
            return True
        return not all(np.isfinite(w).all() for w in self.parameters.values())

    @property
    def nbytes(self) -> int:
        """The bytes of its arrays."""
        kept = [array for memory in self.memory.values() for array in memory.values()]
        return sum(array.nbytes for array in (*self.parameters.values(), *kept))


@dataclass(frozen=True, eq=False)
class SequenceTraining:
    """What a recurrent network is trained on, and how.

    model: "rnn" or "lstm". data: the batches. rule, schedule: how the parameters move. loss,
    last_only, mean_over_time: as in `run_sequence`. clip: the norm to which all gradients are
    shortened together when they are longer; None leaves them. truncate: into how many steps the
    way back is cut, of an rnn alone; None walks all the way. dtype: "float64" or "float32".
    Errors: ValueError.
    """

    model: str
    data: SequenceData
    rule: Rule
    schedule: Schedule
    loss: str = "cross_entropy"
    last_only: bool = False
    mean_over_time: bool = True
    clip: float | None = None
    truncate: int | None = None
    dtype: str = "float64"

    def __post_init__(self) -> None:
        if self.model not in OPERATIONS:
            raise ValueError(
                f"SequenceTraining: model must be {' or '.join(OPERATIONS)}, got {self.model!r}"
            )
        if self.dtype not in DTYPES:
            raise ValueError(
                f"SequenceTraining: dtype must be {' or '.join(DTYPES)}, got {self.dtype!r}"
            )
        if self.clip is not None and not self.clip > 0:
            raise ValueError(f"SequenceTraining: clip must be above 0 or None, got {self.clip!r}")
        if self.truncate is not None:
            check_whole("SequenceTraining", "truncate", self.truncate, 1)
            if self.model != "rnn":
                raise ValueError(
                    f"SequenceTraining: truncate is for an rnn; leave it out for {self.model!r}"
                )

    def start(self, parameters: Mapping[str, Array]) -> SequenceState:
        """The state before the first update. parameters: by name, as `rnn_parameters` and
        `lstm_parameters` make them."""
        given = {name: np.array(w, self.dtype) for name, w in parameters.items()}
        return SequenceState(0, given, started(given, self.rule))

    def batch(self, update: int) -> tuple[Array, Array]:
        """The x and target that update number `update`, from 0, uses, in the training's dtype."""
        x, target = self.data.batch(update)
        if target.dtype.kind == "f":
            target = target.astype(self.dtype, copy=False)
        return x.astype(self.dtype, copy=False), target

    def forward(self, parameters: Mapping[str, Array], x: Array, target: Array) -> SequenceRun:
        """A pass forwards over any sequences, with this training's model and loss."""
        over_time = {} if self.last_only else {"mean_over_time": self.mean_over_time}
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            return run_sequence(
                self.model, parameters, x, target, self.loss, last_only=self.last_only, **over_time
            )

    def run(self, state: SequenceState) -> SequenceRun:
        """The pass, forwards and backwards, of the update that leaves this state."""
        run = self.forward(state.parameters, *self.batch(state.update))
        cut = {} if self.truncate is None else {"truncate": self.truncate}
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            run.backward(need_dx=False, **cut)
        return run

    def clipped(self, run: SequenceRun) -> Trace | None:
        """What clipping makes of the gradients of a run; None where nothing is clipped."""
        if self.clip is None:
            return None
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            return clip_gradients(run.model, self.clip)

    def step(self, state: SequenceState, run: SequenceRun) -> Updated:
        """What the update that leaves this state does with the gradients of its run."""
        return self._step(state, run, self.clipped(run))

    def advance(self, state: SequenceState) -> SequenceState:
        """The state after one more update."""
        run = self.run(state)
        step = self.step(state, run)
        loss = float(run.loss["mean_loss"])
        run.release()
        return SequenceState(state.update + 1, step.parameters, step.memory, loss)

    def steps(self, state: SequenceState, run: SequenceRun) -> dict[str, Trace]:
        """The traces of `step` by parameter, and that of the clipping as `CLIP`, linked so that
        "why?" goes from a new weight to its gradient, and on through the run."""
        clipped = self.clipped(run)
        traces = self._step(state, run, clipped).traces
        for name, trace in traces.items():
            trace.layer = name
            if clipped is None:
                trace.link("dw", run.model, f"d{name}")
            else:
                trace.link("dw", clipped, f"clipped_d{name}")
        return traces if clipped is None else {**traces, CLIP: clipped}

    def _step(self, state: SequenceState, run: SequenceRun, clipped: Trace | None) -> Updated:
        source, prefix = (run.model, "d") if clipped is None else (clipped, "clipped_d")
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            return updated(
                state.parameters,
                {name: source[f"{prefix}{name}"] for name in state.parameters},
                self.rule,
                state.memory,
                self.schedule.rate(state.update),
                state.update,
            )


@dataclass(frozen=True, eq=False)
class SequenceScore:
    """How a recurrent network does on sequences."""

    loss: float
    """The mean over the sequences, as in training."""
    output: Array
    """Its y or z."""
    accuracy: float | None
    """The share of outputs whose largest logit is the target's; None for a squared error."""


def evaluate_sequences(
    training: SequenceTraining, parameters: Mapping[str, Array], x: Array, target: Array
) -> SequenceScore:
    """Run a training's model on sequences of its kind, without gradients. Errors: ShapeError."""
    run = training.forward(parameters, x.astype(training.dtype, copy=False), target)
    output = run.model[OPERATIONS[training.model][2]]
    accuracy = None
    if training.loss == "cross_entropy":
        axis = 0 if training.last_only else 1
        truth = np.asarray(target)
        classes = truth.argmax(axis=axis) if truth.ndim == output.ndim else truth
        accuracy = float((output.argmax(axis=axis) == classes).mean())
    return SequenceScore(float(run.loss["mean_loss"]), output, accuracy)
