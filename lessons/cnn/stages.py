"""The lab of the whole network: a digit goes through every stage, from its pixels to ten
probabilities."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.network import LOSS, Network, Run
from engine.shapes import Array
from engine.trace import Trace
from engine.why import Element
from lessons.cnn.reader import examples, fresh, trained
from lessons.kit.cells import Cells, Grid
from lessons.kit.control import Choice, Settings, Stepper
from lessons.kit.figure import (
    Bar,
    Bars,
    Figure,
    Flow,
    Maps,
    Matrix,
    Number,
    Panel,
    Pixels,
    Stage,
    View,
)
from lessons.kit.film import Film
from lessons.kit.lab import Lab
from lessons.own.file import Stamp
from lessons.own.picture_file import IMAGE, image_control, picture_of, picture_stamp
from lessons.own.resize import as_digit

OF_EACH = 5
"""Test digits of each class to choose from."""
STAGE_NAMES = (
    "image",
    "conv1",
    "relu1",
    "pool1",
    "conv2",
    "relu2",
    "pool2",
    "flatten",
    "dense",
    "softmax",
)
_SAYS = {
    "conv1": "16 filters answer to small patterns",
    "relu1": "what is below zero becomes zero",
    "pool1": "of each 2×2, the largest",
    "conv2": "32 filters, each over all 16 maps",
    "relu2": "what is below zero becomes zero",
    "pool2": "of each 2×2, the largest",
    "flatten": "the maps in one row",
    "dense": "ten logits: one row of weights for each digit",
    "softmax": "ten probabilities",
}
"""What each stage does, in a few words."""


@lru_cache(maxsize=2)
def _network(weights: str) -> Network:
    return trained() if weights == "trained" else fresh(0)


def sample(digit: int, number: int) -> Array:
    """A test digit of a class, (8,8)."""
    x, target = examples("random", "test")
    pixels: Array = x[0, ..., np.flatnonzero(target == digit)[number]]
    return pixels


@lru_cache(maxsize=16)
def _run(weights: str, digit: int, number: int, ink: Cells, image: Stamp | None) -> Run:
    """What was drawn, else the learner's own picture, else a test digit."""
    if ink:
        pixels = np.array(ink)
    else:
        pixels = as_digit(picture_of(image))[0] if image else sample(digit, number)
    return _network(weights).forward(pixels[None].astype(float), digit)


def _film(settings: Settings) -> Film:
    digit = int(settings["digit"])
    image = picture_stamp(settings[IMAGE]) if settings[IMAGE] else None
    run = _run(settings["weights"], digit, settings["sample"], settings["ink"], image)
    traces = {name: trace for name, trace in run.traces.items() if name != LOSS}
    shapes = (run["conv1"]["x"].shape, *(trace["y"].shape for trace in traces.values()), (10,))
    stages = tuple(
        Stage(name, shape, _SAYS.get(name, ""))
        for name, shape in zip(STAGE_NAMES, shapes, strict=True)
    )

    def moment(position: int) -> Figure:
        name = STAGE_NAMES[position]
        image = Pixels(
            key="image",
            title="image",
            view=View(run["conv1"], "x", (0,)),
            edits="ink",
        )
        probabilities = _bars("p", "p (softmax)", run[LOSS], "p", digit, (0.0, 1.0))
        middle = _stage(name, run, digit)
        columns = ((image,), middle, (probabilities,))
        return Figure(
            columns=tuple(column for column in columns if column),
            below=(Flow(key="flow", stages=stages, current=position),),
            caption=f"{name}: ",
            focus=_about(name, run),
        )

    return Film(len(STAGE_NAMES), moment)


def _stage(name: str, run: Run, digit: int) -> tuple[Panel, ...]:
    """What a stage gives."""
    if name in ("image", "softmax"):
        return ()
    y = run[name]["y"]
    top = float(np.abs(y).max()) or 1.0
    if y.ndim == 3:
        signed = name.startswith("conv")
        view = View(run[name], "y")
        return (Maps(key="maps", title=name, view=view, limits=(0, top), signed=signed),)
    if name == "dense":
        return (_bars("logits", "z (logits)", run[name], "y", digit, (-top, top)),)
    return (Matrix(key="row", title=name, view=View(run[name], "y")),)


def _bars(
    key: str, title: str, trace: Trace, name: str, digit: int, limits: tuple[float, float]
) -> Bars:
    bars = tuple(
        Bar(str(k), (Number(Element(trace, name, (k,)), 2),), marked=k == digit)
        for k in range(trace[name].shape[0])
    )
    return Bars(key=key, title=title, bars=bars, limits=limits)


def _about(name: str, run: Run) -> Element:
    """The strongest number of a stage."""
    trace, array = (
        (run["conv1"], "x")
        if name == "image"
        else ((run[LOSS], "p") if name == "softmax" else (run[name], "y"))
    )
    place = np.unravel_index(int(np.abs(trace[array]).argmax()), trace[array].shape)
    return Element(trace, array, tuple(map(int, place)))


STAGES = Lab(
    name="stages",
    title="From pixels to probabilities",
    controls=(
        Choice(
            name="weights", label="weights", key="w", options=("fresh", "trained"), default="fresh"
        ),
        Choice(
            name="digit",
            label="digit",
            key="d",
            options=tuple("0123456789"),
            default="3",
            resets=("ink", IMAGE),
        ),
        Stepper(
            name="sample",
            label="sample",
            key="s",
            low=0,
            high=OF_EACH - 1,
            default=0,
            resets=("ink", IMAGE),
        ),
        image_control(resets=("ink",)),
        Grid(name="ink", label="your picture", bound=1.0, size=(8, 8), paints=True),
    ),
    film=_film,
    prepare=trained,
)
