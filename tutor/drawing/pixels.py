"""Pictures: a pixel as half a character in colour, as a character, or as its number."""

from __future__ import annotations

from collections.abc import Sequence

from engine.notation import fixed
from lessons.kit.figure import Pixels
from tutor.drawing import tone
from tutor.drawing.cells import extremes, frame_of
from tutor.drawing.grid import UNWRITTEN, Frame, draw_grid, mark_at
from tutor.drawing.ink import PLAIN, RGB, Ink, Line
from tutor.drawing.look import Look
from tutor.drawing.pen import Body, Pen, Size

LEAST_PIXELS: dict[Look, int] = {"blocks": 8, "shades": 6, "numbers": 4}
"""How few rows or columns of a picture may be seen at once."""
UNWRITTEN_RGB = {True: (38, 42, 50), False: (214, 214, 210)}
CURSOR_RGB: RGB = (0, 230, 118)


def natural(panel: Pixels, look: Look, zoom: int) -> Size:
    """Columns and lines of the whole picture."""
    rows, columns = panel.view.array.shape
    if look == "blocks":
        return columns * zoom, (rows + 1) // 2 if zoom == 1 else rows * (zoom // 2)
    return columns * (_cell_width(panel, look) + 1) + 1, rows


def least(panel: Pixels, look: Look) -> Size:
    """A part of it: a window of the picture that still shows what happens."""
    rows, columns = panel.view.array.shape
    few = LEAST_PIXELS[look]
    cell = 1 if look == "blocks" else _cell_width(panel, look) + 1
    return min(columns, few) * cell + 1, min(rows, few) // (2 if look == "blocks" else 1)


def draw(panel: Pixels, width: int, height: int, pen: Pen) -> Body:
    """The part that fits."""
    if pen.look == "blocks":
        return _blocks(panel, width, height, pen)
    return _characters(panel, width, height, pen)


def cell_at(panel: Pixels, frame: Frame, pen: Pen, x: int, y: int) -> tuple[int, int] | None:
    """The row and column that is drawn at a place of its room."""
    if pen.look == "blocks":
        row = y * 2 if pen.zoom == 1 else y // (pen.zoom // 2)
        column = x // pen.zoom
    else:
        row, column = y, max(0, x - 1) // (_cell_width(panel, pen.look) + 1)
    if row >= frame.rows or column >= frame.columns:
        return None
    return frame.top + row, frame.left + column


def _cell_width(panel: Pixels, look: Look) -> int:
    if look == "shades":
        return 1
    return max(len(fixed(float(value))) for value in extremes(panel.view))


def _characters(panel: Pixels, width: int, height: int, pen: Pen) -> Body:
    array = panel.view.array
    columns = array.shape[1]
    written = array.size if panel.written is None else panel.written
    cell_width = _cell_width(panel, pen.look)
    levels = tone.levels(array, panel.limits, panel.signed)

    def cell(row: int, column: int) -> tuple[str, Ink]:
        if row * columns + column >= written:
            return UNWRITTEN
        value = float(array[row, column])
        ink = Ink("plus" if value > 0 else "minus") if panel.signed and value else PLAIN
        if pen.look == "numbers":
            return fixed(value), ink
        return tone.shade(float(levels[row, column]), panel.signed, pen.dark), ink

    frame = frame_of(panel, height, (width - 1) // (cell_width + 1), pen)
    return draw_grid(cell, frame, panel.marks, pen.cursor, cell_width), frame


def _blocks(panel: Pixels, width: int, height: int, pen: Pen) -> Body:
    zoom = pen.zoom
    frame = frame_of(panel, height * 2 if zoom == 1 else height // (zoom // 2), width // zoom, pen)
    colours = tone.rgb(panel.view.array, panel.limits, panel.signed, pen.dark)
    rows, columns = colours.shape[:2]
    written = rows * columns if panel.written is None else panel.written
    marked = mark_at(panel.marks)

    unwritten = UNWRITTEN_RGB[pen.dark]
    inked: list[list[RGB | None]] = []
    for row in range(frame.top, min(rows, frame.top + frame.rows)):
        done = max(0, min(columns, written - row * columns))
        own: list[RGB | None] = [(r, g, b) for r, g, b in colours[row, :done].tolist()]
        inked.append(own + [unwritten] * (columns - done))
    for (row, column), kind in marked.items():
        if not (0 <= row - frame.top < len(inked) and 0 <= column < columns):
            continue
        here = inked[row - frame.top][column]
        if here is not None and row * columns + column < written:
            inked[row - frame.top][column] = tone.tinted(here, kind)
        elif kind == "current":
            inked[row - frame.top][column] = tone.tinted(unwritten, "window")
    if pen.cursor is not None and 0 <= pen.cursor[0] - frame.top < len(inked):
        inked[pen.cursor[0] - frame.top][pen.cursor[1]] = CURSOR_RGB
    return blocks([line[frame.left : frame.left + frame.columns] for line in inked], zoom), frame


def blocks(colours: Sequence[Sequence[RGB | None]], zoom: int = 1) -> list[Line]:
    """Half blocks: the upper pixel in the character's colour, the lower one behind it; zoomed in,
    a pixel is a block of blanks on its colour."""
    if zoom == 1:
        columns = len(colours[0]) if colours else 0
        even = [*colours, *[[None] * columns] * (len(colours) % 2)]
        pairs = zip(even[::2], even[1::2], strict=True)
        return [[("▀", Ink(*cell)) for cell in zip(*pair, strict=True)] for pair in pairs]
    blank = " " * zoom
    lines: list[Line] = []
    for colour_line in colours:
        lines += [[(blank, Ink(bg=colour)) for colour in colour_line]] * (zoom // 2)
    return lines
