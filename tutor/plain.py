"""Steps, figures and explanations as plain text, for a pipe or a screen reader."""

from __future__ import annotations

import io
import shlex
import textwrap
from collections.abc import Iterable
from dataclasses import replace

from rich.console import Console
from rich.markdown import Markdown

from engine.notation import format_number
from engine.why import Explanation, Term
from lessons.kit.figure import (
    Bars,
    Curves,
    Figure,
    Flow,
    Formula,
    Maps,
    Matrix,
    Note,
    Panel,
    Pixels,
    Plane,
    Timeline,
)
from lessons.kit.script import Step
from tutor.drawing.ink import crop, text_of
from tutor.drawing.panel import draw_panel, natural_size
from tutor.drawing.pen import Drawing, Pen
from tutor.lab_session import LabSession
from tutor.plain_panels import (
    bars_lines,
    curves_words,
    flow_lines,
    maps_head,
    plane_head,
    shades,
    timeline_lines,
)

ROOM = 10_000
"""More lines, or columns, than any grid or text has."""


def step_lines(step: Step, session: LabSession | None, width: int, pen: Pen) -> list[str]:
    """A step: title, prose, and the lab's figure with its moment and its settings."""
    lines = [*_wrapped(step.title, width), "=" * min(width, len(step.title)), ""]
    lines += prose_lines(step.prose, width)
    if session is not None:
        figure = figure_lines(session.figure, width, pen)
        lines += ["", *_wrapped(moment_line(session), width), "", *figure]
    return lines


def prose_lines(markdown: str, width: int) -> list[str]:
    """Markdown as wrapped text without any escape sequences."""
    page = io.StringIO()
    Console(file=page, width=width, color_system=None, force_terminal=False).print(
        Markdown(markdown, hyperlinks=False)
    )
    return _stripped(page.getvalue().splitlines())


def moment_line(session: LabSession) -> str:
    """Which moment of the film this is, and how the lab is set: as `--set` takes it."""
    settings = " ".join(
        f"{control.name}={shlex.quote(shown)}"
        for control in session.lab.controls
        if (shown := control.show(session.settings[control.name]))
    )
    moment = f"Moment {session.position + 1} of {session.film.length}"
    return f"{moment}, with {settings}" if settings else moment


def figure_lines(figure: Figure, width: int, pen: Pen) -> list[str]:
    """A figure: its panels one after another, and the number that the moment is about."""
    lines: list[str] = []
    for panel in figure.panels:
        lines += [*panel_lines(panel, width, pen), ""]
    return _stripped([*lines, *_wrapped(caption_of(figure), width)])


def caption_of(figure: Figure) -> str:
    """What the moment is about, in one line of words and a number; empty where nothing is said."""
    about = figure.caption
    if figure.focus is not None:
        joint = "" if not about or about[-1].isspace() else ": "
        about += f"{joint}{figure.focus.label} = {format_number(figure.focus.value)}"
    return about


def panel_lines(panel: Panel, width: int, pen: Pen) -> list[str]:
    """A panel under its title; of a grid too wide, the part around its marks, and which it is."""
    bare = replace(panel, title="")
    head, body = panel.title, list[str]()
    match panel:
        case Pixels() | Matrix():
            head, body = _grid(panel, width, pen)
        case Maps():
            head, body = maps_head(panel, pen), _drawn(bare, width, ROOM, pen)
        case Bars():
            body = bars_lines(panel)
        case Timeline():
            body = timeline_lines(panel, width)
        case Flow():
            body = flow_lines(panel, width)
        case Formula() | Note():
            rest = 2 if isinstance(panel, Formula) else 0
            whole = _drawn(bare, ROOM, ROOM, pen)
            texts = [_wrapped(text, width, 0, rest) or [""] for text in whole]
            return _stripped([*_wrapped(head, width), *(part for text in texts for part in text)])
        case _:
            if isinstance(panel, Plane):
                head = plane_head(panel, pen)
            body = _drawn(bare, width, natural_size(bare, pen.look, width)[1], pen)
            body += curves_words(panel, width) if isinstance(panel, Curves) else []
    return [line.rstrip() for line in [*_wrapped(head, width), *body]]


def _drawn(panel: Panel, width: int, height: int, pen: Pen) -> list[str]:
    return [text_of(crop(line, width)) for line in draw_panel(panel, width, height, pen).lines]


def _grid(panel: Pixels | Matrix, width: int, pen: Pen) -> tuple[str, list[str]]:
    """The head of a picture or a matrix, and its rows."""
    bare = replace(panel, title="")
    rows, columns = panel.view.array.shape
    drawing = draw_panel(bare, width, ROOM, pen)
    if drawing.frame and drawing.frame.columns < columns:
        # As many rows as columns: the rest of the rows would say little without their cells.
        drawing = draw_panel(bare, width, drawing.frame.columns, pen)
    shape = f" {rows}×{columns}"
    # A title may say the shape already, and rows that name themselves need none.
    shape = "" if not panel.title or panel.title.endswith(shape) else shape
    head = f"{panel.title}{shape}{_seen(drawing, rows, columns)}"
    if isinstance(panel, Pixels) and pen.look == "shades":
        head += f"; {shades(panel.limits, panel.signed, pen)}"
    return head, [text_of(crop(line, width)) for line in drawing.lines]


def why_lines(explanation: Explanation, width: int) -> list[str]:
    """The answer to "why this number?": the formula, the numbers put in, the terms."""
    value = format_number(explanation.value)
    lines = [f"Why is {explanation.element.label} {value}?"]
    lines += _wrapped(explanation.formula, width, 2)
    if explanation.relation is not None:
        lines += _wrapped(f"= {explanation.numbers} = {value}", width, 2)
    lines += [part for term in explanation.terms for part in _wrapped(_term(term), width, 4)]
    if explanation.rest_count:
        rest = format_number(explanation.rest_value)
        lines.append(f"    and {explanation.rest_count} smaller terms, together {rest}")
    return lines


def _term(term: Term) -> str:
    factors = "   ".join(f"{one.label} = {format_number(one.value)}" for one in term.elements)
    if term.rest_count:
        factors += f"   and {term.rest_count} smaller"
    if not term.is_its_element:
        factors += f"   → {format_number(term.value)}"
    return factors if term.chosen else f"{factors}   not taken"


def _seen(drawing: Drawing, rows: int, columns: int) -> str:
    """Which part of a grid is drawn, when it is not the whole."""
    frame = drawing.frame
    if frame is None or (frame.rows, frame.columns) == (rows, columns):
        return ""
    last_row, last_column = frame.top + frame.rows - 1, frame.left + frame.columns - 1
    return f", rows {frame.top} to {last_row} and columns {frame.left} to {last_column}"


def _wrapped(text: str, width: int, indent: int = 0, hanging: int = 2) -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hanging),
        break_on_hyphens=False,
    )


def _stripped(lines: Iterable[str]) -> list[str]:
    """The lines without blanks at their ends, and without empty lines at either end."""
    kept = [line.rstrip() for line in lines]
    while kept and not kept[0]:
        kept.pop(0)
    while kept and not kept[-1]:
        kept.pop()
    return kept
