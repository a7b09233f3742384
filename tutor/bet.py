"""A bet on what a lab will show: it stops the film until it stands. It knows no screen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import isclose

from engine.why import Element
from lessons.kit.answer import Numeric
from lessons.kit.control import Settings
from lessons.kit.figure import Figure, Formula, Matrix, Note, Number, Panel, Pixels, Table
from lessons.kit.lint_figure import numbers_of
from lessons.kit.prediction import CAPTION, Moment, Outcome, Prediction, Truth, compare
from tutor.answer_entry import AnswerEntry
from tutor.lab_session import LabSession

COVERED = "covered until you bet"
BET_RUNS = "Your bet is on this run: let it come to its end first."


@dataclass
class Bet:
    """One prediction of a step, open or made."""

    prediction: Prediction
    session: LabSession
    made: Moment | None = None
    """Where the learner stood when the bet was made."""
    outcome: Outcome | None = None
    truth: Truth | None = None
    message: str = ""
    """What the answer should be, when what was given is none."""
    position: int = -1
    """The moment that shows the truth, once it is there."""
    settings: Settings = field(default_factory=dict)
    """How the lab is set there."""
    entry: AnswerEntry = field(init=False)
    _told: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self.entry = AnswerEntry(self.prediction.kind)
        self.session.cover = self.cover

    @property
    def open(self) -> bool:
        """Whether the film still waits for the learner."""
        return self.made is None

    @property
    def waiting(self) -> bool:
        """Whether the bet stands, and the moment that shows the truth is still to arrive."""
        return self.made is not None and self.outcome is None

    @property
    def shown(self) -> bool:
        """Whether the lab still stands where it showed the truth."""
        session = self.session
        return session.position == self.position and session.settings == self.settings

    @property
    def off_by(self) -> float | None:
        """How far the truth is from what was said, where both are numbers."""
        if self.truth is None or not isinstance(self.prediction.kind, Numeric):
            return None
        return float(self.truth.value) - float(self.prediction.kind.parse(self.entry.answer))

    @property
    def asks(self) -> str:
        """What "why?" asks about, by name, where that is another number than the truth: the truth
        may be how many there are. Else empty."""
        truth = self.truth
        if truth is None or not isinstance(self.prediction.kind, Numeric):
            return ""
        same = isclose(float(truth.value), truth.element.value, rel_tol=1e-9)
        return "" if same else truth.element.label

    def commit(self) -> None:
        """Let the bet stand, and the film move on to what shows the truth.

        Nothing given moves nothing.
        """
        self.message = ""
        if not self.entry.answer:
            self.message = f"Your bet first. It takes {self.prediction.kind.takes}."
            return
        session = self.session
        # A step may open at a moment that is still to arrive: that is the one it is about.
        at = session.position if session.wanted is None else session.wanted
        here = Moment(session.settings, at)
        try:
            self.prediction.kind.parse(self.entry.answer)
            there, film = self.prediction.revealed(here)
            if film.ready > there.position:
                self._compare(here, film.at(there.position))
        except ValueError as error:  # no answer, nothing to predict here, or settings refused
            self.message = str(error)
            return
        self.made = here
        session.cover = None
        if there.settings != session.settings:
            session.reset(there.settings)
        self.position, self.settings = there.position, session.settings
        if film.ready > there.position:
            session.go(there.position)
        else:
            session.playing = True  # what the bet is about is watched as it arrives

    def settle(self) -> bool:
        """Whether the bet is settled now: the moment that shows the truth is there."""
        if self.made is None or self._told:
            return False
        film = self.session.film
        if self.outcome is None:
            self.position = min(self.position, film.length - 1)
            if film.ready <= self.position:
                return False
            self._compare(self.made, film.at(self.position))
            self.session.halt()
        self._told = True
        return True

    def _compare(self, here: Moment, figure: Figure) -> None:
        """Errors: AnswerError, PredictionError."""
        truth = self.prediction.read(here, figure)
        self.outcome = compare(self.prediction, self.entry.answer, truth)
        self.truth = truth

    def cover(self, figure: Figure) -> Figure:
        """The figure without what would give the truth away."""
        covers = self.prediction.covers
        if not covers:
            return figure
        columns = tuple(tuple(map(self._covered, column)) for column in figure.columns)
        hidden = CAPTION in covers
        return replace(
            figure,
            columns=columns,
            below=tuple(map(self._covered, figure.below)),
            caption=COVERED if hidden else figure.caption,
            focus=None if hidden else figure.focus,
        )

    def hides(self, element: Element) -> bool:
        """Whether a number is among what is covered at this moment."""
        figure, covers = self.session.film.at(self.session.position), self.prediction.covers
        panels = [panel for panel in figure.panels if panel.key in covers]
        hidden = [one for panel in panels for one in numbers_of(panel)]
        if figure.focus and CAPTION in covers:
            hidden.append(figure.focus)
        return any((one.name, one.index) == (element.name, element.index) for one in hidden)

    def _covered(self, panel: Panel) -> Panel:
        if panel.key not in self.prediction.covers:
            return panel
        if isinstance(panel, Pixels | Matrix):
            return replace(panel, written=0)
        if isinstance(panel, Table):
            rows = tuple(tuple(map(_hidden, row)) for row in panel.rows)
            return replace(panel, rows=rows, marked=None)
        if isinstance(panel, Formula):
            return replace(panel, lines=tuple(tuple(map(_hidden, line)) for line in panel.lines))
        return Note(key=panel.key, title=panel.title, text=COVERED, spare=panel.spare)


def _hidden(part: str | Number) -> str:
    return part if isinstance(part, str) else "?"
