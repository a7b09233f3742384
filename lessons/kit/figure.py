"""Figures: what a lab shows at one moment, as data that any screen or pipe can draw.

A panel holds views of traces, so every number in it can say where it came from.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from engine.shapes import Array
from engine.trace import Trace
from engine.why import Element

MarkKind = Literal["window", "current", "dropped", "padding", "peak"]


@dataclass(frozen=True, eq=False)
class View:
    """The part of a trace's array that is left when some of its indices are fixed.

    `at` gives the first indices; None leaves an axis free, and so are the axes after `at`. Two
    axes left are rows and columns; one is shown as one row; none is a single cell. Three are
    what `Maps` shows.
    """

    trace: Trace
    name: str
    at: tuple[int | None, ...] = ()

    @cached_property
    def array(self) -> Array:
        """The numbers, (rows, columns); for `Maps` (maps, rows, columns)."""
        fixed = tuple(slice(None) if index is None else index for index in self.at)
        return np.atleast_2d(self.trace[self.name][fixed])

    @property
    def axes(self) -> int:
        """How many axes are left."""
        return self.trace[self.name].ndim - sum(index is not None for index in self.at)

    def element(self, *place: int) -> Element:
        """The number at a row and column of `array`, with its name and its whole index."""
        free = iter(place[self.array.ndim - self.axes :] if self.axes else ())
        rest = self.trace[self.name].ndim - len(self.at)
        index = [next(free) if part is None else part for part in (*self.at, *[None] * rest)]
        return Element(self.trace, self.name, tuple(index))

    def place(self, index: tuple[int, ...]) -> tuple[int, ...] | None:
        """Where in `array` the number with this whole index stands; None when it is not there."""
        pairs = zip(index, (*self.at, *[None] * (len(index) - len(self.at))), strict=True)
        if any(own is not None and own != part for part, own in pairs):
            return None
        fixed = len(self.at)
        own = [p for n, p in enumerate(index) if n >= fixed or self.at[n] is None]
        return (*[0] * (self.array.ndim - len(own)), *own)


@dataclass(frozen=True)
class Mark:
    """Cells to point out: every row listed, at every column listed."""

    kind: MarkKind
    rows: tuple[int, ...]
    columns: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Number:
    """One number of a trace in running text or in a table."""

    element: Element
    decimals: int = 3
    powers: bool = False
    """Written with a power of ten where its decimals would show nothing of it."""


Line = tuple[str | Number, ...]
"""Text with numbers in it."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Panel:
    """A part of a figure. `key` is its name within the lab, the same at every moment."""

    key: str
    title: str = ""
    spare: bool = False
    """Left out where room is short."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Pixels(Panel):
    """An image or a map, drawn as grey levels; a signed map diverges around zero."""

    view: View
    limits: tuple[float, float] = (0.0, 1.0)
    """The values of black and white; for a signed map the second is the largest magnitude."""
    signed: bool = False
    marks: tuple[Mark, ...] = ()
    written: int | None = None
    """How many cells, row by row, are written so far; None: all."""
    edits: str = ""
    """The name of the Grid control that what is drawn in it goes to."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Matrix(Panel):
    """Numbers in rows and columns."""

    view: View
    decimals: int = 2
    marks: tuple[Mark, ...] = ()
    written: int | None = None
    edits: str = ""
    """The name of the Grid or Values control that a new number in a cell goes to."""
    row_names: tuple[str, ...] = ()
    """What stands before each row."""
    column_names: tuple[str, ...] = ()
    """What stands over each column."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Maps(Panel):
    """Maps of equal size as tiles beside one another, such as what each filter gives."""

    view: View
    """Three axes left: map, row, column."""
    limits: tuple[float, float] = (0.0, 1.0)
    """As in Pixels, the same for all tiles."""
    signed: bool = False
    names: tuple[str, ...] = ()
    """A short name over each tile; none: the tiles stand without."""
    marked: int | None = None
    """The tile to point out."""
    per_row: int | None = None
    """How many tiles stand beside one another; None: as many as fit."""


@dataclass(frozen=True, eq=False)
class Bar:
    """One bar: a label, and a number; several numbers are stacked from left to right."""

    label: str
    parts: tuple[Number, ...]
    marked: bool = False


@dataclass(frozen=True, eq=False, kw_only=True)
class Bars(Panel):
    """Bars below one another, each with its label and its number."""

    bars: tuple[Bar, ...]
    limits: tuple[float, float] = (0.0, 1.0)
    """The values of the left and the right end; where the first is below zero, bars start at
    zero in the middle and go both ways."""
    edits: str = ""
    """The name of the Values control that a new number goes to, one cell for each bar."""
    line: tuple[str, float] | None = None
    """A label and a value to draw a line at, across all bars."""


@dataclass(frozen=True, eq=False)
class TimeRow:
    """One quantity over time."""

    label: str
    view: View
    """One axis left: time."""
    limits: tuple[float, float] = (0.0, 1.0)
    """The values of an empty and a full bar; where the first is below zero, the row is signed."""
    decimals: int = 2
    edits: str = ""
    """The name of the Values control that a new number goes to."""
    marked: bool = False
    """A row to point out."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Timeline(Panel):
    """Quantities over time: a row for each, a column for each time step, which is a level with
    its number where there is room, and a level alone where there is not."""

    rows: tuple[TimeRow, ...]
    ticks: tuple[str, ...]
    """What stands over each column: the input of that time step, or its number."""
    current: int | None = None
    """The time step that this moment is about."""
    written: tuple[int, int] | None = None
    """The first column that is written so far, and one past the last; None: all."""
    compact: bool = False
    """Levels alone, one character a time step, however much room there is."""


@dataclass(frozen=True)
class Stage:
    """One stage of a flow: what it is called, the shape of what it gives, and a word on it."""

    name: str
    shape: tuple[int, ...]
    note: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class Flow(Panel):
    """Stages that hand on from one to the next."""

    stages: tuple[Stage, ...]
    current: int | None = None
    """The stage that this moment is about."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Formula(Panel):
    """Lines of mathematics."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class Table(Panel):
    """Rows under a head; numbers stand to the right of their column."""

    head: tuple[str, ...]
    rows: tuple[tuple[str | Number, ...], ...]
    marked: int | None = None
    """The row to point out."""


@dataclass(frozen=True, eq=False)
class Series:
    """One curve: y over x, both one-dimensional and equally long. What is not finite is a gap."""

    label: str
    x: Array
    y: Array
    letter: str = ""
    """What the curve ends in, so that it is told apart without its hue; none: a, b, c, …"""
    ghost: bool = False
    """A former run: drawn quietly behind the others."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Curves(Panel):
    """Up to six curves over the same axes, which stay put while the curves grow into them."""

    series: tuple[Series, ...]
    x_label: str
    y_label: str
    marked: tuple[float, float] | None = None
    """The point that this moment is about."""
    x_limits: tuple[float, float] | None = None
    """None: from the smallest x to the largest."""
    y_limits: tuple[float, float] | None = None
    """None: from 0, or the smallest y if that is below, to the largest."""
    log_y: bool = False
    """Powers of ten; what is not above zero is a gap."""
    wide: bool = False
    """May take all the width that there is."""


@dataclass(frozen=True, eq=False)
class Points:
    """Places in a plane, x and y equally long, drawn as a letter each; or as a path."""

    letter: str
    x: Array
    y: Array
    label: str = ""
    path: bool = False
    """Join them by a line in their order; the letter stands at the last one."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Plane(Panel):
    """A plane with two axes: perhaps a field of values, and places and paths on it."""

    x_limits: tuple[float, float]
    y_limits: tuple[float, float]
    x_label: str
    y_label: str
    groups: tuple[Points, ...] = ()
    field: View | None = None
    """Values over the whole plane as levels: the first row at the upper limit of y, the first
    column at the lower limit of x."""
    field_limits: tuple[float, float] = (0.0, 1.0)
    """The values of the lowest and the highest level."""
    log_field: bool = False
    at: tuple[float, float] | None = None
    """The place to point out."""
    steers: tuple[str, str] | None = None
    """Names of the controls of x and y that the arrows move while the panel has the cursor."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Note(Panel):
    """A sentence or two about what is to be seen."""

    text: str


@dataclass(frozen=True, eq=False)
class Figure:
    """One moment of a lab."""

    columns: tuple[tuple[Panel, ...], ...]
    """Panels beside one another; each column from top to bottom."""
    below: tuple[Panel, ...] = ()
    """Panels that want the whole width."""
    caption: str = ""
    """The moment in one line of words and numbers."""
    focus: Element | None = None
    """The number that this moment is about."""

    @property
    def panels(self) -> tuple[Panel, ...]:
        return (*(panel for column in self.columns for panel in column), *self.below)
