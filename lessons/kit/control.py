"""Controls: what a learner may set in a lab, and how a setting is read from text."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Settings = Mapping[str, Any]
"""A value for each control of a lab, by the control's name."""

Cells = tuple[tuple[float, ...], ...]
"""The rows of an editable grid."""


class SettingError(ValueError):
    """A setting that cannot be; the message names the control and what it takes."""


@dataclass(frozen=True, kw_only=True)
class Control:
    """One thing to set. Every kind has an `initial` value and reads its value from text."""

    name: str
    """How code, files and `--set` call it."""
    label: str
    """How the screen calls it."""
    key: str = ""
    """The letter that sets the next value; its capital sets the one before."""
    resets: tuple[str, ...] = ()
    """Controls that go back to their initial value when this one is changed."""

    @property
    def initial(self) -> Any:
        raise NotImplementedError

    @property
    def takes(self) -> str:
        """What values there are, in words for help and errors."""
        raise NotImplementedError

    def parse(self, text: str) -> Any:
        """The value that a text means. Errors: SettingError."""
        raise NotImplementedError

    def show(self, value: Any) -> str:
        """A value as text that `parse` reads back."""
        return str(value)

    def step(self, value: Any, by: int) -> Any:
        """The value that many places on; a control that has no order stays as it is."""
        return value

    def refuse(self, text: object) -> SettingError:
        return SettingError(f"{self.name} takes {self.takes}, not {str(text)!r}")


@dataclass(frozen=True, kw_only=True)
class Choice(Control):
    """One of a few named options."""

    options: tuple[str, ...]
    default: str

    @property
    def initial(self) -> str:
        return self.default

    @property
    def takes(self) -> str:
        return ", ".join(self.options)

    def parse(self, text: str) -> str:
        if text in self.options:
            return text
        raise self.refuse(text)

    def step(self, value: Any, by: int) -> str:
        return self.options[(self.options.index(value) + by) % len(self.options)]


@dataclass(frozen=True, kw_only=True)
class Stepper(Control):
    """A whole number between two bounds."""

    low: int
    high: int
    default: int
    by: int = 1

    @property
    def initial(self) -> int:
        return self.default

    @property
    def takes(self) -> str:
        steps = f" in steps of {self.by}" if self.by > 1 else ""
        return f"a whole number from {self.low} to {self.high}{steps}"

    def parse(self, text: str) -> int:
        digits = str(text).strip().removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
            raise self.refuse(text)
        value = int(text)
        if self.low <= value <= self.high and (value - self.low) % self.by == 0:
            return value
        raise self.refuse(text)

    def step(self, value: Any, by: int) -> int:
        return min(self.high, max(self.low, int(value) + by * self.by))


@dataclass(frozen=True, kw_only=True)
class Toggle(Control):
    """On or off."""

    default: bool = False

    @property
    def initial(self) -> bool:
        return self.default

    @property
    def takes(self) -> str:
        return "on or off"

    def parse(self, text: str) -> bool:
        known = {"on": True, "off": False, "yes": True, "no": False, "true": True, "false": False}
        if str(text).lower() in known:
            return known[str(text).lower()]
        raise self.refuse(text)

    def show(self, value: Any) -> str:
        return "on" if value else "off"

    def step(self, value: Any, by: int) -> bool:
        return not value


@dataclass(frozen=True, kw_only=True)
class Grid(Control):
    """Numbers in rows and columns that the learner edits cell by cell.

    Empty means untouched: the lab then takes the numbers from another control.
    """

    bound: float = 99.0

    @property
    def initial(self) -> Cells:
        return ()

    @property
    def takes(self) -> str:
        return f"a square of numbers up to ±{self.bound:g}, such as '-1 0 1 / -2 0 2 / -1 0 1'"

    def parse(self, text: str) -> Cells:
        if not text.strip():
            return ()
        rows = tuple(
            tuple(self._number(cell) for cell in row.replace(",", " ").split())
            for row in text.split("/")
        )
        if len({len(row) for row in rows}) != 1 or len(rows) != len(rows[0]):
            raise self.refuse(text)
        return rows

    def number(self, text: str) -> float:
        """One cell's value. Errors: SettingError, also for nan, inf and underscores."""
        try:
            return self._number(text)
        except SettingError:
            limit = f"±{self.bound:g}"
            raise SettingError(f"a cell takes a number up to {limit}, not {text!r}") from None

    def _number(self, text: str) -> float:
        plain = text.strip().replace("\u2212", "-")
        try:
            value = float(plain)
        except ValueError:
            raise self.refuse(text) from None
        if "_" in plain or not math.isfinite(value) or abs(value) > self.bound:
            raise self.refuse(text)
        return value

    def show(self, value: Any) -> str:
        return " / ".join(" ".join(_shortest(cell) for cell in row) for row in value)


def _shortest(number: float) -> str:
    """The number as text that reads back as the same number."""
    short = f"{number:g}"
    return short if float(short) == number else repr(float(number))
