"""Gradients of an LSTM measured number by number, at any time step, beside the derived ones.

A number of one step is moved a little up and a little down, and everything that comes after it is
computed again; the two losses give the gradient. Source: Goodfellow et al. 2016, 11.5.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from engine.activation import elementwise, squashed
from engine.gradient_check import STEP
from engine.lstm import lstm
from engine.lstm_relations import GATES, WEIGHTS
from engine.sequence import LAST_LOSSES, LOSSES, SequenceRun
from engine.shapes import Array, check_whole
from engine.trace import Trace

NUMERIC = """
numeric[*] = (above[*] - below[*]) / (2 * step)
"""
PARTS = ("h_from_z", "h_from_next", "c_from_h", "c_from_next")
"""One of the two ways in which a state reaches the loss, without the other."""
OF_STEP = ("z", "h", "c", "tanh_c", *GATES, *(f"a_{gate}" for gate in GATES), *PARTS)
"""What can be moved at one step."""


def numeric_lstm(run: SequenceRun, name: str, t: int, step: float = STEP) -> Trace:
    """The gradients of the loss at step t, measured.

    run: of an `lstm` over one sequence, in float64; no backward needed. name: one of OF_STEP, which
    is moved at step t alone; of PARTS, c_from_h for instance moves c[t] only where h[t] reads it,
    which is what dc_from_h is the gradient of. Or a weight or bias, which is moved from step t on:
    at t = 0 everywhere, later to be held against what the steps from the end down to t add up to.
    Gives a trace with above and below, the loss with each number moved up and down, and numeric,
    in the shape of what is moved. Errors: ValueError for another name, or a step that is not there.
    """
    loss = _Rerun(run, name, t)
    start = np.array(loss.start, dtype=np.float64)
    above, below = np.empty_like(start), np.empty_like(start)
    for index in np.ndindex(start.shape):
        for losses, by in ((above, step), (below, -step)):
            moved = start.copy()
            moved[index] += by
            losses[index] = loss(moved)
    return Trace(
        operation=f"moving {name}",
        arrays={"above": above, "below": below, "numeric": (above - below) / (2 * step)},
        relations=elementwise(NUMERIC, start.ndim),
        constants={"step": step},
        meanings={
            "above": f"the loss with this number of {name} a little larger",
            "below": f"the loss with this number of {name} a little smaller",
        },
    )


class _Rerun:
    """The loss of a run in which something is different from step t on."""

    def __init__(self, run: SequenceRun, name: str, t: int) -> None:
        trace = run.model
        steps = len(trace["h"])
        check_whole("numeric_lstm", "t", t, 0)
        if t >= steps:
            raise ValueError(f"numeric_lstm: t must be below the {steps} steps, got {t}")
        if name not in (*OF_STEP, *WEIGHTS):
            known = ", ".join((*OF_STEP, *WEIGHTS))
            raise ValueError(f"numeric_lstm: name must be one of {known}, got {name!r}")
        self.trace, self.name, self.t = trace, name, t
        self.last_only = trace["z"].ndim < trace["h"].ndim
        self.weights = {each: trace[each] for each in WEIGHTS}
        self.start = self._start()
        losses = LAST_LOSSES if self.last_only else LOSSES
        forward, target = losses[run.kind][0], run.loss["target"]
        divisor = run.loss.constants.get("divisor")
        over_time = {} if divisor is None else {"mean_over_time": divisor == steps}
        self.loss: Callable[[Array], float] = lambda z: float(
            forward(z, target, **over_time)["mean_loss"]
        )

    def __call__(self, moved: Array) -> float:
        if self.name in WEIGHTS:
            before = self._state_before()
            return self._loss(self._rest(self.t, *before, **{self.name: moved}))
        to_z, to_h, to_c = self._step(moved)
        z = moved if self.name == "z" else self.trace["W_z"] @ to_z + self.trace["b_z"]
        if self.t == len(self.trace["h"]) - 1:
            return self._loss(z[None])
        return self._loss(np.concatenate([z[None], self._rest(self.t + 1, to_h, to_c)]))

    def _start(self) -> Array:
        """What is moved, as it is in the run."""
        if self.name in WEIGHTS:
            return self.weights[self.name]
        name = self.name.partition("_from_")[0]
        if name == "z" and self.last_only and self.t < len(self.trace["h"]) - 1:
            raise ValueError("numeric_lstm: this run reads out its last step alone, so z has no t")
        return self.trace["z"] if name == "z" and self.last_only else self.trace[name][self.t]

    def _state_before(self) -> tuple[Array, Array]:
        trace, t = self.trace, self.t
        return (trace["h"][t - 1], trace["c"][t - 1]) if t else (trace["h_0"], trace["c_0"])

    def _step(self, moved: Array) -> tuple[Array, Array, Array]:
        """Step t with something moved: the h that z reads, and the h and c that are handed on."""
        name, (_, c_before) = self.name, self._state_before()
        gate = {each: self.trace[each][self.t] for each in GATES}
        h, c = self.trace["h"][self.t], self.trace["c"][self.t]
        match name:
            case "z":
                return h, h, c
            case "h":
                return moved, moved, c
            case "h_from_z":
                return moved, h, c
            case "h_from_next":
                return h, moved, c
            case "tanh_c":
                return gate["o"] * moved, gate["o"] * moved, c
            case "c_from_next":
                return h, h, moved
            case "c" | "c_from_h":
                h = gate["o"] * np.tanh(moved)
                return h, h, moved if name == "c" else c
        if name in GATES:
            gate[name] = moved
        elif f"holds_{name[-1]}" not in self.trace:
            gate[name[-1]] = np.tanh(moved) if name == "a_g" else squashed(moved)
        else:
            free = np.tanh(moved) if name == "a_g" else squashed(moved)
            holds = self.trace[f"holds_{name[-1]}"][self.t] == 1
            gate[name[-1]] = np.where(holds, gate[name[-1]], free)
        c = gate["f"] * c_before + gate["i"] * gate["g"]
        h = gate["o"] * np.tanh(c)
        return h, h, c

    def _rest(self, first: int, h: Array, c: Array, **moved: Array) -> Array:
        """The logits of the steps from `first` on, (T - first, K)."""
        held = {
            gate: np.where(self.trace[f"holds_{gate}"] == 1, self.trace[f"held_{gate}"], np.nan)[
                first:
            ]
            for gate in GATES
            if f"holds_{gate}" in self.trace
        }
        given: dict[str, Any] = {**self.weights, **moved, "h_0": h, "c_0": c, "held": held}
        rest: Array = lstm(self.trace["x"][first:], **given)["z"]
        return rest

    def _loss(self, z: Array) -> float:
        """The loss, given the logits of the last steps; those before are as they were."""
        if self.last_only:
            return self.loss(z[-1])
        return self.loss(np.concatenate([self.trace["z"][: len(self.trace["z"]) - len(z)], z]))
