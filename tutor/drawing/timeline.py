"""Timelines: quantities in rows, time steps in columns, as levels with or without numbers."""

from __future__ import annotations

from dataclasses import dataclass

from engine.notation import MINUS, fixed
from engine.why import Element
from lessons.kit.figure import Timeline, TimeRow
from tutor.drawing import tone
from tutor.drawing.grid import BRACKETS, CURSOR, UNWRITTEN, Frame, follow
from tutor.drawing.ink import (
    ACCENT,
    MUTED,
    PLAIN,
    UNDER_CURSOR,
    Ink,
    Line,
    Span,
    breadth,
    in_cells,
    ljust,
    runs,
)
from tutor.drawing.look import Look
from tutor.drawing.pen import Body, Pen, Size

LEVELS = "▁▂▃▄▅▆▇"
"""From an empty to a full bar. A signed row has bars that stand or hang where there is colour;
elsewhere the characters of signed maps, of which the two signs share none."""
LEAST_STEPS = 8
LONGEST_TICK = 8
CURRENT = Ink("current", bold=True)
MARKED = Ink("window", bold=True)


def cells_of(panel: Timeline) -> list[list[Element]]:
    """A row for each quantity, with the steps that are written."""
    first, end = written(panel)
    return [[_element(row, step) for step in range(first, end)] for row in panel.rows]


def written(panel: Timeline) -> tuple[int, int]:
    """The first column that is written, and one past the last."""
    first, end = panel.written or (0, len(panel.ticks))
    return max(0, first), min(end, len(panel.ticks))


@dataclass(frozen=True)
class _Columns:
    """How the columns of a timeline are drawn."""

    numbers: bool
    """A level and its number, or a level alone."""
    width: int
    """Columns of a step, without the gap before it."""
    gap: int

    @property
    def pitch(self) -> int:
        return self.gap + self.width

    def at(self, n: int) -> int:
        """Where the n-th step that is seen starts, behind the labels."""
        return self.gap + n * self.pitch


def natural(panel: Timeline, width: int) -> Size:
    """The way of drawing that shows every step in so many columns, if one does."""
    steps = len(panel.ticks)
    columns = _columns(panel, width)
    wide = _margin(panel) + steps * columns.pitch + _tail(panel, columns)
    return min(width, wide), len(panel.rows) + 1


def least(panel: Timeline) -> Size:
    """A few levels, and all rows."""
    columns = _Columns(False, 1, 0)
    steps = min(len(panel.ticks), LEAST_STEPS)
    return _margin(panel) + steps + _tail(panel, columns), len(panel.rows) + 1


def draw(panel: Timeline, width: int, height: int, pen: Pen) -> Body:
    """Rows under their ticks, the current step pointed out; too many steps show a window."""
    columns = _columns(panel, width)
    frame = _frame(panel, columns, width, height, pen)
    steps = range(frame.left, frame.left + frame.columns)
    lines = [_ticks(panel, columns, steps)]
    for n in range(frame.top, frame.top + frame.rows):
        picked = None
        if pen.cursor and pen.cursor[0] == n:
            picked = written(panel)[0] + pen.cursor[1]
        lines.append(_row(panel, n, columns, steps, picked, pen.look))
    return lines, frame


def seen(panel: Timeline, frame: Frame) -> str:
    """Which steps are seen, when not all are."""
    count = len(panel.ticks)
    if frame.columns >= count:
        return ""
    return f"steps {frame.left}–{frame.left + frame.columns - 1} of {count}"


def cell_at(panel: Timeline, frame: Frame, width: int, x: int, y: int) -> tuple[int, int] | None:
    """The row and the written step that are drawn at a place of its room."""
    columns = _columns(panel, width)
    row, across = y - 1, x - _margin(panel) - columns.gap // 2
    step = across // columns.pitch
    first, end = written(panel)
    step += frame.left
    seen_steps = range(frame.left, frame.left + frame.columns)
    if not 0 <= row < frame.rows or across < 0 or step not in seen_steps:
        return None
    return (frame.top + row, step - first) if first <= step < end else None


def _element(row: TimeRow, step: int) -> Element:
    return row.view.element(0, step)


def _columns(panel: Timeline, width: int) -> _Columns:
    """Numbers where all of them fit, else levels as far apart as fits."""
    steps = max(1, len(panel.ticks))
    room = width - _margin(panel)
    number = max((_number_width(row) for row in panel.rows), default=1)
    tick = max((min(breadth(tick), LONGEST_TICK) for tick in panel.ticks), default=1)
    for wide, gap in ((2 + number, 3), (2 + number, 2), (1 + number, 2), (1 + number, 1)):
        wide = max(wide, tick)
        if not panel.compact and steps * (wide + gap) + 1 <= room:
            return _Columns(True, wide, gap)
    ticks = max((breadth(tick) for tick in panel.ticks), default=1)
    room -= _tail(panel, _Columns(False, 1, 0))
    for pitch in (4, 3, 2):
        if steps * pitch + 1 <= room and (pitch > ticks or pitch == 2):
            return _Columns(False, 1, pitch - 1)
    return _Columns(False, 1, 0)


def _margin(panel: Timeline) -> int:
    """Columns before the first step: a sign, and the longest label."""
    return 1 + max((breadth(row.label) for row in panel.rows), default=0) + 1


def _tail(panel: Timeline, columns: _Columns) -> int:
    """Columns behind the last step: where levels stand alone, the numbers of one step."""
    if columns.numbers:
        return 1
    texts = [_number_width(row) for row in panel.rows]
    texts += [min(breadth(tick), LONGEST_TICK) for tick in panel.ticks]
    return 4 + max(texts, default=0)


def _number_width(row: TimeRow) -> int:
    array = row.view.array
    texts = [_number(row, float(v)) for v in (array.min(), array.max())] if array.size else ["0"]
    return max(map(len, texts))


def _number(row: TimeRow, value: float) -> str:
    """The magnitude without a needless zero; the glyph before it says the sign."""
    text = fixed(abs(value) if _signed(row) else value, row.decimals)
    for sign in ("", MINUS):
        if text.startswith(f"{sign}0."):
            return sign + text[len(sign) + 1 :]
    return text


def _signed(row: TimeRow) -> bool:
    return row.limits[0] < 0


def _frame(panel: Timeline, columns: _Columns, width: int, height: int, pen: Pen) -> Frame:
    steps = len(panel.ticks)
    room = (width - _margin(panel) - _tail(panel, columns)) // columns.pitch
    room = min(steps, max(1, room))
    old = pen.frame or Frame(0, 0, 0, 0)
    step, row = panel.current, None
    if pen.cursor:
        step, row = written(panel)[0] + pen.cursor[1], pen.cursor[0]
    left = old.left if step is None else step
    rows = min(len(panel.rows), max(1, height - 1))
    top = old.top if row is None else row
    return Frame(
        follow(old.top, rows, len(panel.rows), top, top),
        follow(old.left, room, steps, left, left),
        rows,
        room,
    )


def _ticks(panel: Timeline, columns: _Columns, steps: range) -> Line:
    """What stands over the steps; where they are close, over some of them."""
    longest = max((breadth(tick) for tick in panel.ticks), default=1)
    close = columns.pitch <= longest
    if longest == 1 or not close:
        every = 1
    else:
        every = next((n for n in (2, 5, 10, 20, 50) if n * columns.pitch > longest), 100)
    cells: list[Span] = [(" ", PLAIN)] * _width(columns, steps)
    current = panel.current
    for step in steps:
        if step % every == 0 and step != current:
            text = panel.ticks[step][: max(LONGEST_TICK, columns.width)]
            _write(cells, columns.at(step - steps.start), text, MUTED)
    if current is not None and current in steps:
        at = columns.at(current - steps.start)
        if close or not columns.gap:
            _write(cells, at, "▾", CURRENT)
        else:
            _write(cells, at - 1, "▾" + panel.ticks[current][:LONGEST_TICK], CURRENT)
    line = [(" " * _margin(panel), PLAIN), *runs(cells)]
    if not columns.numbers and current is not None:
        line.append((f"    {panel.ticks[current][:LONGEST_TICK]}", CURRENT))
    return line


def _row(
    panel: Timeline, n: int, columns: _Columns, steps: range, picked: int | None, look: Look
) -> Line:
    """A quantity: its label, its steps, and where they are levels alone the number of one."""
    row = panel.rows[n]
    values = row.view.array.reshape(-1)
    there = range(*written(panel))
    cells: list[Span] = [(" ", PLAIN)] * _width(columns, steps)
    for step in steps:
        text, ink = UNWRITTEN
        if step in there:
            text, ink = _cell(row, float(values[step]), columns, look)
            ink = ink._replace(bold=True) if step == panel.current else ink
            ink = UNDER_CURSOR if step == picked else ink
        _write(cells, columns.at(step - steps.start), text, ink)
    for pointed, signs, ink in (
        (panel.current, BRACKETS["current"], CURRENT),
        (picked, CURSOR, ACCENT),
    ):
        if pointed is not None and pointed in steps and columns.gap:
            at = columns.at(pointed - steps.start)
            cells[at - 1], cells[at + columns.width] = (signs[0], ink), (signs[1], ink)
    ink = MARKED if row.marked else PLAIN
    label = ("▸" if row.marked else " ") + row.label
    line = [(ljust(label, _margin(panel)), ink), *runs(cells)]
    shown = panel.current if picked is None else picked
    if not columns.numbers and shown is not None and shown in there:
        value = float(values[shown])
        sign = (MINUS if value < 0 else "+") if _signed(row) else " "
        ink = _hue(row, value) if picked is None else UNDER_CURSOR
        line += [("   ", PLAIN), (sign + _number(row, value), ink)]
    return line


def _width(columns: _Columns, steps: range) -> int:
    """Columns of the steps, with one behind the last for its bracket where there are gaps."""
    return len(steps) * columns.pitch + min(columns.gap, 1)


def _write(cells: list[Span], at: int, text: str, ink: Ink) -> None:
    for n, character in enumerate(in_cells(text)[: len(cells) - at], at):
        cells[n] = (character, ink)


def _cell(row: TimeRow, value: float, columns: _Columns, look: Look) -> tuple[str, Ink]:
    """A step: its level or its sign, and its number behind it."""
    if not columns.numbers:
        return _level(row, value, look)
    if _signed(row):
        sign = MINUS if value < 0 else "+" if value > 0 else " "
    else:
        sign = _level(row, value, look)[0]
    return sign + _number(row, value).rjust(columns.width - 1), _hue(row, value)


def _hue(row: TimeRow, value: float) -> Ink:
    if not _signed(row):
        return PLAIN
    return Ink("plus" if value > 0 else "minus") if value else MUTED


def _level(row: TimeRow, value: float, look: Look) -> tuple[str, Ink]:
    """One character for a value."""
    ink = _hue(row, value)
    low, high = row.limits
    if value != value:
        return "?", ink
    if not _signed(row):
        return _rising((value - low) / ((high - low) or 1.0)), ink
    share = max(-1.0, min(1.0, value / (max(-low, high) or 1.0)))
    if look != "blocks":
        return tone.character(share, True), ink
    if share >= 0:
        return _rising(share), ink
    # What hangs is the page's colour standing on a reversed cell.
    return _rising(1 + share), ink._replace(reverse=True)


def _rising(share: float) -> str:
    return LEVELS[max(0, min(int(share * len(LEVELS)), len(LEVELS) - 1))]


def needs_key(panel: Timeline, width: int, look: Look) -> bool:
    """Whether signed rows are drawn in characters that their title should explain."""
    signed = any(_signed(row) for row in panel.rows)
    return signed and look != "blocks" and not _columns(panel, width).numbers
