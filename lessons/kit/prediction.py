"""Predictions: a bet before the film moves on, and how far it was from what the film then shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from engine.why import Element
from lessons.kit.answer import Kind, OneOf
from lessons.kit.control import Settings
from lessons.kit.figure import Figure, Formula, Number, Panel, Table
from lessons.kit.film import Film
from lessons.kit.lab import Lab

CAPTION = "caption"
"""Stands for a figure's caption and the number in it among the panels that a prediction covers."""

SomePanel = TypeVar("SomePanel", bound=Panel)


class PredictionError(ValueError):
    """There is nothing to predict at this moment; the message is a sentence for the learner."""


@dataclass(frozen=True)
class Moment:
    """A place in a lab's film, with the settings that the film is made for."""

    settings: Settings
    position: int


@dataclass(frozen=True, eq=False)
class Truth:
    """What the lab shows, and the number that it was read from."""

    value: Any
    element: Element
    """Answers "why?"."""

    @staticmethod
    def of(element: Element) -> Truth:
        """The number itself."""
        return Truth(element.value, element)


@dataclass(frozen=True)
class Prediction:
    """One thing to bet on; a lesson lists its predictions as PREDICTIONS.

    `reveal` says where the film goes once the bet stands, from the learner's moment; `read` takes
    the truth from that moment. Both raise PredictionError where there is nothing to predict.
    """

    id: str
    lab: Lab
    """Whose film is predicted."""
    prompt: str
    kind: Kind
    reveal: Callable[[Moment], Moment]
    read: Callable[[Moment, Figure], Truth]
    """The moment where the learner stands, and the figure of the revealed one."""
    covers: tuple[str, ...] = ()
    """Keys of panels that would give the truth away, and CAPTION: hidden until the bet stands."""

    def truth(self, settings: Settings, position: int) -> tuple[Truth, Moment]:
        """What is true at the learner's moment, and the moment that shows it.

        Errors: PredictionError, and the ValueError of a lab that refuses settings.
        """
        here = Moment(settings, position)
        there, film = self.revealed(here)
        return self.read(here, film.at(there.position)), there

    def revealed(self, here: Moment) -> tuple[Moment, Film]:
        """The moment that shows the truth, and its film, in which it may be still to arrive.

        Errors: as `truth`.
        """
        there = self.reveal(here)
        film = self.lab.film(there.settings)
        if not 0 <= there.position < film.length:
            raise PredictionError("The film ends here: there is nothing left to bet on.")
        return there, film


@dataclass(frozen=True)
class Outcome:
    """A bet beside the truth. It is never a failure: the difference is what is worth knowing."""

    text: str
    """You said 0.5; it is −0.31: 0.81 less."""
    said: str
    truth: str
    difference: str
    """Empty when the bet was exact, or where only words differ."""
    exact: bool


def compare(prediction: Prediction, text: str, truth: Truth) -> Outcome:
    """Put the learner's bet beside the truth. Errors: AnswerError that says what is taken."""
    kind = prediction.kind
    value = kind.parse(text)
    said, real = kind.show(value), kind.show(truth.value)
    if kind.same(value, truth.value):
        words = (
            f"You said {said}, and so it is."
            if said == real
            else (f"You said {said}; it is {real}: as good as exact.")
        )
        return Outcome(words, said, real, "", True)
    difference = kind.difference(value, truth.value)
    tail = f": {difference}" if difference else ""
    # What can be picked is a sentence at times: "it learns nothing".
    link = "in fact" if isinstance(kind, OneOf) else "it is"
    return Outcome(f"You said {said}; {link} {real}{tail}.", said, real, difference, False)


def panel(figure: Figure, kind: type[SomePanel], key: str) -> SomePanel:
    """The panel of that key. Errors: KeyError that lists the panels there are."""
    for one in figure.panels:
        if one.key == key and isinstance(one, kind):
            return one
    known = ", ".join(f"{one.key} ({type(one).__name__})" for one in figure.panels)
    raise KeyError(f"the figure has no {kind.__name__} {key!r}; it has {known}")


def named(figure: Figure, key: str, name: str) -> Element:
    """The number of that name among the lines of a Formula panel. Errors: KeyError."""
    for line in panel(figure, Formula, key).lines:
        for part in line:
            if isinstance(part, Number) and part.element.name == name:
                return part.element
    raise KeyError(f"the lines of {key!r} have no number {name!r}")


def in_table(figure: Figure, key: str, row: int | str, column: int = -1) -> Element:
    """The number in a cell of a Table panel; a row goes by its place, or by what stands first in
    it. Errors: PredictionError when there is no such row, or only words in the cell."""
    rows = panel(figure, Table, key).rows
    found = [one for one in rows if one[0] == row] if isinstance(row, str) else [rows[row]]
    cell = found[0][column] if found else None
    if not isinstance(cell, Number):
        raise PredictionError(f"The table has no number to read in its row {row!r}.")
    return cell.element


def focus(figure: Figure) -> Element:
    """The number that a figure is about. Errors: PredictionError when it has none."""
    if figure.focus is None:
        raise PredictionError("Nothing answers here: choose another kernel or picture first.")
    return figure.focus


def the_focus(here: Moment, there: Figure) -> Truth:
    """The truth is the number that the revealed moment is about."""
    return Truth.of(focus(there))


def stay(here: Moment) -> Moment:
    """The reveal of what is here already, under a cover."""
    return here


def next_moment(here: Moment) -> Moment:
    """The reveal of the moment after this one."""
    return replace(here, position=here.position + 1)


@dataclass(frozen=True)
class Change:
    """The reveal that changes settings, or none, and goes to a moment."""

    settings: Mapping[str, Any] = field(default_factory=dict)
    position: int = 0

    def __call__(self, here: Moment) -> Moment:
        return Moment({**here.settings, **self.settings}, self.position)


@dataclass(frozen=True)
class ToEnd:
    """The reveal of the last moment of a lab's film, with settings changed, or none."""

    lab: Lab
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __call__(self, here: Moment) -> Moment:
        settings = {**here.settings, **self.settings}
        return Moment(settings, self.lab.film(settings).length - 1)
