"""Cells of pictures and matrices: which of them are seen, and the numbers they hold."""

from __future__ import annotations

import numpy as np

from engine.why import Element
from lessons.kit.figure import Matrix, Pixels, View
from tutor.drawing.grid import Frame, follow
from tutor.drawing.pen import Pen


def cells_of(panel: Pixels | Matrix) -> list[list[Element]]:
    """The numbers that are written, row by row."""
    rows, columns = panel.view.array.shape
    written = rows * columns if panel.written is None else panel.written
    grid = [
        [panel.view.element(r, c) for c in range(columns) if r * columns + c < written]
        for r in range(rows)
    ]
    return [row for row in grid if row]


def frame_of(panel: Pixels | Matrix, rows_room: int, columns_room: int, pen: Pen) -> Frame:
    """What is seen in a room of so many cells: what must be, and else what was before."""
    rows, columns = panel.view.array.shape
    rows_room, columns_room = max(1, min(rows, rows_room)), max(1, min(columns, columns_room))
    old = pen.frame or Frame(0, 0, 0, 0)
    top, bottom, left, right = _anchor(panel, pen) or (old.top, old.top, old.left, old.left)
    return Frame(
        follow(old.top, rows_room, rows, top, bottom),
        follow(old.left, columns_room, columns, left, right),
        rows_room,
        columns_room,
    )


def extremes(view: View) -> tuple[float, float, float]:
    """Numbers as wide as any of the view's."""
    array = view.array
    widest = float(np.abs(array).max(initial=0))
    return -widest if float(array.min(initial=0)) < 0 else widest, 0.25, 1.0


def _anchor(panel: Pixels | Matrix, pen: Pen) -> tuple[int, int, int, int] | None:
    """The rows and columns that must be seen: the cursor, or what the marks point at."""
    if pen.cursor is not None:
        row, column = pen.cursor
        return row, row, column, column
    telling = [mark for mark in panel.marks if mark.kind in ("window", "current")]
    rows = [row for mark in telling for row in mark.rows]
    columns = [column for mark in telling for column in mark.columns]
    return (min(rows), max(rows), min(columns), max(columns)) if rows and columns else None
