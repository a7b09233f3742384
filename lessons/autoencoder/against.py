"""The labs that hold autoencoders against PCA: by their errors, then by their directions."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from engine.autoencoder import OUT
from engine.network import LOSS
from engine.subspace import principal_angles
from engine.tiles import tiles
from engine.trace import Trace
from engine.training import State
from engine.why import Element
from lessons.autoencoder.components import directions, pca_error, rebuilt
from lessons.autoencoder.networks import (
    BENT_TEST,
    LINEAR_TEST,
    PACE,
    Plan,
    Race,
    linear_plan,
    race,
    recording,
)
from lessons.autoencoder.panels import error_curves, picture
from lessons.autoencoder.pictures import PIXEL, SIDE, column_of, unseen_digits
from lessons.kit.control import Scale, Settings, Stepper
from lessons.kit.figure import Figure, Maps, Matrix, Number, Table, View
from lessons.kit.film import Film, Recorded
from lessons.kit.lab import Lab
from lessons.kit.words import several

HIGHEST = 0.1
STRONGEST = 0.35
"""The largest part of a direction that a map of directions tells apart."""


def _errors(settings: Settings) -> Film:
    code = int(settings["code"])
    kept, x = race(code), unseen_digits()
    column = column_of(settings["digit"], settings["another"])
    one = x[:, column]
    baseline = pca_error(code)
    drawn = rebuilt(one, one, code)
    best = Number(Element(baseline, "mean_loss", ()), 4)

    def moment(n: int, state: Race) -> Figure:
        linear, bent = (side.network.forward(x, x)[LOSS] for side in (state.linear, state.bent))
        networks = [side.network.forward(one, one)[LOSS] for side in (state.linear, state.bent)]
        for trace in (linear, bent, *networks):
            trace.meanings = {**trace.meanings, "target": PIXEL}
        rows = (
            ("PCA", best),
            ("linear", Number(Element(linear, "mean_loss", ()), 4)),
            ("with relu", Number(Element(bent, "mean_loss", ()), 4)),
        )
        return Figure(
            columns=(
                (
                    picture("in", "input", drawn, "target"),
                    picture("pca", "PCA", drawn, "y", spare=True),
                    picture("linear", "linear", networks[0], "y"),
                    picture("bent", "with relu", networks[1], "y"),
                ),
                (
                    error_curves(
                        kept,
                        n,
                        linear_plan(code).updates,
                        HIGHEST,
                        (("PCA", best.element.value),),
                        ((LINEAR_TEST, "linear"), (BENT_TEST, "with relu")),
                    ),
                    Table(key="errors", head=("test", "error"), rows=rows),
                ),
            ),
            caption=f"after {several(n, 'update')}, the error of the linear one: ",
            focus=Element(linear, "mean_loss", ()),
        )

    return Recorded(kept, moment, pace=PACE)


AGAINST = Lab(
    name="against",
    title="Against PCA",
    controls=(
        Scale(name="code", label="code", key="c", values=(2.0, 4.0, 8.0, 16.0), default=8.0),
        Stepper(name="digit", label="digit", key="d", low=0, high=9, default=3),
        Stepper(name="another", label="another", key="a", low=0, high=30, default=0),
    ),
    film=_errors,
)


def _plan(settings: Settings) -> Plan:
    return replace(linear_plan(settings["code"]), seed=settings["start"])


@lru_cache(maxsize=8)
def _angles(plan: Plan, n: int) -> Trace:
    """The decoder's directions, a column for each number of the code, against the components."""
    network = recording(plan).state(n).network
    trace = principal_angles(
        network.parameters[f"{OUT}.w"], directions()["component"][: plan.code].T
    )
    trace.meanings = {
        **trace.meanings,
        "a": "a weight of the decoder: its direction for one number of the code",
        "b": "part of a principal component",
    }
    return trace


def _drawn(key: str, title: str, trace: Trace, name: str, scale: float) -> Maps:
    """Directions as signed pictures."""
    laid = tiles(trace[name], SIDE, trace.meanings[name])
    return Maps(
        key=key, title=title, view=View(laid, "tile"), limits=(0.0, scale), signed=True
    )


def _axes(settings: Settings) -> Film:
    plan = _plan(settings)
    kept, count = recording(plan), plan.code
    numbers = tuple(str(k) for k in range(count))

    def moment(n: int, state: State) -> Figure:
        trace = _angles(plan, n)
        longest = float(trace["length_a"].max())
        return Figure(
            columns=(
                (
                    _drawn("components", "principal components", trace, "b", STRONGEST),
                    _drawn("decoder", "decoder's directions", trace, "a", STRONGEST * longest),
                ),
                (
                    Matrix(
                        key="angles",
                        title="angles between the spaces",
                        view=View(trace, "angle"),
                        decimals=1,
                        row_names=("degrees",),
                    ),
                    Matrix(
                        key="axes",
                        title="cosine, direction · component",
                        view=View(trace, "alignment"),
                        row_names=tuple(f"direction {k}" for k in numbers),
                        column_names=tuple(f"comp. {k}" for k in numbers),
                    ),
                ),
            ),
            caption=f"after {several(n, 'update')}, the largest angle in degrees: ",
            focus=Element(trace, "angle", (count - 1,)),
        )

    return Recorded(kept, moment, pace=PACE)


AXES = Lab(
    name="axes",
    title="The same space, other axes",
    controls=(
        Stepper(name="code", label="code", key="c", low=1, high=4, default=3),
        Stepper(name="start", label="start", key="s", low=0, high=5, default=3),
    ),
    film=_axes,
)
