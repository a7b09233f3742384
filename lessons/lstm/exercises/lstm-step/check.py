"""Checks `lstm_step` against one time step of the engine."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.lstm import lstm
from engine.shapes import Array

RESULTS = ("h", "c")
GATES = "figo"


def cases(rng: np.random.Generator) -> list[dict[str, Array]]:
    """One unit with weights of one decimal, then other sizes, more inputs than units and fewer."""
    return [_case(rng, D, H) for D, H in ((1, 1), (2, 2), (1, 3), (5, 2))]


def _case(rng: np.random.Generator, D: int, H: int) -> dict[str, Array]:
    given = {"x": rng.normal(size=D).round(1), "h": rng.uniform(-0.9, 0.9, H).round(1)}
    given["c"] = (rng.choice([-1, 1], H) * rng.uniform(0.8, 2.5, H)).round(1)
    given |= {f"W_{gate}": rng.uniform(-1, 1, (H, H + D)).round(1) for gate in GATES}
    return given | {f"b_{gate}": rng.uniform(-1, 1, H).round(1) for gate in GATES}


def reference(
    x: Array,
    h: Array,
    c: Array,
    W_f: Array,
    W_i: Array,
    W_g: Array,
    W_o: Array,
    b_f: Array,
    b_i: Array,
    b_g: Array,
    b_o: Array,
) -> tuple[Array, Array]:
    """What the engine says."""
    weights: dict[str, Any] = {"W_f": W_f, "W_i": W_i, "W_g": W_g, "W_o": W_o}
    weights |= {"b_f": b_f, "b_i": b_i, "b_g": b_g, "b_o": b_o}
    read_out = {"W_z": np.zeros((1, len(h))), "b_z": np.zeros(1)}
    trace = lstm(x[None], **weights, **read_out, h_0=h, c_0=c)
    return trace["h"][0], trace["c"][0]
