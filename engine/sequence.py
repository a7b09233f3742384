"""A recurrent network and its loss, run forwards and backwards into two linked traces.

The links let "why?" walk from the loss through every step down to the inputs and weights, and
from a weight's gradient up to the loss.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.loss import (
    cross_entropy,
    cross_entropy_backward,
    mean_squared_error,
    mean_squared_error_backward,
)
from engine.lstm import lstm, lstm_backward
from engine.rnn import rnn, rnn_backward
from engine.sequence_loss import (
    sequence_cross_entropy,
    sequence_cross_entropy_backward,
    sequence_squared_error,
    sequence_squared_error_backward,
)
from engine.shapes import Array
from engine.trace import Trace

Forward = Callable[..., Trace]
Backward = Callable[..., None]

OPERATIONS: Mapping[str, tuple[Forward, Backward, str]] = {
    "rnn": (rnn, rnn_backward, "y"),
    "lstm": (lstm, lstm_backward, "z"),
}
"""Forward, backward, and the name of the output."""

LOSSES: Mapping[str, tuple[Forward, Backward, str]] = {
    "cross_entropy": (sequence_cross_entropy, sequence_cross_entropy_backward, "z"),
    "mean_squared_error": (sequence_squared_error, sequence_squared_error_backward, "y"),
}
"""For a read-out of every step: forward, backward, and the name of the input."""

LAST_LOSSES: Mapping[str, tuple[Forward, Backward, str]] = {
    "cross_entropy": (cross_entropy, cross_entropy_backward, "z"),
    "mean_squared_error": (mean_squared_error, mean_squared_error_backward, "y"),
}
"""The same for a read-out of the last step alone."""


@dataclass(frozen=True, eq=False)
class SequenceRun:
    """One pass over a sequence, or a batch of them, and the loss of its outputs."""

    model: Trace
    """The trace of `rnn` or `lstm`."""
    loss: Trace
    """The trace of the loss; its mean_loss is what the gradients are of."""
    kind: str
    """Which loss: cross_entropy or mean_squared_error."""

    def backward(self, **settings: Any) -> None:
        """Add every gradient to both traces. settings: those of the operation's backward, such as
        truncate, need_dx, dh_T."""
        _, backward, output = OPERATIONS[self.model.operation]
        _, loss_backward, given = _losses(self.model)[self.kind]
        loss_backward(self.loss)
        backward(self.model, self.loss[f"d{given}"], **settings)
        self.model.link(f"d{output}", self.loss, f"d{given}")

    def release(self) -> None:
        """Let the traces forget one another, so that the memory of a run that nobody keeps is
        free at once, and not when Python next looks for cycles."""
        self.model.sources.clear()
        self.loss.sources.clear()


def run_sequence(
    operation: str,
    parameters: Mapping[str, Array],
    x: Array,
    target: Array | int,
    loss: str = "cross_entropy",
    *,
    mean_over_time: bool = True,
    **settings: Any,
) -> SequenceRun:
    """Run x through a recurrent network, and on into the loss.

    operation: "rnn" or "lstm"; parameters: its weights by name, as `rnn_parameters` and
    `lstm_parameters` make them; x: (T,D[,N]); settings: what else the operation takes, such as
    h_0, last_only, held. loss: "cross_entropy" (the output are logits) or "mean_squared_error".
    target: one for every step, as in `sequence_cross_entropy` and `sequence_squared_error`, which
    tell what `mean_over_time` does; with `last_only` one for the sequence, as in `engine.loss`.
    Errors: ValueError for an operation or loss that is not known; those of what is called.
    """
    if operation not in OPERATIONS:
        raise ValueError(
            f"run_sequence: no operation {operation!r}; there is {', '.join(OPERATIONS)}"
        )
    if loss not in LOSSES:
        raise ValueError(f"run_sequence: no loss {loss!r}; there is {', '.join(LOSSES)}")
    forward, _, output = OPERATIONS[operation]
    model = forward(x, **parameters, **settings)
    model.layer = operation
    loss_forward, _, given = _losses(model)[loss]
    over_time = {} if _last_only(model) else {"mean_over_time": mean_over_time}
    of_loss = loss_forward(model[output], target, **over_time)
    of_loss.layer = "loss"
    of_loss.link(given, model, output)
    return SequenceRun(model, of_loss, loss)


def _losses(model: Trace) -> Mapping[str, tuple[Forward, Backward, str]]:
    return LAST_LOSSES if _last_only(model) else LOSSES


def _last_only(model: Trace) -> bool:
    _, _, output = OPERATIONS[model.operation]
    return model[output].ndim < model["h"].ndim
