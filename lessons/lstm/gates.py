"""The lab of the gates over time: a text is read letter by letter, and gates may be held."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from engine.lstm_relations import GATES
from engine.sequence import SequenceRun
from engine.why import Element
from lessons.kit.control import Choice, Decimal, Settings, Stepper, Text
from lessons.kit.figure import (
    Curves,
    Figure,
    Formula,
    Number,
    Panel,
    Series,
    Timeline,
    TimeRow,
    View,
)
from lessons.kit.film import Film
from lessons.kit.lab import Lab
from lessons.lstm.reader import HIDDEN, LETTERS, MOST, read, shown, trained

TEXT = "beware the jabberwock"
WORST = 6.0
"""A loss of this size fills its level; log 28 = 3.3 is what one pays who knows nothing."""
GUESSES = 5
AT_BLANKS = " at blanks"
HOLDS = (
    "none",
    *(f"{gate}={at}" for gate in GATES for at in (0, 1)),
    *(f"f={at}{AT_BLANKS}" for at in (0, 1)),
)
"""Which gate is held, at what, and perhaps when; g is the candidate."""


@dataclass(frozen=True, eq=False)
class _Reading:
    """A text as it is read, and the same with no gate held."""

    run: SequenceRun
    free: SequenceRun | None
    """None where nothing is held."""
    ticks: tuple[str, ...]
    top: Mapping[str, float]
    """The largest magnitudes, in both, of c and of z."""

    def limits(self, name: str) -> tuple[float, float]:
        """What fills a level of a quantity: the same for the whole text."""
        if name in self.top:
            return -self.top[name], self.top[name]
        return (-1.0, 1.0) if name in "gh" else (0.0, WORST if name == "loss" else 1.0)


def _reading(settings: Settings) -> _Reading:
    text, kind, forget = settings["text"], settings["weights"], settings["forget"]
    held = _held(settings["hold"])
    run = read(kind, text, forget, held)
    free = read(kind, text, forget) if held else None
    both = (run, free or run)
    top = {name: max(float(np.abs(one.model[name]).max()) for one in both) for name in "cz"}
    return _Reading(run, free, tuple(map(shown, text.lower())), top)


def _held(choice: str) -> tuple[str, float, bool] | None:
    """What one of HOLDS means to `read`."""
    if choice == HOLDS[0]:
        return None
    what = choice.removesuffix(AT_BLANKS)
    return what[0], float(what[2:]), what != choice


def _film(settings: Settings) -> Film:
    reading = _reading(settings)
    unit, show = settings["unit"] - 1, settings["show"]

    def moment(step: int) -> Figure:
        return Figure(
            columns=((_VIEWS[show](reading, unit, step),),),
            below=(_expected(reading, step),),
            caption=f"{reading.ticks[step]} is read; c[t] of unit {unit + 1}: ",
            focus=Element(reading.run.model, "c", (step, unit)),
        )

    return Film(len(reading.ticks), moment)


def _unit(reading: _Reading, unit: int, step: int) -> Timeline:
    """The gates, the candidate and the states of one unit, and the loss of the next letter."""
    rows = []
    for name in (*GATES, "c", "h", "loss"):
        rows.append(_row(reading, reading.run, name, name, unit))
        if reading.free and name in ("c", "h", "loss"):
            rows.append(_row(reading, reading.free, name, f"{name} free", unit))
    return _timeline(reading, "unit", "", tuple(rows), step)


def _row(reading: _Reading, run: SequenceRun, name: str, label: str, unit: int) -> TimeRow:
    view = View(run.loss, name) if name == "loss" else View(run.model, name, (None, unit))
    return TimeRow(label, view, reading.limits(name))


def _all(name: str) -> Callable[[_Reading, int, int], Timeline]:
    def draw(reading: _Reading, unit: int, step: int) -> Timeline:
        """One quantity of all units, a row each."""
        rows = tuple(
            TimeRow(
                f"{name}{j + 1}",
                View(reading.run.model, name, (None, j)),
                reading.limits(name),
                marked=j == unit,
            )
            for j in range(HIDDEN)
        )
        return _timeline(reading, "all", f"{name} of every unit", rows, step)

    return draw


def _answers(name: str, title: str) -> Callable[[_Reading, int, int], Timeline]:
    def draw(reading: _Reading, unit: int, step: int) -> Timeline:
        """The logits, or what softmax makes of them, of every letter that is in the text."""
        letters = sorted({*map(str.lower, reading.ticks)} - {"¶"})
        trace = reading.run.model if name == "z" else reading.run.loss
        rows = tuple(
            TimeRow(
                letter,
                View(trace, name, (None, LETTERS.index(" " if letter == "_" else letter))),
                reading.limits(name),
                marked=reading.ticks[step + 1 : step + 2] == (letter,),
            )
            for letter in letters
        )
        return _timeline(reading, "answers", title, rows, step)

    return draw


def _timeline(
    reading: _Reading, key: str, title: str, rows: tuple[TimeRow, ...], step: int
) -> Timeline:
    return Timeline(
        key=key,
        title=title,
        rows=rows,
        ticks=reading.ticks,
        current=step,
        written=(0, step + 1),
    )


def _flows(reading: _Reading, unit: int, step: int) -> Curves:
    """Both states of a unit as lines over time."""
    series = []
    for run, word, ghost in ((reading.run, "", False), (reading.free, " free", True)):
        if run is None:
            continue
        steps = np.arange(step + 1.0)
        for name in "ch":
            y = run.model[name][: step + 1, unit]
            series.append(Series(f"{name}{word}", steps, y, letter=name, ghost=ghost))
    c = np.concatenate([one.model["c"][:, unit] for one in (reading.run, reading.free) if one])
    return Curves(
        key="flows",
        title=f"the two flows through unit {unit + 1}",
        series=tuple(series),
        x_label="letters",
        y_label="c, h",
        x_limits=(0, max(1, len(reading.ticks) - 1)),
        y_limits=(min(-1.0, float(c.min())), max(1.0, float(c.max()))),
        wide=True,
    )


def _expected(reading: _Reading, step: int) -> Formula:
    """What the network takes to be the likeliest next letters, and what comes."""
    loss = reading.run.loss
    best = np.argsort(-loss["p"][step], kind="stable")[:GUESSES]
    line: list[str | Number] = ["expects "]
    for k in best:
        line += [f" {shown(LETTERS[k])} ", Number(Element(loss, "p", (step, int(k))), 2), " "]
    true = int(loss["target"][step].argmax())
    line += [f"  comes: {shown(LETTERS[true])} ", Number(Element(loss, "p", (step, true)), 2)]
    return Formula(key="expects", lines=(tuple(line),))


_VIEWS: Mapping[str, Callable[[_Reading, int, int], Panel]] = {
    "one unit": _unit,
    "two flows": _flows,
    **{f"all {name}": _all(name) for name in (*GATES, "c", "h")},
    "z": _answers("z", "z, the logits"),
    "ŷ": _answers("p", "ŷ = softmax(z)"),
}

GATES_OVER_TIME = Lab(
    name="gates",
    title="Gates over time",
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
        Choice(name="hold", label="hold", key="o", options=HOLDS, default=HOLDS[0]),
        Decimal(name="forget", label="b_f +", key="f", low=-6, high=6, by=1, default=0.0),
    ),
    film=_film,
    prepare=trained,
)
