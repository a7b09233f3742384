"""Checks `forget_gradient` against the engine's backward pass."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.gradient_steps import gradient_steps
from engine.lstm import lstm, lstm_backward
from engine.recurrent_init import lstm_parameters
from engine.shapes import Array

RESULTS = ("da", "dW")


def cases(rng: np.random.Generator) -> list[tuple[Array, Array, Array, Array]]:
    """Numbers of one decimal: two steps of one unit, then longer and wider."""
    found = []
    for T, H, D in ((2, 1, 1), (3, 2, 2), (5, 3, 1), (4, 2, 5)):
        dc, c_before = (rng.normal(size=(T, H)).round(1) + 0.05 for _ in range(2))
        f = rng.uniform(0.1, 0.9, (T, H)).round(1)
        found.append((dc, c_before, f, rng.normal(size=(T, H + D)).round(1)))
    return found


def reference(dc: Array, c_before: Array, f: Array, hx: Array) -> tuple[Array, Array]:
    """What the engine says: each step by itself, then their sum."""
    (T, H), D = f.shape, hx.shape[1] - f.shape[1]
    da = np.empty((T, H))
    for t in range(T):
        weights = lstm_parameters(np.random.default_rng(0), D, H, 1)
        weights |= {name: np.zeros_like(w) for name, w in weights.items() if name[0] == "W"}
        weights["b_f"] = np.log(f[t] / (1 - f[t]))
        step = lstm(np.zeros((1, D)), **weights, c_0=c_before[t])  # type: ignore[arg-type]
        lstm_backward(step, np.zeros((1, 1)), dc_T=dc[t])
        da[t] = step["da_f"][0]
    weights = lstm_parameters(np.random.default_rng(0), D, H, 1)
    run = lstm(np.zeros((T, D)), **weights)  # type: ignore[arg-type]
    lstm_backward(run, np.zeros((T, 1)))
    run = replace(run, arrays={**run.arrays, "da_f": da, "hx": hx})
    return da, gradient_steps(run)["dW_f_sum"][0]
