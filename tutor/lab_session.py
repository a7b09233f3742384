"""A lab as one learner has it open: settings, place in the film, cursor. It knows no screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.why import Element
from lessons.kit.control import Control, Grid, Settings
from lessons.kit.figure import Figure, Matrix, Panel, Pixels
from lessons.kit.film import Film
from lessons.kit.lab import Lab
from tutor.drawing.layout import Cursor
from tutor.drawing.panel import cells

SPEEDS = (1, 2, 5, 10, 20, 50, 100)
"""Moments a second."""


@dataclass
class LabSession:
    """The one place where the state of an open lab lives."""

    lab: Lab
    settings: Settings
    position: int = 0
    speed: int = 1
    """Index into SPEEDS."""
    playing: bool = False
    cursor: Cursor | None = None
    start: int = 0
    """Where `rewind` goes: the moment at which the step opens."""
    cover: Callable[[Figure], Figure] | None = None
    """What takes out of a figure that which is still to be guessed."""
    film: Film = field(init=False)

    def __post_init__(self) -> None:
        self.film = self.lab.film(self.settings)
        self.position = self.start = min(self.start, self.film.length - 1)

    @property
    def figure(self) -> Figure:
        figure = self.film.at(self.position)
        return self.cover(figure) if self.cover else figure

    @property
    def at_end(self) -> bool:
        return self.position == self.film.length - 1

    def go(self, position: int) -> None:
        """Go to a moment, or to the nearest that there is; the cursor stays where it can."""
        self.position = max(0, min(position, self.film.length - 1))
        if self.at_end:
            self.playing = False
        self._hold_cursor()

    def step(self, by: int) -> None:
        self.go(self.position + by)

    def scrub(self, twentieths: int) -> None:
        """Go on by so many twentieths of the film."""
        self.step(twentieths * max(1, self.film.length // 20))

    def rewind(self) -> None:
        """Back to the moment at which the step opened."""
        self.playing = False
        self.go(self.start)

    def toggle_play(self) -> None:
        if self.film.length == 1:
            return
        if self.at_end and not self.playing:
            self.go(0)
        self.playing = not self.playing

    def faster(self, by: int) -> None:
        self.speed = max(0, min(self.speed + by, len(SPEEDS) - 1))

    def turn(self, control: Control, by: int) -> None:
        """Set a control to a value further on, past values that the lab refuses here.

        Errors: ValueError with the lab's sentence when no further value goes with the others;
        the settings are then as they were.
        """
        value, refusal = self.settings[control.name], None
        for _ in range(100):
            following = control.step(value, by)
            if following in (value, self.settings[control.name]):
                break
            value = following
            try:
                self.set(control.name, value)
                return
            except ValueError as error:
                refusal = error
        if refusal:
            raise refusal

    def set(self, name: str, value: Any) -> None:
        """Set a control. Errors: ValueError; the settings are then as they were."""
        self._take(self.lab.changed(self.settings, name, value))

    def reset(self, settings: Settings) -> None:
        """Back to given settings."""
        self._take(settings)

    def _take(self, settings: Settings) -> None:
        film = self.lab.film(settings)
        film.at(0)
        share = self.position / self.film.length
        self.settings, length = settings, self.film.length
        self.film = film
        self.go(self.position if film.length == length else round(share * film.length))

    # The cursor -------------------------------------------------------------------------------

    def asked_panels(self) -> list[Panel]:
        """Panels with numbers that can be asked about, in reading order."""
        return [panel for panel in self.figure.panels if cells(panel)]

    @property
    def panel(self) -> Panel | None:
        """The panel that has the cursor."""
        key = self.cursor.key if self.cursor else None
        return next((panel for panel in self.figure.panels if panel.key == key), None)

    def next_panel(self, by: int) -> None:
        """Move the cursor to another panel; after the last one it leaves the figure."""
        keys: list[str | None] = [None, *(panel.key for panel in self.asked_panels())]
        here = self.cursor.key if self.cursor else None
        place = keys.index(here) if here in keys else 0
        key = keys[(place + by) % len(keys)]
        self.cursor = self.entrance(key) if key else None

    def entrance(self, key: str) -> Cursor:
        """Where the cursor enters a panel: at what its marks point out, else at its start."""
        panel = next(panel for panel in self.figure.panels if panel.key == key)
        if isinstance(panel, Pixels | Matrix):
            for mark in panel.marks:
                if mark.kind in ("current", "window") and mark.rows and mark.columns:
                    middle = len(mark.rows) // 2, len(mark.columns) // 2
                    at = Cursor(key, mark.rows[middle[0]], mark.columns[middle[1]])
                    return _within(panel, at)
        return Cursor(key, 0, 0)

    def move_cursor(self, rows: int, columns: int) -> None:
        if self.cursor and self.panel:
            at = Cursor(self.cursor.key, self.cursor.row + rows, self.cursor.column + columns)
            self.cursor = _within(self.panel, at)

    def point(self, cursor: Cursor) -> None:
        """Put the cursor at a place, or at the nearest of its panel that can be asked about."""
        self.cursor = cursor
        self._hold_cursor()

    def element(self) -> Element | None:
        """The number under the cursor; without a cursor, the one the moment is about."""
        if self.cursor is None or self.panel is None:
            return self.figure.focus
        return cells(self.panel)[self.cursor.row][self.cursor.column]

    def find(self, element: Element) -> Cursor | None:
        """Where a number stands in the figure, if it does."""
        for panel in self.figure.panels:
            if not isinstance(panel, Pixels | Matrix):
                continue
            own = panel.view.element(0, 0).origin()
            if own.name != element.name or own.trace is not element.trace:
                continue
            prefix = len(panel.view.at)
            if element.index[:prefix] == panel.view.at and len(element.index) == prefix + 2:
                at = Cursor(panel.key, *element.index[prefix:])
                if _within(panel, at) == at:
                    return at
        return None

    # Editing ----------------------------------------------------------------------------------

    def editable(self) -> Grid | None:
        """The control that the cell under the cursor belongs to, if it can be edited."""
        panel = self.panel
        if not isinstance(panel, Matrix) or not panel.edits:
            return None
        control = self.lab.control(panel.edits)
        return control if isinstance(control, Grid) else None

    def edit(self, text: str) -> None:
        """Put a number into the cell under the cursor. Errors: SettingError; nothing changes."""
        control, panel, cursor = self.editable(), self.panel, self.cursor
        if control is None or cursor is None or not isinstance(panel, Matrix):
            return
        number = control.number(text)
        rows = [[float(value) for value in row] for row in panel.view.array]
        rows[cursor.row][cursor.column] = number
        self.set(control.name, tuple(tuple(row) for row in rows))

    def _hold_cursor(self) -> None:
        if self.cursor is not None:
            panel = self.panel
            self.cursor = _within(panel, self.cursor) if panel and cells(panel) else None


def open_lab(lab: Lab, given: Mapping[str, Any], at: int) -> LabSession:
    """A lab opened at settings and a moment. Errors: ValueError with a sentence."""
    return LabSession(lab, lab.settings(given), start=at)


def _within(panel: Panel, cursor: Cursor) -> Cursor:
    """The cursor, or the nearest place of the panel that can be asked about."""
    rows = cells(panel)
    row = max(0, min(cursor.row, len(rows) - 1))
    column = max(0, min(cursor.column, len(rows[row]) - 1))
    return Cursor(cursor.key, row, column)
