"""How often recurrent networks learn to remember, over ten seeds, and what is left of a gradient.

The tasks, sizes and settings are those of the course's recipes. Run from the repository's root:
`python tests/benchmarks/bench_memory_tasks.py`; it takes a few minutes.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from engine.descent import Adam
from engine.long_chain import highway, rnn_product
from engine.lstm import lstm
from engine.memory import keep_freed_memory
from engine.recurrent_init import lstm_parameters, rnn_parameters
from engine.rnn import rnn
from engine.schedule import Constant
from engine.sequence_tasks import adding, first_symbol
from engine.sequence_training import DrawnSequences, SequenceTraining
from engine.shapes import Array

SEEDS = range(10)
BATCH, RATE, CLIP, RECENT = 32, 0.01, 1.0, 20
START_SEEDS = range(20)


@dataclass(frozen=True)
class Task:
    """A task at a length, and when it counts as learned."""

    name: str
    draw: Callable[[np.random.Generator], tuple[Array, Array]]
    inputs: int
    outputs: int
    hidden: int
    loss: str
    limit: float
    """The mean loss of the last batches, below which it is learned."""
    updates: int


@dataclass(frozen=True)
class Way:
    """A network and how it starts."""

    name: str
    model: str
    start: dict[str, Any] = field(default_factory=dict)
    patience: int = 1
    """How many times the task's updates it has."""


def add(steps: int) -> Task:
    """The sum of two marked numbers, as in the recipes."""
    return Task(
        f"adding, T {steps}",
        lambda rng: adding(rng, steps, BATCH),
        2,
        1,
        16,
        "mean_squared_error",
        0.01,
        600,
    )


def name_first(symbols: int, steps: int, hidden: int, updates: int) -> Task:
    """The first symbol, after all the others."""
    return Task(
        f"first symbol, K {symbols}, T {steps}",
        lambda rng: first_symbol(rng, symbols, steps, BATCH),
        symbols,
        symbols,
        hidden,
        "cross_entropy",
        0.1,
        updates,
    )


def learned(task: Task, way: Way, seed: int) -> tuple[int | None, float]:
    """After how many updates it is learned, None for never in its time; and the seconds."""
    training = SequenceTraining(
        way.model,
        DrawnSequences(task.draw, seed),
        Adam(0.9, 0.99),
        Constant(RATE),
        task.loss,
        last_only=True,
        clip=CLIP,
    )
    make = rnn_parameters if way.model == "rnn" else lstm_parameters
    rng = np.random.default_rng(seed)
    state = training.start(make(rng, task.inputs, task.hidden, task.outputs, **way.start))
    losses: list[float] = []
    begun = time.perf_counter()
    for _ in range(way.patience * task.updates):
        state = training.advance(state)
        losses = [*losses[1 - RECENT :], float(state.loss or 0)]
        if len(losses) == RECENT and statistics.mean(losses) < task.limit:
            return state.update, time.perf_counter() - begun
    return None, time.perf_counter() - begun


def counts(task: Task, ways: list[Way]) -> None:
    """Over all seeds, how many of them each way learns."""
    print(f"\n{task.name}, H {task.hidden}, {task.updates} updates")
    for way in ways:
        found = [learned(task, way, seed) for seed in SEEDS]
        updates = [count for count, _ in found if count is not None]
        seconds = statistics.median(took for _, took in found)
        median = f"median {statistics.median(updates):.0f} updates" if updates else ""
        print(
            f"  {way.name:22} {len(updates):2} of {len(found)}   {seconds:5.2f} s a seed   {median}"
        )


def left_at_the_start(steps: int = 50, hidden: int = 16) -> None:
    """Medians over seeds of what is left of a gradient, before any training."""
    rnn_starts: dict[str, dict[str, Any]] = {
        "RNN": {},
        "RNN, radius 0.9": {"radius": 0.9},
        "RNN, orthogonal": {"orthogonal_W": True},
    }
    lstm_starts: dict[str, dict[str, Any]] = {
        "LSTM, b_f 0": {"forget_bias": 0.0},
        "LSTM, b_f 1": {"forget_bias": 1.0},
        "LSTM, chrono": {"chrono": steps},
    }
    print(f"\nleft of a gradient after {steps - 1} steps, H {hidden}, {len(START_SEEDS)} seeds")
    for name, start in {**rnn_starts, **lstm_starts}.items():
        found = []
        for seed in START_SEEDS:
            rng = np.random.default_rng(seed)
            x = adding(rng, steps, 1)[0][..., 0]
            weights: dict[str, Any]
            if name in rnn_starts:
                weights = rnn_parameters(rng, 2, hidden, 1, **start)
                found.append(float(rnn_product(rnn(x, **weights))["left"][0]))
            else:
                weights = lstm_parameters(rng, 2, hidden, 1, **start)
                found.append(float(highway(lstm(x, **weights))["left"][0]))
        print(f"  {name:22} {statistics.median(found):.1e}")


def main() -> None:
    """Print all counts."""
    keep_freed_memory()
    left_at_the_start()
    counts(
        add(50),
        [
            Way("LSTM, chrono", "lstm", {"chrono": 50}),
            Way("LSTM, b_f 1", "lstm", {"forget_bias": 1.0}),
            Way("RNN, ten times as long", "rnn", patience=10),
        ],
    )
    for task, steps in ((name_first(4, 30, 16, 600), 30), (name_first(8, 50, 32, 1000), 50)):
        counts(
            task,
            [
                Way("LSTM, chrono", "lstm", {"chrono": steps}),
                Way("LSTM, b_f 1", "lstm", {"forget_bias": 1.0}),
                Way("RNN", "rnn"),
            ],
        )


if __name__ == "__main__":
    main()
