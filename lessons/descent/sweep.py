"""The lab on local minima: many starts on the lynx, and the valleys in which they end."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.basins import basins, summits
from engine.descent import Plain
from engine.fit_descent import Descent, FitState
from engine.schedule import Constant, Cosine, Schedule, WarmUpLinear
from engine.shapes import Array
from engine.trace import Trace
from engine.why import Element
from lessons.descent.many import UPDATES, Many, over_updates, recorded
from lessons.descent.problems import lynx_wave
from lessons.descent.told import told
from lessons.kit.control import Choice, Scale, Settings, Toggle
from lessons.kit.figure import Curves, Figure, Number, Plane, Points, Series, Table
from lessons.kit.film import Film, Recorded
from lessons.kit.lab import Lab
from lessons.kit.recording import Recording

LOW, HIGH = 3.0, 10.0
"""Frequencies in the picture, in radians a decade."""
PLACES = 1401
PER_MOMENT = 10
START_SEED = 0
BATCHES = {"all": 114, "20": 20, "5": 5, "1": 1}
LETTERS = {"all": "a", "20": "t", "5": "f", "1": "o"}
PACE = 20
RATES = (0.02, 0.05, 0.1, 0.2, 0.4)


@lru_cache(maxsize=1)
def curve() -> tuple[Array, Array, Array]:
    """Frequencies over the picture, the loss of each, and the summits between the valleys."""
    problem = lynx_wave()
    w = np.linspace(LOW, HIGH, PLACES)
    loss = problem.model.trace(problem.inputs, problem.y, {"w": w})["loss"]
    return w, loss, w[summits(loss)]


def best_valley() -> int:
    """The valley with the lowest loss of all."""
    w, loss, summit = curve()
    return int((w[loss.argmin()] >= summit).sum())


@dataclass(frozen=True)
class Sweep:
    """What a sweep is run with."""

    rate: float
    schedule: str
    starts: int
    walls: bool

    @property
    def schedule_of(self) -> Schedule:
        """The learning rate over the updates."""
        match self.schedule:
            case "to 0":
                return WarmUpLinear(self.rate, UPDATES, 0)
            case "cosine":
                return Cosine(self.rate, UPDATES)
        return Constant(self.rate)

    def descent(self, batch: int) -> Descent:
        """All the runs with one batch size."""
        problem = lynx_wave()
        return Descent(
            problem.model,
            problem.inputs,
            problem.y,
            batch,
            Plain(),
            self.schedule_of,
            runs=self.starts,
            limits={"w": (LOW, HIGH)} if self.walls else {},
        )

    def first(self) -> Array:
        """Where the runs start: the same places for every batch size."""
        return np.random.default_rng(START_SEED).uniform(LOW, HIGH, self.starts)


@lru_cache(maxsize=3)
def swept(sweep: Sweep) -> Recording[Many]:
    """The recording of a sweep."""
    best = best_valley()
    return recorded(
        {name: sweep.descent(size) for name, size in BATCHES.items()},
        {"w": sweep.first()},
        lambda _, state: float(counted(state)["share"][best]),
        PER_MOMENT,
    )


def counted(state: FitState) -> Trace:
    """How many runs stand in each valley."""
    return basins(np.asarray(state.weights["w"]), curve()[2])


def _film(settings: Settings) -> Film:
    starts = int(settings["starts"])
    sweep = Sweep(settings["rate"], settings["schedule"], starts, settings["walls"])
    recording = swept(sweep)
    followed = settings["batch"]
    w, loss, _ = curve()
    best = best_valley()
    jitter = np.random.default_rng(START_SEED).uniform(0.0, 0.05, sweep.starts)

    def moment(n: int, many: Many) -> Figure:
        here = np.asarray(many.states[followed].weights["w"])
        inside = (here >= LOW) & (here <= HIGH)
        height = np.interp(here, w, loss)
        runs = Plane(
            key="runs",
            title=f"the runs with batch size {followed}",
            groups=(
                Points(".", w, loss, "loss", path=True),
                Points("o", here[inside], (height + jitter)[inside], "a run"),
            ),
            x_limits=(LOW, HIGH),
            y_limits=(0.1, 0.9),
            x_label="w: radians a decade",
            y_label="L",
        )
        shares = Curves(
            key="shares",
            spare=True,
            title="share in the deepest valley",
            series=tuple(
                Series(
                    f"B = {name}",
                    *over_updates(recording, name, n, PER_MOMENT),
                    letter=LETTERS[name],
                )
                for name in BATCHES
            ),
            x_label="updates",
            y_label="share",
            x_limits=(0.0, float(UPDATES)),
            y_limits=(0.0, 1.0),
        )
        rows: list[tuple[str | Number, ...]] = []
        focus = None
        for name, state in many.states.items():
            trace = counted(state)
            share = Element(trace, "share", (best,))
            focus = share if name == followed else focus
            rows.append(
                (
                    f"{LETTERS[name]} {name}",
                    Number(Element(trace, "count", (best,)), 0),
                    Number(share, 3),
                    Number(Element(trace, "low", (best,)), 2),
                    Number(Element(trace, "high", (best,)), 2),
                )
            )
        head = ("batch", "deepest", "share", "from", "to")
        outside = int((~inside).sum())
        return Figure(
            columns=((runs,), (Table(key="counts", head=head, rows=tuple(rows)), shares)),
            below=(
                told(
                    f"{sweep.starts} starts after {n * PER_MOMENT} updates"
                    + f"; with batch size {followed}, {outside} have left" * (outside > 0)
                ),
            ),
            caption=f"batch size {followed}",
            focus=focus,
        )

    return Recorded(recording, moment, pace=PACE)


MINIMA = Lab(
    name="minima",
    title="Many starts, many valleys",
    controls=(
        Scale(name="rate", label="rate", key="l", values=RATES, default=0.05),
        Choice(
            name="schedule",
            label="schedule",
            key="c",
            options=("constant", "to 0", "cosine"),
            default="constant",
        ),
        Choice(name="batch", label="show batch", key="m", options=tuple(BATCHES), default="1"),
        Scale(name="starts", label="starts", key="s", values=(50, 100, 200), default=100),
        Toggle(name="walls", label="walls", key="w", default=True),
    ),
    film=_film,
)
