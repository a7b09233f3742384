"""A lab as one learner has it open: settings, place in the film, cursor. It knows no screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from engine.shapes import Array
from engine.why import Element
from lessons.kit.cells import Editable, Grid
from lessons.kit.control import Control, Settings
from lessons.kit.figure import Bars, Figure, Matrix, Panel, Pixels, Plane, Timeline
from lessons.kit.film import Film
from lessons.kit.lab import Lab
from lessons.own.picture_file import IMAGE
from tutor.drawing.layout import Cursor
from tutor.drawing.panel import cells
from tutor.drawing.places import place_of, pointed_out
from tutor.speeds import SPEEDS

FULL = "full"
"""The last speed of a film whose moments arrive: as fast as they do."""


@dataclass
class LabSession:
    """The one place where the state of an open lab lives."""

    lab: Lab
    settings: Settings
    position: int = 0
    speed: int = 1
    """Index into `speeds`."""
    playing: bool = False
    wanted: int | None = None
    """The moment that is still to arrive before the film goes there; until then it shows the
    newest."""
    cursor: Cursor | None = None
    start: int = 0
    """Where `rewind` goes: the moment at which the step opens."""
    cover: Callable[[Figure], Figure] | None = None
    """What takes out of a figure that which is still to be guessed."""
    film: Film = field(init=False)

    _drawn: tuple[Film, int, Figure] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.film = self.lab.film(self.settings)
        if self.film.pace in SPEEDS:
            self.speed = SPEEDS.index(self.film.pace)
        elif self.film.arrives:
            self.speed = len(SPEEDS)
        self.start = min(self.start, self.film.length - 1)
        self.go(self.start)

    @property
    def figure(self) -> Figure:
        """The figure of the present moment, without what a bet covers."""
        drawn = self._drawn
        if drawn is None or drawn[:2] != (self.film, self.position):
            drawn = self._drawn = (self.film, self.position, self.film.at(self.position))
        return self.cover(drawn[2]) if self.cover else drawn[2]

    @property
    def speeds(self) -> tuple[int | str, ...]:
        """The speeds that there are: moments a second, or FULL."""
        return (*SPEEDS, FULL) if self.film.arrives else SPEEDS

    @property
    def at_end(self) -> bool:
        return self.position == self.film.length - 1

    @property
    def moving(self) -> bool:
        """Whether the film moves, or waits for a moment to arrive."""
        return self.playing or self.wanted is not None

    def go(self, position: int) -> None:
        """Go to a moment, or to the nearest that there is; the cursor stays where it can.

        One that has not arrived is waited for, but for the very next.
        """
        position = max(0, min(position, self.film.length - 1))
        if position == self.film.ready:
            self.film.advance()
        self.wanted = position
        self.arrive()

    def arrive(self) -> None:
        """Go as near to the moment that is wanted as the film is ready for."""
        if self.wanted is None:
            return
        self.wanted = min(self.wanted, self.film.length - 1)
        self.position = min(self.wanted, self.film.ready - 1)
        if self.position == self.wanted:
            self.wanted = None
        if self.at_end:
            self.playing = False
        self._hold_cursor()

    def step(self, by: int) -> None:
        self.go(self.position + by)

    def play_on(self, seconds: float) -> float:
        """Show what is due after that time of playing; gives the seconds that it left over."""
        speed = self.speeds[self.speed]
        if isinstance(speed, str):
            self.go(self.film.length - 1)
            return 0.0
        moments = int(seconds * speed)
        if moments and self.wanted is None:  # what is slower than the film is waited for
            self.step(moments)
        return seconds - moments / speed

    def halt(self) -> None:
        """Stay at this moment."""
        self.playing, self.wanted = False, None

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
        if self.moving:
            self.halt()
            return
        if self.at_end:
            self.go(0)
        self.playing = True

    def faster(self, by: int) -> None:
        self.speed = max(0, min(self.speed + by, len(self.speeds) - 1))
        if self.playing:
            self.wanted = None

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
        film, before = self.lab.film(settings), self.film
        self._drawn = (film, 0, film.at(0))
        share = self.position / before.length
        ended = before.length - 1 in (self.position, self.wanted)
        self.settings, self.film = settings, film
        self.speed = min(self.speed, len(self.speeds) - 1)
        if film.shows_same(before):
            self._hold_cursor()
        elif film.arrives and before.arrives:
            # Another training starts anew. Who was at the end compares ends, and waits for this
            # one's; anybody else watches it from its start, playing or not.
            self.wanted = None
            self.go(film.length - 1 if ended else 0)
        else:
            same = film.length == before.length
            self.go(self.position if same else round(share * film.length))

    # The cursor -------------------------------------------------------------------------------

    def asked_panels(self) -> list[Panel]:
        """Panels that take the cursor, in reading order."""
        return [panel for panel in self.figure.panels if _takes_cursor(panel)]

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
        return _within(panel, Cursor(key, *pointed_out(panel)))

    def move_cursor(self, rows: int, columns: int) -> None:
        """Move the cursor; in a plane that steers, and sideways on a bar, move what it shows.

        Errors: ValueError, as `set`.
        """
        panel = self.panel
        if isinstance(panel, Plane) and panel.steers:
            for name, by in zip(panel.steers, (columns, -rows), strict=True):
                if by:
                    self.set(name, self.lab.control(name).step(self.settings[name], by))
        elif isinstance(panel, Bars) and columns and self.editable():
            self.nudge(columns)
        elif self.cursor and panel:
            at = Cursor(self.cursor.key, self.cursor.row + rows, self.cursor.column + columns)
            self.cursor = _within(panel, at)

    def point(self, cursor: Cursor) -> None:
        """Put the cursor at a place, or at the nearest of its panel that can be asked about."""
        self.cursor = cursor
        self._hold_cursor()

    def element(self) -> Element | None:
        """The number under the cursor; without a cursor, the one the moment is about."""
        if self.cursor is None or self.panel is None or isinstance(self.panel, Plane):
            return self.figure.focus
        return cells(self.panel)[self.cursor.row][self.cursor.column]

    def find(self, element: Element) -> Cursor | None:
        """Where a number stands in the figure, if it does."""
        for panel in self.figure.panels:
            if (place := place_of(panel, element)) is not None:
                at = Cursor(panel.key, *place)
                if cells(panel) and _within(panel, at) == at:
                    return at
        return None

    # Editing ----------------------------------------------------------------------------------

    def editable(self) -> Editing | None:
        """What the number under the cursor is edited by, if it can be edited."""
        panel, cursor = self.panel, self.cursor
        if panel is None or cursor is None:
            return None
        edits, shown = "", np.empty((0, 0))
        row, column = cursor.row, cursor.column
        match panel:
            case Matrix() | Pixels():
                edits, shown = panel.edits, panel.view.array
            case Bars():
                values = [[bar.parts[0].element.value] for bar in panel.bars]
                edits, shown = panel.edits, np.array(values)
            case Timeline():
                line = panel.rows[row]
                edits, shown, row = line.edits, line.view.array, 0
                column += panel.written[0] if panel.written else 0
        control = self.lab.control(edits) if edits else None
        if not isinstance(control, Editable) or column >= shown.shape[1]:
            return None
        return Editing(control, shown, row, column)

    def edit(self, text: str) -> None:
        """Put a number into the cell under the cursor. Errors: SettingError; nothing changes."""
        if editing := self.editable():
            self.set(editing.control.name, editing.put(editing.control.number(text)))

    def nudge(self, by: int) -> None:
        """Move the number under the cursor a little. Errors: SettingError; nothing changes."""
        if editing := self.editable():
            self.set(editing.control.name, editing.nudge(by))

    def paint(self, level: float | None = None) -> bool:
        """Draw in the cell under the cursor; without a level, fill it or empty it. False where
        there is nothing to draw on."""
        editing = self.editable()
        if editing is None or not (isinstance(editing.control, Grid) and editing.control.paints):
            return False
        here = float(editing.shown[editing.row, editing.column])
        self.set(editing.control.name, editing.put(float(here < 0.5) if level is None else level))
        return True

    def _hold_cursor(self) -> None:
        if self.cursor is not None:
            panel = self.panel
            held = panel is not None and _takes_cursor(panel)
            self.cursor = _within(panel, self.cursor) if panel and held else None


@dataclass(frozen=True, eq=False)
class Editing:
    """A number on the screen, and the control that it is edited by."""

    control: Editable
    shown: Array
    row: int
    column: int

    def put(self, number: float) -> Any:
        return self.control.put(self.shown, self.row, self.column, number)

    def nudge(self, by: int) -> Any:
        return self.control.nudge(self.shown, self.row, self.column, by)


def open_lab(lab: Lab, given: Mapping[str, Any], at: int) -> LabSession:
    """A lab opened at settings and a moment. Errors: ValueError with a sentence."""
    return LabSession(lab, lab.settings(given), start=at)


def _takes_cursor(panel: Panel) -> bool:
    return bool(cells(panel)) or (isinstance(panel, Plane) and panel.steers is not None)


def takes_image(lab: Lab) -> bool:
    """Whether a lab can show the learner's own picture."""
    return any(control.name == IMAGE for control in lab.controls)


def with_image(lab: Lab, settings: Settings, image: str) -> Settings:
    """The settings with the learner's own picture, where there is one and the lab can show it."""
    return lab.changed(settings, IMAGE, image) if image and takes_image(lab) else settings


def _within(panel: Panel, cursor: Cursor) -> Cursor:
    """The cursor, or the nearest place of the panel that can be asked about."""
    rows = cells(panel)
    if not rows:
        return Cursor(cursor.key, 0, 0)
    row = max(0, min(cursor.row, len(rows) - 1))
    column = max(0, min(cursor.column, len(rows[row]) - 1))
    return Cursor(cursor.key, row, column)
