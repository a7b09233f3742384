"""Controls whose numbers the learner edits cell by cell, where a panel shows them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.shapes import Array
from lessons.kit.control import Control, SettingError
from lessons.kit.number import read_number, shortest

Cells = tuple[tuple[float, ...], ...]
"""The rows of an editable grid."""


@dataclass(frozen=True, kw_only=True)
class Editable(Control):
    """A control whose numbers are edited cell by cell; a panel names it in `edits`."""

    def number(self, text: str) -> float:
        """One cell's value. Errors: SettingError."""
        raise NotImplementedError

    def put(self, shown: Array, row: int, column: int, number: float) -> Any:
        """The value with a number in a cell of what the panel shows, (rows, columns).

        Errors: SettingError.
        """
        raise NotImplementedError

    def nudge(self, shown: Array, row: int, column: int, by: int) -> Any:
        """The value with a cell moved a little. Errors: SettingError."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Values(Editable):
    """A row of numbers that the learner edits one by one, such as probabilities or logits.

    As a `distribution` the numbers stay probabilities with the sum 1: when one is changed, the
    others share the rest as before. Its key goes through the presets.
    """

    default: tuple[float, ...]
    low: float = 0.0
    high: float = 1.0
    by: float = 0.05
    """How far a nudge moves a number."""
    least: int = 1
    """The smallest and the largest count of numbers."""
    most: int = 12
    distribution: bool = False
    presets: tuple[tuple[float, ...], ...] = ()

    @property
    def initial(self) -> tuple[float, ...]:
        return self.default

    @property
    def takes(self) -> str:
        count = f"{self.least} to {self.most}" if self.least < self.most else f"{self.most}"
        rest = " with the sum 1" if self.distribution else ""
        low, high = shortest(self.low), shortest(self.high)
        numbers = "number" if count == "1" else "numbers"
        return f"{count} {numbers} from {low} to {high}{rest}, such as '{self.show(self.default)}'"

    def parse(self, text: str) -> tuple[float, ...]:
        try:
            values = tuple(map(read_number, text.replace(",", " ").split()))
        except ValueError:
            raise self.refuse(text) from None
        right = all(self.low <= value <= self.high for value in values)
        if not (right and self.least <= len(values) <= self.most):
            raise self.refuse(text)
        if self.distribution:
            if not math.isclose(sum(values), 1, abs_tol=1e-6):
                raise self.refuse(text)
            # Left as they are where they add up but for rounding: a preset stays itself.
            near = math.isclose(sum(values), 1, abs_tol=1e-12)
            return values if near else tuple(value / sum(values) for value in values)
        return values

    def show(self, value: Any) -> str:
        return " ".join(map(shortest, value))

    def step(self, value: Any, by: int) -> tuple[float, ...]:
        if not self.presets:
            return tuple(value)
        if value in self.presets:
            return self.presets[(self.presets.index(value) + by) % len(self.presets)]
        return self.presets[0 if by > 0 else -1]

    def number(self, text: str) -> float:
        try:
            value = read_number(text)
        except ValueError:
            value = math.nan
        if not self.low <= value <= self.high:
            low, high = shortest(self.low), shortest(self.high)
            raise SettingError(f"this takes a number from {low} to {high}, not {text!r}")
        return value

    def put(self, shown: Array, row: int, column: int, number: float) -> tuple[float, ...]:
        values = [float(value) for value in np.ravel(shown)]
        place = row * np.shape(shown)[1] + column
        values[place] = number
        if self.distribution:
            others = sum(values) - number
            count = len(values) - 1
            if not count:
                return (1.0,)
            share = (1 - number) / others if others > 0 else 0.0
            spread = 0.0 if others > 0 else (1 - number) / count
            values = [
                # Rounded so that 0.1 + 0.2 stays 0.3, which the learner reads.
                number if n == place else round(value * share + spread, 15)
                for n, value in enumerate(values)
            ]
        return tuple(values)

    def nudge(self, shown: Array, row: int, column: int, by: int) -> tuple[float, ...]:
        # On the steps' own marks: .33 goes to .35 or .30.
        here = float(shown[row][column]) / self.by
        near = math.floor(here + 1e-9) if by > 0 else math.ceil(here - 1e-9)
        number = round((near + by) * self.by, 10)
        return self.put(shown, row, column, max(self.low, min(number, self.high)))


@dataclass(frozen=True, kw_only=True)
class Grid(Editable):
    """Numbers in rows and columns that the learner edits cell by cell.

    Empty means untouched: the lab then takes the numbers from another control.
    """

    bound: float = 99.0
    size: tuple[int, int] | None = None
    """Rows and columns; None: as many of the one as of the other."""
    paints: bool = False
    """Whether it is a picture that is drawn: a digit key sets a cell to that many ninths at once,
    the space bar fills or empties it."""

    @property
    def initial(self) -> Cells:
        return ()

    @property
    def takes(self) -> str:
        bound = f"numbers up to ±{self.bound:g}"
        if self.size:
            rows, columns = self.size
            return f"{rows} rows of {columns} {bound}, with / between the rows"
        return f"a square of {bound}, such as '-1 0 1 / -2 0 2 / -1 0 1'"

    def parse(self, text: str) -> Cells:
        if not text.strip():
            return ()
        rows = tuple(
            tuple(self._number(cell) for cell in row.replace(",", " ").split())
            for row in text.split("/")
        )
        size = self.size or (len(rows), len(rows))
        if len(rows) != size[0] or any(len(row) != size[1] for row in rows):
            raise self.refuse(text)
        return rows

    def number(self, text: str) -> float:
        """One cell's value. Errors: SettingError, also for nan, inf and underscores."""
        try:
            return self._number(text)
        except SettingError:
            limit = f"±{self.bound:g}"
            raise SettingError(f"a cell takes a number up to {limit}, not {text!r}") from None

    def put(self, shown: Array, row: int, column: int, number: float) -> Cells:
        rows = [[float(value) for value in line] for line in shown]
        rows[row][column] = number
        return tuple(map(tuple, rows))

    def nudge(self, shown: Array, row: int, column: int, by: int) -> Cells:
        number = max(-self.bound, min(float(shown[row][column]) + by, self.bound))
        return self.put(shown, row, column, number)

    def _number(self, text: str) -> float:
        try:
            value = read_number(text)
        except ValueError:
            raise self.refuse(text) from None
        if abs(value) > self.bound:
            raise self.refuse(text)
        return value

    def show(self, value: Any) -> str:
        return " / ".join(" ".join(shortest(cell) for cell in row) for row in value)
