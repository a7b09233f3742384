"""The lab in which the gradient of the loss comes through softmax, derivative by derivative."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.softmax_jacobian import measure, softmax_jacobian
from engine.trace import Trace
from engine.why import Element
from lessons.entropy.logits import BOUND, CLASSES, SMALL, logit_bars
from lessons.kit.cells import Values
from lessons.kit.control import Settings, Toggle
from lessons.kit.figure import (
    Figure,
    Formula,
    Line,
    Mark,
    Matrix,
    Number,
    Table,
    View,
)
from lessons.kit.film import Film
from lessons.kit.lab import Lab

K = len(CLASSES)
LOSS_AT, CELLS_AT, CHAIN_AT = 1, 2, 2 + K * K
"""Moments: the probabilities; ∂L/∂p; the Jacobian, a cell each; the chain's sums, a column each;
and the short form."""
LAST = CHAIN_AT + K
TARGETS = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0), (0.7, 0.2, 0.1))


@lru_cache(maxsize=64)
def _trace(z: tuple[float, ...], y: tuple[float, ...], measured: bool) -> Trace:
    trace = softmax_jacobian(np.array(z), np.array(y))
    if measured:
        measure(trace)
    return trace


def _film(settings: Settings) -> Film:
    trace = _trace(settings["z"], settings["y"], settings["measure"])
    target = int(trace["y"].argmax())
    columns = {"y": 0, "p": 0, "dp": LOSS_AT, "dz": CHAIN_AT, "difference": LAST}
    heads = {"y": "y", "p": "p", "dp": "∂L/∂p = −y/p", "dz": "∂L/∂z", "difference": "p − y"}
    if settings["measure"]:
        columns["measured"], heads["measured"] = 0, "measured ∂L/∂z"

    def cell(name: str, k: int, position: int) -> str | Number:
        first = columns[name] + (k if name == "dz" else 0)
        return Number(Element(trace, name, (k,)), 6) if first <= position else ""

    def moment(position: int) -> Figure:
        rows = tuple(
            (one, *(cell(name, k, position) for name in columns)) for k, one in enumerate(CLASSES)
        )
        focus, said = _focus(trace, position)
        return Figure(
            columns=(
                (logit_bars(trace, CLASSES, target),),
                (_jacobian(trace, position - CELLS_AT),),
                (_chain(trace, position - CHAIN_AT),),
            ),
            below=(
                Formula(key="rule", lines=(_rule(trace, position),)),
                Table(key="vectors", head=("class", *(heads[name] for name in columns)), rows=rows),
            ),
            caption=said,
            focus=focus,
        )

    return Film(LAST + 1, moment)


def _jacobian(trace: Trace, cell: int) -> Matrix:
    """How each p moves with each z, written up to a cell."""
    within = 0 <= cell < K * K
    return Matrix(
        key="jacobian",
        title="∂p/∂z (z across)",
        view=View(trace, "jacobian"),
        decimals=3,
        row_names=CLASSES,
        column_names=CLASSES,
        written=max(0, min(cell + 1, K * K)),
        marks=(Mark("current", (cell // K,), (cell % K,)),) if within else (),
    )


def _chain(trace: Trace, column: int) -> Matrix:
    """The products of the chain rule, with the column that is added up pointed out."""
    within = 0 <= column < K
    return Matrix(
        key="chain",
        title="∂L/∂p · ∂p/∂z",
        view=View(trace, "chain"),
        decimals=3,
        row_names=CLASSES,
        column_names=CLASSES,
        written=K * K if column >= 0 else 0,
        marks=(Mark("window", tuple(range(K)), (column,)),) if within else (),
    )


def _focus(trace: Trace, position: int) -> tuple[Element, str]:
    """The number that a moment is about, and what to say before it."""
    target = int(np.argmax(trace["y"]))
    if position < LOSS_AT:
        return Element(trace, "p", (target,)), f"p[{CLASSES[target]}] = "
    if position < CELLS_AT:
        return Element(trace, "dp", (target,)), f"∂L/∂p[{CLASSES[target]}] = "
    if position < CHAIN_AT:
        i, k = divmod(position - CELLS_AT, K)
        return Element(trace, "jacobian", (i, k)), f"∂p[{CLASSES[i]}]/∂z[{CLASSES[k]}] = "
    if position < LAST:
        k = position - CHAIN_AT
        return Element(trace, "dz", (k,)), f"∂L/∂z[{CLASSES[k]}] = "
    name = CLASSES[target]
    return Element(trace, "difference", (target,)), f"p[{name}] − y[{name}] = "


def _rule(trace: Trace, position: int) -> Line:
    """The rule that this moment applies, with its numbers."""

    def number(name: str, *index: int) -> Number:
        return Number(Element(trace, name, index), 3)

    if position < LOSS_AT:
        return ("p = softmax(z), and L = −Σ y·ln p = ", number("loss"))
    if position < CELLS_AT:
        return ("the slope of −ln p is −1/p; y says how much it counts",)
    if position < CHAIN_AT:
        i, k = divmod(position - CELLS_AT, K)
        if i == k:
            return ("its own z: p·(1 − p) with p = ", number("p", i))
        return ("another z: −p·p = −", number("p", i), " · ", number("p", k))
    if position < LAST:
        k = position - CHAIN_AT
        parts: list[str | Number] = ["the column added up: "]
        for i in range(K):
            parts += [" + " if i else "", number("chain", i, k)]
        return (*parts, " = ", number("dz", k))
    return ("y sums to 1, so of each column p − y is left",)


JACOBIAN = Lab(
    name="jacobian",
    title="The gradient, through softmax",
    controls=(
        Values(
            name="z",
            label="logits",
            key="z",
            default=SMALL,
            low=-BOUND,
            high=BOUND,
            by=0.5,
            least=K,
            most=K,
            presets=(SMALL, (0.0, 0.0, 0.0), (5.0, -2.0, 1.0), (-1000.0, 1000.0, 0.0)),
        ),
        Values(
            name="y",
            label="target",
            key="t",
            default=TARGETS[1],
            least=K,
            most=K,
            distribution=True,
            presets=TARGETS,
        ),
        Toggle(name="measure", label="measure", key="m"),
    ),
    film=_film,
)
