"""The LSTM that is small enough to be worked by hand: two units, two inputs, three outputs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np

from engine.loss import softmax
from engine.lstm import lstm
from engine.recurrent_init import lstm_parameters
from engine.sequence import SequenceRun, run_sequence
from engine.shapes import Array
from engine.trace import Trace
from lessons.kit.cells import Values
from lessons.kit.control import Choice, Control, Decimal, Settings, Stepper

INPUTS, HIDDEN, OUTPUTS = 2, 2, 3
NAMES = {"f": "forget gate", "i": "input gate", "g": "candidate", "o": "output gate"}

ROUND: Mapping[str, tuple[tuple[float, ...], ...]] = MappingProxyType(
    {
        "W_f": ((0.5, 0.0, 1.0, -1.0), (0.0, 0.5, -1.0, 1.0)),
        "W_i": ((0.0, -0.5, 2.0, -1.0), (-0.5, 0.0, -1.0, 2.0)),
        "W_g": ((0.5, 0.0, 1.0, -1.0), (0.0, 0.5, -1.0, 1.0)),
        "W_o": ((1.0, 0.0, 0.5, 0.0), (0.0, 1.0, 0.0, 0.5)),
        "W_z": ((2.0, 0.0), (0.0, 2.0), (-1.0, -1.0)),
    }
)
"""Weights that one can multiply in the head: unit 1 likes the first input, unit 2 the second."""
BIASES = MappingProxyType({"b_i": (0.0, 0.0), "b_g": (0.0, 0.5), "b_o": (0.0, 0.0)})


def weight_controls() -> tuple[Control, ...]:
    """What decides the weights: written down, or drawn as before a training."""
    return (
        Choice(
            name="weights", label="weights", key="w", options=("round", "drawn"), default="round"
        ),
        Stepper(
            name="seed",
            label="seed",
            key="s",
            low=0,
            high=99,
            default=0,
            sets=(("weights", "drawn"),),
        ),
        Decimal(name="forget", label="b_f", key="f", low=-6.0, high=6.0, by=1.0, default=1.0),
    )


def state_controls() -> tuple[Control, ...]:
    """What the step is given: an input, and the two states of the step before."""
    return (
        Values(
            name="x",
            label="x[t]",
            key="i",
            default=(1.0, 0.0),
            low=-9.0,
            high=9.0,
            by=0.5,
            least=INPUTS,
            most=INPUTS,
            presets=((1.0, 0.0), (0.0, 1.0), (1.0, 1.0), (0.0, 0.0)),
        ),
        Values(
            name="c_0",
            label="c[t−1]",
            key="c",
            default=(1.5, -0.5),
            low=-9.0,
            high=9.0,
            by=0.5,
            least=HIDDEN,
            most=HIDDEN,
            presets=((1.5, -0.5), (0.0, 0.0), (4.0, -4.0)),
        ),
        Values(
            name="h_0",
            label="h[t−1]",
            default=(0.5, -0.2),
            low=-1.0,
            high=1.0,
            by=0.1,
            least=HIDDEN,
            most=HIDDEN,
        ),
    )


def parameters(settings: Settings) -> dict[str, Array]:
    """The weights and biases that the settings mean. What is drawn is rounded to one place, so
    that the numbers on the screen are the numbers that are used."""
    if settings["weights"] == "drawn":
        rng = np.random.default_rng(settings["seed"])
        drawn = lstm_parameters(rng, INPUTS, HIDDEN, OUTPUTS, forget_bias=float(settings["forget"]))
        return {name: array.round(1) for name, array in drawn.items()}
    found = {name: np.array(rows) for name, rows in {**ROUND, **BIASES}.items()}
    found["b_f"] = np.full(HIDDEN, float(settings["forget"]))
    found["b_z"] = np.array([0.0, 0.0, 0.5])
    return found


@lru_cache(maxsize=16)
def _step(
    weights: str,
    seed: int,
    forget: float,
    x: tuple[float, ...],
    h: tuple[float, ...],
    c: tuple[float, ...],
) -> tuple[Trace, Trace]:
    given: dict[str, Any] = parameters({"weights": weights, "seed": seed, "forget": forget})
    cell = lstm(np.array([x]), **given, h_0=np.array(h), c_0=np.array(c), last_only=True)
    cell.layer = "lstm"
    out = softmax(cell["z"])
    out.link("z", cell, "z")
    return cell, out


def one_step(settings: Settings) -> tuple[Trace, Trace]:
    """One time step: the trace of the cell, and that of the softmax of its logits."""
    return _step(
        settings["weights"],
        settings["seed"],
        settings["forget"],
        settings["x"],
        settings["h_0"],
        settings["c_0"],
    )


X = ((1.0, 0.0), (0.0, 1.0), (1.0, 1.0))
"""What the three steps of the backward pass read."""
TARGETS = (0, 1, 2)
"""The class that is to come after each."""


@lru_cache(maxsize=16)
def _run(weights: str, seed: int, forget: float, last_only: bool) -> SequenceRun:
    given = parameters({"weights": weights, "seed": seed, "forget": forget})
    target = np.array(TARGETS[-1] if last_only else TARGETS)
    over_time: dict[str, Any] = {} if last_only else {"mean_over_time": False}
    run = run_sequence("lstm", given, np.array(X), target, last_only=last_only, **over_time)
    run.backward()
    return run


def three_steps(settings: Settings) -> SequenceRun:
    """Three time steps from zero states, forwards and backwards; the loss is the sum over them,
    or that of the last step alone."""
    return _run(
        settings["weights"],
        settings["seed"],
        settings["forget"],
        settings["loss"] == "last step",
    )
