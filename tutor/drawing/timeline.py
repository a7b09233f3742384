"""Timelines: quantities in rows, time steps in columns, as levels with or without numbers."""

from __future__ import annotations

from dataclasses import dataclass

from engine.notation import MINUS, fixed
from engine.why import Element
from lessons.kit.figure import Timeline, TimeRow
from tutor.drawing import tone
from tutor.drawing.grid import BRACKETS, CURSOR, UNWRITTEN, Frame, follow
from tutor.drawing.ink import ACCENT, MUTED, PLAIN, UNDER_CURSOR, Ink, Line
from tutor.drawing.pen import Body, Pen, Size

LEVELS = "▁▂▃▄▅▆▇█"
"""From an empty to a full bar. A signed row takes the characters of signed maps instead, in which
the two signs share none."""
LEAST_STEPS = 8
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
        lines.append(_row(panel, n, columns, steps, picked))
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
    tick = max((min(len(tick), 8) for tick in panel.ticks), default=1)
    for wide, gap in ((2 + number, 3), (2 + number, 2), (1 + number, 2), (1 + number, 1)):
        wide = max(wide, tick)
        if not panel.compact and steps * (wide + gap) + 1 <= room:
            return _Columns(True, wide, gap)
    ticks = max((len(tick) for tick in panel.ticks), default=1)
    room -= _tail(panel, _Columns(False, 1, 0))
    for pitch in (4, 3, 2):
        if steps * pitch + 1 <= room and (pitch > ticks or pitch == 2):
            return _Columns(False, 1, pitch - 1)
    return _Columns(False, 1, 0)


def _margin(panel: Timeline) -> int:
    """Columns before the first step: a sign, and the longest label."""
    return 1 + max((len(row.label) for row in panel.rows), default=0) + 1


def _tail(panel: Timeline, columns: _Columns) -> int:
    """Columns behind the last step: where levels stand alone, the numbers of one step."""
    if columns.numbers:
        return 1
    tick = max((len(tick) for tick in panel.ticks), default=0)
    return 4 + max([_number_width(row) for row in panel.rows] + [min(tick, 8)], default=0)


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
    room = max(1, min(steps, room))
    old = pen.frame or Frame(0, 0, 0, 0)
    step, row = panel.current, None
    if pen.cursor:
        step, row = written(panel)[0] + pen.cursor[1], pen.cursor[0]
    left = old.left if step is None else step
    rows = max(1, min(len(panel.rows), height - 1))
    top = old.top if row is None else row
    return Frame(
        follow(old.top, rows, len(panel.rows), top, top),
        follow(old.left, room, steps, left, left),
        rows,
        room,
    )


def _ticks(panel: Timeline, columns: _Columns, steps: range) -> Line:
    """What stands over the steps; where they are close, over some of them."""
    line: Line = [(" " * _margin(panel), PLAIN)]
    longest = max((len(tick) for tick in panel.ticks), default=1)
    every = 1 if columns.pitch > longest or (longest == 1 and columns.gap == 0) else 0
    if not every:
        every = next((n for n in (2, 5, 10, 20, 50) if n * columns.pitch > longest), 100)
    room = 0
    for step in steps:
        current = step == panel.current
        text = panel.ticks[step][:8] if step % every == 0 else ""
        if current and columns.pitch <= longest:
            text = "▾"
        cell = columns.gap + columns.width
        if room > 0 and not current:
            take = min(room, cell)
            room -= take
            if take == cell:
                continue
        sign = "▾" if current and columns.gap > 1 and columns.numbers else " "
        shown = " " * columns.gap + text
        if current:
            line.append((" " * (columns.gap - 1) if columns.gap else "", PLAIN))
            shown = (sign if columns.gap else "") + text
            line.append((shown.ljust(columns.width + min(columns.gap, 1)), CURRENT))
            room = 0
            continue
        line.append((shown.ljust(cell), MUTED))
        room = max(0, len(shown) - cell)
    if not columns.numbers and panel.current is not None:
        line.append((f"    {panel.ticks[panel.current][:8]}", CURRENT))
    return line


def _row(panel: Timeline, n: int, columns: _Columns, steps: range, picked: int | None) -> Line:
    row = panel.rows[n]
    ink = MARKED if row.marked else PLAIN
    margin = _margin(panel)
    line: Line = [("▸" if row.marked else " ", ink), (row.label.ljust(margin - 1), ink)]
    first, end = written(panel)
    values = row.view.array.reshape(-1)
    ended = False
    for step in steps:
        there = first <= step < end
        pointed = step == panel.current
        signs = CURSOR if step == picked else BRACKETS["current"] if pointed else "  "
        sign_ink = ACCENT if step == picked else CURRENT
        if columns.gap:
            if ended and columns.gap == 1:
                line[-1] = line[-1] if signs == "  " else (signs[0], sign_ink)
                blank = 0
            else:
                blank = columns.gap - (2 if ended else 1)
                line.append((" " * blank, PLAIN))
                line.append((signs[0], sign_ink))
        text, level_ink = _cell(row, float(values[step]), columns) if there else UNWRITTEN
        text = text.ljust(columns.width)
        if step == picked:
            level_ink = UNDER_CURSOR
        elif pointed and there:
            level_ink = Ink(level_ink.fg, bold=True)
        line.append((text, level_ink))
        ended = signs != "  " and columns.gap > 0
        if ended:
            line.append((signs[1], sign_ink))
    shown = picked if picked is not None else panel.current
    if not columns.numbers and shown is not None and first <= shown < end:
        value = float(values[shown])
        sign = (MINUS if value < 0 else "+") if _signed(row) else " "
        line.append((" " * (2 if ended else 3), PLAIN))
        number = _number(row, value)
        line.append((f"{sign}{number}", UNDER_CURSOR if picked is not None else _hue(row, value)))
    return line


def _cell(row: TimeRow, value: float, columns: _Columns) -> tuple[str, Ink]:
    """A step: its level, and its number behind it."""
    hue = _hue(row, value)
    if columns.numbers:
        number = _number(row, value)
        glyph = (MINUS if value < 0 else "+" if value > 0 else " ") if _signed(row) else ""
        glyph = glyph or _level(row, value)
        return glyph + number.rjust(columns.width - 1), hue
    return _level(row, value), hue


def _hue(row: TimeRow, value: float) -> Ink:
    if not _signed(row):
        return PLAIN
    return Ink("plus" if value > 0 else "minus") if value else MUTED


def _level(row: TimeRow, value: float) -> str:
    """One character for a value."""
    low, high = row.limits
    if value != value:
        return "?"
    if _signed(row):
        level = max(-1.0, min(1.0, value / (max(-low, high) or 1.0)))
        return tone.character(level, True)
    share = max(0.0, min(1.0, (value - low) / ((high - low) or 1.0)))
    return LEVELS[min(int(share * len(LEVELS)), len(LEVELS) - 1)]
