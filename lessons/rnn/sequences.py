"""What the unrolled lab reads, step by step: a series of numbers, or a line of text."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from engine.sequence import SequenceRun, run_sequence
from engine.series import read_series
from engine.shapes import Array
from engine.trace import Trace
from lessons.kit.control import Settings
from lessons.rnn.series import FILE, SERIES, WhichSeries, own_column, series

TEXT = "text"
"""The option that stands for a line of text."""
SEQUENCES = (*SERIES, TEXT, FILE)


@dataclass(frozen=True)
class Line:
    """A line of text, to be read character by character."""

    text: str


Which = WhichSeries | Line


@dataclass(frozen=True, eq=False)
class Sequence:
    """What is read at each of T steps, and what is to be said there: what comes next."""

    x: Array
    """(T,D)."""
    target: Array
    """(T,1) numbers, or (T,) characters by their place in `symbols`."""
    ticks: tuple[str, ...]
    """What each step is called, and one more for what follows the last."""
    symbols: tuple[str, ...]
    """What the inputs and outputs stand for; empty for a number."""
    source: Trace | None
    """Where x and target of a series were computed."""
    what: str
    note: str = ""

    typed: bool = False
    """Whether the learner typed x."""

    @property
    def loss(self) -> str:
        return "cross_entropy" if self.symbols else "mean_squared_error"

    @property
    def outputs(self) -> int:
        return int(self.x.shape[1])

    def run(self, parameters: dict[str, Array], truncate: int | None = None) -> SequenceRun:
        """Forwards and backwards with these weights: the loss is the sum over all steps."""
        run = run_sequence("rnn", parameters, self.x, self.target, self.loss, mean_over_time=False)
        run.backward(**({} if truncate is None else {"truncate": truncate}))
        run.model.meanings = {**run.model.meanings, "x": self.what}
        if self.source is not None:
            if not self.typed:
                run.model.link("x", self.source, "x")
            run.loss.link("target", self.source, "target")
        return run


def chosen(settings: Settings) -> Which:
    """The sequence that the settings mean. Errors: FileError; ValueError for too short a text."""
    if settings["sequence"] == FILE:
        return own_column(settings)
    if settings["sequence"] == TEXT:
        if len(settings["text"]) < 2:
            raise ValueError("A text of two characters is the shortest that has a next one.")
        return Line(settings["text"])
    return str(settings["sequence"])


def chosen_series(settings: Settings) -> WhichSeries:
    """The series that the settings of a lab on series mean. Errors: FileError."""
    return own_column(settings) if settings["series"] == FILE else str(settings["series"])


@lru_cache(maxsize=32)
def sequence(which: Which, most: int) -> Sequence:
    """At most so many steps of a sequence, from its start. Errors: FileError."""
    if isinstance(which, Line):
        return _characters(which.text, most)
    one = series(which)
    steps = min(most, len(one.values) - 1)
    source = read_series(one.values, steps)
    source.meanings = {**source.meanings, "raw": one.what}
    return Sequence(
        source["x"],
        source["target"],
        one.ticks[: steps + 1],
        (),
        source,
        one.what,
        one.note,
    )


def with_typed(one: Sequence, typed: tuple[float, ...]) -> Sequence:
    """The sequence with numbers of the learner's in place of x; what is to be said stays.

    Errors: ValueError for a text, and for another count of numbers than there are steps.
    """
    if one.symbols:
        raise ValueError("Your x is for a series of numbers. Of a text, change the text itself.")
    if len(typed) != len(one.x):
        raise ValueError(
            f"Your x has {len(typed)} numbers, and there are {len(one.x)} steps: give as many."
        )
    return replace(one, x=np.array(typed)[:, None], what="a number of yours", typed=True)


def _characters(text: str, most: int) -> Sequence:
    symbols = tuple(sorted(set(text)))
    places = np.array([symbols.index(sign) for sign in text[: most + 1]])
    return Sequence(
        np.eye(len(symbols))[places[:-1]],
        places[1:],
        tuple(map(tick, text[: most + 1])),
        tuple(map(tick, symbols)),
        None,
        "1 for the character that stands here, 0 for the others",
    )


def tick(sign: str) -> str:
    """A character as it can stand alone over a column: blanks seen, accents on a carrier."""
    if sign == "\n":
        return "↵"
    if unicodedata.category(sign) in ("Mn", "Mc", "Me"):
        return f"◌{sign}"
    return "␣" if sign.isspace() else sign
