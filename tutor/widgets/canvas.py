"""The canvas: a widget that keeps what it drew and has only changed cells written again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tutor.drawing.ink import ASCII, PLAIN, Ink, Line
from tutor.widgets.inks import style_of
from tutor.widgets.tutored import Tutored

NEAR = 1
"""Changed cells nearer than this are written as one run: moving the cursor costs as much."""

Cell = tuple[str, Ink]


class Canvas(Tutored, Widget):
    """Base of every widget that draws lines of inked text.

    A subclass gives `draw`; whoever changes what it depends on calls `redraw`.
    """

    DEFAULT_CSS = "Canvas { height: 1; width: 1fr; }"

    _cells: list[list[Cell]]
    _strips: list[Strip]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._cells = []
        self._strips = []

    def draw(self, width: int, height: int) -> list[Line]:
        """The lines to show in this room."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw again, and ask the screen for just the cells that are not as before."""
        width, height = self.size
        if not (width and height):
            return
        before, strips = self._cells, self._strips
        lines = self.draw(width, height)[:height]
        lines += [[] for _ in range(height - len(lines))]
        self._cells = [self._row(line, width) for line in lines]
        if len(before) != height or (before and len(before[0]) != width):
            self._strips = [self._strip(row) for row in self._cells]
            self.refresh()
            return
        regions: list[Region] = []
        self._strips = strips
        for y, (old, new) in enumerate(zip(before, self._cells, strict=True)):
            if old != new:
                self._strips[y] = self._strip(new)
                regions += [Region(x, y, end - x, 1) for x, end in changed(old, new)]
        if regions:
            self.refresh(*regions)

    def restyle(self) -> None:
        """Draw everything again, for another theme or other characters."""
        self._cells = []
        self.redraw()

    def render_line(self, y: int) -> Strip:
        if y < len(self._strips):
            return self._strips[y]
        return Strip.blank(self.size.width, self.visual_style.rich_style)

    def on_resize(self) -> None:
        self.restyle()

    def _row(self, line: Line, width: int) -> list[Cell]:
        row = [(character, ink) for text, ink in line for character in text]
        if self.tutor.ascii_only:
            row = [(_ascii(character), ink) for character, ink in row]
        return row[:width] + [(" ", PLAIN)] * (width - len(row))

    def _strip(self, row: list[Cell]) -> Strip:
        colours = self.tutor.colours
        page = self.visual_style.rich_style
        segments = [
            Segment("".join(character for character, _ in run), page + style_of(ink, colours))
            for ink, run in groupby(row, key=lambda cell: cell[1])
        ]
        return Strip(segments, len(row))


def _ascii(character: str) -> str:
    """A character of ASCII in its place; dots of a chart become stars."""
    character = character.translate(ASCII)
    return character if character.isascii() else "*"


def changed(old: list[Cell], new: list[Cell]) -> Iterator[tuple[int, int]]:
    """Runs of cells that differ, first and one past the last; near ones joined."""
    start = end = -NEAR - 1
    for x, (before, after) in enumerate(zip(old, new, strict=True)):
        if before == after:
            continue
        if x - end > NEAR:
            if start >= 0:
                yield start, end
            start = x
        end = x + 1
    if start >= 0:
        yield start, end
