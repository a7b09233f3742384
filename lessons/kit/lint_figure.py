"""Judges figures: keys that tell panels apart, numbers whose explanations are true."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

import numpy as np

from engine.trace import Trace
from engine.why import Element, why
from lessons.kit.cells import Editable
from lessons.kit.figure import (
    Bars,
    Figure,
    Formula,
    Maps,
    Matrix,
    Number,
    Panel,
    Pixels,
    Plane,
    Table,
    Timeline,
    View,
)
from lessons.kit.lab import Lab

TOLERANCE = 1e-9
"""How far a number and what its relation gives may lie apart, relative to the number."""


def numbers_of(panel: Panel) -> Iterator[Element]:
    """The numbers that a panel shows, in reading order; cells not yet written left out."""
    match panel:
        case Pixels() | Matrix():
            yield from itertools.islice(_every(panel.view), panel.written)
        case Maps():
            yield from _every(panel.view)
        case Plane() if panel.field is not None:
            yield from _every(panel.field)
        case Timeline():
            first, end = panel.written or (0, len(panel.ticks))
            for row in panel.rows:
                yield from itertools.islice(_every(row.view), first, end)
        case Bars():
            yield from (part.element for bar in panel.bars for part in bar.parts)
        case Formula():
            yield from _numbers_in(panel.lines)
        case Table():
            yield from _numbers_in(panel.rows)


def _every(view: View) -> Iterator[Element]:
    return (view.element(*place) for place in np.ndindex(view.array.shape))


def _numbers_in(lines: tuple[tuple[str | Number, ...], ...]) -> Iterator[Element]:
    return (part.element for line in lines for part in line if isinstance(part, Number))


class FigureLint:
    """Judges figures one after another; a number that several of them show is asked once."""

    def __init__(self) -> None:
        self._asked: set[tuple[int, str, tuple[int, ...]]] = set()
        self._traces: dict[int, Trace] = {}
        """Keeps the traces alive: the id of a dead one may come back as another's."""
        self.figures = 0

    @property
    def numbers(self) -> int:
        """How many numbers have been asked so far."""
        return len(self._asked)

    def problems(self, lab: Lab, figure: Figure) -> Iterator[str]:
        """What is wrong with a figure of a lab; of each panel the first wrong number."""
        self.figures += 1
        keys = [panel.key for panel in figure.panels]
        yield from (f"two panels have the key {key!r}" for key in sorted(_repeated(keys)))
        editable = {control.name for control in lab.controls if isinstance(control, Editable)}
        controls = {control.name for control in lab.controls}
        for panel in figure.panels:
            for name in sorted(set(_edits(panel)) - editable):
                yield f"the panel {panel.key!r} edits {name!r}, which is no control of cells"
            steers = panel.steers if isinstance(panel, Plane) and panel.steers else ()
            for name in sorted(set(steers) - controls):
                yield f"the panel {panel.key!r} steers {name!r}, which is no control"
            wrong = self.ask(*numbers_of(panel))
            if wrong:
                yield f"the panel {panel.key!r}: {wrong}"
        wrong = self.ask(figure.focus) if figure.focus else ""
        if wrong:
            yield f"the focus: {wrong}"

    def ask(self, *shown: Element) -> str:
        """Ask numbers why they are what they are; gives what is wrong with the first that has a
        wrong answer, or nothing."""
        new: dict[tuple[int, str], list[Element]] = {}
        for element in shown:
            origin = element.origin()
            if element.value != origin.value and not math.isnan(element.value):
                return (
                    f"{element.label} is {element.value!r}, but {origin.label} of "
                    f"{origin.trace.operation}, where it comes from, is {origin.value!r}"
                )
            key = (id(origin.trace), origin.name, origin.index)
            if key not in self._asked:
                self._asked.add(key)
                self._traces[id(origin.trace)] = origin.trace
                new.setdefault(key[:2], []).append(origin)
        return next((said for group in new.values() if (said := _wrong(group))), "")


def _wrong(group: list[Element]) -> str:
    """What is wrong with numbers of one array, or nothing; how the first is explained is tried."""
    trace, name = group[0].trace, group[0].name
    if why(trace, name, group[0].index).relation is None:
        return ""
    given = trace.recompute_many(name, np.array([one.index for one in group], dtype=int))
    for element, number in zip(group, map(float, given), strict=True):
        value = element.value
        if math.isnan(value) and math.isnan(number):
            continue  # where a computation goes wrong on purpose
        if not math.isclose(number, value, rel_tol=TOLERANCE, abs_tol=TOLERANCE):
            return f"{element.label} is {value!r}, but its relation gives {number!r}"
    return ""


def _edits(panel: Panel) -> list[str]:
    """The controls that new numbers in a panel go to."""
    match panel:
        case Pixels() | Matrix() | Bars():
            return [panel.edits] if panel.edits else []
        case Timeline():
            return [row.edits for row in panel.rows if row.edits]
    return []


def _repeated(keys: list[str]) -> set[str]:
    return {key for key in keys if keys.count(key) > 1}
