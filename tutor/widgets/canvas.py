"""The canvas: a widget that keeps what it drew and has only changed cells written again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tutor.drawing.ink import ASCII, PLAIN, Ink, Line, in_cells, key_names
from tutor.widgets.inks import Colours, style_of
from tutor.widgets.tutored import Tutored

NEAR = 1
"""Changed cells nearer than this are written as one run: moving the cursor costs as much."""

Cell = tuple[str, Ink]


class Canvas(Widget, Tutored):
    """Base of every widget that draws lines of inked text.

    A subclass gives `draw`; whoever changes what it depends on calls `redraw`.
    """

    DEFAULT_CSS = "Canvas { height: 1; width: 1fr; }"

    _lines: list[Line]
    _cells: list[list[Cell]]
    _strips: list[Strip]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines = []
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
        if not self._fits(width, height):
            self._draw_all(width, height)
            self.refresh()
            return
        before = self._lines
        self._lines = self._drawn(width, height)
        regions: list[Region] = []
        for y, (was, line) in enumerate(zip(before, self._lines, strict=True)):
            if was == line:
                continue
            old, new = self._cells[y], self._row(line, width)
            if old != new:
                self._cells[y], self._strips[y] = new, self._strip(new)
                regions += [Region(x, y, end - x, 1) for x, end in changed(old, new)]
        if regions:
            self.refresh(*regions)

    def restyle(self) -> None:
        """Draw everything again, for another theme or other characters."""
        self._lines = []
        self.redraw()

    def render_line(self, y: int) -> Strip:
        width, height = self.size
        if not self._fits(width, height):
            self._draw_all(width, height)  # painted in a new size before it was told of it
        return self._strips[y] if y < len(self._strips) else Strip.blank(width)

    def on_resize(self) -> None:
        self.redraw()

    def _fits(self, width: int, height: int) -> bool:
        """Whether what is drawn has this size."""
        return len(self._lines) == height and (not height or len(self._cells[0]) == width)

    def _drawn(self, width: int, height: int) -> list[Line]:
        lines = self.draw(width, height)[:height]
        return lines + [[] for _ in range(height - len(lines))]

    def _draw_all(self, width: int, height: int) -> None:
        self._lines = self._drawn(width, height)
        self._cells = [self._row(line, width) for line in self._lines]
        self._strips = [self._strip(row) for row in self._cells]

    def _row(self, line: Line, width: int) -> list[Cell]:
        if self.tutor.ascii_only:
            line = [("".join(map(_ascii, key_names(text))), ink) for text, ink in line]
        row = [
            (character, PLAIN if character == " " and ink.bg is None and not ink.reverse else ink)
            for text, ink in line
            for character in in_cells(text)
        ]
        return row[:width] + [(" ", PLAIN)] * (width - len(row))

    def _strip(self, row: list[Cell]) -> Strip:
        colours = self.tutor.colours
        page = self.visual_style.rich_style
        segments = [
            Segment("".join([character for character, _ in run]), style_on(page, ink, colours))
            for ink, run in groupby(row, key=itemgetter(1))
        ]
        return Strip(segments, len(row))


@lru_cache(maxsize=1 << 14)
def style_on(page: Style, ink: Ink, colours: Colours) -> Style:
    """The style of an ink on a widget's own."""
    return page + style_of(ink, colours)


def _ascii(character: str) -> str:
    """A character of ASCII in its place; dots of a chart become stars."""
    character = character.translate(ASCII)
    return character if character.isascii() else "*"


def changed(
    old: Sequence[tuple[str, object]], new: Sequence[tuple[str, object]]
) -> Iterator[tuple[int, int]]:
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
        # A wide character is drawn whole, or not at all.
        while start and "" in (old[start][0], new[start][0]):
            start -= 1
        while end < len(new) and "" in (old[end][0], new[end][0]):
            end += 1
    if start >= 0:
        yield start, end
