"""The lab in which the network learns: kernels, maps, gradients and test, update by update."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from engine.network import LOSS as LOSS_TRACE
from engine.network import Run
from engine.score import score
from engine.shapes import Array
from engine.trace import Trace
from engine.why import Element
from lessons.cnn.reader import (
    BATCH,
    RATE,
    SPLITS,
    UPDATES,
    Reading,
    examples,
    recording,
    training,
)
from lessons.kit.control import Choice, Scale, Settings, Stepper
from lessons.kit.figure import (
    Bar,
    Bars,
    Curves,
    Figure,
    Formula,
    Maps,
    Matrix,
    Number,
    Panel,
    Series,
    View,
)
from lessons.kit.film import Recorded
from lessons.kit.lab import Lab
from lessons.kit.recording import Recording
from lessons.kit.training import LOSS

WATCHED = {"random": 3, "writers": 4}
"""Which of the test digits the maps show, of each split."""
LOSS_AXIS = (0.0, 3.0)
"""A network that knows nothing starts at about log 10 = 2.3."""
MISREAD_SHOWN = 8
PACE = 20
"""Updates a second at which the training is watched at first."""

BATCHES = ("8", "32", "128")
RATES = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0)


@lru_cache(maxsize=8)
def _scored(reading: Reading, split: str) -> Trace:
    return score(reading.z, examples(split, "test")[1])


def _film(settings: Settings) -> Recorded[Reading]:
    asked = (settings["rate"], int(settings["batch"]), settings["split"], settings["seed"])
    recorded = recording(*asked)
    one, split, shown = training(*asked), settings["split"], settings["show"]

    def moment(number: int, reading: Reading) -> Figure:
        run = one.run(reading.state)
        trace = _scored(reading, split)
        accuracy = Number(Element(trace, "accuracy", ()), 3)
        misread = Number(Element(trace, "misread", ()), 0)
        rate = Number(Element(one.schedule.trace(reading.state.update), "rate", ()), 4)
        loss = Element(run[LOSS_TRACE], "mean_loss", ())
        testing, after = shown == "test", f"after update {reading.scored}"
        numbers = Formula(
            key="numbers",
            lines=(
                ("learning rate     ", rate),
                ("loss of the batch ", Number(loss, 3)),
                ("test accuracy     ", accuracy, "" if testing else f"  {after}"),
                ("misread           ", misread, f" of {len(trace['target'])}"),
            ),
        )
        curves = (_loss_curve(recorded, number), _accuracy_curve(recorded, number))
        seen = _VIEWS[shown](run, reading, trace, split)
        # The table of the test needs the room of the curves to be whole.
        beside = (seen[-1:], (*seen[:-1], numbers)) if testing else (curves, (*seen, numbers))
        return Figure(
            columns=beside,
            caption=recorded.end if number == recorded.ready and recorded.end else "the loss now: ",
            focus=loss,
        )

    return Recorded(recorded, moment, pace=PACE)


def _loss_curve(recorded: Recording[Reading], number: int) -> Curves:
    # The loss of a state is that of the batch which led to it.
    x, y = recorded.curve(LOSS, number)
    return Curves(
        key="loss",
        series=(Series("each batch", x, np.minimum(y, LOSS_AXIS[1])),),
        x_label="updates",
        y_label="loss",
        x_limits=(0, UPDATES),
        y_limits=LOSS_AXIS,
    )


def _accuracy_curve(recorded: Recording[Reading], number: int) -> Curves:
    x, y = recorded.curve("accuracy", number)
    return Curves(
        key="accuracy",
        series=(Series("test digits", x, y),),
        x_label="updates",
        y_label="accuracy",
        x_limits=(0, UPDATES),
        y_limits=(0, 1),
        spare=True,
    )


def _kernels(run: Run, *_: object) -> tuple[Panel, ...]:
    w = run["conv1"]["w"]
    top = _magnitude(w)
    view = View(run["conv1"], "w", (None, 0))
    return (
        Maps(
            key="kernels", title="the 16 kernels of conv1", view=view, limits=(0, top), signed=True
        ),
    )


def _gradients(run: Run, *_: object) -> tuple[Panel, ...]:
    dw = run["conv1"]["dw"]
    view = View(run["conv1"], "dw", (None, 0))
    return (
        Maps(
            key="gradients",
            title="∂L/∂w of each kernel",
            view=view,
            limits=(0, _magnitude(dw)),
            signed=True,
        ),
    )


def _maps(run: Run, reading: Reading, trace: Trace, split: str) -> tuple[Panel, ...]:
    x, target = examples(split, "test")
    which = WATCHED[split]
    digit = reading.state.network.forward(x[..., which], int(target[which]))
    maps = digit["relu1"]["y"]
    return (
        Maps(
            key="maps",
            title=f"maps of a {target[which]} after ReLU",
            view=View(digit["relu1"], "y"),
            limits=(0, _magnitude(maps)),
        ),
        Bars(
            key="p",
            title="what it says",
            bars=tuple(
                Bar(
                    str(k),
                    (Number(Element(digit[LOSS_TRACE], "p", (k,)), 2),),
                    marked=k == target[which],
                )
                for k in range(10)
            ),
        ),
    )


def _test(run: Run, reading: Reading, trace: Trace, split: str) -> tuple[Panel, ...]:
    digits = tuple(map(str, range(10)))
    images, target = examples(split, "test")
    which = np.flatnonzero(trace["hit"] == 0)[:MISREAD_SHOWN]
    pictures = Trace(
        "test digits",
        {"x": np.moveaxis(images[0][..., which], -1, 0)},
        meanings={"x": "a pixel of a test digit that is misread"},
    )
    names = tuple(f"{target[n]}→{trace['predicted'][n]}" for n in which)
    misread: tuple[Panel, ...] = ()
    if which.size:
        misread = (
            Maps(
                key="misread",
                title="misread",
                view=View(pictures, "x"),
                names=names,
                per_row=4,  # so that the table beside it is whole
            ),
        )
    return (
        *misread,
        Matrix(
            key="confusion",
            title=f"after update {reading.scored}: is ↓, is taken for →",
            view=View(trace, "confusion"),
            decimals=0,
            row_names=digits,
            column_names=digits,
        ),
    )


def _magnitude(array: Array) -> float:
    return float(np.abs(array).max()) or 1.0


_VIEWS: dict[str, Callable[[Run, Reading, Trace, str], tuple[Panel, ...]]] = {
    "kernels": _kernels,
    "maps": _maps,
    "gradients": _gradients,
    "test": _test,
}

LEARNING = Lab(
    name="learning",
    title="The network learns to read",
    controls=(
        Choice(name="show", label="show", key="w", options=tuple(_VIEWS), default="kernels"),
        Scale(name="rate", label="rate", key="l", values=RATES, default=RATE),
        Choice(name="batch", label="batch", key="m", options=BATCHES, default=str(BATCH)),
        Choice(name="split", label="test on", key="t", options=SPLITS, default="random"),
        Stepper(name="seed", label="seed", key="s", low=0, high=9, default=0),
    ),
    film=_film,
)
