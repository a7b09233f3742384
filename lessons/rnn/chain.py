"""The long chain: what is left of ∂L/∂h on its way back, and what tanh and W each make of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.clipped_share import clipped_share
from engine.clipping import clip_gradients
from engine.gradient_steps import gradient_steps
from engine.long_chain import rnn_chain
from engine.recurrent_init import largest_stretch, rnn_parameters
from engine.sequence import run_sequence
from engine.series import read_series
from engine.shapes import Array
from engine.trace import Trace
from engine.why import Element
from lessons.kit.control import Choice, Scale, Settings, Stepper
from lessons.kit.figure import (
    Curves,
    Figure,
    Formula,
    Line,
    Note,
    Number,
    Series,
    Timeline,
    TimeRow,
    View,
)
from lessons.kit.film import Film
from lessons.kit.lab import Lab
from lessons.kit.words import several
from lessons.rnn.series import series

HIDDEN = 16
RADII = (0.5, 0.7, 0.9, 1.0, 1.1, 1.3, 1.6, 2.0, 3.0)
LOUDNESS = (0.0, 0.1, 0.3, 1.0)
CLIPS = ("no clipping", "clip 1")
NO_LIMIT = 1e300
PACE = 5
EARLY = 0.2
"""The part of the steps, from the first, that counts as early."""
POWERS = (1e-10, 1e10)
"""The ends of the axis: further off is drawn at the edge."""
VANISHING, KEPT, EXPLODING = "vanishing", "neither", "exploding"
"""What to call what is left: less than a hundredth, more than a hundred times, or between."""


@dataclass(frozen=True, eq=False)
class Chain:
    """A network that reads many steps and is judged after the last one alone."""

    model: Trace
    chain: Trace
    clipped: Trace
    share: Trace
    stretch: float
    """The largest singular value of W."""


@lru_cache(maxsize=16)
def chain(steps: int, radius: float, loudness: float, clip: float | None, seed: int) -> Chain:
    """The network of these settings, forwards over so many years of sunspots and back; clip: to
    which norm all gradients are shortened, None for to none."""
    source = read_series(series("sunspots").values, steps)
    parameters = rnn_parameters(np.random.default_rng(seed), 1, HIDDEN, 1, radius=radius)
    x = loudness * source["x"]
    run = run_sequence("rnn", parameters, x, np.array([1.0]), "mean_squared_error", last_only=True)
    run.backward()
    run.model.meanings = {
        **run.model.meanings,
        "x": f"that year's sunspots, centred and scaled, times {loudness:g}",
    }
    clipped = clip_gradients(run.model, clip or NO_LIMIT)
    early = max(1, round(EARLY * steps))
    share = clipped_share(run.model, gradient_steps(run.model), clipped, early)
    return Chain(run.model, rnn_chain(run.model), clipped, share, largest_stretch(parameters["W"]))


def called(left: float) -> str:
    """The name for so much being left of the gradient."""
    return VANISHING if left < 0.01 else EXPLODING if left > 100 else KEPT


def _film(settings: Settings) -> Film:
    clip = None if settings["clip"] == CLIPS[0] else 1.0
    one = chain(
        *(settings[name] for name in ("steps", "radius", "loudness")), clip, settings["seed"]
    )
    steps = len(one.model["h"])
    back = np.arange(float(steps))
    curves = {
        letter: (label, _drawn(one.chain[name][::-1]))
        for name, label, letter in (
            ("W_part", "W", "w"),
            ("tanh_part", "tanh′", "t"),
            ("left", "both", "h"),
        )
    }

    def moment(position: int) -> Figure:
        t = steps - 1 - position
        so_far = slice(0, position + 1)
        left = Element(one.chain, "left", (t,))
        return Figure(
            columns=(
                (
                    Curves(
                        key="norm",
                        series=tuple(
                            Series(label, back[so_far], y[so_far], letter)
                            for letter, (label, y) in curves.items()
                        ),
                        x_label="steps back",
                        y_label="left",
                        x_limits=(0, float(steps - 1)),
                        y_limits=POWERS,
                        log_y=True,
                    ),
                ),
                (Formula(key="numbers", lines=_lines(one, t)),),
            ),
            below=(
                _factors(one, t),
                Note(key="says", text=_says(one, t, clip), spare=True),
            ),
            caption=f"{several(position, 'step')} back from the loss, ",
            focus=left,
        )

    return Film(steps, moment, pace=PACE)


def _drawn(values: Array) -> Array:
    """Within the axis: what is further off stands at its edge."""
    low, high = POWERS
    return np.clip(values, low, high)


def _lines(one: Chain, t: int) -> tuple[Line, ...]:
    def of(trace: Trace, name: str, *index: int) -> Number:
        return Number(Element(trace, name, index), 3, powers=True)

    chained, share = one.chain, one.share
    first = share.constants["first"]
    return (
        ("h  left of ∂L/∂h     ", of(chained, "left", t)),
        ("t  = by tanh′ alone  ", of(chained, "tanh_part", t)),
        ("w  · by W alone      ", of(chained, "W_part", t)),
        ("",),
        ("all gradients, norm  ", of(one.clipped, "norm")),
        ("clipping multiplies  ", of(one.clipped, "scale")),
        (f"the first {first} steps' part of ∂L/∂W",),
        ("   before clipping   ", of(share, "share")),
        ("   after clipping    ", of(share, "clipped_share")),
    )


def _factors(one: Chain, t: int) -> Timeline:
    steps = len(one.model["h"])
    return Timeline(
        key="factors",
        rows=(TimeRow("× by tanh′", View(one.chain, "tanh_factor"), (0.0, 1.0)),),
        ticks=tuple(str(step) for step in range(steps)),
        current=t,
        written=(t, steps),
        compact=True,
    )


def _says(one: Chain, t: int, clip: float | None) -> str:
    if t:
        return f"W can stretch a gradient by at most {one.stretch:.2f} a step; tanh′ only shortens."
    name = called(float(one.chain["left"][0]))
    said = {
        VANISHING: "Vanishing: the first steps hardly count in any weight's gradient.",
        KEPT: "Neither: the first steps still count.",
        EXPLODING: "Exploding: the first steps drown out all others.",
    }[name]
    if clip and name == VANISHING:
        return f"{said} Clipping cannot make a short gradient longer."
    return said


CHAIN = Lab(
    name="chain",
    title="The long chain",
    controls=(
        Scale(name="radius", label="radius", key="w", values=RADII, default=0.9),
        Scale(name="loudness", label="input ×", key="i", values=LOUDNESS, default=1.0),
        Stepper(name="steps", label="steps", key="k", low=10, high=100, by=10, default=50),
        Choice(name="clip", label="gradients", key="c", options=CLIPS, default=CLIPS[0]),
        Stepper(name="seed", label="seed", key="e", low=0, high=9, default=0),
    ),
    film=_film,
)
