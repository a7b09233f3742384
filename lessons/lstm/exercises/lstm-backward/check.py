"""Checks `lstm_backward_step` against one time step of the engine."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.lstm import lstm, lstm_backward
from engine.shapes import Array

RESULTS = ("da_f", "da_i", "da_g", "da_o", "dh_before", "dc_before")


def cases(rng: np.random.Generator) -> list[dict[str, Array]]:
    """Numbers of one decimal: one unit, then two and more."""
    return [_case(rng, H, D) for H, D in ((1, 1), (2, 1), (3, 2), (2, 4))]


def _case(rng: np.random.Generator, H: int, D: int) -> dict[str, Array]:
    given = {name: rng.normal(size=H).round(1) + 0.05 for name in ("dh", "dc_later")}
    given |= {gate: rng.uniform(0.1, 0.9, H).round(1) for gate in "fi"}
    given["g"] = rng.choice([-1, 1], H) * rng.uniform(0.2, 0.8, H).round(1)
    given["o"] = rng.uniform(0.1, 0.9, H).round(1)
    given["c_before"] = rng.choice([-1, 1], H) * rng.uniform(0.5, 2, H).round(1)
    given["tanh_c"] = np.tanh(given["f"] * given["c_before"] + given["i"] * given["g"])
    return given | {f"W_{gate}": rng.uniform(-1, 1, (H, H + D)).round(1) for gate in "figo"}


def reference(
    dh: Array,
    dc_later: Array,
    f: Array,
    i: Array,
    g: Array,
    o: Array,
    c_before: Array,
    tanh_c: Array,
    W_f: Array,
    W_i: Array,
    W_g: Array,
    W_o: Array,
) -> tuple[Array, ...]:
    """What the engine says of a step whose gates come out as given, of their biases alone."""
    H, D = len(dh), W_f.shape[1] - len(dh)
    given: dict[str, Any] = {"W_f": W_f, "W_i": W_i, "W_g": W_g, "W_o": W_o, "c_0": c_before}
    given |= {f"b_{name}": np.log(s / (1 - s)) for name, s in (("f", f), ("i", i), ("o", o))}
    given |= {"b_g": np.arctanh(g), "W_z": np.zeros((1, H)), "b_z": np.zeros(1)}
    trace = lstm(np.zeros((1, D)), **given)
    lstm_backward(trace, np.zeros((1, 1)), dh, dc_later)
    gates = tuple(trace[f"da_{gate}"][0] for gate in "figo")
    return (*gates, trace["dh_0"], trace["dc_0"])
