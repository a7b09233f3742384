"""The lab of the way back over time: the same rows as on the way forwards, filled from the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.gradient_steps import gradient_steps
from engine.lstm_relations import GATES
from engine.sequence import SequenceRun
from engine.shapes import Array
from engine.trace import Trace
from engine.why import Element
from lessons.kit.control import Choice, Decimal, Settings, Stepper, Text
from lessons.kit.figure import Figure, Formula, Number, Timeline, TimeRow, View
from lessons.kit.film import Film
from lessons.kit.lab import Lab
from lessons.lstm.reader import HIDDEN, LETTERS, MOST, read, shown, trained

TEXT = "vorpal"
STATES = {
    "dh_from_z": "∂h by z",
    "dh_from_next": "∂h later",
    "dh": "∂h",
    "dc_from_h": "∂c by h",
    "dc_from_next": "∂c later",
    "dc": "∂c",
}
"""What the two states get, and how the rows are called: ∂h is short for ∂L/∂h."""


@dataclass(frozen=True, eq=False)
class _Back:
    """A text on the way back."""

    run: SequenceRun
    ticks: tuple[str, ...]

    def row(
        self, trace: Trace, name: str, label: str, *at: int, like: str = "", marked: bool = False
    ) -> TimeRow:
        """A row of gradients; its level is full at the largest of `like`, else of its own."""
        view = View(trace, name, (None, *at))
        top = _largest(trace[like]) if like else _largest(view.array)
        return TimeRow(label, view, (-top, top), decimals=3, marked=marked)


def _largest(array: Array) -> float:
    return float(np.abs(array).max()) or 1.0


@lru_cache(maxsize=4)
def _sums(run: SequenceRun) -> Trace:
    return gradient_steps(run.model)


def _film(settings: Settings) -> Film:
    text, unit, show = settings["text"], settings["unit"] - 1, settings["show"]
    run = read(settings["weights"], text, settings["forget"])
    back = _Back(run, tuple(map(shown, text.lower())))
    steps = len(back.ticks)

    def moment(position: int) -> Figure:
        t = steps - 1 - position
        title, rows = _VIEWS[show](back, unit, t)
        panel = Timeline(
            key=f"back {show}",
            title=title,
            rows=rows,
            ticks=back.ticks,
            current=t,
            written=(t, steps),
        )
        forwards = Timeline(
            key="forwards",
            title=f"unit {unit + 1} on the way forwards",
            rows=tuple(_forwards(run, name, unit) for name in (*GATES, "c", "h")),
            ticks=back.ticks,
            spare=True,
        )
        return Figure(
            columns=((panel, forwards),),
            below=(_loss(back, t),),
            caption=f"back to step {t}, which read {back.ticks[t]}; ∂L/∂c of unit {unit + 1}: ",
            focus=Element(run.model, "dc", (t, unit)),
        )

    return Film(steps, moment)


def _forwards(run: SequenceRun, name: str, unit: int) -> TimeRow:
    view = View(run.model, name, (None, unit))
    signed = name in "gch"
    top = _largest(view.array) if name == "c" else 1.0
    return TimeRow(name, view, (-top if signed else 0.0, top))


def _states(back: _Back, unit: int, t: int) -> tuple[str, tuple[TimeRow, ...]]:
    model = back.run.model
    rows = [
        back.row(model, name, label, unit, like=name[:2], marked=name in ("dh", "dc"))
        for name, label in STATES.items()
    ]
    rows += [back.row(model, f"da_{gate}", f"∂a_{gate}", unit) for gate in GATES]
    return f"unit {unit + 1}: ∂L/∂…, from the last letter to the first", tuple(rows)


def _logits(back: _Back, unit: int, t: int) -> tuple[str, tuple[TimeRow, ...]]:
    came = int(back.run.loss["target"][t].argmax())
    wanted = [LETTERS.index(" " if tick == "_" else tick) for tick in back.ticks]
    letters = sorted({*wanted, LETTERS.index("\n")})
    rows = tuple(
        back.row(back.run.loss, "dz", shown(LETTERS[k]), k, like="dz", marked=k == came)
        for k in letters
    )
    return "∂L/∂z = ŷ − y; the letter that came is marked", rows


def _weights(back: _Back, unit: int, t: int) -> tuple[str, tuple[TimeRow, ...]]:
    """One weight of each of the five sets: what each step adds, and what they add up to."""
    sums, rows = _sums(back.run), []
    for gate in (*GATES, "z"):
        # Of W_z the weight of the letter e, which every text has a use for.
        at = (LETTERS.index("e"), unit) if gate == "z" else (unit, unit)
        name = f"dW_{gate}"
        rows.append(back.row(sums, f"{name}_step", f"W_{gate} adds", *at))
        rows.append(back.row(sums, f"{name}_sum", f"W_{gate} sum", *at, marked=True))
    title = f"unit {unit + 1}: its weight on its own h in each set (W_z: to e), part and sum"
    return title, tuple(rows)


def _all(name: str) -> Callable[[_Back, int, int], tuple[str, tuple[TimeRow, ...]]]:
    def draw(back: _Back, unit: int, t: int) -> tuple[str, tuple[TimeRow, ...]]:
        rows = tuple(
            back.row(back.run.model, f"d{name}", f"∂{name}{j + 1}", j, like=f"d{name}")
            for j in range(HIDDEN)
        )
        return f"∂L/∂{name} of every unit", rows

    return draw


def _loss(back: _Back, t: int) -> Formula:
    loss = back.run.loss
    came = int(loss["target"][t].argmax())
    parts = (
        f"comes {shown(LETTERS[came])}: ŷ ",
        Number(Element(loss, "p", (t, came)), 2),
        ", so ŷ − y = ",
        Number(Element(loss, "dz", (t, came)), 2),
        "   loss of this step ",
        Number(Element(loss, "loss", (t,)), 2),
        "   of all ",
        Number(Element(loss, "mean_loss", ()), 2),
    )
    return Formula(key="loss", lines=(parts,))


_VIEWS: Mapping[str, Callable[[_Back, int, int], tuple[str, tuple[TimeRow, ...]]]] = {
    "one unit": _states,
    "ŷ − y": _logits,
    "weights": _weights,
    "all ∂h": _all("h"),
    "all ∂c": _all("c"),
}

BACKWARD = Lab(
    name="backward",
    title="Back through time",
    controls=(
        Choice(name="show", label="show", key="w", options=tuple(_VIEWS), default="one unit"),
        Stepper(name="unit", label="unit", key="u", low=1, high=HIDDEN, default=1),
        Choice(
            name="weights",
            label="weights",
            key="e",
            options=("trained", "fresh"),
            default="trained",
        ),
        Text(name="text", label="text", key="t", least=2, most=MOST, default=TEXT),
        Decimal(name="forget", label="b_f +", key="f", low=-6, high=6, by=1, default=0.0),
    ),
    film=_film,
    prepare=trained,
)
