"""The unrolled lab: each quantity a row, each time step a column, forwards and then backwards."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.gradient_steps import gradient_steps
from engine.recurrent_init import rnn_parameters
from engine.sequence import SequenceRun
from engine.shapes import Array
from engine.trace import Trace
from engine.why import Element
from lessons.kit.cells import Cells, Grid, Values
from lessons.kit.control import Choice, Settings, Stepper, Text
from lessons.kit.figure import Figure, Formula, Matrix, Number, Panel, Timeline, TimeRow, View
from lessons.kit.film import Film
from lessons.kit.lab import Lab
from lessons.rnn.sequences import (
    SEQUENCES,
    TEXT,
    Sequence,
    Which,
    chosen,
    sequence,
    with_typed,
)
from lessons.rnn.series import FILE, file_controls
from lessons.rnn.small import trained_weights

WHOLE = "no cuts"
CUTS = (WHOLE, "cut 8", "cut 4", "cut 2", "cut 1")
MOST_STEPS = 60
MOST_HIDDEN = 6
WAYS = ("forwards", "backwards")


@dataclass(frozen=True, eq=False)
class Unrolled:
    """A sequence, and what a network computed over it, forwards and backwards."""

    sequence: Sequence
    run: SequenceRun
    steps: Trace
    """What each step adds to the gradients of the weights."""

    @property
    def length(self) -> int:
        return len(self.sequence.x)


@lru_cache(maxsize=16)
def unrolled(
    which: Which,
    most: int,
    hidden: int,
    weights: str,
    seed: int,
    cells: Cells,
    cut: str,
    typed: tuple[float, ...] = (),
) -> Unrolled:
    """The network of these settings, run over the sequence; `typed` stands in for its x."""
    one = sequence(which, most)
    if typed:
        one = with_typed(one, typed)
    parameters = weights_of(which, hidden, weights, seed)
    if cells:
        if len(cells) != hidden:
            raise ValueError(
                f"Your W has {len(cells)} rows, and there are {hidden} hidden units: give W as "
                "many rows and columns as there are units."
            )
        parameters = {**parameters, "W": np.array(cells, dtype=float)}
    run = one.run(parameters, None if cut == WHOLE else int(cut.split()[1]))
    return Unrolled(one, run, gradient_steps(run.model))


@lru_cache(maxsize=16)
def weights_of(which: Which, hidden: int, weights: str, seed: int) -> dict[str, Array]:
    """U, W, b, V and c: as they are drawn, or after a short training on the sequence."""
    if weights == "trained":
        return trained_weights(which, hidden, seed)
    size = sequence(which, MOST_STEPS).outputs
    return rnn_parameters(np.random.default_rng(seed), size, hidden, size)


def _film(settings: Settings) -> Film:
    one = unrolled(
        chosen(settings),
        settings["steps"],
        settings["hidden"],
        settings["weights"],
        settings["seed"],
        settings["cells"],
        settings["cut"],
        settings["x"],
    )
    back = settings["way"] == "backwards"
    rows = _gradient_rows(one) if back else _value_rows(one)

    def forwards(t: int) -> Figure:
        return Figure(
            columns=_weights(one),
            below=(_timeline(one, rows, t, (0, t + 1)), *_formulas(one, _FORWARDS)),
            caption=f"{_called(one, t)}: the first hidden unit, ",
            focus=Element(one.run.model, "h", (t, 0)),
        )

    def backwards(position: int) -> Figure:
        t = one.length - 1 - position
        return Figure(
            columns=_sums(one, t),
            below=(_timeline(one, rows, t, (t, one.length)), *_formulas(one, _BACKWARDS)),
            caption=f"back at {_called(one, t)}: ∂L/∂h of the first unit, ",
            focus=Element(one.run.model, "dh", (t, 0)),
        )

    return Film(one.length, backwards if back else forwards)


def _called(one: Unrolled, t: int) -> str:
    kind = "reads" if one.sequence.symbols else "step"
    return f"t = {t}, {kind} {one.sequence.ticks[t]}"


def _timeline(
    one: Unrolled, rows: tuple[TimeRow, ...], t: int, written: tuple[int, int]
) -> Timeline:
    return Timeline(
        key="time",
        title=_reads(one),
        rows=rows,
        ticks=one.sequence.ticks[: one.length],
        current=t,
        written=written,
    )


def _reads(one: Unrolled) -> str:
    """What is read, where the ticks do not tell."""
    ticks = one.sequence.ticks
    if not one.sequence.symbols:
        return one.sequence.note
    return f"reads {''.join(ticks[:-1])}, is to say {''.join(ticks[1:])}"


def _value_rows(one: Unrolled) -> tuple[TimeRow, ...]:
    model, loss = one.run.model, one.run.loss
    hidden = range(model["h"].shape[1])
    sums = [_row(f"a{j}", model, "a", (None, j), model["a"]) for j in hidden]
    states = [_row(f"h{j}", model, "h", (None, j), 1.0) for j in hidden]
    surprise = TimeRow("loss", View(loss, "loss"), (0.0, _top(loss["loss"])))
    if one.sequence.symbols:
        names = enumerate(one.sequence.symbols)
        return (
            *states,
            surprise,
            *(TimeRow(f"p {name}", View(loss, "p", (None, k)), (0.0, 1.0)) for k, name in names),
            *sums,
        )
    rows = [_row("x", model, "x", (None, 0), edits="x"), *sums, *states]
    both = np.concatenate([model["y"], loss["target"]])
    rows += [_row("y", model, "y", (None, 0), both), _row("next", loss, "target", (None, 0), both)]
    return (*rows, surprise)


def _gradient_rows(one: Unrolled) -> tuple[TimeRow, ...]:
    """The two sources of ∂L/∂h, their sum, and what is left behind tanh: one scale for all."""
    model = one.run.model
    scale = _top(*(model[name] for name in _GRADIENTS))
    hidden = range(model["h"].shape[1])
    return tuple(
        _row(label.format(j), model, name, (None, j), scale)
        for name, label in _GRADIENTS.items()
        for j in hidden
    )


_GRADIENTS = {
    "dh_from_y": "h{}: from y",
    "dh_from_next": "h{}: from t+1",
    "dh": "∂L/∂h{}",
    "da": "∂L/∂a{}",
}


def _row(
    label: str,
    trace: Trace,
    name: str,
    at: tuple[int | None, ...],
    scale: Array | float = 0.0,
    edits: str = "",
) -> TimeRow:
    """A signed row; `scale` is its largest magnitude, or numbers that have it."""
    view = View(trace, name, at)
    top = _top(view.array if isinstance(scale, float) and not scale else np.asarray(scale))
    return TimeRow(label, view, (-top, top), edits=edits)


def _top(*arrays: Array) -> float:
    return max(float(np.abs(array).max()) for array in arrays) or 1.0


def _weights(one: Unrolled) -> tuple[tuple[Panel, ...], ...]:
    """The weights that every step uses."""
    model, names = one.run.model, one.sequence.symbols
    return (
        (Matrix(key="U", title=_sized(model, "U"), view=View(model, "U"), column_names=names),),
        (Matrix(key="W", title=_sized(model, "W"), view=View(model, "W"), edits="cells"),),
        (Matrix(key="V", title=_sized(model, "V"), view=View(model, "V"), row_names=names),),
        (
            Matrix(key="b", view=View(model, "b"), row_names=("b",)),
            Matrix(key="c", view=View(model, "c"), row_names=("c",)),
        ),
    )


def _sized(model: Trace, name: str) -> str:
    """A matrix's name with its rows and columns, which may not all be in view."""
    rows, columns = model[name].shape
    return f"{name} {rows}×{columns}"


def _sums(one: Unrolled, t: int) -> tuple[tuple[Panel, ...], ...]:
    """The gradient of each weight, as far as it has been added up on the way back."""
    steps, names = one.steps, one.sequence.symbols
    return (
        (
            Matrix(
                key="U", title="∂L/∂U so far", view=View(steps, "dU_sum", (t,)), column_names=names
            ),
        ),
        (Matrix(key="W", title="∂L/∂W so far", view=View(steps, "dW_sum", (t,))),),
        (Matrix(key="V", title="∂L/∂V so far", view=View(steps, "dV_sum", (t,)), row_names=names),),
        (
            Matrix(key="b", view=View(steps, "db_sum", (t,)), row_names=("b",)),
            Matrix(key="c", view=View(steps, "dc_sum", (t,)), row_names=("c",)),
        ),
    )


_FORWARDS = ("a[t] = U·x[t] + W·h[t−1] + b", "h[t] = tanh(a[t])     y[t] = V·h[t] + c")
_BACKWARDS = (
    "∂L/∂h[t] = Vᵀ·∂L/∂y[t] + Wᵀ·∂L/∂a[t+1]",
    "∂L/∂a[t] = ∂L/∂h[t] · (1 − h[t]²)     ∂L/∂W = Σ ∂L/∂a[t] · h[t−1] over t",
)


def _formulas(one: Unrolled, lines: tuple[str, ...]) -> tuple[Formula, ...]:
    total = Number(Element(one.run.loss, "mean_loss", ()), 2)
    shown = (*((line,) for line in lines), ("L, the sum of the losses: ", total))
    return (Formula(key="formula", lines=shown, spare=True),)


UNROLLED = Lab(
    name="unrolled",
    title="The network, unrolled over time",
    controls=(
        Choice(
            name="sequence",
            label="reads",
            key="s",
            options=SEQUENCES,
            default="sunspots",
            resets=("cells", "x"),
        ),
        Choice(name="way", label="way", key="w", options=WAYS, default="forwards"),
        Stepper(
            name="steps",
            label="steps",
            key="k",
            low=1,
            high=MOST_STEPS,
            default=10,
            resets=("x",),
        ),
        Stepper(
            name="hidden",
            label="units",
            key="d",
            low=1,
            high=MOST_HIDDEN,
            default=2,
            resets=("cells",),
        ),
        Choice(
            name="weights",
            label="weights",
            key="m",
            options=("fresh", "trained"),
            default="fresh",
            resets=("cells",),
        ),
        Choice(name="cut", label="way back", key="c", options=CUTS, default=WHOLE),
        Text(
            name="text",
            label="text",
            key="t",
            most=MOST_STEPS,
            default="hello",
            sets=(("sequence", TEXT),),
            resets=("cells", "x"),
        ),
        *file_controls((("sequence", FILE),), ("cells", "x")),
        Stepper(name="seed", label="seed", key="e", low=0, high=9, default=0, resets=("cells",)),
        Grid(name="cells", label="your W", bound=9),
        Values(name="x", label="your x", default=(), low=-9, high=9, by=0.5, least=0, most=60),
    ),
    film=_film,
)
