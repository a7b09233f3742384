"""Update rules: how a parameter moves against its gradient, each as a trace with its relations.

Letters: w a parameter of any shape, dw = dL/dw, `update` the number of updates before this one.
What a rule remembers of a parameter from one update to the next is its memory; a step gives the
memory after it under the same names with `_new`. Sources: Sutskever et al. 2013 (PMLR 28, 1139)
for momentum, written with the rate outside of the velocity as torch.optim.SGD has it; Kingma & Ba
2015 (arXiv:1412.6980), algorithm 1, for Adam.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from engine.activation import elementwise
from engine.shapes import Array, check_shape
from engine.trace import Trace

PLAIN = """
w_new[*] = w[*] - rate*dw[*]
"""
MOMENTUM = """
velocity_new[*] = momentum*velocity[*] + dw[*]
w_new[*] = w[*] - rate*velocity_new[*]
"""
NESTEROV = """
velocity_new[*] = momentum*velocity[*] + dw[*]
w_new[*] = w[*] - rate*(dw[*] + momentum*velocity_new[*])
"""
ADAM = """
m_new[*] = beta_1*m[*] + (1 - beta_1)*dw[*]
v_new[*] = beta_2*v[*] + (1 - beta_2)*dw[*]**2
m_hat[*] = m_new[*] / (1 - beta_1**t)
v_hat[*] = v_new[*] / (1 - beta_2**t)
w_new[*] = w[*] - rate*m_hat[*] / (sqrt(v_hat[*]) + epsilon)
"""

MEANINGS = {
    "w": "the parameter before the update",
    "dw": "the gradient of the loss on the parameter",
    "velocity": "the velocity after the update before; 0 at the start",
    "m": "the running mean of the gradient; 0 at the start",
    "v": "the running mean of the squared gradient; 0 at the start",
}

Memory = Mapping[str, Array]
"""What a rule remembers of one parameter, by name; each array in the parameter's shape."""


class Rule(Protocol):
    """How one parameter moves."""

    def start(self, w: Array) -> dict[str, Array]:
        """The memory before the first update."""

    def step(self, w: Array, dw: Array, memory: Memory, rate: float, update: int) -> Trace:
        """One update. Gives a trace with w, dw, the memory before and after, and w_new; nothing
        that it is given changes. Errors: ShapeError when dw has not w's shape."""


@dataclass(frozen=True)
class Plain:
    """Gradient descent: a step against the gradient, and no memory."""

    def start(self, w: Array) -> dict[str, Array]:
        """Nothing to remember."""
        return {}

    def step(self, w: Array, dw: Array, memory: Memory, rate: float, update: int) -> Trace:
        """w_new = w - rate * dw."""
        check_shape("gradient descent", "dw", dw, w.shape)
        w_new = np.asarray(rate * dw)
        np.subtract(w, w_new, out=w_new)
        arrays = {"w": w, "dw": dw, "w_new": w_new}
        return _moved("gradient descent", PLAIN, arrays, {"rate": rate})


@dataclass(frozen=True)
class Momentum:
    """Gradient descent along a velocity that gathers the gradients; Nesterov's form looks ahead.

    momentum: how much of the velocity is kept, from 0 to below 1. Errors: ValueError.
    """

    momentum: float = 0.9
    nesterov: bool = False

    def __post_init__(self) -> None:
        _check_share("Momentum", "momentum", self.momentum)

    def start(self, w: Array) -> dict[str, Array]:
        """A velocity of 0."""
        return {"velocity": np.zeros_like(w)}

    def step(self, w: Array, dw: Array, memory: Memory, rate: float, update: int) -> Trace:
        """velocity_new = momentum * velocity + dw; w_new = w - rate * velocity_new, or with
        Nesterov w - rate * (dw + momentum * velocity_new)."""
        check_shape("momentum", "dw", dw, w.shape)
        velocity = memory["velocity"]
        velocity_new = np.asarray(self.momentum * velocity)
        velocity_new += dw
        if self.nesterov:
            w_new = np.asarray(self.momentum * velocity_new)
            w_new += dw
            w_new *= rate
        else:
            w_new = np.asarray(rate * velocity_new)
        np.subtract(w, w_new, out=w_new)
        return _moved(
            "Nesterov momentum" if self.nesterov else "momentum",
            NESTEROV if self.nesterov else MOMENTUM,
            {"w": w, "dw": dw, "velocity": velocity, "velocity_new": velocity_new, "w_new": w_new},
            {"rate": rate, "momentum": self.momentum},
        )


@dataclass(frozen=True)
class Adam:
    """Steps along the running mean of the gradient, measured by the root of its running square.

    beta_1, beta_2: how much of each mean is kept, from 0 to below 1. epsilon: what keeps the
    divisor off 0. Errors: ValueError.
    """

    beta_1: float = 0.9
    beta_2: float = 0.999
    epsilon: float = 1e-8

    def __post_init__(self) -> None:
        _check_share("Adam", "beta_1", self.beta_1)
        _check_share("Adam", "beta_2", self.beta_2)
        if not self.epsilon > 0:
            raise ValueError(f"Adam: epsilon must be above 0, got {self.epsilon!r}")

    def start(self, w: Array) -> dict[str, Array]:
        """Both means 0."""
        return {"m": np.zeros_like(w), "v": np.zeros_like(w)}

    def step(self, w: Array, dw: Array, memory: Memory, rate: float, update: int) -> Trace:
        """w_new = w - rate * m_hat / (sqrt(v_hat) + epsilon). The hats undo the pull of the zeros
        that the means start from; t = update + 1 counts the updates with this one."""
        check_shape("Adam", "dw", dw, w.shape)
        m, v, t = memory["m"], memory["v"], update + 1
        m_new = np.asarray(self.beta_1 * m)
        m_new += (1 - self.beta_1) * dw
        v_new = np.asarray(dw * dw)
        v_new *= 1 - self.beta_2
        v_new += self.beta_2 * v
        m_hat = np.asarray(m_new / (1 - self.beta_1**t))
        v_hat = np.asarray(v_new / (1 - self.beta_2**t))
        root = np.asarray(np.sqrt(v_hat))
        root += self.epsilon
        w_new = np.asarray(rate * m_hat)
        w_new /= root
        np.subtract(w, w_new, out=w_new)
        arrays = {"w": w, "dw": dw, "m": m, "v": v, "m_new": m_new, "v_new": v_new}
        constants = {
            "rate": rate,
            "beta_1": self.beta_1,
            "beta_2": self.beta_2,
            "epsilon": self.epsilon,
            "t": t,
        }
        return _moved(
            "Adam", ADAM, {**arrays, "m_hat": m_hat, "v_hat": v_hat, "w_new": w_new}, constants
        )


@dataclass(frozen=True, eq=False)
class Updated:
    """One update of several parameters."""

    traces: dict[str, Trace]
    """What the rule computed for each parameter, by the parameter's name."""
    memory: dict[str, Memory]
    """What the rule remembers of each from now on."""

    @property
    def parameters(self) -> dict[str, Array]:
        """The parameters after the update."""
        return {name: trace.arrays["w_new"] for name, trace in self.traces.items()}


def started(parameters: Mapping[str, Array], rule: Rule) -> dict[str, Memory]:
    """The memory of every parameter before the first update."""
    return {name: rule.start(w) for name, w in parameters.items()}


def updated(
    parameters: Mapping[str, Array],
    gradients: Mapping[str, Array],
    rule: Rule,
    memory: Mapping[str, Memory],
    rate: float,
    update: int,
) -> Updated:
    """Move every parameter once, by its own gradient and memory, all by one rule.

    gradients: by the names of the parameters, in their shapes. rate: the learning rate of this
    update. update: how many updates there were before, from 0.
    Errors: KeyError for a parameter without a gradient or memory, ShapeError.
    """
    traces: dict[str, Trace] = {}
    after: dict[str, Memory] = {}
    for name, w in parameters.items():
        before = memory[name]
        traces[name] = trace = rule.step(w, gradients[name], before, rate, update)
        after[name] = {kept: trace.arrays[f"{kept}_new"] for kept in before}
    return Updated(traces, after)


def _moved(
    operation: str, text: str, arrays: dict[str, Array], constants: Mapping[str, float]
) -> Trace:
    return Trace(
        operation=operation,
        arrays=arrays,
        relations=elementwise(text, arrays["w"].ndim),
        constants=constants,
        meanings=MEANINGS,
    )


def _check_share(rule: str, argument: str, value: float) -> None:
    if not 0 <= value < 1:
        raise ValueError(f"{rule}: {argument} must be from 0 to below 1, got {value!r}")
