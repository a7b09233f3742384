"""The lab of the race: batch, mini-batch and stochastic, live."""

from __future__ import annotations

from math import ceil, log2

import numpy as np

from engine.gradient_angle import gradient_angle
from engine.shapes import Array
from engine.trace import Trace
from engine.training import State, Training
from engine.why import Element
from lessons.descent.problems import TASKS, Task
from lessons.descent.race import (
    EPOCHS,
    GHOSTS,
    RUNS,
    SLICES,
    Race,
    Standings,
    diverged,
    entry,
    ghost_of,
    moments,
    raced,
    task_of,
)
from lessons.descent.told import told
from lessons.kit.control import Choice, Scale, Settings, Toggle
from lessons.kit.figure import Curves, Figure, Number, Series, Table
from lessons.kit.film import Film, Recorded
from lessons.kit.lab import Lab
from lessons.kit.recording import Recording

LETTERS = {"batch": "B", "mini-batch": "M", "stochastic": "S"}
LOSSES = {"tumours": (0.03, 1.0), "digits": (0.1, 4.0), "sunspots": (0.05, 1.0)}
"""The lowest and the highest loss that the curves show."""
SHOWN = {
    "all three": RUNS,
    "batch, mini-batch": RUNS[:2],
    "mini-batch, stochastic": RUNS[1:],
    "batch, stochastic": RUNS[::2],
    **{name: (name,) for name in RUNS},
}
PACES = {"examples": 5, "update": 10}
RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 100.0)

Cell = str | Number


def _film(settings: Settings) -> Film:
    own = entry(settings)
    count = task_of(own).x.shape[-1]
    if own.batch > count:
        raise ValueError(f"There are {count} examples: choose a mini-batch of no more than that.")
    ghost = ghost_of(own, settings["ghost"])
    race, recording = raced(own, ghost)
    shown = SHOWN[settings["runs"]]
    axis, curve = settings["axis"], settings["curve"]
    lowest, highest = LOSSES[own.data]

    def moment(n: int, standings: Standings) -> Figure:
        series = [
            Series(
                name if not mark else f"{name}, {settings['ghost']}",
                *_pairs(recording, f"{mark}{name} {axis}", f"{mark}{name} {curve}", n),
                letter=LETTERS[name].lower() if mark else LETTERS[name],
                ghost=bool(mark),
            )
            for mark in (("*", "") if ghost else ("",))
            for name in reversed(shown)  # the steadiest is drawn last, over the others
        ]
        curves = Curves(
            key="curves",
            title=f"loss on all {'training' if curve == 'train' else 'test'} examples",
            series=tuple(series),
            x_label=axis if axis != "seconds" else "seconds on this machine",
            y_label="loss",
            x_limits=(0.0, _longest(race, recording, axis, n)),
            y_limits=(lowest if settings["log"] else 0.0, highest),
            log_y=settings["log"],
            wide=True,
        )
        table, focus = _table(race, standings, shown, settings)
        return Figure(
            columns=((curves,), (table,)),
            below=(told(f"{_where(race, n)}{race.said(standings)}"),),
            caption=shown[0],
            focus=focus,
        )

    return Recorded(recording, moment, pace=PACES[race.race.each])


def _pairs(recording: Recording[Standings], x: str, y: str, n: int) -> tuple[Array, Array]:
    return recording.curve(x, n)[1], recording.curve(y, n)[1]


def _longest(race: Race, recording: Recording[Standings], axis: str, n: int) -> float:
    """The right end of the axis: known beforehand, but for seconds, where it grows by doubling."""
    last = moments(race.race)
    if axis == "seconds":
        keys = [f"{name} seconds" for name in RUNS]
        so_far = max(recording.curve(key, n)[1][-1] for key in keys)
        return float(2.0 ** ceil(log2(max(so_far, 1e-3))))
    count = task_of(race.race).x.shape[-1]
    if race.race.each == "examples":
        # One update an example: the stochastic run's updates are as many as its examples.
        return float(EPOCHS[race.race.data] * count)
    return float(last if axis == "updates" else last * count)


def _where(race: Race, n: int) -> str:
    if race.race.each == "update":
        return f"after update {n} of each" if n else "before the first update"
    epochs, rest = divmod(n, SLICES[race.race.data])
    part = f" {rest}/{SLICES[race.race.data]}" if rest else ""
    return f"after {epochs}{part} epochs"


def _table(
    race: Race, standings: Standings, shown: tuple[str, ...], settings: Settings
) -> tuple[Table, Element | None]:
    """A row for each run; where a moment is an update, how its next gradient lies."""
    task = task_of(race.race)
    compares = race.race.each == "update"
    counted = "examples" if compares else "update"
    timed = settings["axis"] == "seconds"
    rows: list[tuple[Cell, ...]] = []
    for name in shown:
        training, state = race.parts[name][2], standings.runs[name]
        progress = training.batches.progress(state.update)
        cells: list[Cell] = [LETTERS[name], Number(Element(progress, counted, ()), 0)]
        if timed:
            cells.append(Number(Element(clock(standings.seconds[name]), "seconds", ()), 2))
        if diverged(state):
            rows.append((*cells, "diverged", *["—"] * 2 * compares))
        else:
            rows.append((*cells, *_numbers(training, state, task, settings["curve"], compares)))
    head = ["", "examples" if compares else "updates", *["seconds"] * timed, "loss"]
    compared = ("angle °", "length") if compares else ()
    table = Table(key="runs", head=(*head, *compared), rows=tuple(rows))
    place = head.index("loss")
    losses = [row[place] for row in rows]
    elements = [cell.element for cell in losses if isinstance(cell, Number)]
    return table, elements[0] if elements else None


def clock(seconds: float) -> Trace:
    """What was measured, so that it can say what it is."""
    return Trace(
        operation="clock",
        arrays={"seconds": np.asarray(seconds)},
        meanings={"seconds": "the time that this machine's processor has computed this run"},
    )


def _numbers(
    training: Training, state: State, task: Task, curve: str, compares: bool
) -> tuple[Cell, ...]:
    """The loss; and of the next batch's gradient the angle to that of all examples, and its length
    in lengths of that."""
    network = state.network
    full = network.forward(task.x, task.target)
    test = curve == "test"
    seen = network.forward(task.x_test, task.target_test) if test else full
    loss = Number(Element(seen["loss"], "mean_loss", ()), 4)
    if not compares:
        return (loss,)
    network.backward(full, need_dx=False)
    angle = gradient_angle(network, training.run(state), full)
    return loss, Number(Element(angle, "angle", ()), 0), Number(Element(angle, "ratio", ()), 2)


RACE = Lab(
    name="race",
    title="Batch, mini-batch and stochastic, side by side",
    controls=(
        Choice(name="data", label="data", key="d", options=tuple(TASKS), default="tumours"),
        Choice(
            name="each",
            label="a moment",
            key="e",
            options=("examples", "update"),
            default="examples",
        ),
        Scale(
            name="batch",
            label="mini-batch",
            key="m",
            values=(2, 4, 8, 16, 32, 64, 128, 256),
            default=32,
        ),
        Scale(name="rate", label="rate", key="l", values=RATES, default=0.1),
        Scale(name="momentum", label="momentum", key="o", values=(0.0, 0.5, 0.9), default=0.0),
        Choice(
            name="axis",
            label="x",
            key="a",
            options=("updates", "examples", "seconds"),
            default="examples",
        ),
        Choice(name="curve", label="loss on", key="t", options=("train", "test"), default="train"),
        Toggle(name="log", label="log y", key="y", default=True),
        Choice(name="runs", label="runs", key="s", options=tuple(SHOWN), default="all three"),
        Choice(name="ghost", label="ghost", key="k", options=GHOSTS, default="none"),
    ),
    film=_film,
)
