"""Descents on a plane of two weights, side by side: what they share, whatever tells them apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.descent import Adam, Momentum, Plain, Rule
from engine.fit import landscape
from engine.fit_descent import Descent, FitState
from engine.schedule import Constant, Cosine, Schedule, StepDecay, WarmUpCosine
from engine.trace import Trace
from engine.why import Element
from lessons.descent.problems import Points as Problem
from lessons.descent.problems import sunspot_lags, sunspot_neuron
from lessons.kit.control import Decimal
from lessons.kit.figure import Number, Plane, Points, Table, View
from lessons.kit.recording import Recording

PLACES = {"valley": sunspot_lags, "saddle": sunspot_neuron}
"""Two weights on the lags of the sunspots; and one on either side of a hidden neuron."""
LIMIT = 3.0
"""The plane goes from minus this to plus this, both ways."""
FIELD = (41, 81)
UPDATES = 200
SETTLED = 1500
"""Updates after which batch with momentum has come to rest."""
ORDER_SEED = 3
BOUND = 1e6
"""A weight beyond this has diverged; the path goes no further."""


@dataclass(frozen=True)
class Walker:
    """One path: what is told apart by."""

    letter: str
    label: str
    batch: int | None
    """Points in a batch; None: all."""
    rule: Rule
    schedule: Schedule


@dataclass(frozen=True, eq=False)
class Positions:
    """Where every path stands, in the order of the walkers."""

    states: tuple[FitState, ...]

    @property
    def nbytes(self) -> int:
        """The bytes of its arrays."""
        return sum(state.nbytes for state in self.states)


@lru_cache(maxsize=4)
def field(place: str) -> Trace:
    """The loss over the plane; its first row is the upper edge."""
    problem = PLACES[place]()
    rows, columns = FIELD
    return landscape(
        problem.model,
        problem.inputs,
        problem.y,
        np.linspace(-LIMIT, LIMIT, columns),
        np.linspace(LIMIT, -LIMIT, rows),
    )


def lost(state: FitState) -> bool:
    """Whether a path has left all bounds."""
    return any(not abs(float(w)) < BOUND for w in state.weights.values())


class Paths:
    """Walkers on one plane from one start. Curves are called by letter: "B u", "B v", "B loss"."""

    def __init__(
        self, place: str, start: tuple[float, float], walkers: tuple[Walker, ...], updates: int
    ) -> None:
        problem: Problem = PLACES[place]()
        self.place = place
        self.walkers = walkers
        self.descents = tuple(
            Descent(
                problem.model,
                problem.inputs,
                problem.y,
                len(problem.y) if walker.batch is None else walker.batch,
                walker.rule,
                walker.schedule,
                ORDER_SEED,
            )
            for walker in walkers
        )
        at = {"u": start[0], "v": start[1]}
        self.recording = Recording(
            Positions(tuple(descent.start(at) for descent in self.descents)),
            self.advance,
            updates,
            nbytes=lambda positions: positions.nbytes,
            measure=self.measure,
        )

    def advance(self, positions: Positions) -> Positions:
        """One update of every path; one that is lost stays where it is."""
        return Positions(
            tuple(
                state if lost(state) else descent.advance(state)
                for descent, state in zip(self.descents, positions.states, strict=True)
            )
        )

    def measure(self, positions: Positions) -> Mapping[str, float]:
        """The numbers of the curves."""
        found = {}
        for walker, descent, state in self.each(positions):
            whole = descent.whole(state)
            found[f"{walker.letter} loss"] = float(whole["loss"])
            found |= {f"{walker.letter} {name}": float(w) for name, w in state.weights.items()}
        return found

    def each(self, positions: Positions) -> list[tuple[Walker, Descent, FitState]]:
        """The walkers with what belongs to them."""
        return list(zip(self.walkers, self.descents, positions.states, strict=True))

    def plane(self, n: int, positions: Positions, steers: tuple[str, str] | None) -> Plane:
        """The loss, and the paths up to a moment."""
        groups = tuple(
            Points(
                walker.letter,
                self.recording.curve(f"{walker.letter} u", n)[1],
                self.recording.curve(f"{walker.letter} v", n)[1],
                walker.label,
                path=True,
            )
            for walker in reversed(self.walkers)  # the first is drawn last, over the others
        )
        return Plane(
            key="plane",
            title="the loss over two weights",
            groups=groups,
            field=View(field(self.place), "field"),
            field_limits=_limits(self.place),
            log_field=True,
            x_limits=(-LIMIT, LIMIT),
            y_limits=(-LIMIT, LIMIT),
            x_label="u",
            y_label="v",
            steers=steers,
        )

    def table(self, positions: Positions) -> tuple[Table, Element]:
        """The loss of every path, and the gradient of all points there."""
        rows: list[tuple[str | Number, ...]] = []
        elements = []
        for walker, descent, state in self.each(positions):
            whole = descent.whole(state)
            if lost(state):
                rows.append((walker.letter, "diverged", "", ""))
                continue
            names = (("loss", 4), ("du", 3), ("dv", 3))
            cells = [Number(Element(whole, name, ()), decimals) for name, decimals in names]
            elements.append(cells[0].element)
            rows.append((walker.letter, *cells))
        head = ("", "loss", "dL/du", "dL/dv")
        first = elements[0] if elements else Element(field(self.place), "field", (0, 0))
        return Table(key="runs", head=head, rows=tuple(rows)), first

    def said(self, n: int, positions: Positions) -> str:
        """The moment in words, and which paths are lost."""
        words = f"after update {n}" if n else "before the first update"
        gone = [
            f"{walker.label} diverged with update {state.update}"
            for walker, _, state in self.each(positions)
            if lost(state)
        ]
        return (
            f"{words}{': ' if gone else ''}{', '.join(gone)}{'; a smaller rate helps' * bool(gone)}"
        )


def _limits(place: str) -> tuple[float, float]:
    lowest, highest = float(field(place)["field"].min()), float(field(place)["field"].max())
    return lowest, highest


@lru_cache(maxsize=4)
def lowest(place: str) -> float:
    """The lowest loss on the plane, as batch finds it from the lowest place of the field."""
    problem = PLACES[place]()
    heights = field(place)
    i, j = np.unravel_index(heights["field"].argmin(), FIELD)
    descent = Descent(
        problem.model,
        problem.inputs,
        problem.y,
        len(problem.y),
        Momentum(0.9),
        Constant(0.1),
    )
    state = descent.start({"u": heights["u"][j], "v": heights["v"][i]})
    for _ in range(SETTLED):
        state = descent.advance(state)
    return float(descent.whole(state)["loss"])


@lru_cache(maxsize=4)
def paths(
    place: str, start: tuple[float, float], walkers: tuple[Walker, ...], updates: int = UPDATES
) -> Paths:
    """The paths for these walkers; the same ones for the same arguments."""
    return Paths(place, start, walkers, updates)


def start_controls(u: float, v: float) -> tuple[Decimal, Decimal]:
    """The start, which the arrow keys move on the plane."""
    return (
        Decimal(name="u", label="start u", key="u", low=-LIMIT, high=LIMIT, by=0.25, default=u),
        Decimal(name="v", label="start v", key="w", low=-LIMIT, high=LIMIT, by=0.25, default=v),
    )


RULE_NAMES = ("plain", "momentum", "Nesterov", "Adam")
SCHEDULE_LETTERS = {"c": "constant", "s": "step", "o": "cosine", "w": "warm-up"}
SCHEDULE_NAMES = tuple(SCHEDULE_LETTERS.values())


def rules(momentum: float) -> dict[str, Rule]:
    """The update rules by name."""
    found = (Plain(), Momentum(momentum), Momentum(momentum, nesterov=True), Adam())
    return dict(zip(RULE_NAMES, found, strict=True))


def schedules(rate: float, updates: int) -> dict[str, Schedule]:
    """The schedules by name, all with the same highest rate."""
    found = (
        Constant(rate),
        StepDecay(rate, 0.3, max(1, updates // 4)),
        Cosine(rate, updates),
        WarmUpCosine(rate, updates, max(1, updates // 10)),
    )
    return dict(zip(SCHEDULE_NAMES, found, strict=True))
