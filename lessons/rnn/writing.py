"""The lab in which a network learns to write: its samples turn from noise into words."""

from __future__ import annotations

import numpy as np

from engine.sequence_training import SequenceState
from engine.trace import Trace
from engine.why import Element
from lessons.kit.control import Choice, File, Scale, Settings, Stepper
from lessons.kit.figure import (
    Bar,
    Bars,
    Curves,
    Figure,
    Formula,
    Number,
    Series,
    Timeline,
    TimeRow,
    View,
)
from lessons.kit.film import Recorded
from lessons.kit.lab import Lab
from lessons.kit.recording import Recording
from lessons.kit.training import LOSS
from lessons.own.file import FileError, stamp
from lessons.rnn.sequences import tick
from lessons.rnn.writer import (
    HIDDEN,
    RATE,
    TEST,
    UPDATES,
    VERSE,
    Asked,
    Corpus,
    WhichText,
    corpus,
    recording,
    sample,
)

RATES = (0.002, 0.005, 0.01, 0.02, 0.05, 0.2)
TEMPERATURES = (0.2, 0.5, 0.8, 1.0, 1.5)
LINE = 70
"""Characters in a line of what it writes."""
OWN = "file"
MOST_BARS = 8
PACE = 50


def chosen_text(settings: Settings) -> WhichText:
    """The text that the settings mean. Errors: FileError."""
    if settings["text"] == VERSE:
        return VERSE
    if not settings["file"]:
        raise FileError("There is no text of your own yet: o takes the path of a text file.")
    return stamp(settings["file"], "your text")


def _film(settings: Settings) -> Recorded[SequenceState]:
    rate, seed = settings["rate"], settings["seed"]
    asked = Asked(chosen_text(settings), int(settings["hidden"]), rate, seed)
    recorded, one = recording(asked), corpus(asked.which)

    def moment(number: int, state: SequenceState) -> Figure:
        text, run = sample(asked, state, settings["temperature"])
        own = Element(run.loss, "mean_loss", ())
        ended = number == recorded.ready and recorded.end
        return Figure(
            columns=((_losses(recorded, one, number),), (_expects(one, run.loss, text),)),
            below=(
                Formula(
                    key="sample",
                    title=f"it writes{_after(one)}",
                    lines=_lines(text),
                ),
                Formula(key="own", lines=(("its surprise at that, on average: ", Number(own, 2)),)),
                Timeline(
                    key="surprise",
                    rows=(TimeRow("surprise", View(run.loss, "loss"), (0.0, 6.0)),),
                    ticks=tuple(map(tick, text)),
                    compact=True,
                ),
            ),
            caption=recorded.end if ended else "its surprise at its own text: ",
            focus=own,
        )

    return Recorded(recorded, moment, pace=PACE)


def _after(one: Corpus) -> str:
    return f" · {one.note}" if one.note else ""


def _lines(text: str) -> tuple[tuple[str, ...], ...]:
    """The text as lines to be seen: where it ends a line, a sign."""
    shown = text.replace("\n", "↵").replace("\t", " ")
    return tuple((shown[at : at + LINE],) for at in range(0, len(shown), LINE))


def _losses(recorded: Recording[SequenceState], one: Corpus, number: int) -> Curves:
    know_nothing = float(np.log(len(one.symbols)))
    curves = []
    for name, label, letter in ((LOSS, "batch", "b"), (TEST, "kept back", "k")):
        x, y = recorded.curve(name, number)
        curves.append(Series(label, x, np.minimum(y, know_nothing + 0.5), letter))
    counted = float(one.frequencies["H"])
    ends = np.array([0.0, UPDATES])
    line = Series("letters counted", ends, np.array([counted, counted]), "c", ghost=True)
    return Curves(
        key="loss",
        series=(*curves, line),
        x_label="updates",
        y_label="loss",
        x_limits=(0, UPDATES),
        y_limits=(0, know_nothing + 0.5),
    )


def _expects(one: Corpus, loss: Trace, text: str) -> Bars:
    """What it expects first: the likeliest characters."""
    order = np.argsort(-loss["p"][0], kind="stable")[:MOST_BARS]
    return Bars(
        key="p",
        title="p of the first character",
        bars=tuple(
            Bar(
                tick(one.symbols[k]),
                (Number(Element(loss, "p", (0, int(k))), 2),),
                marked=one.symbols[k] == text[0],
            )
            for k in order
        ),
    )


WRITER = Lab(
    name="writer",
    title="Learning to write",
    controls=(
        Choice(name="text", label="text", key="s", options=(VERSE, OWN), default=VERSE),
        Scale(name="temperature", label="heat", key="t", values=TEMPERATURES, default=1.0),
        Choice(
            name="hidden", label="units", key="d", options=("16", "32", "64"), default=str(HIDDEN)
        ),
        Scale(name="rate", label="rate", key="l", values=RATES, default=RATE),
        File(name="file", label="own", key="o", what="a text (UTF-8)", sets=(("text", OWN),)),
        Stepper(name="seed", label="seed", key="e", low=0, high=9, default=0),
    ),
    film=_film,
)
