"""Places of numbers in panels: where a number stands, and where the cursor enters."""

from __future__ import annotations

from engine.why import Element
from lessons.kit.figure import Bars, Maps, Matrix, Panel, Pixels, Timeline, View
from tutor.drawing import maps, timeline

Place = tuple[int, int]
"""Row and column, as `cells` counts them."""


def place_of(panel: Panel, element: Element) -> Place | None:
    """Where a number stands in a panel that shows it; None in one that does not."""
    match panel:
        case Pixels() | Matrix():
            found = _in_view(panel.view, element)
            return (found[0], found[1]) if found else None
        case Maps():
            found = _in_view(panel.view, element)
            return maps.cell_of(panel, *found) if found else None
        case Timeline():
            for n, row in enumerate(panel.rows):
                if found := _in_view(row.view, element):
                    return n, found[1] - timeline.written(panel)[0]
        case Bars():
            for n, bar in enumerate(panel.bars):
                for k, part in enumerate(bar.parts):
                    if _same(part.element.origin(), element):
                        return n, k
    return None


def pointed_out(panel: Panel) -> Place:
    """The place that a panel points out, else its first."""
    match panel:
        case Pixels() | Matrix():
            for mark in panel.marks:
                if mark.kind in ("current", "window") and mark.rows and mark.columns:
                    return mark.rows[len(mark.rows) // 2], mark.columns[len(mark.columns) // 2]
        case Maps() if panel.marked is not None:
            return maps.cell_of(panel, panel.marked, 0, 0)
        case Timeline():
            row = next((n for n, row in enumerate(panel.rows) if row.marked), 0)
            step = 0 if panel.current is None else panel.current - timeline.written(panel)[0]
            return row, step
        case Bars():
            return next((n for n, bar in enumerate(panel.bars) if bar.marked), 0), 0
    return 0, 0


def _in_view(view: View, element: Element) -> tuple[int, ...] | None:
    """Where in the view's array a number stands that was computed as this element."""
    if not view.array.size:
        return None
    own = view.element(*[0] * view.array.ndim).origin()
    if own.name != element.name or own.trace is not element.trace:
        return None
    return view.place(element.index) if len(element.index) == _axes(view) else None


def _axes(view: View) -> int:
    return int(view.trace[view.name].ndim)


def _same(one: Element, other: Element) -> bool:
    return one.name == other.name and one.trace is other.trace and one.index == other.index
