"""What the labs worked by hand share: cells that fill up, and the formula of the newest one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from engine.notation import format_number
from engine.shapes import Array
from engine.trace import Trace
from engine.why import Element, Explanation, why
from lessons.kit.figure import Formula, Line, Number

DECIMALS = 2
DOT = "·".rjust(3 + DECIMALS)
"""A cell that is not written yet."""
LINE = 76
"""Characters of a line under the tables."""
FINE = 8
"""Decimals that tell a derived gradient from a measured one, or do not."""

Place = tuple[str, tuple[int, ...]]
"""A number by the name of its array and its index there."""


def head(*names: str, decimals: int = DECIMALS) -> tuple[str, ...]:
    """Heads of columns of numbers, as wide as those with a sign and so many decimals, so that
    nothing moves while the cells fill up."""
    return tuple(name.rjust(3 + decimals) for name in names)


def decimals_of(*arrays: Array) -> int:
    """One decimal for numbers that need no more, else two."""
    return 1 if all(np.allclose(array, array.round(1)) for array in arrays) else DECIMALS


@dataclass(frozen=True, eq=False)
class Cells:
    """The numbers of one trace, of which only those that are done are shown."""

    trace: Trace
    done: Collection[Place]
    """Those that are computed so far, of all that are to be."""
    given_decimals: int = DECIMALS

    def given(self, name: str, *index: int) -> Number:
        """A number that is there from the start."""
        return Number(Element(self.trace, name, index), self.given_decimals)

    def __call__(self, name: str, *index: int) -> Number | str:
        """A number once it is done, a dot before."""
        if (name, index) not in self.done:
            return DOT
        return Number(Element(self.trace, name, index), DECIMALS)


def blackboard(element: Element, check: Element | None = None) -> Formula:
    """The formula of a number, and the same with its numbers put in: what "why?" answers too, cut
    to a line each. With a measured number to hold it against, that comes in the formula's place.
    """
    answer = why(element.trace, element.name, element.index)
    value = format_number(element.value)
    numbers = ""
    if answer.numbers:
        numbers = _cut(f"{element.label} = {answer.numbers}", LINE - len(value) - 3)
        numbers += f" = {value}"
    lines: list[Line] = [(_cut(_live(answer), LINE),), (numbers,)]
    if check is not None:
        derived, measured = Number(element, FINE), Number(check, FINE)
        lines[0] = ("derived ", derived, "   measured ", measured, "   (L(+ε) − L(−ε)) / 2ε")
    return Formula(key="formula", lines=tuple(lines))


def _live(answer: Explanation) -> str:
    """The formula; where a choice makes it too long, the branch that its terms come from."""
    left, sign, right = answer.formula.partition(" = ")
    _, found, other = right.partition(", else ")
    names = {element.name for term in answer.terms for element in term.elements}
    if len(answer.formula) > LINE and found and all(f"{name}[" in other for name in names):
        return left + sign + other
    return answer.formula


def _cut(text: str, room: int) -> str:
    """A text in so many characters: what is too long ends with a whole term of its sum."""
    if len(text) <= room:
        return text
    return f"{text[: room - 1].rpartition(' + ')[0] or text[: room - 4]} + …"
