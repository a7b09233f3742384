"""The lab of anomalies: how badly a network of digits redraws what is no digit."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.autoencoder import LINEAR
from engine.network import LOSS
from engine.rank import rank
from engine.shapes import Array
from engine.trace import Trace
from engine.training import State
from engine.why import Element
from lessons.autoencoder.networks import PACE, Plan, linear_plan, recording
from lessons.autoencoder.panels import picture
from lessons.autoencoder.pictures import (
    PIXEL,
    PIXELS,
    SIDE,
    STRANGERS,
    stranger,
    unseen_digits,
)
from lessons.kit.cells import Grid
from lessons.kit.control import Choice, Scale, Settings, Stepper
from lessons.kit.figure import Bar, Bars, Figure, Formula, Number
from lessons.kit.film import Film, Recorded
from lessons.kit.lab import Lab
from lessons.kit.words import several
from lessons.own.picture_file import IMAGE, OWN, image_control, picture_of, picture_stamp
from lessons.own.resize import as_digit

MOST = 0.2
"""The right end of the axis of scores."""


@lru_cache(maxsize=6)
def _scores(plan: Plan, n: int) -> Trace:
    """The loss of every test digit, after so many updates."""
    x = unseen_digits()
    judged = recording(plan).state(n).network.forward(x, x)[LOSS]
    judged.meanings = {**judged.meanings, "target": PIXEL}
    return judged


def _picture(settings: Settings) -> Array:
    """What was drawn, else the learner's own picture, else one of ours, (64,). Errors: ValueError
    for a file that is no picture, or shows nothing."""
    if settings["drawing"]:
        return np.array(settings["drawing"], dtype=float).reshape(PIXELS)
    if settings["picture"] == OWN:
        return as_digit(picture_of(picture_stamp(settings[IMAGE]))).reshape(PIXELS)
    return stranger(settings["picture"], settings["digit"], settings["another"])


def _film(settings: Settings) -> Film:
    code = int(settings["code"])
    plan = linear_plan(code) if settings["network"] == LINEAR else Plan(code)
    kept, x = recording(plan), _picture(settings)
    called = str(settings["picture"])
    if settings["drawing"]:
        called = "your drawing"
    elif called == OWN:
        called = "your picture"

    def moment(n: int, state: State) -> Figure:
        judged = state.network.forward(x, x)[LOSS]
        judged.meanings = {**judged.meanings, "target": PIXEL}
        others = _scores(plan, n)
        placed = rank(float(judged["loss"]), others["loss"])
        placed.link("score", judged, "loss")
        placed.link("other", others, "loss")
        score = Element(placed, "score", ())
        bars = (
            Bar("this picture", (Number(score, 4),), marked=True),
            Bar("mean of digits", (Number(Element(placed, "mean", ()), 4),)),
            Bar("worst digit", (Number(Element(placed, "largest", ()), 4),)),
        )
        return Figure(
            columns=(
                (picture("in", called, judged, "target", edits="drawing"),),
                (picture("out", "reconstruction", judged, "y"),),
                (picture("error", "difference", judged, "difference", signed=True),),
            ),
            below=(
                Bars(
                    key="scores",
                    title="score: mean squared error",
                    bars=bars,
                    limits=(0.0, MOST),
                ),
                Formula(
                    key="rank",
                    lines=(
                        (
                            "test digits with a smaller score: ",
                            Number(Element(placed, "share", ()), 3),
                            " of all",
                        ),
                    ),
                ),
            ),
            caption=f"after {several(n, 'update')}, the score of this picture: ",
            focus=score,
        )

    return Recorded(kept, moment, pace=PACE)


ANOMALY = Lab(
    name="anomaly",
    title="Is that a digit?",
    controls=(
        Choice(
            name="picture",
            label="picture",
            key="i",
            options=(*STRANGERS, OWN),
            default="digit",
            resets=("drawing",),
        ),
        Stepper(
            name="digit", label="digit", key="d", low=0, high=9, default=3, resets=("drawing",)
        ),
        Stepper(
            name="another", label="another", key="a", low=0, high=30, default=0,
            resets=("drawing",),
        ),
        image_control(sets=(("picture", OWN),), resets=("drawing",)),
        Scale(name="code", label="code", key="c", values=(2.0, 8.0, 32.0, 64.0), default=8.0),
        Choice(
            name="network",
            label="network",
            key="w",
            options=("relu", LINEAR),
            default="relu",
        ),
        Grid(name="drawing", label="your drawing", size=(SIDE, SIDE), paints=True, bound=1.0),
    ),
    film=_film,
)
