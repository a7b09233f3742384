"""The counter-example: small networks on XOR, where noise helps less than one might think."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.descent import Plain
from engine.fit_descent import Descent, FitState
from engine.schedule import Constant
from engine.two_hidden import TwoHidden, solved
from engine.why import Element
from lessons.descent.many import UPDATES, Many, over_updates, recorded
from lessons.descent.told import told
from lessons.kit.control import Scale, Settings
from lessons.kit.figure import Curves, Figure, Number, Series, Table
from lessons.kit.film import Film, Recorded
from lessons.kit.lab import Lab
from lessons.kit.recording import Recording

X1, X2 = np.array([0.0, 0.0, 1.0, 1.0]), np.array([0.0, 1.0, 0.0, 1.0])
TARGET = np.array([0.0, 1.0, 1.0, 0.0])
LETTERS = {4: "B", 2: "M", 1: "S"}
NAMES = {4: "batch, 4 points", 2: "mini-batch, 2", 1: "stochastic, 1"}
START_SEED = 0
PER_MOMENT = 25
PACE = 5
RATES = (0.5, 1.0, 2.0, 5.0, 10.0)


def descent(rate: float, batch: int, networks: int) -> Descent:
    """All the networks with one batch size."""
    inputs = {"x1": X1, "x2": X2}
    return Descent(TwoHidden(), inputs, TARGET, batch, Plain(), Constant(rate), runs=networks)


@lru_cache(maxsize=2)
def trained(rate: float, networks: int) -> tuple[dict[str, Descent], Recording[Many]]:
    """The trainings by the letters of their batch sizes, and their recording."""
    descents = {letter: descent(rate, size, networks) for size, letter in LETTERS.items()}
    weights = TwoHidden().start(START_SEED, networks)

    def share(letter: str, state: FitState) -> float:
        return float(solved(descents[letter].whole(state))["share"])

    return descents, recorded(descents, weights, share, PER_MOMENT)


def _film(settings: Settings) -> Film:
    networks = int(settings["starts"])
    descents, recording = trained(settings["rate"], networks)

    def moment(n: int, many: Many) -> Figure:
        curves = Curves(
            key="shares",
            title="share of networks with all points right",
            series=tuple(
                Series(NAMES[size], *over_updates(recording, letter, n, PER_MOMENT), letter=letter)
                for size, letter in LETTERS.items()
            ),
            x_label="updates",
            y_label="share",
            x_limits=(0.0, float(UPDATES)),
            y_limits=(0.0, 1.0),
            wide=True,
        )
        rows: list[tuple[str | Number, ...]] = []
        focus = None
        for letter, state in many.states.items():
            found = solved(descents[letter].whole(state))
            share = Element(found, "share", ())
            focus = focus or share
            rows.append(
                (
                    letter,
                    Number(Element(found, "solved", ()), 0),
                    Number(share, 3),
                )
            )
        return Figure(
            columns=(
                (curves,),
                (Table(key="counts", head=("", "solved", "share"), rows=tuple(rows)),),
            ),
            below=(told(f"{networks} networks after {n * PER_MOMENT} updates"),),
            caption="batch",
            focus=focus,
        )

    return Recorded(recording, moment, pace=PACE)


XOR = Lab(
    name="xor",
    title="Many small networks on XOR",
    controls=(
        Scale(name="rate", label="rate", key="l", values=RATES, default=5.0),
        Scale(name="starts", label="networks", key="s", values=(50, 100, 200), default=100),
    ),
    film=_film,
)
