"""A single LSTM unit whose gates are what a question says: the engine's answers for prompts."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.lstm import lstm, lstm_backward
from engine.notation import format_number
from engine.shapes import Array
from engine.trace import Trace


def tenths(rng: np.random.Generator, low: float, high: float) -> float:
    """A number with one decimal, from low to high."""
    return float(rng.integers(round(10 * low), round(10 * high) + 1)) / 10


def number(value: float) -> str:
    """A number as the prompts have it."""
    return format_number(value, 4)


def factor(value: float) -> str:
    """A number as it stands behind a sign."""
    return f"({number(value)})" if value < 0 else number(value)


def unit(
    c_0: float = 0.0,
    *,
    f: float | Array = 0.0,
    i: float | Array = 0.0,
    g: float | Array = 0.0,
    o: float | Array = 0.0,
    steps: int = 1,
) -> Trace:
    """One unit with one input, whose gates are held at what is given, a number or one per step."""
    held = {
        name: np.broadcast_to(np.asarray(value, float).reshape(-1, 1), (steps, 1))
        for name, value in (("f", f), ("i", i), ("g", g), ("o", o))
    }
    return lstm(np.zeros((steps, 1)), **_weights(), c_0=np.array([c_0]), held=held)


def unheld(c_0: float, f: float, i: float, g: float, o: float) -> Trace:
    """One step of one unit whose gates come out as given, of their biases alone."""
    weights = _weights()
    for name, value in (("f", f), ("i", i), ("o", o)):
        weights[f"b_{name}"] = np.array([np.log(value / (1 - value))])
    weights["b_g"] = np.array([np.arctanh(g)])
    return lstm(np.zeros((1, 1)), **weights, c_0=np.array([c_0]))


def backward(trace: Trace, dh: float, dc: float = 0.0) -> None:
    """Its gradients, from what reaches the last h and c."""
    lstm_backward(trace, np.zeros_like(trace["z"]), np.array([dh]), np.array([dc]))


def _weights() -> dict[str, Any]:
    found: dict[str, Any] = {f"W_{gate}": np.zeros((1, 2)) for gate in "figo"}
    found |= {f"b_{gate}": np.zeros(1) for gate in "figo"}
    return {**found, "W_z": np.zeros((1, 1)), "b_z": np.zeros(1)}
