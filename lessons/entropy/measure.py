"""Where MSE is the right loss: a measurement is predicted, by a neuron without a sigmoid."""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np

from engine.descent import Plain
from engine.network import Layer, Network
from engine.notation import format_number
from engine.schedule import Constant
from engine.shapes import Array
from engine.training import State, Training
from engine.why import Element
from lessons.data import breast_cancer
from lessons.kit.control import Choice, Scale, Settings
from lessons.kit.figure import Curves, Figure, Number, Plane, Points, Series, Table
from lessons.kit.film import Film, Recorded
from lessons.kit.lab import Lab
from lessons.kit.recording import Recording
from lessons.kit.training import LOSS, recorded
from lessons.kit.words import several

UPDATES = 60
SHOWN = 12
"""Every twelfth tumour is drawn; all are learned from."""
LOSSES = {"½MSE": "half_squared_error", "CE": "binary_cross_entropy"}
TRAIT, WORST = "mean radius", "worst radius"


@cache
def radii() -> tuple[Array, Array]:
    """The mean and the largest radius of the nuclei of each tumour, both (1,569), with the mean 0
    and the standard deviation 1."""
    x, _, names = breast_cancer()
    mean, worst = (x[:, names.index(name)] for name in (TRAIT, WORST))
    first, second = ((one - one.mean()) / one.std() for one in (mean, worst))
    return first[None], second[None]


@lru_cache(maxsize=4)
def _training(rate: float) -> Training:
    x, y = radii()
    return Training(x, y, x.size, Plain(), Constant(rate))


@lru_cache(maxsize=4)
def recording(bias: float, rate: float, loss: str) -> Recording[State]:
    """The training, with the whole data in every update. Errors: ValueError from a loss that the
    data does not fit."""
    layer = Layer("neuron", "dense", {"w": np.zeros((1, 1)), "b": np.array([bias])})
    network = Network((layer,), LOSSES[loss])
    training = _training(rate)
    try:
        training.run(training.start(network))
    except ValueError as error:
        _, y = radii()
        raise ValueError(
            f"Cross-entropy wants a target from 0 to 1. These radii go from "
            f"{format_number(y.min(), 2)} to {format_number(y.max(), 2)}: no probabilities."
        ) from error
    return recorded(training, network, UPDATES)


def _film(settings: Settings) -> Film:
    rate = settings["rate"]
    tape = recording(settings["bias"], rate, settings["loss"])
    x, y = radii()
    ends = np.array([-3.0, 4.0])

    def moment(position: int, state: State) -> Figure:
        run = _training(rate).run(state)
        neuron, loss = run["neuron"], run["loss"]
        w, b = (float(state.network.parameters[f"neuron.{name}"].item()) for name in "wb")
        mean = Element(loss, "mean_loss", ())
        updates, losses = tape.curve(LOSS, position)
        return Figure(
            columns=(
                (
                    Plane(
                        key="plane",
                        title="a dot a tumour; w the line",
                        groups=(
                            Points("·", x[0, ::SHOWN], y[0, ::SHOWN]),
                            Points("w", ends, w * ends + b, path=True),
                        ),
                        x_limits=(-3.0, 4.0),
                        y_limits=(-5.0, 5.0),
                        x_label=TRAIT,
                        y_label=WORST,
                    ),
                ),
                (
                    Curves(
                        key="loss",
                        series=(Series("½MSE", updates, losses),),
                        x_label="updates",
                        y_label="loss",
                        x_limits=(0.0, float(UPDATES)),
                        y_limits=(0.0, 15.0),
                    ),
                ),
            ),
            below=(
                Table(
                    key="now",
                    head=("w", "b", "L", "∂L/∂b = mean of z − y"),
                    rows=(
                        (
                            Number(Element(neuron, "w", (0, 0)), 4),
                            Number(Element(neuron, "b", (0,)), 4),
                            Number(mean, 4),
                            Number(Element(neuron, "db", (0,)), 4),
                        ),
                    ),
                ),
            ),
            caption=f"after {several(position, 'update')}, the loss: ",
            focus=mean,
        )

    return Recorded(tape, moment, pace=5)


MEASURE = Lab(
    name="measure",
    title="A number to predict, not a class",
    controls=(
        Scale(
            name="bias",
            label="first output",
            key="o",
            values=(-5.0, -3.0, 0.0, 3.0),
            default=-5.0,
        ),
        Scale(name="rate", label="rate", key="l", values=(0.02, 0.1, 0.5), default=0.1),
        Choice(name="loss", label="loss", key="s", options=tuple(LOSSES), default="½MSE"),
    ),
    film=_film,
)
