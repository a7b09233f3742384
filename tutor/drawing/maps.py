"""Maps: pictures of equal size as tiles, drawn whole, each under its name."""

from __future__ import annotations

from dataclasses import dataclass

from engine.notation import fixed
from engine.why import Element
from lessons.kit.figure import Maps
from tutor.drawing import tone
from tutor.drawing.grid import CURSOR, Frame, follow
from tutor.drawing.ink import MUTED, PLAIN, RGB, UNDER_CURSOR, Ink, Line, pad
from tutor.drawing.look import Look
from tutor.drawing.pen import Body, Pen, Size
from tutor.drawing.pixels import CURSOR_RGB, blocks

MOST_ACROSS = 8
"""Tiles beside one another where the panel does not say how many."""
MOST_WIDTH = 76
MARKED = Ink("window", bold=True)


def across(panel: Maps) -> int:
    """How many tiles stand beside one another where there is room; the cursor goes by it."""
    count, columns = len(panel.view.array), int(panel.view.array.shape[2])
    if panel.per_row:
        return min(panel.per_row, count)
    return max(1, min(count, MOST_ACROSS, MOST_WIDTH // (columns + 1)))


def tile_at(panel: Maps, row: int, column: int) -> tuple[int, int, int]:
    """Map, row and column of a cell, counted over the rows of tiles and then of pixels."""
    _, rows, columns = panel.view.array.shape
    tile_row, inner_row = divmod(row, rows)
    tile_column, inner_column = divmod(column, columns)
    return tile_row * across(panel) + tile_column, inner_row, inner_column


def cell_of(panel: Maps, tile: int, row: int, column: int) -> tuple[int, int]:
    """The cell, as the cursor counts, of a map's row and column."""
    _, rows, columns = panel.view.array.shape
    tile_row, tile_column = divmod(tile, across(panel))
    return tile_row * rows + row, tile_column * columns + column


def cells_of(panel: Maps) -> list[list[Element]]:
    """The numbers, by rows of tiles, then by rows of pixels across all tiles of the row."""
    count, rows, columns = panel.view.array.shape
    beside = across(panel)
    return [
        [
            panel.view.element(tile, row, column)
            for tile in range(first, min(count, first + beside))
            for column in range(columns)
        ]
        for first in range(0, count, beside)
        for row in range(rows)
    ]


@dataclass(frozen=True)
class _Tile:
    """How each tile is drawn."""

    look: Look
    zoom: int
    cell: int
    """Columns of a pixel."""
    width: int
    """Columns of a tile: its pixels, or its name if that is longer."""
    height: int
    """Lines of a tile with its name."""

    @property
    def pitch(self) -> int:
        """Columns from one tile to the next, with the gap before it."""
        return self.width + 1


def natural(panel: Maps, look: Look, width: int, zoom: int) -> Size:
    """Columns and lines of all tiles, as many beside one another as fit."""
    return _whole(panel, _tile(panel, look, max(zoom, _enough(panel)), width), width)


def least(panel: Maps, look: Look) -> Size:
    """Three tiles, or as many as there are."""
    tile = _tile(panel, look, 1, 0)
    return min(len(panel.view.array), across(panel), 3) * tile.pitch + 1, tile.height


def lines_used(panel: Maps, look: Look, zoom: int, width: int, height: int) -> int:
    """How many of so many lines whole tiles fill."""
    pen = Pen(look=look, zoom=zoom)
    tile = _best_tile(panel, pen, (width, height))
    rows = _frame(panel, tile, width, height, pen).rows
    return min(height, rows * tile.height + (rows - 1) * _between(panel))


def draw(panel: Maps, width: int, height: int, pen: Pen) -> Body:
    """Whole tiles, as many as fit; the frame counts tiles."""
    tile = _best_tile(panel, pen, (width, height))
    frame = _frame(panel, tile, width, height, pen)
    lines: list[Line] = []
    count = len(panel.view.array)
    for row in range(frame.rows):
        first = (frame.top + row) * frame.columns
        tiles = range(first, min(count, first + frame.columns))
        if row and _between(panel):
            lines.append([])
        lines += _beside(panel, tiles, tile, pen)
    return lines, frame


def seen(panel: Maps, frame: Frame) -> str:
    """Which tiles are seen, when not all are."""
    count = len(panel.view.array)
    first = frame.top * frame.columns
    last = min(count, first + frame.rows * frame.columns) - 1
    return "" if last - first + 1 == count else f"{first}–{last} of {count}"


def cell_at(panel: Maps, frame: Frame, pen: Pen, room: Size, x: int, y: int) -> Size | None:
    """The cell, as the cursor counts, that is drawn at a place of its room."""
    count, rows, columns = panel.view.array.shape
    tile = _best_tile(panel, pen, room)
    row, line = divmod(y, tile.height + _between(panel))
    column, inside = divmod(x, tile.pitch)
    line, inside = line - _head(panel), inside - 1
    number = (frame.top + row) * frame.columns + column
    if tile.look == "blocks":
        inner_row = line * 2 if tile.zoom == 1 else line // (tile.zoom // 2)
    else:
        inner_row = line
    inner_column = inside // tile.cell
    there = 0 <= inner_row < rows and 0 <= inner_column < columns and line >= 0 and inside >= 0
    if not there or row >= frame.rows or column >= frame.columns or number >= count:
        return None
    return cell_of(panel, number, inner_row, inner_column)


def _best_tile(panel: Maps, pen: Pen, room: Size) -> _Tile:
    """Small tiles are drawn larger, unless then not all of them fit."""
    tile = _tile(panel, pen.look, max(pen.zoom, _enough(panel)), room[0])
    if _whole(panel, tile, room[0])[1] <= room[1]:
        return tile
    return _tile(panel, pen.look, pen.zoom, room[0])


def _enough(panel: Maps) -> int:
    """How far tiles are zoomed in at the least: a kernel of three by three would be a speck."""
    _, rows, columns = panel.view.array.shape
    return 2 if rows <= 5 and columns <= 8 else 1


def _tile(panel: Maps, look: Look, zoom: int, width: int) -> _Tile:
    _, rows, columns = panel.view.array.shape
    names = max([len(name) for name in panel.names], default=0)
    cell, lines = 1, rows
    if look == "numbers":
        extremes = panel.view.array.min(), panel.view.array.max()
        cell = max(len(fixed(float(value))) for value in extremes) + 1
        if columns * cell + 2 > width:
            look, cell = "shades", 1
    if look == "blocks":
        cell, lines = zoom, (rows + 1) // 2 if zoom == 1 else rows * (zoom // 2)
    elif look == "shades":
        cell = _enough(panel)
    wide = max(columns * cell, min(names, max(10, columns * cell)))
    return _Tile(look, zoom, cell, wide, lines + _head(panel))


def _whole(panel: Maps, tile: _Tile, width: int) -> Size:
    """Columns and lines of all tiles, as many beside one another as fit."""
    beside = _fitting(panel, tile, width)
    rows = -(-len(panel.view.array) // beside)
    return beside * tile.pitch + 1, rows * tile.height + (rows - 1) * _between(panel)


def _head(panel: Maps) -> int:
    return 1 if panel.names else 0


def _between(panel: Maps) -> int:
    """Blank lines between rows of tiles; names keep them apart by themselves."""
    return 0 if panel.names else 1


def _fitting(panel: Maps, tile: _Tile, width: int) -> int:
    """How many tiles stand beside one another here; where not all that should do fit, as many
    in each row as are needed for the same number of rows."""
    fitting = max(1, min(across(panel), (width - 1) // tile.pitch))
    if fitting == across(panel):
        return fitting
    count = len(panel.view.array)
    return -(-count // -(-count // fitting))


def _frame(panel: Maps, tile: _Tile, width: int, height: int, pen: Pen) -> Frame:
    beside = _fitting(panel, tile, width)
    rows = -(-len(panel.view.array) // beside)
    room = max(1, (height + _between(panel)) // (tile.height + _between(panel)))
    pointed = tile_at(panel, *pen.cursor)[0] if pen.cursor else panel.marked
    before = pen.frame.top if pen.frame and pen.frame.columns == beside else 0
    row = before if pointed is None else pointed // beside
    return Frame(follow(before, room, rows, row, row), 0, min(rows, room), beside)


def _drawn(panel: Maps, number: int, tile: _Tile, pen: Pen) -> list[Line]:
    """A tile: its name and its pixels, all lines as wide as the tile."""
    cursor = tile_at(panel, *pen.cursor) if pen.cursor else None
    here = (cursor[1], cursor[2]) if cursor and cursor[0] == number else None
    lines: list[Line] = []
    if panel.names:
        name = panel.names[number] if number < len(panel.names) else ""
        lines.append([(name[: tile.width], MARKED if number == panel.marked else MUTED)])
    draw_body = _blocks if tile.look == "blocks" else _characters
    lines += draw_body(panel, number, tile, here, pen)
    return [pad(line, tile.width) for line in lines]


def _blocks(
    panel: Maps, number: int, tile: _Tile, cursor: tuple[int, int] | None, pen: Pen
) -> list[Line]:
    colours = tone.rgb(panel.view.array[number], panel.limits, panel.signed, pen.dark)
    inked: list[list[RGB | None]] = [[(r, g, b) for r, g, b in row] for row in colours.tolist()]
    if cursor:
        inked[cursor[0]][cursor[1]] = CURSOR_RGB
    return blocks(inked, tile.zoom)


def _characters(
    panel: Maps, number: int, tile: _Tile, cursor: tuple[int, int] | None, pen: Pen
) -> list[Line]:
    array = panel.view.array[number]
    levels = tone.levels(array, panel.limits, panel.signed)
    lines: list[Line] = []
    for r in range(array.shape[0]):
        line: Line = []
        for c in range(array.shape[1]):
            value = float(array[r, c])
            ink = Ink("plus" if value > 0 else "minus") if panel.signed and value else PLAIN
            if tile.look == "numbers":
                text = fixed(value).rjust(tile.cell)
            else:
                text = tone.shade(float(levels[r, c]), panel.signed, pen.dark).rjust(tile.cell)
            if (r, c) == cursor:
                ink = UNDER_CURSOR
                text = text if text.strip() else CURSOR[0].rjust(tile.cell)
            line.append((text, ink))
        lines.append(line)
    return lines


def _beside(panel: Maps, tiles: range, tile: _Tile, pen: Pen) -> list[Line]:
    """Tiles beside one another; the one to point out between brackets, its name behind a sign."""
    drawn = [_drawn(panel, number, tile, pen) for number in tiles]
    lines: list[Line] = []
    for row in range(tile.height):
        of_name = row < _head(panel)
        opening, closing = ("▸", " ") if of_name else ("[", "]")
        line: Line = []
        for number, part in zip(tiles, drawn, strict=True):
            gap = opening if number == panel.marked else " "
            gap = closing if number - 1 == panel.marked and number > tiles.start else gap
            line += [(gap, MARKED), *part[row]]
        line.append((closing if tiles.stop - 1 == panel.marked else " ", MARKED))
        lines.append(line)
    return lines
