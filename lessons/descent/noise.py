"""The labs on gradient noise: how far batch gradients scatter, and what they average to."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.descent import Plain
from engine.gradient_noise import batch_spread, one_point_gradients, running_average
from engine.schedule import Constant
from engine.shapes import Array
from engine.trace import Trace
from engine.training import Training
from engine.why import Element
from lessons.data import breast_cancer
from lessons.descent.problems import TASKS
from lessons.descent.told import told
from lessons.kit.control import Choice, Settings, Stepper
from lessons.kit.figure import Curves, Figure, Number, Series, Table
from lessons.kit.film import Film
from lessons.kit.lab import Lab

SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256)
"""A power of two each, so that the axis counts doublings."""
TABLED = (1, 4, 16, 64, 256)
BATCHES = 240
"""How many batches of each size there are in the end."""
PER_MOMENT = 6
TRAINED = {"at the start": 0, "after 1 epoch": 15, "after 10 epochs": 150}
"""Updates of 32 before the weights are held still."""
DRAWS = ("without repeats", "with repeats")
LISTED = 5
"""Weights in the table of averages: those with the largest gradient."""


@lru_cache(maxsize=4)
def points(where: str) -> Trace:
    """The gradient of every tumour alone, at weights that are held still."""
    task = TASKS["tumours"]()
    training = Training(task.x, task.target, 32, Plain(), Constant(0.1))
    state = training.start(task.network)
    for _ in range(TRAINED[where]):
        state = training.advance(state)
    run = state.network.forward(task.x, task.target)
    state.network.backward(run, need_dx=False)
    return one_point_gradients(run["out"])


@lru_cache(maxsize=8)
def drawn(size: int, repeats: bool, count: int, seed: int) -> Array:
    """Batches of one size, (BATCHES, size)."""
    rng = np.random.default_rng((seed, size))
    if repeats:
        return rng.integers(count, size=(BATCHES, size))
    rows = np.tile(np.arange(count), (BATCHES, 1))
    return rng.permuted(rows, axis=1)[:, :size]


@lru_cache(maxsize=4)
def spreads(where: str, draw: str, seed: int) -> tuple[dict[int, Trace], Array]:
    """For each size the trace of all its batches; and the scatter of the first m batches, for
    every m and size, (BATCHES, sizes)."""
    one = points(where)
    count = one["one"].shape[1]
    traces = {
        size: batch_spread(one, drawn(size, draw == "with repeats", count, seed)) for size in SIZES
    }
    so_far = np.arange(1, BATCHES + 1)
    columns = [np.sqrt(np.cumsum(trace["distance2"]) / so_far) for trace in traces.values()]
    return traces, np.stack(columns, axis=1)


def _spread_film(settings: Settings) -> Film:
    where, draw, seed = settings["where"], settings["draw"], settings["seed"]
    one = points(where)
    traces, so_far = spreads(where, draw, seed)
    doublings = np.log2(np.array(SIZES, dtype=float))
    lines = np.array([float(trace["line"]) for trace in traces.values()])
    exact = np.array([float(trace["without_repeats"]) for trace in traces.values()])
    repeats = draw == "with repeats"

    def moment(position: int) -> Figure:
        batches = (position + 1) * PER_MOMENT
        series = [Series("σ/√B", doublings, lines, letter="σ")]
        if not repeats:
            series.append(Series("no repeats", doublings, exact, letter="n"))
        series.append(Series("measured", doublings, so_far[batches - 1], letter="m"))
        curves = Curves(
            key="spread",
            title="from a batch's gradient to that of all",
            series=tuple(series),
            x_label="log2 B",
            y_label="distance",
            x_limits=(0.0, doublings[-1]),
            y_limits=(float(exact.min()) / 2, float(lines.max()) * 2),
            log_y=True,
            wide=True,
        )
        rows: list[tuple[str | Number, ...]] = []
        for size in TABLED:
            trace = batch_spread(one, traces[size]["drawn"][:batches])
            expected = "line" if repeats else "without_repeats"
            rows.append(
                (
                    str(size),
                    Number(Element(trace, "measured", ()), 3),
                    Number(Element(trace, expected, ()), 3),
                )
            )
        head = ("B", "measured", "σ/√B" if repeats else "expected")
        return Figure(
            columns=((curves,), (Table(key="sizes", head=head, rows=tuple(rows)),)),
            below=(told(f"{batches} batches of each size"),),
            caption="σ, of single points",
            focus=Element(one, "spread", ()),
        )

    return Film(BATCHES // PER_MOMENT, moment, pace=5)


def _where_control() -> Choice:
    return Choice(
        name="where", label="weights", key="w", options=tuple(TRAINED), default="at the start"
    )


def _draw_control() -> Choice:
    return Choice(name="draw", label="drawn", key="d", options=DRAWS, default=DRAWS[0])


def _seed_control() -> Stepper:
    return Stepper(name="seed", label="seed", key="s", low=0, high=99, default=0)


NOISE = Lab(
    name="noise",
    title="How noisy is a batch?",
    controls=(_where_control(), _draw_control(), _seed_control()),
    film=_spread_film,
)


@lru_cache(maxsize=8)
def averaged(where: str, draw: str, seed: int) -> Trace:
    """One epoch of single points, and the mean of their gradients as they come in."""
    one = points(where)
    count = one["one"].shape[1]
    rng = np.random.default_rng((seed, count))
    order = rng.permutation(count)
    if draw == "with repeats":
        order = rng.integers(count, size=(count,))
    return running_average(one, order)


def _average_film(settings: Settings) -> Film:
    trace = averaged(settings["where"], settings["draw"], settings["seed"])
    count = len(trace["drawn"])
    largest = np.argsort(-np.abs(trace["full"]))[:LISTED]
    names = breast_cancer()[2]
    over = np.arange(1, count + 1, dtype=float)
    distance = trace["distance"]
    top = float(distance.max())

    def moment(position: int) -> Figure:
        curves = Curves(
            key="distance",
            title="from the mean to the full gradient",
            series=(Series("distance", over[: position + 1], distance[: position + 1], "d"),),
            x_label="points so far",
            y_label="distance",
            x_limits=(0.0, float(count)),
            y_limits=(top / 2000, top * 1.2),
            log_y=True,
        )
        rows = tuple(
            (
                names[d],
                Number(Element(trace, "one", (int(d), int(trace["drawn"][position]))), 2),
                Number(Element(trace, "mean", (position, int(d))), 2),
                Number(Element(trace, "full", (int(d),)), 2),
            )
            for d in largest
        )
        head = ("weight of", "point", "mean", "all")
        return Figure(
            columns=((curves,), (Table(key="means", head=head, rows=rows),)),
            below=(told(f"the mean of {position + 1} of {count} one-point gradients"),),
            caption="from it to the full gradient",
            focus=Element(trace, "distance", (position,)),
        )

    return Film(count, moment, pace=20)


AVERAGE = Lab(
    name="average",
    title="What one-point gradients average to",
    controls=(_where_control(), _draw_control(), _seed_control()),
    film=_average_film,
)
