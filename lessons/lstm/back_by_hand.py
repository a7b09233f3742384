"""The lab in which the way back through an LSTM is worked by hand, last step first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from engine.gradient_steps import gradient_steps
from engine.lstm_check import numeric_lstm
from engine.lstm_relations import GATES, WEIGHTS
from engine.sequence import SequenceRun
from engine.trace import Trace
from engine.why import Element
from lessons.kit.control import Choice, Settings, Stepper, Toggle
from lessons.kit.figure import Figure, Number, Table
from lessons.kit.film import Film
from lessons.kit.lab import Lab
from lessons.lstm.blackboard import DOT, blackboard, head
from lessons.lstm.small import (
    HIDDEN,
    INPUTS,
    NAMES,
    OUTPUTS,
    X,
    three_steps,
    weight_controls,
)

STEPS = len(X)
JOINED = HIDDEN + INPUTS


@dataclass(frozen=True)
class Move:
    """What a moment fills in: a gradient of both units at one step, or a sum of a weight's."""

    name: str
    t: int
    says: str
    """The caption."""

    @property
    def sums(self) -> bool:
        """Whether it adds to the gradient of a set of weights."""
        return self.name in WEIGHTS


def _moves_of(t: int) -> list[Move]:
    """One step of the way back, in the order in which the numbers come to be known."""
    after = f"step {t + 1}" if t < STEPS - 1 else "nothing, at the last step"
    of_gates = f"from all four gates of {after}" if t < STEPS - 1 else f"from {after}"
    says = [
        ("z", "∂L/∂z = ŷ − y: "),
        ("h_from_z", "h gets one part through z: "),
        ("h_from_next", f"and the other {of_gates}: "),
        ("h", "their sum: "),
        ("o", "h = o · tanh c, so o gets: "),
        ("a_o", "back through σ, to the pre-activation of o: "),
        ("c_from_h", "c gets one part through h: "),
        ("c_from_next", f"and the other from the c of {after}: "),
        ("c", "their sum: "),
        *(
            (name, f"{NAMES[gate]}: {word}")
            for gate in "fig"
            for name, word in (
                (gate, "c = f · c[t−1] + i · g gives it: "),
                (f"a_{gate}", f"back through {'tanh' if gate == 'g' else 'σ'}: "),
            )
        ),
        ("W_z", "W_z: this step's part comes on top: "),
        *((f"W_{gate}", f"W_{gate}: this step's part comes on top: ") for gate in GATES),
    ]
    return [Move(name, t, f"step {t}, {words}") for name, words in says]


MOVES = tuple(move for t in reversed(range(STEPS)) for move in _moves_of(t))
"""Moment 0 shows what the way forwards left; moment n + 1 fills in what MOVES[n] says."""


def moment_of(name: str, t: int) -> int:
    """The moment that fills in a gradient."""
    return 1 + [(move.name, move.t) for move in MOVES].index((name, t))


@lru_cache(maxsize=4)
def _sums(run: SequenceRun) -> Trace:
    return gradient_steps(run.model)


@lru_cache(maxsize=256)
def _measured(run: SequenceRun, name: str, t: int) -> Trace:
    return numeric_lstm(run, name, t)


def _film(settings: Settings) -> Film:
    run, unit = three_steps(settings), settings["unit"] - 1
    last_only = run.model["z"].ndim == 1
    moves = [move for move in MOVES if not (last_only and move.name == "z" and move.t < STEPS - 1)]

    def moment(position: int) -> Figure:
        move = moves[position - 1] if position else None
        focus = _focus(run, move, unit) if move else Element(run.loss, "mean_loss", ())
        check = None
        if settings["check"] and move:
            index = focus.index if move.name == "z" and last_only else focus.index[1:]
            check = Element(_measured(run, move.name, move.t), "numeric", index)
        done = _Done(run, moves[:position], unit)
        left, right = [_gates(done), _sums_table(done)], [_output(done), _fifth(done)]
        if move and move.sums:
            left, right = left[::-1], right[::-1]
        return Figure(
            columns=(
                (left[0], replace(left[1], spare=True)),
                (_states(done), right[0], replace(right[1], spare=True)),
            ),
            below=(blackboard(focus, check),),
            caption=move.says if move else "forwards, all is computed; the loss: ",
            focus=focus,
        )

    return Film(len(moves) + 1, moment)


def _focus(run: SequenceRun, move: Move, unit: int) -> Element:
    """The number that stands for a move: the chosen unit's, and of a set of weights the first of
    its row; of the logits that of the class that came."""
    if move.sums:
        at = (move.t, 0, unit) if move.name == "W_z" else (move.t, unit, 0)
        return Element(_sums(run), f"d{move.name}_sum", at)
    if move.name == "z":
        target = run.loss["target"]
        if target.ndim == 1:
            return Element(run.loss, "dz", (int(target.argmax()),))
        return Element(run.loss, "dz", (move.t, int(target[move.t].argmax())))
    return Element(run.model, f"d{move.name}", (move.t, unit))


class _Done:
    """The gradients that are known so far, and what is to be seen of them at step t."""

    def __init__(self, run: SequenceRun, moves: list[Move], unit: int) -> None:
        self.run, self.unit = run, unit
        self.t = moves[-1].t if moves else STEPS - 1
        self.known = {(move.name, move.t) for move in moves}
        self.last_only = run.model["z"].ndim == 1
        self.newest = moves[-1].name if moves else ""

    def gradient(self, name: str, j: int) -> Number | str:
        """A gradient of a unit at this step."""
        if (name, self.t) not in self.known:
            return DOT
        return Number(Element(self.run.model, f"d{name}", (self.t, j)), 3)

    def value(self, name: str, j: int) -> Number:
        """What the way forwards computed."""
        return Number(Element(self.run.model, name, (self.t, j)), 2)

    def sum(self, name: str, *index: int) -> Number | str:
        """What a weight's gradient has come to, from the last step down to this one."""
        t = self.t if (name, self.t) in self.known else self.t + 1
        if t == STEPS:
            return DOT
        return Number(Element(_sums(self.run), f"d{name}_sum", (t, *index)), 2)

    def of_class(self, name: str, k: int) -> Number | str:
        """A number of the softmax; dots where this step has no loss."""
        if self.last_only and self.t < STEPS - 1:
            return DOT
        return Number(Element(self.run.loss, name, (k,) if self.last_only else (self.t, k)), 2)


def _gates(done: _Done) -> Table:
    """The four sets of gates: forwards, and back to their pre-activations."""
    rows: list[tuple[str | Number, ...]] = []
    marked = None
    for gate in GATES:
        for j in range(HIDDEN):
            if done.newest in (gate, f"a_{gate}") and j == done.unit:
                marked = len(rows)
            forwards = done.value(f"a_{gate}", j), done.value(gate, j)
            back = done.gradient(gate, j), done.gradient(f"a_{gate}", j)
            rows.append((f"{gate}{j + 1}", *forwards, *back))
    return Table(
        key="gates",
        title=f"step {done.t} of 0 to {STEPS - 1}, which read {_read(done.t)}",
        head=("", *head("a", "act"), *head("∂L/∂act", "∂L/∂a", decimals=3)),
        rows=tuple(rows),
        marked=marked,
    )


def _read(t: int) -> str:
    return "x = (" + ", ".join(f"{number:g}" for number in X[t]) + ")"


def _sums_table(done: _Done) -> Table:
    """What the gradients of four sets of weights have come to."""
    rows: list[tuple[str | Number, ...]] = []
    marked = None
    for gate in GATES:
        for j in range(HIDDEN):
            if done.newest == f"W_{gate}" and j == done.unit:
                marked = len(rows)
            weights = (done.sum(f"W_{gate}", j, k) for k in range(JOINED))
            known = (f"W_{gate}", done.t) in done.known
            t = done.t if known else done.t + 1
            bias: Number | str = DOT
            if t < STEPS:
                bias = Number(Element(_sums(done.run), f"db_{gate}_sum", (t, j)), 2)
            rows.append((f"{gate}{j + 1}", *weights, bias))
    return Table(
        key="sums",
        title=f"∂L/∂W and ∂L/∂b, added up from step {STEPS - 1} to {done.t}",
        head=("", *head("h1", "h2", "x1", "x2", "b")),
        rows=tuple(rows),
        marked=marked,
    )


def _states(done: _Done) -> Table:
    """What both states get, and from where."""
    names = ("h_from_z", "h_from_next", "h", "c_from_h", "c_from_next", "c")
    labels = ("∂L/∂h by z", "    + later", "∂L/∂h", "∂L/∂c by h", "    + later", "∂L/∂c")
    marked = names.index(done.newest) if done.newest in names else None
    return Table(
        key="states",
        head=("", *head(*(f"unit{j + 1}" for j in range(HIDDEN)), decimals=3)),
        rows=tuple(
            (label, *(done.gradient(name, j) for j in range(HIDDEN)))
            for name, label in zip(names, labels, strict=True)
        ),
        marked=marked,
    )


def _output(done: _Done) -> Table:
    """What came out, what should have, and the difference."""
    classes = range(OUTPUTS)
    dz = [done.of_class("dz", k) for k in classes] if _has_dz(done) else [DOT] * OUTPUTS
    return Table(
        key="output",
        head=("", *head(*(f"z{k + 1}" for k in classes))),
        rows=(
            ("ŷ", *(done.of_class("p", k) for k in classes)),
            ("y", *(done.of_class("target", k) for k in classes)),
            ("∂L/∂z", *dz),
        ),
        marked=2 if done.newest == "z" else None,
    )


def _has_dz(done: _Done) -> bool:
    return ("z", done.t) in done.known


def _fifth(done: _Done) -> Table:
    """The gradient of the fifth set of weights."""
    classes = range(OUTPUTS)
    rows: list[tuple[str | Number, ...]] = [
        (f"∂W_z {j + 1}", *(done.sum("W_z", k, j) for k in classes)) for j in range(HIDDEN)
    ]
    return Table(
        key="fifth",
        head=("", *head(*(f"z{k + 1}" for k in classes))),
        rows=tuple(rows),
        marked=done.unit if done.newest == "W_z" else None,
    )


BACK_BY_HAND = Lab(
    name="back-by-hand",
    title="The way back, by hand",
    controls=(
        *weight_controls(),
        Choice(
            name="loss",
            label="loss at",
            key="l",
            options=("every step", "last step"),
            default="every step",
        ),
        Stepper(name="unit", label="unit", key="u", low=1, high=HIDDEN, default=1),
        Toggle(name="check", label="measure", key="m"),
    ),
    film=_film,
)
