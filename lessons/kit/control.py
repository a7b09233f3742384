"""Controls: what a learner may set in a lab, and how a setting is read from text."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lessons.kit.clean import clean
from lessons.kit.number import read_number, shortest

Settings = Mapping[str, Any]
"""A value for each control of a lab, by the control's name."""


MOST_PATH = 4096
"""Characters of a path."""


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
    sets: tuple[tuple[str, str], ...] = ()
    """Controls, and values as text, that are set when this one leaves its initial value."""

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

    def brief(self, value: Any) -> str:
        """A value in few characters, for a line on the screen; empty has no place there."""
        return self.show(value)

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
class Scale(Control):
    """One of a few numbers in their order, such as learning rates."""

    values: tuple[float, ...]
    default: float

    @property
    def initial(self) -> float:
        return self.default

    @property
    def takes(self) -> str:
        return ", ".join(map(shortest, self.values))

    def parse(self, text: str) -> float:
        try:
            value = read_number(text)
        except ValueError:
            raise self.refuse(text) from None
        if value not in self.values:
            raise self.refuse(text)
        return value

    def show(self, value: Any) -> str:
        return shortest(value)

    def step(self, value: Any, by: int) -> float:
        place = self.values.index(value) + by
        return self.values[max(0, min(place, len(self.values) - 1))]


@dataclass(frozen=True, kw_only=True)
class Decimal(Control):
    """A number between two bounds, in steps of `by` from the lower one."""

    low: float
    high: float
    by: float
    default: float

    @property
    def initial(self) -> float:
        return self.default

    @property
    def takes(self) -> str:
        return f"a number from {shortest(self.low)} to {shortest(self.high)}"

    def parse(self, text: str) -> float:
        try:
            value = read_number(text)
        except ValueError:
            raise self.refuse(text) from None
        if not self.low <= value <= self.high:
            raise self.refuse(text)
        return value

    def show(self, value: Any) -> str:
        return shortest(value)

    def step(self, value: Any, by: int) -> float:
        places = round((self.high - self.low) / self.by)
        place = max(0, min(round((value - self.low) / self.by) + by, places))
        # Rounded, so that a hundred steps of 0.05 do not end at 4.999999.
        return float(round(self.low + place * self.by, 10))


@dataclass(frozen=True, kw_only=True)
class Typed(Control):
    """A control whose value is typed as a line of text."""


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
class File(Typed):
    """The path of a file of the learner's own, absolute; empty for none.

    The file is not looked at here: that a path can be read is for the lab to say.
    """

    what: str = "a file"
    """What the file should be, in words."""

    @property
    def initial(self) -> str:
        return ""

    @property
    def takes(self) -> str:
        return f"the path of {self.what}"

    def parse(self, text: str) -> str:
        """The path, with "~" put in full; quotes around it, as terminals put them, are left out.

        A path that a terminal cannot show as it is would have to be cleaned wherever it is shown:
        it is refused. Errors: SettingError.
        """
        path = text.strip()
        if len(path) > 1 and path[0] == path[-1] and path[0] in "'\"":
            path = path[1:-1]
        if not path:
            return ""
        if clean(path) != path or "\n" in path or "\t" in path or len(path) > MOST_PATH:
            raise self.refuse(text[:MOST_PATH])
        try:
            return os.path.abspath(os.path.expanduser(path))
        except OSError:  # a relative path, and the working directory is gone
            raise self.refuse(text) from None

    def brief(self, value: Any) -> str:
        return os.path.basename(str(value))


@dataclass(frozen=True, kw_only=True)
class Text(Typed):
    """A line of the learner's own text."""

    most: int
    """Characters that it may have."""
    least: int = 0
    default: str = ""

    @property
    def initial(self) -> str:
        return self.default

    @property
    def takes(self) -> str:
        bounds = f"{self.least} to" if self.least else "at most"
        return f"a line of text, {bounds} {self.most} characters"

    def brief(self, value: Any) -> str:
        return str(value) or "–"

    def parse(self, text: str) -> str:
        """The line, cleaned, its letters composed (NFC); other lines are joined by blanks.

        Errors: SettingError for too few characters or too many.
        """
        line = unicodedata.normalize("NFC", " ".join(clean(text).replace("\t", " ").split("\n")))
        if self.least <= len(line) <= self.most:
            return line
        raise SettingError(f"{self.name} takes {self.takes}, not {len(line)}")
