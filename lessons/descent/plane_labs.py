"""The labs on a plane of two weights: paths that differ in their batches, rules or schedules."""

from __future__ import annotations

import numpy as np

from engine.descent import Momentum, Plain
from engine.schedule import Constant
from engine.shapes import Array
from engine.why import Element
from lessons.descent.paths import (
    PLACES,
    SCHEDULE_LETTERS,
    Paths,
    Positions,
    Walker,
    lost,
    lowest,
    paths,
    rules,
    schedules,
    start_controls,
)
from lessons.descent.told import told
from lessons.kit.control import Choice, Scale, Settings
from lessons.kit.figure import Curves, Figure, Number, Series, Table
from lessons.kit.film import Film, Recorded
from lessons.kit.lab import Lab

PACE = 20
RATES = (0.01, 0.03, 0.1, 0.3, 0.5, 1.0, 1.1, 1.5, 2.0)
BATCHES = ("1", "4", "16", "64", "all")
SCHEDULED = 240
"""Updates of the lab on schedules."""


def _batch(text: str) -> int | None:
    return None if text == "all" else int(text)


def _compared(shown: Paths, first: str) -> Film:
    """Paths on the plane beside the table of their losses; the caption is about the first one."""

    def moment(n: int, positions: Positions) -> Figure:
        table, focus = shown.table(positions)
        return Figure(
            columns=((shown.plane(n, positions, ("u", "v")),), (table,)),
            below=(told(shown.said(n, positions)),),
            caption=first,
            focus=focus,
        )

    return Recorded(shown.recording, moment, pace=PACE)


def _landscape_film(settings: Settings) -> Film:
    rate, kept = settings["rate"], settings["momentum"]
    rule = Momentum(kept) if kept else Plain()
    sizes = (
        ("B", "batch", None),
        ("M", "mini-batch", int(settings["batch"])),
        ("S", "stochastic", 1),
    )
    walkers = tuple(
        Walker(letter, label, size, rule, Constant(rate)) for letter, label, size in sizes
    )
    shown = paths(settings["data"], (settings["u"], settings["v"]), walkers)
    return _compared(shown, "batch")


LANDSCAPE = Lab(
    name="landscape",
    title="Three paths over two weights",
    controls=(
        Choice(name="data", label="loss", key="d", options=tuple(PLACES), default="valley"),
        Scale(name="rate", label="rate", key="l", values=RATES, default=0.1),
        Scale(name="batch", label="mini-batch", key="m", values=(2, 4, 8, 16, 32, 64), default=16),
        Scale(name="momentum", label="momentum", key="o", values=(0.0, 0.5, 0.9), default=0.0),
        *start_controls(-1.5, 1.5),
    ),
    film=_landscape_film,
)


def _rules_film(settings: Settings) -> Film:
    letters = ("p", "m", "N", "A")
    walkers = tuple(
        Walker(letter, name, _batch(settings["batch"]), rule, Constant(settings["rate"]))
        for letter, (name, rule) in zip(letters, rules(settings["momentum"]).items(), strict=True)
    )
    shown = paths(settings["data"], (settings["u"], settings["v"]), walkers)
    return _compared(shown, "plain")


RULES = Lab(
    name="rules",
    title="Four update rules",
    controls=(
        Choice(name="data", label="loss", key="d", options=tuple(PLACES), default="valley"),
        Scale(name="rate", label="rate", key="l", values=RATES, default=0.03),
        Scale(
            name="momentum",
            label="momentum",
            key="o",
            values=(0.0, 0.5, 0.8, 0.9, 0.95),
            default=0.9,
        ),
        Choice(name="batch", label="batch size", key="m", options=BATCHES, default="all"),
        *start_controls(-1.5, 1.5),
    ),
    film=_rules_film,
)


def _schedules_film(settings: Settings) -> Film:
    named = schedules(settings["rate"], SCHEDULED)
    walkers = tuple(
        Walker(letter, name, _batch(settings["batch"]), Plain(), schedule)
        for letter, (name, schedule) in zip(SCHEDULE_LETTERS, named.items(), strict=True)
    )
    shown = paths(settings["data"], (settings["u"], settings["v"]), walkers, SCHEDULED)
    floor = lowest(settings["data"])
    updates = np.arange(SCHEDULED + 1)
    over = {
        walker.letter: np.array([walker.schedule.rate(int(n)) for n in updates])
        for walker in walkers
    }

    def moment(n: int, positions: Positions) -> Figure:
        rates = Curves(
            key="rates",
            title="the learning rate",
            series=tuple(
                Series(walker.label, updates[: n + 1], over[walker.letter][: n + 1], walker.letter)
                for walker in walkers
            ),
            x_label="update",
            y_label="rate",
            x_limits=(0.0, float(SCHEDULED)),
            y_limits=(0.0, settings["rate"] * 1.05),
        )
        losses = Curves(
            key="losses",
            title="loss above the lowest there is",
            series=tuple(
                Series(
                    walker.label,
                    *_above(shown, walker.letter, floor, n),
                    letter=walker.letter,
                )
                for walker in walkers
            ),
            x_label="update",
            y_label="above",
            x_limits=(0.0, float(SCHEDULED)),
            y_limits=(1e-5, 3.0),
            log_y=True,
        )
        rows: list[tuple[str | Number, ...]] = []
        focus = None
        for walker, descent, state in shown.each(positions):
            name = f"{walker.letter} {walker.label}"
            rate = Number(Element(walker.schedule.trace(n), "rate", ()), 4)
            if lost(state):
                rows.append((name, rate, "diverged"))
                continue
            loss = Element(descent.whole(state), "loss", ())
            focus = focus or loss
            rows.append((name, rate, Number(loss, 4)))
        return Figure(
            columns=((rates,), (losses,)),
            below=(Table(key="runs", head=("schedule", "rate", "loss"), rows=tuple(rows)),),
            caption="constant",
            focus=focus,
        )

    return Recorded(shown.recording, moment, pace=PACE)


def _above(shown: Paths, letter: str, floor: float, n: int) -> tuple[Array, Array]:
    at, losses = shown.recording.curve(f"{letter} loss", n)
    return at, losses - floor


SCHEDULES = Lab(
    name="schedules",
    title="Four schedules for the learning rate",
    controls=(
        Choice(name="data", label="loss", key="d", options=tuple(PLACES), default="valley"),
        Scale(name="rate", label="highest rate", key="l", values=RATES, default=0.3),
        Choice(name="batch", label="batch size", key="m", options=BATCHES, default="4"),
        *start_controls(-1.5, 1.5),
    ),
    film=_schedules_film,
)
