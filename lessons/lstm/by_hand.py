"""The lab in which one step of an LSTM is worked by hand, every weight in view."""

from __future__ import annotations

from dataclasses import dataclass

from engine.lstm_relations import GATES, WEIGHTS
from engine.trace import Trace
from engine.why import Element
from lessons.kit.control import Settings
from lessons.kit.figure import Figure, Matrix, Number, Table, View
from lessons.kit.film import Film
from lessons.kit.lab import Lab
from lessons.lstm.blackboard import Cells, Place, blackboard, decimals_of, head
from lessons.lstm.small import (
    HIDDEN,
    INPUTS,
    NAMES,
    OUTPUTS,
    one_step,
    state_controls,
    weight_controls,
)

JOINED = HIDDEN + INPUTS


@dataclass(frozen=True)
class Move:
    """What a moment fills in."""

    place: Place
    """Of the cell's trace, or of the softmax's."""
    says: str
    """The caption."""


def _moves() -> tuple[Move, ...]:
    """All that is computed in one step, in the order in which one would."""
    moves = [Move(("hx", (0, 0)), "h[t−1] and x[t] in one row; its first number: ")]
    for gate in GATES:
        for j in range(HIDDEN):
            who, what = f"{NAMES[gate]}, unit {j + 1}", "tanh" if gate == "g" else "σ"
            moves.append(Move((f"a_{gate}", (0, j)), f"{who}: "))
            moves.append(Move((gate, (0, j)), f"{who}, {what} of it: "))
    for j in range(HIDDEN):
        moves.append(Move(("c", (0, j)), f"unit {j + 1}, c: f of the old, and i of g: "))
        moves.append(Move(("tanh_c", (0, j)), f"unit {j + 1}, c squashed: "))
        moves.append(Move(("h", (0, j)), f"unit {j + 1}, h: what o lets out of it: "))
    moves += [Move(("z", (k,)), f"logit {k + 1}, from h alone: ") for k in range(OUTPUTS)]
    moves += [Move(("p", (k,)), f"ŷ of class {k + 1}: ") for k in range(OUTPUTS)]
    return tuple(moves)


MOVES = _moves()
"""Moment 0 shows what is given; moment n + 1 fills in what MOVES[n] says."""


def moment_of(name: str, *index: int) -> int:
    """The moment that fills in a number."""
    return 1 + [move.place for move in MOVES].index((name, index))


def _film(settings: Settings) -> Film:
    trace, out = one_step(settings)
    decimals = decimals_of(*(trace[name] for name in (*WEIGHTS, "x", "h_0", "c_0")))

    def moment(position: int) -> Figure:
        done = frozenset(move.place for move in MOVES[:position])
        newest = MOVES[position - 1] if position else None
        focus = Element(trace, "c_0", (0,))
        if newest:
            name, index = newest.place
            focus = Element(out if name == "p" else trace, name, index)
        cells = Cells(trace, done, decimals)
        return Figure(
            columns=(
                (_gates(cells, newest), *_inputs(trace)),
                (_states(cells), _output(cells, Cells(out, done))),
            ),
            below=(blackboard(focus),),
            caption=newest.says if newest else "what is given: weights, x[t], h[t−1], and c[t−1]: ",
            focus=focus,
        )

    return Film(len(MOVES) + 1, moment)


def _gates(cells: Cells, newest: Move | None) -> Table:
    """A row of weights for each unit of each gate, and what comes of it."""
    joined = ("hx", (0, 0)) in cells.done
    here = newest.place if newest else None
    short = cells.given_decimals
    dot = "·".rjust(3 + short)
    together = [cells.given("hx", 0, k) if joined else dot for k in range(JOINED)]
    rows: list[tuple[str | Number, ...]] = [("hx", *together, "", "", "")]
    marked = 0 if here == ("hx", (0, 0)) else None
    for gate in GATES:
        for j in range(HIDDEN):
            if here in ((gate, (0, j)), (f"a_{gate}", (0, j))):
                marked = len(rows)
            weights = (cells.given(f"W_{gate}", j, k) for k in range(JOINED))
            bias = cells.given(f"b_{gate}", j)
            activation = cells(f"a_{gate}", 0, j), cells(gate, 0, j)
            rows.append((f"{gate}{j + 1}", *weights, bias, *activation))
    return Table(
        key="gates",
        title="the four sets of weights on [h[t−1], x[t]]",
        head=("", *head("h1", "h2", "x1", "x2", "b", decimals=short), *head("a", "act")),
        rows=tuple(rows),
        marked=marked,
    )


def _states(cells: Cells) -> Table:
    """The two states, a column for each unit."""
    units = range(HIDDEN)
    return Table(
        key="states",
        head=("", *head(*(f"unit{j + 1}" for j in units))),
        rows=(
            ("c[t−1]", *(cells.given("c_0", j) for j in units)),
            ("c", *(cells("c", 0, j) for j in units)),
            ("tanh c", *(cells("tanh_c", 0, j) for j in units)),
            ("h", *(cells("h", 0, j) for j in units)),
        ),
    )


def _output(cells: Cells, out: Cells) -> Table:
    """The fifth set of weights, a column for each class."""
    classes = range(OUTPUTS)
    weights: list[tuple[str | Number, ...]] = [
        (f"W_z {j + 1}", *(cells.given("W_z", k, j) for k in classes)) for j in range(HIDDEN)
    ]
    return Table(
        key="output",
        head=("", *head(*(f"z{k + 1}" for k in classes))),
        rows=(
            *weights,
            ("b_z", *(cells.given("b_z", k) for k in classes)),
            ("z", *(cells("z", k) for k in classes)),
            ("ŷ", *(out("p", k) for k in classes)),
        ),
    )


def _inputs(trace: Trace) -> tuple[Matrix, ...]:
    """What the learner may edit, where there is room for it."""
    return tuple(
        Matrix(key=name, title=title, view=View(trace, name), edits=name, spare=True)
        for name, title in (("x", "x[t]"), ("h_0", "h[t−1]"), ("c_0", "c[t−1]"))
    )


BY_HAND = Lab(
    name="by-hand",
    title="One step of an LSTM, by hand",
    controls=(*weight_controls(), *state_controls()),
    film=_film,
)
