"""The line of a lab's controls; or the number under the cursor; or what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from engine.notation import format_number
from lessons.kit.cells import Editable, Grid
from lessons.kit.control import Choice, Control
from lessons.kit.figure import Bars
from tutor.drawing.ink import ACCENT, MUTED, PLAIN, TITLE, WRONG, Line, width_of
from tutor.lab_session import LabSession
from tutor.widgets.canvas import Canvas


class Status(Canvas):
    """Draws pieces one after another, on as many lines as they need."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.pieces: list[Line] = []

    def show(self, session: LabSession, message: str, entry: str | None) -> None:
        """Show a message, else the number under the cursor with what is typed of its new value,
        else the controls."""
        if message:
            width = max(1, self.app.size.width - 2)
            self.pieces = [[(line, WRONG)] for line in wrap(message, width)]
        elif session.cursor is not None:
            self.pieces = [readout(session, entry)]
        else:
            self.pieces = settings(session, self.app.size.width)
        self.styles.height = len(laid_out(self.pieces, self.app.size.width)) if self.pieces else 0
        self.redraw()

    def draw(self, width: int, height: int) -> list[Line]:
        return laid_out(self.pieces, width)


def laid_out(pieces: Sequence[Line], width: int) -> list[Line]:
    """Pieces one after another."""
    lines: list[Line] = [[(" ", PLAIN)]]
    for piece in pieces:
        if width_of(lines[-1]) + width_of(piece) > width and len(lines[-1]) > 1:
            lines.append([(" ", PLAIN)])
        lines[-1] += [*piece, ("  ", PLAIN)]
    return lines


def controls_height(session: LabSession, width: int) -> int:
    """How many lines the controls take."""
    return len(laid_out(settings(session, width), width))


def readout(session: LabSession, entry: str | None) -> Line:
    """The number under the cursor, and what can be done with it."""
    element = session.element()
    if element is None:
        return []
    line: Line = [(element.label, TITLE), (" = ", MUTED)]
    if entry is not None:
        return [*line, (f"{entry}▏", ACCENT), ("  ⏎ set  esc leave it", MUTED)]
    line.append((format_number(element.value, 4), ACCENT))
    if editing := session.editable():
        line.append((f"   {_how(session, editing.control)}", MUTED))
    return line


def _how(session: LabSession, control: Editable) -> str:
    """How the number under the cursor is changed."""
    if isinstance(control, Grid) and control.paints:
        return "space, 0 to 9 draw"
    if isinstance(session.panel, Bars):
        return "←→ or a number change it"
    return "type a number to change it"


def settings(session: LabSession, width: int) -> list[Line]:
    """Every control with its key and value; names of choices only where there is room."""
    controls = [
        control
        for control in session.lab.controls
        if control.key and control.brief(session.settings[control.name])
    ]
    full = [_setting(session, control, True) for control in controls]
    if sum(width_of(piece) + 2 for piece in full) < width:
        return full
    return [_setting(session, control, not isinstance(control, Choice)) for control in controls]


def _setting(session: LabSession, control: Control, labelled: bool) -> Line:
    value = control.brief(session.settings[control.name])
    depending = (session.lab.control(name) for name in control.resets)
    if any(session.settings[other.name] != other.initial for other in depending):
        value += "*"  # what the learner edited no longer is what the name says
    label = f" {control.label} " if labelled else " "
    return [(control.key, ACCENT), (label, MUTED), (value, TITLE)]
