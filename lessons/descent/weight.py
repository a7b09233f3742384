"""The lab with one weight: the loss as a curve, a point on it, the gradient as its tangent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.descent import Plain
from engine.fit_descent import Descent
from engine.schedule import Constant
from engine.shapes import Array
from engine.trace import Trace
from engine.why import Element
from lessons.descent.problems import Points, lynx_wave, sunspot_line
from lessons.descent.told import told
from lessons.kit.control import Choice, Scale, Settings, Stepper
from lessons.kit.figure import Curves, Figure, Formula, Number, Series
from lessons.kit.film import Film
from lessons.kit.lab import Lab

UPDATES = 40
PACE = 5
PLACES = 20
"""The starts, from the left end of the picture to the right."""
CURVE_POINTS = 281
RATES = (0.01, 0.03, 0.1, 0.3, 0.5, 0.9, 1.0, 1.5, 1.9, 2.0, 2.1, 2.5, 3.0)


@dataclass(frozen=True)
class Scene:
    """What is fitted, and the part of the loss that is in the picture."""

    points: Points
    low: float
    high: float
    top: float


def scene(name: str) -> Scene:
    """The scene of that name."""
    if name == "sunspots":
        return Scene(sunspot_line(), -1.6, 3.4, 3.5)
    return Scene(lynx_wave(), 3.0, 10.0, 1.0)


@lru_cache(maxsize=4)
def loss_curve(name: str) -> tuple[Array, Array]:
    """Weights over the picture, and the loss of each."""
    here = scene(name)
    w = np.linspace(here.low, here.high, CURVE_POINTS)
    model = here.points.model
    return w, model.trace(here.points.inputs, here.points.y, {"w": w})["loss"]


@lru_cache(maxsize=16)
def walk(name: str, rate: float, place: int) -> tuple[tuple[Trace, Trace], ...]:
    """For every moment the pass over all points, and the step that leaves it; linked, so that a
    weight leads back to the step that gave it."""
    here = scene(name)
    points = here.points
    descent = Descent(points.model, points.inputs, points.y, len(points.y), Plain(), Constant(rate))
    state = descent.start({"w": here.low + (here.high - here.low) * place / PLACES})
    moments: list[tuple[Trace, Trace]] = []
    for _ in range(UPDATES + 1):
        run = descent.run(state)
        step = descent.step(state, run).traces["w"]
        if moments:
            before = moments[-1][1]
            run.link("w", before, "w_new")
            step.link("w", before, "w_new")
        moments.append((run, step))
        state = descent.advance(state)
    return tuple(moments)


def began_to_diverge(losses: Array) -> int | None:
    """The update from which on every update raised the loss, to above the start's and at least
    three in a row; None where it is not so. losses: one for each moment so far."""
    rising = 0
    while rising < len(losses) - 1 and losses[-1 - rising] > losses[-2 - rising]:
        rising += 1
    if rising < 3 or losses[-1] <= losses[0]:
        return None
    return len(losses) - rising


def _film(settings: Settings) -> Film:
    name, rate, place = settings["data"], settings["rate"], settings["start"]
    here = scene(name)
    moments = walk(name, rate, place)
    w, loss = loss_curve(name)
    path = np.array([float(run["w"]) for run, _ in moments])
    height = np.array([float(run["loss"]) for run, _ in moments])
    reach = (here.high - here.low) / 8

    def moment(n: int) -> Figure:
        run, step = moments[n]
        at, slope = path[n], float(run["dw"])
        inside = (path >= here.low) & (path <= here.high) & (height <= here.top)
        seen = np.flatnonzero(inside[: n + 1])
        tangent = np.array([max(at - reach, here.low), min(at + reach, here.high)])
        series = [Series("loss", w, np.where(loss <= here.top, loss, np.nan), letter="L")]
        if inside[n]:
            rise = height[n] + slope * (tangent - at)
            shown = (rise >= 0) & (rise <= here.top)
            if not shown.all():  # cut the line where it leaves the picture
                bound = np.clip(rise, 0.0, here.top)
                tangent = at + (bound - height[n]) / slope
                rise = bound
            series.append(Series("gradient", tangent, rise, letter="g"))
        series.append(Series("steps so far", path[seen], height[seen], letter="s"))
        curves = Curves(
            key="curve",
            title=f"the loss for each weight: {name}",
            series=tuple(series),
            x_label="w",
            y_label="L",
            marked=(float(at), float(height[n])) if inside[n] else None,
            x_limits=(here.low, here.high),
            y_limits=(0.0, here.top),
            wide=True,
        )
        lines = (
            ("w     = ", Number(Element(run, "w", ()), 3)),
            ("L     = ", Number(Element(run, "loss", ()), 4)),
            ("dL/dw = ", Number(Element(run, "dw", ()), 3)),
            ("w − rate · dL/dw",),
            ("      = ", Number(Element(step, "w_new", ()), 3)),
        )
        return Figure(
            columns=((curves,), (Formula(key="step", title="the next step", lines=lines),)),
            below=(told(_said(n, height[: n + 1], bool(inside[n]))),),
            focus=Element(run, "loss", ()),
        )

    return Film(UPDATES + 1, moment, pace=PACE)


def _said(n: int, losses: Array, inside: bool) -> str:
    words = f"after update {n}" if n else "before the first update"
    began = began_to_diverge(losses)
    if began is not None:
        words += f": diverging since update {began}"
    return words + ("" if inside else "; w has left the picture")


WEIGHT = Lab(
    name="weight",
    title="One weight goes downhill",
    controls=(
        Choice(
            name="data", label="data", key="d", options=("sunspots", "lynx"), default="sunspots"
        ),
        Scale(name="rate", label="rate", key="l", values=RATES, default=0.3),
        Stepper(name="start", label="start", key="s", low=0, high=PLACES, default=2),
    ),
    film=_film,
)
