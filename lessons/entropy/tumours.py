"""The same race on real data: tumours told apart by thirty measurements, with either loss."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from engine.descent import Plain
from engine.network import Layer, Network
from engine.schedule import Constant
from engine.score import score
from engine.shapes import Array
from engine.trace import Trace
from engine.training import State, Training
from engine.why import Element
from lessons.data import breast_cancer
from lessons.kit.control import Scale, Settings
from lessons.kit.figure import Curves, Figure, Number, Series, Table
from lessons.kit.film import Film, Recorded
from lessons.kit.lab import Lab
from lessons.kit.recording import Recording
from lessons.kit.words import several

UPDATES = 300
GOAL = 0.9
NAMES = ("CE", "MSE")
LETTERS = ("c", "m")


@dataclass(frozen=True, eq=False)
class Pair:
    """Where both trainings stand."""

    states: tuple[State, State]
    """With cross-entropy, and with ½(a − y)² of the sigmoid's output."""
    reached: tuple[int, int]
    """The update after which each first told GOAL of the tumours right; -1 while it has not."""

    @property
    def nbytes(self) -> int:
        return sum(state.nbytes for state in self.states)


@cache
def tumours() -> tuple[Array, Array]:
    """Measurements with the mean 0 and the standard deviation 1 each, (30,569); and 1 for a
    benign tumour, 0 for a malignant one, (1,569)."""
    x, y, _ = breast_cancer()
    standard = (x - x.mean(axis=0)) / x.std(axis=0)
    return np.ascontiguousarray(standard.T), y[None].copy()


def networks(bias: float) -> tuple[Network, Network]:
    """One neuron for each loss, with the weights 0: the same start."""
    x, _ = tumours()
    layer = Layer("neuron", "dense", {"w": np.zeros((1, len(x))), "b": np.array([bias])})
    return (
        Network((layer,), "binary_cross_entropy"),
        Network((layer, Layer("sigmoid", "sigmoid")), "half_squared_error"),
    )


@lru_cache(maxsize=4)
def trainings(rate: float) -> tuple[Training, Training]:
    """All tumours at once in every update, the same for both losses."""
    x, y = tumours()
    one = Training(x, y, y.size, Plain(), Constant(rate))
    return one, one


def judged(network: Network) -> Trace:
    """How many tumours a network tells right: malignant has the logit 0, benign the neuron's."""
    x, y = tumours()
    z = network.forward(x)["neuron"]["y"]
    return score(np.vstack([np.zeros_like(z), z]), y[0].astype(int))


def accuracy(network: Network) -> float:
    return float(judged(network)["accuracy"])


@lru_cache(maxsize=3)
def recording(bias: float, rate: float) -> Recording[Pair]:
    """Both trainings, update by update, with the accuracy after each."""
    both = trainings(rate)

    def reached(before: int, state: State) -> int:
        return state.update if before < 0 and accuracy(state.network) >= GOAL else before

    def advance(pair: Pair) -> Pair:
        one, other = (
            training.advance(state) for training, state in zip(both, pair.states, strict=True)
        )
        return Pair((one, other), (reached(pair.reached[0], one), reached(pair.reached[1], other)))

    def measure(pair: Pair) -> dict[str, float]:
        return {
            name: accuracy(state.network) for name, state in zip(NAMES, pair.states, strict=True)
        }

    one, other = (
        training.start(network) for training, network in zip(both, networks(bias), strict=True)
    )
    return Recording(
        Pair((one, other), (reached(-1, one), reached(-1, other))),
        advance,
        UPDATES,
        nbytes=lambda pair: pair.nbytes,
        measure=measure,
    )


def _film(settings: Settings) -> Film:
    bias, rate = settings["bias"], settings["rate"]
    tape = recording(bias, rate)

    def moment(position: int, pair: Pair) -> Figure:
        rows = []
        found = []
        for name, training, state, reached in zip(
            NAMES, trainings(rate), pair.states, pair.reached, strict=True
        ):
            run = training.run(state)
            right = Element(judged(state.network), "accuracy", ())
            found.append(right)
            rows.append(
                (
                    name,
                    Number(Element(run["loss"], "mean_loss", ()), 4),
                    Number(Element(run["neuron"], "db", (0,)), 4),
                    Number(right, 3),
                    f"{reached}" if reached >= 0 else "not yet",
                )
            )
        return Figure(
            columns=(
                (
                    Curves(
                        key="accuracy",
                        series=(
                            *(
                                Series(name, *tape.curve(name, position), letter)
                                for name, letter in zip(NAMES, LETTERS, strict=True)
                            ),
                            Series("goal", np.array([0.0, UPDATES]), np.full(2, GOAL), "g"),
                        ),
                        x_label="updates",
                        y_label="part told right",
                        x_limits=(0.0, float(UPDATES)),
                        y_limits=(0.0, 1.0),
                        wide=True,
                    ),
                ),
            ),
            below=(
                Table(
                    key="now",
                    head=("loss", "L", "∂L/∂b", "told right", f"{GOAL:.0%} after"),
                    rows=tuple(rows),
                ),
            ),
            caption=f"after {several(position, 'update')}, with MSE: told right ",
            focus=found[1],
        )

    return Recorded(tape, moment, pace=20)


TUMOURS = Lab(
    name="tumours",
    title="569 tumours, either loss",
    controls=(
        Scale(
            name="bias",
            label="first logit",
            key="o",
            values=(-8.0, -5.0, -3.0, -1.0, 0.0),
            default=-5.0,
        ),
        Scale(name="rate", label="rate", key="l", values=(0.1, 0.5, 2.0), default=0.5),
    ),
    film=_film,
)
