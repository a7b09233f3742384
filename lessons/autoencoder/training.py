"""The lab in which an autoencoder learns: pictures, reconstructions and errors while it does."""

from __future__ import annotations

import numpy as np

from engine.network import LOSS
from engine.training import State
from engine.why import Element
from lessons.autoencoder.networks import PACE, RULES, Plan, recording
from lessons.autoencoder.panels import error_curves, pictures
from lessons.autoencoder.pictures import PIXEL, one_of_each
from lessons.kit.control import Choice, Scale, Settings, Stepper
from lessons.kit.figure import Figure
from lessons.kit.film import Film, Recorded
from lessons.kit.lab import Lab
from lessons.kit.words import several

CODES = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)
RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
KINDS = ((3, 5, 8), (1, 4, 9), (2, 7, 0), (6, 5, 3))
"""The digits that are looked at together."""
HIGHEST = 0.12
"""The upper end of the axis of errors; a network that knows nothing starts somewhat above."""


def _film(settings: Settings) -> Film:
    plan = Plan(
        int(settings["code"]),
        activation=settings["activation"],
        optimiser=settings["optimiser"],
        rate=settings["rate"],
    )
    kept = recording(plan)
    x = one_of_each(settings["digits"], KINDS[settings["digits"] % len(KINDS)])

    def moment(n: int, state: State) -> Figure:
        with np.errstate(over="ignore", invalid="ignore"):
            run = state.network.forward(x, x)
        judged = run[LOSS]
        judged.meanings = {**judged.meanings, "target": PIXEL}
        return Figure(
            columns=(
                (
                    pictures("in", "input = target", judged, "target"),
                    pictures("out", "reconstruction", judged, "y"),
                    pictures("error", "difference", judged, "difference", signed=True),
                ),
                (error_curves(kept, n, plan.updates, HIGHEST),),
            ),
            caption=f"after {several(n, 'update')}, the error of these three: ",
            focus=Element(judged, "mean_loss", ()),
        )

    return Recorded(kept, moment, pace=PACE)


TRAINING = Lab(
    name="training",
    title="An autoencoder learns",
    controls=(
        Scale(name="code", label="code", key="c", values=CODES, default=8.0),
        Choice(
            name="activation",
            label="activation",
            key="a",
            options=("relu", "tanh", "sigmoid", "linear"),
            default="relu",
        ),
        Choice(
            name="optimiser", label="optimiser", key="o", options=tuple(RULES), default="Adam"
        ),
        Scale(name="rate", label="rate", key="l", values=RATES, default=0.01),
        Stepper(name="digits", label="digits", key="d", low=0, high=8, default=0),
    ),
    film=_film,
)
