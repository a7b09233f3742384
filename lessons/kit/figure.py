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
    """The part of a trace's array that is left when its first indices are fixed at `at`.

    Two axes left are rows and columns; one is shown as one row; none is a single cell.
    """

    trace: Trace
    name: str
    at: tuple[int, ...] = ()

    @cached_property
    def array(self) -> Array:
        """The numbers, (rows, columns)."""
        return np.atleast_2d(self.trace[self.name][self.at])

    @property
    def axes(self) -> int:
        """How many axes are left."""
        return self.trace[self.name].ndim - len(self.at)

    def element(self, row: int, column: int) -> Element:
        """The number at a row and column, with its name and its whole index."""
        own = (row, column)[2 - self.axes :] if self.axes else ()
        return Element(self.trace, self.name, (*self.at, *own))


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


@dataclass(frozen=True, eq=False, kw_only=True)
class Matrix(Panel):
    """Numbers in rows and columns."""

    view: View
    decimals: int = 2
    marks: tuple[Mark, ...] = ()
    written: int | None = None
    edits: str = ""
    """The name of the Grid control that a new number in a cell goes to."""


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
    """One curve: y over x, both one-dimensional and equally long."""

    label: str
    x: Array
    y: Array


@dataclass(frozen=True, eq=False, kw_only=True)
class Curves(Panel):
    """Up to three curves over the same axis."""

    series: tuple[Series, ...]
    x_label: str
    y_label: str
    marked: tuple[float, float] | None = None
    """The point that this moment is about."""


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
