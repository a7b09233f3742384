"""How long an RNN's and an LSTM's forward and backward take, against PyTorch eager where it is
installed.

Run from the repository's root: `python tests/benchmarks/bench_recurrent.py`. Each step reads a
sequence, reads out every hidden state, and has all gradients, that of the input too. PyTorch runs
its RNN or LSTM and a linear layer. The two are timed in turn, as in bench_conv.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from engine.lstm import lstm, lstm_backward
from engine.recurrent_init import lstm_parameters, rnn_parameters
from engine.rnn import rnn, rnn_backward
from tests.benchmarks.paired import report
from tests.benchmarks.torch_side import on_one_thread, torch

OPERATIONS = {
    "rnn": (rnn, rnn_backward, rnn_parameters),
    "lstm": (lstm, lstm_backward, lstm_parameters),
}


@dataclass(frozen=True)
class Setting:
    """One recurrent network to time. A character model has as many inputs and outputs as there
    are characters; a forecast has one of each."""

    operation: str
    steps: int
    inputs: int
    hidden: int
    outputs: int
    examples: int

    def __str__(self) -> str:
        size = f"T {self.steps} D {self.inputs} H {self.hidden} K {self.outputs}"
        return f"{self.operation} {size} batch {self.examples}"


SETTINGS = tuple(
    Setting(operation, *sizes)
    for operation, all_sizes in (
        ("rnn", ((32, 1, 32, 1, 1), (50, 1, 64, 1, 32), (50, 27, 64, 27, 32))),
        (
            "lstm",
            ((32, 1, 32, 1, 1), (50, 1, 64, 1, 32), (50, 27, 64, 27, 32), (8, 3, 4, 3, 1)),
        ),
    )
    for sizes in all_sizes
)


def engine_step(setting: Setting, dtype: str) -> Callable[[], None]:
    """Forward and backward of the engine, as one call."""
    forward, backward, parameters = OPERATIONS[setting.operation]
    sizes = setting.inputs, setting.hidden, setting.outputs
    weights = parameters(np.random.default_rng(0), *sizes, dtype=dtype)
    x, dy = _arrays(setting, dtype)

    def step() -> None:
        backward(forward(x, **weights), dy)

    return step


def torch_step(setting: Setting, dtype: str) -> Callable[[], None]:
    """The same step in PyTorch, in its own layout: (T,N,D)."""
    kind = getattr(torch, dtype)
    cell = getattr(torch.nn, setting.operation.upper())
    model = cell(setting.inputs, setting.hidden, dtype=kind)
    read_out = torch.nn.Linear(setting.hidden, setting.outputs, dtype=kind)
    x, dy = (
        torch.from_numpy(np.ascontiguousarray(np.moveaxis(array, -1, 1) if batched else array))
        for array in _arrays(setting, dtype)
        for batched in (setting.examples > 1,)
    )
    x.requires_grad_()
    weights = [*model.parameters(), *read_out.parameters()]

    def step() -> None:
        x.grad = None
        for weight in weights:
            weight.grad = None
        read_out(model(x)[0]).backward(dy)

    return step


def _arrays(setting: Setting, dtype: str) -> tuple[Any, Any]:
    """The input, and the gradient that comes back to the output."""
    rng = np.random.default_rng(1)
    batch = (setting.examples,) if setting.examples > 1 else ()
    x, dy = (
        rng.normal(size=(setting.steps, size, *batch)).astype(dtype)
        for size in (setting.inputs, setting.outputs)
    )
    return x, dy


def main() -> None:
    """Print a line for each setting and type."""
    print(on_one_thread())
    for setting in SETTINGS:
        for dtype in ("float64", "float32"):
            theirs = [torch_step(setting, dtype)] if torch is not None else []
            steps = [engine_step(setting, dtype), *theirs]
            print(report(f"{setting!s:42} {dtype:8}", steps), flush=True)


if __name__ == "__main__":
    main()
