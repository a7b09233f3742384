"""Layout: where each panel of a figure goes in the room that there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lessons.kit.figure import Curves, Figure, Maps, Panel, Pixels, Plane
from tutor.drawing.grid import Frame
from tutor.drawing.ink import PLAIN, Line, crop, width_of
from tutor.drawing.look import Look
from tutor.drawing.panel import draw_panel, growth, least_size, lines_used, natural_size
from tutor.drawing.pen import Pen

GAP = 3
"""Blank columns between panels; fewer when room is short."""
LOW_CHART = 10
"""Lines of a chart below which not much can be read from it."""


@dataclass(frozen=True)
class Placed:
    """A panel's place on the page."""

    panel: Panel
    x: int
    y: int
    width: int
    height: int
    zoom: int = 1


@dataclass(frozen=True)
class Page:
    """A figure drawn: its lines, and where its panels are."""

    lines: list[Line]
    placed: tuple[Placed, ...]
    frames: Mapping[str, Frame]
    """What is seen of each panel, by the panel's key."""


@dataclass(frozen=True)
class Cursor:
    """Which panel has the cursor, and where in it."""

    key: str
    row: int
    column: int


def place(figure: Figure, width: int, height: int, look: Look) -> tuple[Placed, ...]:
    """Give every panel its room: columns side by side, then the panels below.

    Where there is room, pictures are drawn larger, charts and planes grow, and all columns but
    the first may stand on one another for it. Where there is too little, panels show a part or
    draw themselves smaller, each down to its least size; columns that then do not fit side by
    side stand on one another; what then does not fit is cut at the edge.
    """
    room, *below = _bands(figure, width, height, look)
    figure = replace(figure, columns=tuple(_without_spare(c, room, look) for c in figure.columns))
    columns, zooms = _arrangement(figure, width, room, look)
    columns = _narrowed(columns, width, look)

    def natural(panel: Panel, wide: int) -> tuple[int, int]:
        return natural_size(panel, look, wide, zooms.get(panel.key, 1))

    wanted = [max(natural(panel, width)[0] for panel in column) for column in columns]
    least = [max(least_size(panel, look, width)[0] for panel in column) for column in columns]
    gap = _gap(wanted, width)
    inner = width - gap * max(0, len(columns) - 1)
    most = [max(growth(panel)[0] for panel in column) for column in columns]
    shared = _share(wanted, least, inner)
    # What is wrapped in a narrow column is often narrower still; the others get the rest.
    tight = [
        max(low, max(natural(panel, own)[0] for panel in column)) if own < want else own
        for column, own, want, low in zip(columns, shared, wanted, least, strict=True)
    ]
    tight = [min(pair) for pair in zip(tight, shared, strict=True)]
    full = [0 if now < own else want for now, own, want in zip(tight, shared, wanted, strict=True)]
    widths = _grown(_grown(tight, full, inner), most, inner)

    placed: list[Placed] = []
    x = bottom = 0
    for column, column_width in zip(columns, widths, strict=True):
        lines = [natural(panel, column_width)[1] for panel in column]
        spare = 1 if sum(lines) + len(column) - 1 <= room else 0
        smallest = [least_size(panel, look, column_width)[1] for panel in column]
        y = 0
        inner = room - spare * (len(column) - 1)
        highest = [growth(panel)[1] for panel in column]
        shared = [
            lines_used(panel, look, zooms.get(panel.key, 1), (column_width, own))
            for panel, own in zip(column, _share(lines, smallest, inner), strict=True)
        ]
        full = [0 if isinstance(one, Maps) else own for one, own in zip(column, lines, strict=True)]
        heights = _grown(_grown(shared, full, inner), highest, inner)
        for panel, panel_height in zip(column, heights, strict=True):
            zoom = zooms.get(panel.key, 1)
            placed.append(Placed(panel, x, y, column_width, panel_height, zoom))
            y += panel_height + spare
        bottom = max(bottom, y - spare)
        x += column_width + gap
    y = bottom + 1 if below and columns and bottom + 1 + sum(below) <= height else bottom
    for panel, panel_height in zip(figure.below, below, strict=True):
        placed.append(Placed(panel, 0, y, width, panel_height))
        y += panel_height
    return tuple(placed)


def _bands(figure: Figure, width: int, height: int, look: Look) -> list[int]:
    """Lines for the columns together, then for each panel below them."""
    below = [natural_size(panel, look, width)[1] for panel in figure.below]
    gap = 1 if below and figure.columns else 0
    if not figure.columns:
        least = [least_size(panel, look, width)[1] for panel in figure.below]
        highest = [growth(panel)[1] for panel in figure.below]
        return [0, *_grown(_share(below, least, height), highest, height)]
    columns = [[one for one in column if not one.spare] for column in figure.columns]
    natural = max(sum(natural_size(one, look, width)[1] for one in c) for c in columns)
    small = max(sum(least_size(one, look, width)[1] for one in c) for c in columns)
    if natural + sum(below) + gap <= height:
        return [height - sum(below) - gap, *below]
    least = [small, *(least_size(panel, look, width)[1] for panel in figure.below)]
    bands = _share([natural, *below], least, height)
    return [max(1, height - sum(bands[1:])), *bands[1:]]


def _narrowed(
    columns: tuple[tuple[Panel, ...], ...], width: int, look: Look
) -> tuple[tuple[Panel, ...], ...]:
    """The columns, the last of them on one another as long as not all fit side by side."""
    while len(columns) > 1:
        least = [max(least_size(panel, look, width)[0] for panel in c) for c in columns]
        if sum(least) + 2 * (len(columns) - 1) <= width:
            break
        columns = (*columns[:-2], (*columns[-2], *columns[-1]))
    return columns


def _grown(sizes: list[int], most: list[int], room: int) -> list[int]:
    """The sizes, with what is left of the room given to those that make use of it."""
    sizes = list(sizes)
    for n, limit in sorted(enumerate(most), key=lambda one: one[1]):
        later = sum(1 for k, other in enumerate(most) if other > sizes[k])
        spare = room - sum(sizes)
        if later and spare > 0 and limit > sizes[n]:
            sizes[n] += min(limit - sizes[n], spare // later)
    return sizes


def _without_spare(column: tuple[Panel, ...], room: int, look: Look) -> tuple[Panel, ...]:
    """The column, without the panels that it can spare when it is too long for its room."""
    needed = sum(natural_size(panel, look, 200)[1] for panel in column)
    return column if needed <= room else tuple(panel for panel in column if not panel.spare)


def wanted_height(figure: Figure, width: int, room: int, look: Look) -> int:
    """Lines that the figure takes: with small pictures zoomed in where `room` has the lines for
    it, else as they are."""
    kept = [[panel for panel in column if not panel.spare] for column in figure.columns]
    below = sum(natural_size(panel, look, width)[1] for panel in figure.below)
    below += 1 if kept and below else 0
    arranged = tuple(tuple(column) for column in kept if column)
    _, zooms = _arrangement(replace(figure, columns=arranged), width, room - below, look)
    tallest = [
        sum(natural_size(panel, look, width, zooms.get(panel.key, 1))[1] for panel in column)
        for column in _narrowed(arranged, width, look)
    ]
    return max(tallest, default=0) + below


def spare_lines(figure: Figure, width: int, height: int, look: Look, most: int) -> int:
    """How many of its lines, at most so many, a figure can do without: all panels stay as they
    are, but for charts, which are drawn lower as long as they are not low."""
    now = {spot.panel.key: spot for spot in place(figure, width, height, look)}
    for fewer in range(most, 0, -1):
        then = {spot.panel.key: spot for spot in place(figure, width, height - fewer, look)}
        if then.keys() == now.keys() and all(
            spot.y + spot.height <= height - fewer and _as_good(spot, now[key])
            for key, spot in then.items()
        ):
            return fewer
    return 0


def _as_good(spot: Placed, before: Placed) -> bool:
    if isinstance(spot.panel, Curves | Plane):
        return spot.height >= min(before.height, LOW_CHART)
    return (spot.width, spot.height, spot.zoom) == (before.width, before.height, before.zoom)


def _arrangement(
    figure: Figure, width: int, height: int, look: Look
) -> tuple[tuple[tuple[Panel, ...], ...], dict[str, int]]:
    """The columns, and how far each picture is zoomed in: the largest that fits whole."""
    columns = figure.columns
    pictures = [
        panel.key for column in columns for panel in column if isinstance(panel, Pixels | Maps)
    ]
    stacked = columns
    if len(columns) > 2:
        stacked = (columns[0], tuple(panel for column in columns[1:] for panel in column))
    for zoom in (4, 2) if look == "blocks" and pictures else ():
        every = dict.fromkeys(pictures, zoom)
        first = {key: zoom if key == pictures[0] else zoom // 2 for key in pictures}
        for zooms in (every, first):
            for arranged in (columns, stacked):
                if _fits(arranged, zooms, width, height, look):
                    return arranged, zooms
    return columns, {}


def _fits(
    columns: tuple[tuple[Panel, ...], ...],
    zooms: dict[str, int],
    width: int,
    height: int,
    look: Look,
) -> bool:
    sizes = [
        [natural_size(panel, look, width, zooms.get(panel.key, 1)) for panel in column]
        for column in columns
    ]
    wide = sum(max(panel[0] for panel in column) for column in sizes) + 2 * (len(columns) - 1)
    return wide <= width and all(sum(p[1] for p in column) <= height for column in sizes)


def _gap(widths: list[int], width: int) -> int:
    return GAP if sum(widths) + GAP * (len(widths) - 1) <= width else 2


def draw_page(
    figure: Figure,
    width: int,
    height: int,
    pen: Pen,
    cursor: Cursor | None = None,
    frames: Mapping[str, Frame] = {},
) -> Page:
    """Draw a figure into `width` × `height` characters."""
    placed = place(figure, width, height, pen.look)
    seen: dict[str, Frame] = {}
    rows: list[list[tuple[int, Line]]] = [[] for _ in range(height)]
    for spot in placed:
        key = spot.panel.key
        here = (cursor.row, cursor.column) if cursor and cursor.key == key else None
        own = replace(pen, cursor=here, frame=frames.get(key), zoom=spot.zoom)
        drawing = draw_panel(spot.panel, spot.width, spot.height, own)
        if drawing.frame:
            seen[key] = drawing.frame
        for n, line in enumerate(drawing.lines):
            if spot.y + n < height:
                rows[spot.y + n].append((spot.x, line))
    return Page([_joined(row, width) for row in rows], placed, seen)


def _joined(pieces: list[tuple[int, Line]], width: int) -> Line:
    line: Line = []
    at = 0
    for x, piece in sorted(pieces, key=lambda one: one[0]):
        line += [(" " * (x - at), PLAIN)] if x > at else []
        line += piece
        at = max(at, x) + width_of(piece)
    return crop(line, width)


def _share(natural: list[int], least: list[int], room: int) -> list[int]:
    """Sizes that add up to at most `room`: everyone's wish, or the same share less of what
    each can give up."""
    missing = sum(natural) - room
    if missing <= 0:
        return list(natural)
    can_give = [want - need for want, need in zip(natural, least, strict=True)]
    total = sum(can_give)
    if total == 0:
        return list(natural)
    sizes = [
        max(need, want - -(-missing * give // total))
        for want, need, give in zip(natural, least, can_give, strict=True)
    ]
    spare = room - sum(sizes)
    for n, want in enumerate(natural):
        if spare > 0 and sizes[n] < want:
            sizes[n] += 1
            spare -= 1
    return sizes
