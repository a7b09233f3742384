"""Judges figures: keys that tell panels apart, numbers whose explanations are true."""

from __future__ import annotations

import math
from collections.abc import Iterator

from engine.trace import Trace
from engine.why import Element, why
from lessons.kit.cells import Editable
from lessons.kit.figure import Figure, Formula, Matrix, Number, Panel, Pixels, Table
from lessons.kit.lab import Lab

TOLERANCE = 1e-9
"""How far a number and what its relation gives may lie apart, relative to the number."""


def numbers_of(panel: Panel) -> Iterator[Element]:
    """The numbers that a panel shows, in reading order; cells not yet written left out."""
    if isinstance(panel, Pixels | Matrix):
        rows, columns = panel.view.array.shape
        written = rows * columns if panel.written is None else panel.written
        for cell in range(written):
            yield panel.view.element(*divmod(cell, columns))
        return
    lines: tuple[tuple[str | Number, ...], ...] = ()
    if isinstance(panel, Formula):
        lines = panel.lines
    elif isinstance(panel, Table):
        lines = panel.rows
    for line in lines:
        yield from (part.element for part in line if isinstance(part, Number))


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
        for panel in figure.panels:
            if isinstance(panel, Matrix) and panel.edits and panel.edits not in editable:
                yield f"the panel {panel.key!r} edits {panel.edits!r}, which is no control of cells"
            wrong = next((said for one in numbers_of(panel) if (said := self.ask(one))), "")
            if wrong:
                yield f"the panel {panel.key!r}: {wrong}"
        wrong = self.ask(figure.focus) if figure.focus else ""
        if wrong:
            yield f"the focus: {wrong}"

    def ask(self, shown: Element) -> str:
        """Ask a number why it is what it is; gives what is wrong with the answer, or nothing."""
        origin = shown.origin()
        key = (id(origin.trace), origin.name, origin.index)
        if shown.value != origin.value:
            return (
                f"{shown.label} is {shown.value!r}, but {origin.label} of "
                f"{origin.trace.operation}, where it comes from, is {origin.value!r}"
            )
        if key in self._asked:
            return ""
        self._asked.add(key)
        self._traces[id(origin.trace)] = origin.trace
        if why(origin.trace, origin.name, origin.index).relation is None:
            return ""
        given = origin.trace.recompute(origin.name, origin.index)
        if math.isclose(given, origin.value, rel_tol=TOLERANCE, abs_tol=TOLERANCE):
            return ""
        return f"{origin.label} is {origin.value!r}, but its relation gives {given!r}"


def _repeated(keys: list[str]) -> set[str]:
    return {key for key in keys if keys.count(key) > 1}
