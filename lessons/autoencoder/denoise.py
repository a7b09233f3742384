"""The lab of denoising: the input is noisy, the target is not."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from engine.autoencoder import LINEAR
from engine.conv_place import renamed
from engine.loss import mean_squared_error
from engine.network import LOSS
from engine.shapes import Array
from engine.trace import Trace
from engine.training import State
from engine.why import Element
from lessons.autoencoder.components import best_pca, pca_error
from lessons.autoencoder.networks import PACE, Plan, linear_plan, recording
from lessons.autoencoder.panels import error_curves, pictures
from lessons.autoencoder.pictures import PIXEL, column_of, noisy_digits, unseen_digits
from lessons.autoencoder.training import KINDS
from lessons.kit.control import Choice, Scale, Settings, Stepper
from lessons.kit.figure import Figure, Number, Table
from lessons.kit.film import Film, Recorded
from lessons.kit.lab import Lab
from lessons.kit.words import several

HIGHEST = 0.1


@cache
def _given(sigma: float) -> Trace:
    """How far the noisy digits are from the clean ones."""
    noise = noisy_digits(sigma)
    judged = renamed(mean_squared_error(noise["y"], unseen_digits()), target=PIXEL)
    judged.link("y", noise, "y")
    return judged


def _columns(settings: Settings) -> Array:
    which = settings["digits"]
    return np.array([column_of(kind, which) for kind in KINDS[which % len(KINDS)]])


def _some(trace: Trace, columns: Array) -> Trace:
    """The noise of a few of the digits."""
    arrays = {name: array[:, columns] for name, array in trace.arrays.items()}
    return Trace(
        trace.operation,
        arrays,
        trace.relations,
        trace.constants,
        batched=True,
        meanings=trace.meanings,
    )


def _film(settings: Settings) -> Film:
    sigma = settings["noise"]
    code = int(settings["code"])
    plan = replace(
        linear_plan(code) if settings["network"] == LINEAR else Plan(code),
        noise=sigma if settings["trained"] == "noisy" else 0.0,
        test_noise=sigma,
    )
    kept, clean = recording(plan), unseen_digits()
    columns = _columns(settings)
    some = _some(noisy_digits(sigma), columns)
    components, left = best_pca(sigma)
    given = Number(Element(_given(sigma), "mean_loss", ()), 4)
    linear = Number(Element(pca_error(components, sigma), "mean_loss", ()), 4)

    def moment(n: int, state: State) -> Figure:
        judged = state.network.forward(noisy_digits(sigma)["y"], clean)[LOSS]
        few = state.network.forward(some["y"], clean[:, columns])[LOSS]
        for trace in (judged, few):
            trace.meanings = {**trace.meanings, "target": PIXEL}
        error = Element(judged, "mean_loss", ())
        rows = (
            ("as given", given),
            ("best PCA", linear),
            ("network", Number(error, 4)),
        )
        return Figure(
            columns=(
                (
                    pictures("in", "input: noisy", some, "y"),
                    pictures("out", "output", few, "y"),
                    pictures("target", "target: clean", few, "target"),
                ),
                (
                    error_curves(kept, n, plan.updates, HIGHEST, (("best PCA", left),)),
                    Table(key="errors", head=("test", "error"), rows=rows),
                ),
            ),
            caption=f"after {several(n, 'update')}, the error of the test digits: ",
            focus=error,
        )

    return Recorded(kept, moment, pace=PACE)


DENOISE = Lab(
    name="denoise",
    title="Taking noise away",
    controls=(
        Scale(
            name="noise", label="noise σ", key="s", values=(0.0, 0.1, 0.2, 0.3, 0.5), default=0.3
        ),
        Choice(
            name="trained",
            label="trained on",
            key="t",
            options=("noisy", "clean"),
            default="noisy",
        ),
        Scale(
            name="code", label="code", key="c", values=(2.0, 8.0, 16.0, 32.0, 64.0), default=16.0
        ),
        Choice(
            name="network",
            label="network",
            key="w",
            options=("relu", LINEAR),
            default="relu",
        ),
        Stepper(name="digits", label="digits", key="d", low=0, high=8, default=0),
    ),
    film=_film,
)
