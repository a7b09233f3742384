"""Panels as lines of inked text under their titles: each kind is drawn by a module of its own."""

from __future__ import annotations

from engine.why import Element
from lessons.kit.figure import (
    Bars,
    Curves,
    Flow,
    Formula,
    Maps,
    Matrix,
    Note,
    Panel,
    Pixels,
    Plane,
    Table,
    Timeline,
)
from tutor.drawing import bars, flow, maps, matrix, pixels, plane, timeline, tone, words
from tutor.drawing import cells as grids
from tutor.drawing import curves as charts
from tutor.drawing.grid import Frame
from tutor.drawing.ink import FOCUSED_TITLE, MUTED, TITLE, Line, crop, pad, width_of
from tutor.drawing.look import Look
from tutor.drawing.pen import Body, Drawing, Pen, Size


def cells(panel: Panel) -> list[list[Element]]:
    """The numbers of a panel that can be asked about, row by row."""
    match panel:
        case Pixels() | Matrix():
            return grids.cells_of(panel)
        case Formula() | Table():
            return words.cells_of(panel)
        case Maps():
            return maps.cells_of(panel)
        case Bars():
            return bars.cells_of(panel)
        case Timeline():
            return timeline.cells_of(panel)
    return []


def natural_size(panel: Panel, look: Look, width: int, zoom: int = 1) -> Size:
    """Columns and lines that the panel would like, its title included, in at most `width`."""
    columns, lines = _natural(panel, look, width, zoom)
    return max(columns, len(_title_text(panel))), lines + _head(panel)


def least_size(panel: Panel, look: Look, width: int) -> Size:
    """The smallest room in which the panel still makes sense, its title included."""
    columns, lines = natural_size(panel, look, width)
    few = _least(panel, look)
    if few is None:
        return columns, lines
    return min(columns, few[0]), min(lines, few[1] + _head(panel))


def growth(panel: Panel) -> Size:
    """The largest room that the panel makes use of; nothing for one that is as it is."""
    match panel:
        case Curves():
            return (charts.WIDEST if panel.wide else charts.NATURAL[0]), charts.HIGHEST
        case Plane():
            return plane.WIDEST, plane.HIGHEST
    return 0, 0


def lines_used(panel: Panel, look: Look, zoom: int, room: Size) -> int:
    """How many lines of its room the panel can fill: tiles are drawn whole or not at all."""
    width, height = room
    if isinstance(panel, Maps):
        used = maps.lines_used(panel, look, zoom, width, max(1, height - _head(panel)))
        return min(height, used + _head(panel))
    return height


def draw_panel(panel: Panel, width: int, height: int, pen: Pen) -> Drawing:
    """Draw a panel into a room of `width` × `height` characters."""
    body, frame = _body(panel, width, height - _head(panel), pen)
    lines = [_title(panel, frame, pen, width), *body] if panel.title else body
    lines = [crop(line, width) for line in lines[:height]]
    drawn = max((width_of(line) for line in lines), default=0)
    return Drawing([pad(line, drawn) for line in lines], drawn, frame)


def cell_at(panel: Panel, frame: Frame, pen: Pen, room: Size, x: int, y: int) -> Size | None:
    """The row and column, as `cells` counts, of the number that is drawn at a place of the
    panel's room."""
    width, height = room[0], room[1] - _head(panel)
    line = y - _head(panel)
    if line < 0:
        return None
    match panel:
        case Pixels():
            return pixels.cell_at(panel, frame, pen, x, line)
        case Matrix():
            return matrix.cell_at(panel, frame, x, line)
        case Maps():
            return maps.cell_at(panel, frame, pen, (width, height), x, line)
        case Bars():
            return bars.cell_at(panel, frame, x, line)
        case Timeline():
            return timeline.cell_at(panel, frame, width, x, line)
    return None


def _natural(panel: Panel, look: Look, width: int, zoom: int) -> Size:
    match panel:
        case Pixels():
            return pixels.natural(panel, look, zoom)
        case Matrix():
            return matrix.natural(panel)
        case Maps():
            return maps.natural(panel, look, width, zoom)
        case Bars():
            return bars.natural(panel)
        case Timeline():
            return timeline.natural(panel, width)
        case Flow():
            return flow.natural(panel, width)
        case Curves():
            return min(width, charts.NATURAL[0]), charts.NATURAL[1]
        case Plane():
            return min(width, plane.NATURAL[0]), plane.NATURAL[1]
        case Formula() | Table() | Note():
            lines = words.draw(panel, width)
            return max(map(width_of, lines), default=0), len(lines)
    return 0, 0


def _least(panel: Panel, look: Look) -> Size | None:
    """The smallest body; None for a panel that is as it is."""
    match panel:
        case Pixels():
            return pixels.least(panel, look)
        case Matrix():
            return matrix.least(panel)
        case Maps():
            return maps.least(panel, look)
        case Bars():
            return bars.least(panel)
        case Timeline():
            return timeline.least(panel)
        case Curves():
            return charts.LEAST
        case Plane():
            return plane.LEAST
    return None


def _body(panel: Panel, width: int, height: int, pen: Pen) -> Body:
    match panel:
        case Pixels():
            return pixels.draw(panel, width, height, pen)
        case Matrix():
            return matrix.draw(panel, width, height, pen)
        case Maps():
            return maps.draw(panel, width, height, pen)
        case Bars():
            return bars.draw(panel, width, height, pen)
        case Timeline():
            return timeline.draw(panel, width, height, pen)
        case Flow():
            return flow.draw(panel, width, height), None
        case Curves():
            return charts.draw_curves(panel, width, height, pen.look), None
        case Plane():
            return plane.draw(panel, width, height, pen), None
        case Formula() | Table() | Note():
            return words.draw(panel, width, pen.cursor), None
    return [], None


def _head(panel: Panel) -> int:
    return 1 if panel.title else 0


def _title_text(panel: Panel) -> str:
    if isinstance(panel, Pixels):
        return panel.title + _shape(panel)
    return panel.title


def _shape(panel: Pixels) -> str:
    rows, columns = panel.view.array.shape
    return f" {rows}×{columns}"


def _title(panel: Panel, frame: Frame | None, pen: Pen, width: int) -> Line:
    ink = FOCUSED_TITLE if pen.cursor is not None else TITLE
    line: Line = [(panel.title, ink)]
    if isinstance(panel, Pixels):
        line.append((_shape(panel), MUTED))
    key = f"  − {tone.MINUS_RAMP[:0:-1]}{tone.PLUS_RAMP} +"
    seen = f" [{_seen(panel, frame)}]" if _seen(panel, frame) else ""
    # Where not both fit, it is better to know that there is more than what the signs mean.
    if _signed_shades(panel, pen, width) and width_of(line) + len(key) + len(seen) <= width:
        line.append((key, MUTED))
    if seen and width_of(line) + len(seen) <= width:
        line.append((seen, MUTED))
    return line


def _signed_shades(panel: Panel, pen: Pen, width: int) -> bool:
    """Whether characters stand for signed values, which the title then explains."""
    match panel:
        case Pixels():
            return panel.signed and pen.look == "shades"
        case Maps():
            return panel.signed and pen.look != "blocks"
        case Timeline():
            return timeline.needs_key(panel, width, pen.look)
    return False


def _seen(panel: Panel, frame: Frame | None) -> str:
    """Which part of a panel is seen, when it is not the whole."""
    if frame is None:
        return ""
    match panel:
        case Pixels():
            rows, columns = panel.view.array.shape
            if frame.rows == rows and frame.columns == columns:
                return ""
            across = f"{frame.left}–{frame.left + frame.columns - 1}"
            return f"{frame.top}–{frame.top + frame.rows - 1},{across}"
        case Maps():
            return maps.seen(panel, frame)
        case Bars():
            return bars.seen(panel, frame)
        case Timeline():
            return timeline.seen(panel, frame)
    return ""
