"""What a learner answers: kinds of answers, each reading its value from typed text."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from engine.notation import MINUS, format_number

MOST_CHARACTERS = 80
"""A longer answer is refused unread."""
NUMBERS = "123456789"
"""What the options of a choice are called."""

DUST = 1e-9
"""A number nearer to zero than this has no sign: it is what rounding left."""

_MINUSES = str.maketrans({MINUS: "-", "\u2013": "-", "\uff0d": "-"})
_SPACES = re.compile(r"\s+")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_GROUPED = re.compile(
    r"(?P<head>[+-]?[1-9][0-9]{0,2})(?P<groups>(?:(?P<mark>[ ,.'])[0-9]{3})(?:(?P=mark)[0-9]{3})*)"
    r"(?P<rest>[.,][0-9]+)?"
)
_BETWEEN_LENGTHS = re.compile(r"\s*(?:[x×X*·,;]|by|\s)\s*")
_BETWEEN_ITEMS = re.compile(r"\s*[,;<>→]\s*")


class AnswerError(ValueError):
    """A text that is no answer to what was asked; the message says what is taken."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What an answer is made of. Every kind reads a value from text and writes it so that
    `parse` reads it back."""

    @property
    def takes(self) -> str:
        """What is taken, in words for the prompt and for errors."""
        raise NotImplementedError

    def parse(self, text: str) -> Any:
        """The value that a text means. Errors: AnswerError."""
        raise NotImplementedError

    def show(self, value: Any) -> str:
        """A value as text."""
        return str(value)

    def same(self, value: Any, truth: Any) -> bool:
        """Whether a value counts as the truth."""
        return bool(value == truth)

    def difference(self, said: Any, truth: Any) -> str:
        """How the truth differs from what was said, in a few words; empty where words lack."""
        return ""

    def cleaned(self, text: str) -> str:
        """The text with one kind of space and of minus. Errors: AnswerError."""
        plain = _SPACES.sub(" ", text.translate(_MINUSES)).strip()
        if not plain:
            raise AnswerError(f"Nothing was typed. This takes {self.takes}.")
        if len(plain) > MOST_CHARACTERS:
            raise AnswerError(f"That is too long. This takes {self.takes}.")
        return plain

    def refuse(self, text: str) -> AnswerError:
        return AnswerError(f"This takes {self.takes}, not {text!r}.")


@dataclass(frozen=True, kw_only=True)
class Numeric(Kind):
    """A number; without a tolerance it must be exact."""

    unit: str = ""
    """What is counted; the learner may type it or leave it out."""
    tolerance: float = 0.0
    """How far from the truth still counts as the truth."""
    relative: float = 0.0
    """The same as a part of the truth, for numbers whose size alone is asked."""

    @property
    def takes(self) -> str:
        counted = f" of {self.unit}" if self.unit else ""
        if self.tolerance:
            return f"a number{counted}, within {format_number(self.tolerance)}"
        if self.relative:
            return f"a number{counted}, within {format_number(100 * self.relative)} %"
        return f"a number{counted}"

    def parse(self, text: str) -> float:
        plain = self.cleaned(text)
        for unit in (self.unit, self.unit.removesuffix("s")):
            if unit and plain.lower().endswith(unit.lower()):
                plain = plain[: -len(unit)].rstrip()
        above, slash, below = plain.partition("/")
        value = self._number(above.strip(), text)
        if slash:
            divisor = self._number(below.strip(), text)
            if divisor == 0:
                raise AnswerError(f"Nothing can be divided by 0. This takes {self.takes}.")
            value /= divisor
        if not math.isfinite(value):
            raise self.refuse(text.strip())
        return value

    def _number(self, text: str, whole_text: str) -> float:
        grouped = _GROUPED.fullmatch(text)
        if grouped and self._is_grouped(grouped):
            text = grouped["head"] + grouped["groups"].replace(grouped["mark"], "")
            text += grouped["rest"] or ""
        text = text.replace(",", ".")
        if not _NUMBER.fullmatch(text):
            raise self.refuse(whole_text.strip())
        return float(text)

    def _is_grouped(self, match: re.Match[str]) -> bool:
        """Whether the marks stand between thousands: 1,234 could also mean a bit more than 1,
        and does where the truth may have decimals."""
        if match["rest"] and match["rest"][0] == match["mark"]:
            return False
        exact = not self.tolerance and not self.relative
        sure = match["mark"] in " '" or len(match["groups"]) > 4 or bool(match["rest"])
        return sure or exact

    def show(self, value: Any) -> str:
        if float(value).is_integer() and abs(value) < 1e15:
            return str(int(value)).replace("-", MINUS)
        if self.relative and abs(value) >= 10:
            return format_number(float(value), 0 if abs(value) >= 100 else 1)
        return format_number(float(value), 2 if self.tolerance >= 0.01 <= abs(value) else 4)

    def same(self, value: Any, truth: Any) -> bool:
        slack = max(self.tolerance, self.relative * abs(truth), 1e-9 * max(1.0, abs(truth)))
        return bool(abs(value - truth) <= slack * (1 + 1e-9))

    def difference(self, said: Any, truth: Any) -> str:
        if said > 0 and truth > 0 and max(said / truth, truth / said) >= 10:
            more = truth > said
            factor = format_number(truth / said if more else said / truth, 0)
            return f"{factor} times as much" if more else f"1/{factor} of that"
        gap = self.show(round(abs(truth - said), 9))
        return f"{gap} {'more' if truth > said else 'less'}"


@dataclass(frozen=True, kw_only=True)
class Sign(Kind):
    """Above zero, below, or zero itself; the value is any number with that sign."""

    @property
    def takes(self) -> str:
        return f"+, {MINUS} or 0"

    def parse(self, text: str) -> float:
        plain = self.cleaned(text).lower()
        words = {
            **dict.fromkeys(("+", "plus", "positive"), 1.0),
            **dict.fromkeys(("-", "minus", "negative"), -1.0),
            **dict.fromkeys(("0", "zero"), 0.0),
        }
        if plain in words:
            return words[plain]
        try:
            return Numeric(tolerance=1.0).parse(plain)
        except AnswerError:
            raise self.refuse(text.strip()) from None

    def show(self, value: Any) -> str:
        return "0" if abs(value) < DUST else "+" if value > 0 else MINUS

    def same(self, value: Any, truth: Any) -> bool:
        return self.show(value) == self.show(truth)


@dataclass(frozen=True, kw_only=True)
class Shape(Kind):
    """The lengths of an array's axes."""

    axes: tuple[str, ...] = ("rows", "columns")

    @property
    def takes(self) -> str:
        return f"{' × '.join(self.axes)}, such as {'×'.join(['9', '7', '3'][: len(self.axes)])}"

    def parse(self, text: str) -> tuple[int, ...]:
        plain = self.cleaned(text)
        bare = plain.strip("()[] ")
        lengths = [part for part in _BETWEEN_LENGTHS.split(bare) if part]
        if not all(re.fullmatch(r"[0-9]{1,6}", part) for part in lengths):
            raise self.refuse(text.strip())
        if len(lengths) != len(self.axes):
            raise AnswerError(f"{text.strip()!r} has not one number for each of {self.takes}.")
        return tuple(int(part) for part in lengths)

    def show(self, value: Any) -> str:
        return "×".join(str(length) for length in value)

    def difference(self, said: Any, truth: Any) -> str:
        gaps = [
            f"{abs(real - bet)} {'more' if real > bet else 'fewer'} {axis}"
            for axis, bet, real in zip(self.axes, said, truth, strict=True)
            if bet != real
        ]
        return ", ".join(gaps)


@dataclass(frozen=True, kw_only=True)
class _Numbered(Kind):
    """A kind whose answers are called by numbers."""

    options: tuple[str, ...] = ()
    """As they stand on screen: 1, 2, 3 … from the first."""

    @property
    def numbered(self) -> tuple[tuple[str, str], ...]:
        """The options, each with its number."""
        return tuple(zip(NUMBERS, self.options, strict=False))


@dataclass(frozen=True, kw_only=True)
class OneOf(_Numbered):
    """One of several options; the value is the option's text."""

    @property
    def takes(self) -> str:
        return f"one number from 1 to {len(self.options)}"

    def parse(self, text: str) -> str:
        plain = self.cleaned(text).casefold()
        for option in self.options:
            if plain == _SPACES.sub(" ", option.translate(_MINUSES)).casefold():
                return option
        for number, option in self.numbered:
            if plain.rstrip(".)") == number:
                return option
        raise self.refuse(text.strip())


@dataclass(frozen=True, kw_only=True)
class InOrder(_Numbered):
    """All of several items, put in order; the value is their texts in that order."""

    @property
    def takes(self) -> str:
        reverse = ", ".join(reversed(NUMBERS[: len(self.options)]))
        return f"all the numbers from 1 to {len(self.options)} in order, such as {reverse}"

    def parse(self, text: str) -> tuple[str, ...]:
        plain = self.cleaned(text)
        if set(parts := _BETWEEN_ITEMS.split(plain)) == set(self.options):
            order = parts
        else:
            known = dict(self.numbered)
            order = [known.get(number, "") for number in re.sub(r"[^0-9]", "", plain)]
            if re.search(r"[^0-9\s,;<>→]", plain):
                raise self.refuse(text.strip())
        if sorted(order) != sorted(self.options):
            raise self.refuse(text.strip())
        return tuple(order)

    def show(self, value: Any) -> str:
        return ", ".join(value)
