"""The race of two losses: one sigmoid neuron, trained twice from the same start."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from engine.neuron import train_neuron
from engine.trace import Trace
from engine.why import Element
from lessons.kit.control import Choice, Scale, Settings
from lessons.kit.figure import Curves, Figure, Formula, Line, Number, Series, Table
from lessons.kit.film import Film
from lessons.kit.lab import Lab
from lessons.kit.words import several

UPDATES = 150
LOSSES = {"CE": "cross_entropy", "MSE": "half_squared_error"}
"""What the two runs are called; MSE stands for ½(a − y)², whose gradient has no 2."""
SHOWN = ("output", "slope")
"""Output and gradient, or loss and slope: where there is room, all four curves are shown."""
LETTERS = {"CE": "c", "MSE": "m"}


@lru_cache(maxsize=16)
def _runs(output: float, target: float, rate: float) -> dict[str, Trace]:
    start = math.log(output / (1 - output))
    return {
        name: train_neuron(1.0, target, 0.0, start, loss, rate, UPDATES)
        for name, loss in LOSSES.items()
    }


def _film(settings: Settings) -> Film:
    target = float(settings["target"])
    runs = _runs(settings["output"], target, settings["rate"])
    updates = np.arange(UPDATES + 1.0)

    def curves(
        name: str,
        label: str,
        limits: tuple[float, float],
        so_far: slice,
        *,
        log_y: bool = False,
        spare: bool = False,
    ) -> Curves:
        return Curves(
            key=name,
            series=tuple(
                Series(run, updates[so_far], np.abs(trace[name][so_far]), LETTERS[run])
                for run, trace in runs.items()
            ),
            x_label="updates",
            y_label=label,
            x_limits=(0.0, float(UPDATES)),
            y_limits=limits,
            log_y=log_y,
            spare=spare,
        )

    highest = max(float(trace["loss"].max()) for trace in runs.values())
    smallest = min(float(np.abs(trace["dz"]).min()) for trace in runs.values())
    loss_limits = (0.0, max(1.1 * highest, 0.1))
    first = settings["curves"] == SHOWN[0]
    gradient_limits = (max(smallest, 1e-6), 1.0)

    def moment(position: int) -> Figure:
        so_far = slice(position + 1)

        def number(run: str, name: str, decimals: int = 4) -> Number:
            return Number(Element(runs[run], name, (position,)), decimals)

        rows: list[tuple[str | Number, ...]] = [
            (run, *[number(run, name, 6) for name in ("z", "a", "loss", "slope", "dz")])
            for run in runs
        ]
        mse: Line = (
            "MSE  ∂L/∂z = (a − y) · σ′ = ",
            number("MSE", "da", 6),
            " · ",
            number("MSE", "slope", 6),
            " = ",
            number("MSE", "dz", 6),
        )
        output = curves("a", "output a", (0.0, 1.0), so_far, spare=not first)
        gradient = curves(
            "dz", "size of ∂L/∂z", gradient_limits, so_far, log_y=True, spare=not first
        )
        loss = curves("loss", "loss L", loss_limits, so_far, spare=first)
        slope = curves("slope", "σ′ = a(1 − a)", (0.0, 0.25), so_far, spare=first)
        return Figure(
            columns=(
                (output, loss) if first else (loss, output),
                (gradient, slope) if first else (slope, gradient),
            ),
            below=(
                Table(key="now", head=("loss", "z", "a", "L", "σ′", "∂L/∂z"), rows=tuple(rows)),
                Formula(key="plateau", lines=(mse,)),
            ),
            caption=f"after {several(position, 'update')}; gradient of MSE on the logit: ",
            focus=number("MSE", "dz").element,
        )

    return Film(UPDATES + 1, moment, pace=10)


RACE = Lab(
    name="race",
    title="Cross-entropy against MSE, one neuron",
    controls=(
        Scale(
            name="output",
            label="first output",
            key="o",
            values=(0.001, 0.01, 0.1, 0.5, 0.9),
            default=0.01,
        ),
        Choice(name="curves", label="curves", key="c", options=SHOWN, default=SHOWN[0]),
        Choice(name="target", label="target", key="t", options=("1", "0"), default="1"),
        Scale(name="rate", label="rate", key="l", values=(0.1, 0.3, 1.0, 3.0, 10.0), default=1.0),
    ),
    film=_film,
)
