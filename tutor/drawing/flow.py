"""Flows: stages with the shapes that they hand on, joined by arrows."""

from __future__ import annotations

import textwrap

from lessons.kit.figure import Flow, Stage
from tutor.drawing.ink import MUTED, PLAIN, TITLE, Ink, Line
from tutor.drawing.pen import Size

CURRENT = Ink("current", bold=True)
ARROW = "→"


def text_of_stage(stage: Stage) -> str:
    """What a stage is called, and the shape of what it gives."""
    shape = "×".join(map(str, stage.shape))
    return f"{stage.name} {shape}" if shape else stage.name


def natural(panel: Flow, width: int) -> Size:
    """Lines that stages take, and one for a word on the current one."""
    rows = _rows(panel, width)
    wide = max((sum(_wide(panel.stages[n]) for n in row) for row in rows), default=0)
    return min(width, wide), len(rows) + _note(panel)


def draw(panel: Flow, width: int, height: int) -> list[Line]:
    """Stages wrapped at arrows; the current one between signs, and the word on it."""
    rows = _rows(panel, width)
    lines: list[Line] = []
    for row in rows:
        line: Line = []
        for n in row:
            line += _stage(panel, n)
        lines.append(line)
    if panel.current is not None and _note(panel) and len(lines) < height:
        stage = panel.stages[panel.current]
        if stage.note:
            note = textwrap.shorten(f"{stage.name}: {stage.note}", max(10, width - 1))
            lines.append([(" ", PLAIN), (note, MUTED)])
    # Where lines are short, those around the current stage.
    at = next((k for k, row in enumerate(rows) if panel.current in row), 0)
    start = max(0, min(at - height + 1, len(lines) - height)) if len(lines) > height else 0
    return lines[start : start + height]


def _stage(panel: Flow, n: int) -> Line:
    """A blank or a sign on either side, and the arrow to the next."""
    stage = panel.stages[n]
    arrow: Line = [(ARROW, MUTED)] if n + 1 < len(panel.stages) else []
    if n == panel.current:
        return [(f"▸{text_of_stage(stage)}◂", CURRENT), *arrow]
    shape = text_of_stage(stage)[len(stage.name) :]
    return [(f" {stage.name}", TITLE), (f"{shape} ", MUTED), *arrow]


def _wide(stage: Stage) -> int:
    return len(text_of_stage(stage)) + 3


def _note(panel: Flow) -> int:
    return 1 if any(stage.note for stage in panel.stages) else 0


def _rows(panel: Flow, width: int) -> list[list[int]]:
    """Which stages stand in each line."""
    rows: list[list[int]] = []
    room = 0
    for n, stage in enumerate(panel.stages):
        if not rows or _wide(stage) > room:
            rows.append([])
            room = width
        rows[-1].append(n)
        room -= _wide(stage)
    return rows
