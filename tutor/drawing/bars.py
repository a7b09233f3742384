"""Bars: a label, a bar and its number in each line."""

from __future__ import annotations

from dataclasses import dataclass

from engine.notation import format_number
from engine.why import Element
from lessons.kit.figure import Bar, Bars
from tutor.drawing.grid import Frame, follow
from tutor.drawing.ink import (
    MUTED,
    PLAIN,
    UNDER_CURSOR,
    Ink,
    Line,
    Role,
    Span,
    breadth,
    rjust,
    runs,
)
from tutor.drawing.pen import Body, Pen, Size
from tutor.drawing.words import value_text

NATURAL_BAR = 24
LEAST_BAR = 8
WIDEST_BAR = 48
LONGEST_LABEL = 18
_ENDS = " ▏▎▍▌▋▊▉"
"""An eighth of a character more each."""
_PARTS = "█▓▒░"
_HUES: tuple[Role, ...] = ("plus", "minus", "accent", "leaf")
"""Stacked parts differ by glyph and by hue."""
_LINE = Ink("current", bold=True)
MARKED = Ink("window", bold=True)


@dataclass(frozen=True)
class _Scale:
    """Where values fall on the bar's columns."""

    low: float
    high: float
    width: int

    def at(self, value: float) -> float:
        """Columns from the left end, within the bar."""
        share = (value - self.low) / ((self.high - self.low) or 1.0)
        return self.width * min(max(share, 0.0), 1.0) if share == share else 0.0

    @property
    def zero(self) -> int:
        """The column at which bars start."""
        return round(self.at(min(max(0.0, self.low), self.high)))


def cells_of(panel: Bars) -> list[list[Element]]:
    """A row for each bar, with its parts."""
    return [[part.element for part in bar.parts] for bar in panel.bars if bar.parts]


def natural(panel: Bars) -> Size:
    return _around(panel) + NATURAL_BAR, len(panel.bars) + _foot(panel)


def least(panel: Bars) -> Size:
    return _around(panel) + LEAST_BAR, min(len(panel.bars), 3) + _foot(panel)


def draw(panel: Bars, width: int, height: int, pen: Pen) -> Body:
    """As many bars as fit, the marked one or the one under the cursor among them."""
    foot = _foot(panel) if height > 2 else 0
    room = max(1, height - foot)
    count = len(panel.bars)
    marked = next((n for n, bar in enumerate(panel.bars) if bar.marked), None)
    before = pen.frame.top if pen.frame else 0
    pointed = pen.cursor[0] if pen.cursor else before if marked is None else marked
    top = follow(before, room, count, pointed, pointed)
    frame = Frame(top, 0, min(room, count), max((len(bar.parts) for bar in panel.bars), default=1))

    bar_width = max(1, min(WIDEST_BAR, width - _around(panel)))
    scale = _Scale(*panel.limits, bar_width)
    lines = []
    for n in range(top, top + frame.rows):
        picked = pen.cursor[1] if pen.cursor and pen.cursor[0] == n else None
        lines.append(_bar_line(panel, panel.bars[n], scale, picked))
    if foot and panel.line:
        lines.append(_line_label(panel, scale))
    return lines, frame


def seen(panel: Bars, frame: Frame) -> str:
    """Which bars are seen, when not all are."""
    count = len(panel.bars)
    return "" if frame.rows >= count else f"{frame.top}–{frame.top + frame.rows - 1} of {count}"


def cell_at(panel: Bars, frame: Frame, x: int, y: int) -> tuple[int, int] | None:
    """The bar at a place of its room; of several parts the one whose number is there."""
    if not 0 <= y < frame.rows:
        return None
    bar = panel.bars[frame.top + y]
    return frame.top + y, 0 if len(bar.parts) < 2 else _part_at(panel, bar, x)


def _part_at(panel: Bars, bar: Bar, x: int) -> int:
    """Parts of a stacked bar are picked from left to right, bar and numbers alike."""
    return max(0, min(len(bar.parts) - 1, (x - _label(panel) - 3) * len(bar.parts) // NATURAL_BAR))


def _label(panel: Bars) -> int:
    return max((breadth(bar.label[:LONGEST_LABEL]) for bar in panel.bars), default=0)


def _number_widths(panel: Bars) -> list[int]:
    """How wide the first, second, … numbers are."""
    most = max((len(bar.parts) for bar in panel.bars), default=0)
    return [
        max(len(value_text(bar.parts[k])) for bar in panel.bars if k < len(bar.parts))
        for k in range(most)
    ]


def _around(panel: Bars) -> int:
    """Columns besides the bar: mark, label and numbers with their gaps."""
    return 1 + _label(panel) + 1 + sum(width + 1 for width in _number_widths(panel))


def _foot(panel: Bars) -> int:
    return 1 if panel.line else 0


def _bar_line(panel: Bars, bar: Bar, scale: _Scale, picked: int | None) -> Line:
    ink = MARKED if bar.marked else PLAIN
    label = rjust(bar.label[:LONGEST_LABEL], _label(panel))
    line: Line = [("▸" if bar.marked else " ", ink), (f"{label} ", ink)]
    line += _drawn(panel, bar, scale)
    many = len(bar.parts) > 1
    for k, width in enumerate(_number_widths(panel)):
        if k >= len(bar.parts):
            continue
        number_ink = Ink(_HUES[k % len(_HUES)], bold=True) if many else ink
        number_ink = UNDER_CURSOR if k == picked else number_ink
        line += [(" ", PLAIN), (value_text(bar.parts[k]).rjust(width), number_ink)]
    return line


def _drawn(panel: Bars, bar: Bar, scale: _Scale) -> Line:
    """The bar's columns, one span each that differs, with the panel's line across."""
    cells: list[Span] = [(" ", PLAIN)] * scale.width
    values = [part.element.value for part in bar.parts]
    if len(values) > 1:
        _stack(cells, values, scale)
    elif values and panel.limits[0] < 0:
        _signed(cells, values[0], scale)
    elif values:
        _plain(cells, values[0], scale, Ink("window" if bar.marked else "plus"))
    if panel.line:
        at = min(scale.width - 1, int(scale.at(panel.line[1])))
        under = cells[at]
        cells[at] = ("│", Ink(_LINE.fg, under[1].fg if under[0] == "█" else None, bold=True))
    return runs(cells)


def _plain(cells: list[Span], value: float, scale: _Scale, ink: Ink) -> None:
    eighths = round(scale.at(value) * 8)
    whole, rest = divmod(eighths, 8)
    cells[:whole] = [("█", ink)] * whole
    if rest:
        cells[whole] = (_ENDS[rest], ink)
    elif not whole and value > 0:
        cells[0] = (_ENDS[1], ink)


def _signed(cells: list[Span], value: float, scale: _Scale) -> None:
    """From zero to the right or to the left; the axis stands at zero."""
    zero = min(scale.zero, scale.width - 1)
    if value >= 0:
        eighths = round((scale.at(value) - zero) * 8)
        whole, rest = divmod(max(0, eighths), 8)
        end = min(scale.width, zero + whole)
        cells[zero:end] = [("█", Ink("plus"))] * (end - zero)
        if rest and end < scale.width:
            cells[end] = (_ENDS[rest], Ink("plus"))
    else:
        halves = round((zero - scale.at(value)) * 2)
        whole, rest = divmod(max(0, halves), 2)
        start = max(0, zero - whole)
        cells[start:zero] = [("█", Ink("minus"))] * (zero - start)
        if rest and start > 0:
            cells[start - 1] = ("▐", Ink("minus"))
    if cells[zero][0] == " ":
        cells[zero] = ("▏", MUTED)


def _stack(cells: list[Span], values: list[float], scale: _Scale) -> None:
    total = 0.0
    for k, value in enumerate(values):
        start = round(scale.at(total))
        total += value
        end = round(scale.at(total))
        glyph, ink = _PARTS[k % len(_PARTS)], Ink(_HUES[k % len(_HUES)])
        cells[start:end] = [(glyph, ink)] * max(0, end - start)


def _line_label(panel: Bars, scale: _Scale) -> Line:
    """Under the bars: what the line across them says, beside its foot."""
    assert panel.line is not None
    label, value = panel.line
    at = min(scale.width - 1, int(scale.at(value)))
    text = f"{label} {format_number(value)}"
    before = 1 + _label(panel) + 1
    room = _around(panel) + scale.width
    if before + at + 2 + len(text) <= room:
        return [(" " * (before + at), PLAIN), ("└", _LINE), (f" {text}", MUTED)]
    start = max(0, before + at - 1 - len(text))
    return [(" " * start, PLAIN), (f"{text} ", MUTED), ("┘", _LINE)]
