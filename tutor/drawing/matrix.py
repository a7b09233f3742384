"""Matrices: numbers in rows and columns, under and behind their names."""

from __future__ import annotations

import numpy as np

from engine.notation import fixed, format_number
from lessons.kit.figure import Matrix
from tutor.drawing.cells import extremes, frame_of
from tutor.drawing.grid import UNWRITTEN, Frame, draw_grid
from tutor.drawing.ink import MUTED, PLAIN, Ink, breadth, ljust, rjust
from tutor.drawing.pen import Body, Pen, Size

LONGEST_NAME = 16


def natural(panel: Matrix) -> Size:
    """Columns and lines of the whole matrix."""
    rows, columns = panel.view.array.shape
    width = columns * (_cell_width(panel) + 1) + 1
    return _margin(panel) + width, rows + _head(panel)


def least(panel: Matrix) -> Size:
    """A part of it: a few rows and columns are enough to follow what happens."""
    rows, columns = panel.view.array.shape
    width = min(columns, 3) * (_cell_width(panel) + 1) + 1
    return _margin(panel) + width, min(rows, 3) + _head(panel)


def draw(panel: Matrix, width: int, height: int, pen: Pen) -> Body:
    """The part that fits, names in step with it."""
    array = panel.view.array
    columns = array.shape[1]
    written = array.size if panel.written is None else panel.written
    cell_width, margin, head = _cell_width(panel), _margin(panel), _head(panel)

    def cell(row: int, column: int) -> tuple[str, Ink]:
        if row * columns + column >= written:
            return UNWRITTEN
        value = float(array[row, column])
        return _text(panel, value), Ink("plus" if value > 0 else "minus") if value else PLAIN

    room = (width - margin - 1) // (cell_width + 1)
    frame = frame_of(panel, height - head, room, pen)
    lines = draw_grid(cell, frame, panel.marks, pen.cursor, cell_width)
    if margin:
        names = _names(panel)[frame.top : frame.top + frame.rows]
        lines = [
            [(ljust(name, margin), MUTED), *line] for name, line in zip(names, lines, strict=False)
        ]
    if head:
        shown = panel.column_names[frame.left : frame.left + frame.columns]
        text = "".join(" " + rjust(name[:cell_width], cell_width) for name in shown)
        lines.insert(0, [(" " * margin + text, MUTED)])
    return lines, frame


def cell_at(panel: Matrix, frame: Frame, x: int, y: int) -> tuple[int, int] | None:
    """The row and column that is drawn at a place of its room."""
    row, across = y - _head(panel), x - _margin(panel)
    column = max(0, across - 1) // (_cell_width(panel) + 1)
    if row < 0 or across < 0 or row >= frame.rows or column >= frame.columns:
        return None
    return frame.top + row, frame.left + column


def _head(panel: Matrix) -> int:
    return 1 if panel.column_names else 0


def _names(panel: Matrix) -> list[str]:
    rows = panel.view.array.shape[0]
    names = [name[:LONGEST_NAME] for name in panel.row_names]
    return [*names, *[""] * (rows - len(names))]


def _margin(panel: Matrix) -> int:
    return max(map(breadth, _names(panel)), default=0) if panel.row_names else 0


def _cell_width(panel: Matrix) -> int:
    texts = [_text(panel, float(value)) for value in extremes(panel.view)]
    names = [breadth(name[:LONGEST_NAME]) for name in panel.column_names]
    if panel.column_names and not panel.decimals and _whole(panel):
        array = panel.view.array
        texts = [_text(panel, float(value)) for value in (array.min(), array.max())]
        return max([3, *map(len, texts), *names])
    own = max(4 if panel.decimals else 3, *map(len, texts)) + (0 if panel.decimals else 1)
    return max([own, *names])


def _whole(panel: Matrix) -> bool:
    """Whether all numbers are whole, such as counts."""
    array = panel.view.array
    return bool(array.size and (array == np.rint(array)).all())


def _text(panel: Matrix, value: float) -> str:
    return fixed(value, panel.decimals) if panel.decimals else format_number(value, 2)
