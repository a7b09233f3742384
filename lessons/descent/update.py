"""The lab of one update at a time: the batch's points, its gradient against the full one."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.descent import Plain
from engine.gradient_angle import gradient_angle
from engine.laid_out import laid_out
from engine.schedule import Constant
from engine.shapes import Array
from engine.training import State, Training
from engine.why import Element
from lessons.descent.problems import TASKS, Task
from lessons.descent.race import ORDER_SEED
from lessons.descent.told import told
from lessons.kit.control import Choice, Scale, Settings
from lessons.kit.figure import Figure, Mark, Number, Pixels, Plane, Points, Table, View
from lessons.kit.film import Film, Recorded
from lessons.kit.lab import Lab
from lessons.kit.recording import Recording
from lessons.kit.training import recorded

ALL = "all"
SIZES = ("1", "2", "4", "8", "16", "32", "64", "128", ALL)
UPDATES = 60
PACE = 5
COLUMNS = {"tumours": 35, "digits": 48, "sunspots": 30}
"""How the examples are laid out in lines."""
BRIGHTEST = {"tumours": 2.0, "digits": 5.0, "sunspots": 2.0}
"""The loss of an example that is shown in full white."""
REACH = 2.0
"""How far the plane of the arrows goes, in lengths of the full gradient."""
RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)


def size_of(text: str, task: Task) -> int:
    """The batch size that a setting means."""
    return task.x.shape[-1] if text == ALL else int(text)


@lru_cache(maxsize=4)
def trained(data: str, batch: str, rate: float) -> tuple[Training, Recording[State]]:
    """A training, and its recording."""
    task = TASKS[data]()
    training = Training(
        task.x, task.target, size_of(batch, task), Plain(), Constant(rate), ORDER_SEED
    )

    return training, recorded(training, task.network, UPDATES)


def batch_marks(indices: Array, count: int, columns: int) -> tuple[Mark, ...]:
    """A mark on every point of a batch: on one after the other, or on all at once."""
    if len(indices) == count:
        rows = -(-count // columns)
        return (Mark("window", tuple(range(rows)), tuple(range(columns))),)
    places = (divmod(int(n), columns) for n in np.sort(indices))
    return tuple(Mark("current", (i,), (j,)) for i, j in places)


def arrow(letter: str, label: str, along: float, across: float) -> Points:
    """An arrow from the middle of the plane; one that would leave it is cut where it does."""
    longest = max(abs(along), abs(across))
    if not np.isfinite(longest):
        along = across = 0.0
    elif longest > REACH:
        along, across = along * REACH / longest, across * REACH / longest
    return Points(letter, np.array([0.0, along]), np.array([0.0, across]), label, path=True)


def _film(settings: Settings) -> Film:
    data, batch = settings["data"], settings["batch"]
    task = TASKS[data]()
    training, recording = trained(data, batch, settings["rate"])
    count, columns = task.x.shape[-1], COLUMNS[data]

    def moment(n: int, state: State) -> Figure:
        full = state.network.forward(task.x, task.target)
        state.network.backward(full, need_dx=False)
        whole = training.batch_size == count
        run = full if whole else training.run(state)
        angle = gradient_angle(state.network, run, full)
        points = Pixels(
            key="points",
            title="each example: its loss",
            view=View(laid_out(full["loss"], "loss", columns), "laid"),
            limits=(0.0, BRIGHTEST[data]),
            marks=batch_marks(training.batches.indices(state.update), count, columns),
        )
        along, across = float(angle["along"]), float(angle["across"])
        arrows = Plane(
            key="arrows",
            title="gradient of the batch, of all",
            groups=(arrow("F", "all", 1.0, 0.0), arrow("b", "batch", along, across)),
            x_limits=(-REACH, REACH),
            y_limits=(-REACH / 8, REACH),
            x_label="along the full gradient",
            y_label="across",
        )
        size = len(training.batches.indices(state.update))
        table = Table(
            key="gradients",
            head=("", "points", "loss", "length", "angle °"),
            rows=(
                (
                    "this batch",
                    str(size),
                    Number(Element(run["loss"], "mean_loss", ()), 4),
                    Number(Element(angle, "length", ()), 4),
                    Number(Element(angle, "angle", ()), 1),
                ),
                (
                    "all",
                    str(count),
                    Number(Element(full["loss"], "mean_loss", ()), 4),
                    Number(Element(angle, "full_length", ()), 4),
                    "",
                ),
            ),
        )
        batches = training.batches
        return Figure(
            columns=((points,), (arrows,)),
            below=(
                table,
                told(
                    f"update {n + 1}: batch {n % batches.per_epoch + 1} of {batches.per_epoch} "
                    f"in epoch {batches.epoch(n) + 1}"
                ),
            ),
            caption="all points",
            focus=Element(full["loss"], "mean_loss", ()),
        )

    return Recorded(recording, moment, pace=PACE)


UPDATE = Lab(
    name="update",
    title="One update at a time",
    controls=(
        Choice(name="data", label="data", key="d", options=tuple(TASKS), default="tumours"),
        Choice(name="batch", label="batch size", key="m", options=SIZES, default="32"),
        Scale(name="rate", label="rate", key="l", values=RATES, default=0.1),
    ),
    film=_film,
)
