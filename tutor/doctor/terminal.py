"""What the doctor finds about the terminal: from the environment, and by asking it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tutor.doctor.finding import Finding
from tutor.terminal.asking import asking
from tutor.terminal.plan import OWN_THEMES, Plan
from tutor.terminal.surroundings import AT_HOME, LEAST_ROOM, Surroundings, locale_of

SLOW = 0.15
"""Seconds of a round trip from which on a line is slow."""
_DEPTHS = {"none": "none", "16": "16", "256": "256", "truecolor": "16 million"}


@dataclass(frozen=True)
class Measured:
    """What the terminal said itself; None: it did not say."""

    size: tuple[int, int] | None = None
    """Columns and lines."""
    asked: bool = False
    """Whether there was a terminal to ask."""
    round_trip: float | None = None
    """Seconds."""
    unicode: bool | None = None
    synchronizes: bool | None = None
    light: bool | None = None


def measure(reads: int = 0, writes: int = 1) -> Measured:
    """Ask the terminal at these descriptors; it is left as it was, also on ctrl+c."""
    try:
        columns, lines = os.get_terminal_size(writes)
    except OSError:
        return Measured()
    with asking(reads, writes) as terminal:
        if terminal is None:
            return Measured((columns, lines))
        if not terminal.answers:
            return Measured((columns, lines), asked=True)
        return Measured(
            (columns, lines),
            True,
            terminal.round_trip(),
            terminal.shows_unicode(),
            terminal.synchronizes(),
            terminal.has_light_page(),
        )


def findings(
    around: Surroundings, measured: Measured, environment: Mapping[str, str] = os.environ
) -> Iterator[Finding]:
    """What is to be said of the terminal."""
    yield _kind(around)
    if measured.size is None:
        yield Finding(
            "not measured: size, Unicode, synchronized output and round trip, as input and output "
            "are not both a terminal"
        )
    else:
        yield _size(measured.size)
    yield _colours(around, environment)
    yield _characters(around, measured, environment)
    if measured.asked:
        yield _frames(measured)
        yield _line(measured)


def plan_findings(plan: Plan, measured: Measured, frames: int) -> Iterator[Finding]:
    """What dl-tutor therefore does. frames: so many a second at most."""
    if plan.lines_alone:
        yield Finding(f"lines of text, no picture and no colour; {plan.why['characters']}")
        return
    for name in ("theme", "pixels", "characters", "motion"):
        yield Finding(f"{name}: {plan.why[name]}", _page(plan, measured) if name == "theme" else "")
    yield Finding(
        f"films: at most {frames} frames a second; one is dropped while the last is still on "
        "its way, and none is sent while nothing changes"
    )


def _page(plan: Plan, measured: Measured) -> str:
    """What to change where the page is another than the terminal says."""
    if measured.light in (None, plan.light):
        return ""
    page = "light" if measured.light else "dark"
    own = plan.theme in OWN_THEMES.values()
    theme = page if own else "terminal-light" if measured.light else "terminal"
    return f'The terminal has a {page} page: set theme = "{theme}" in the settings.'


def _kind(around: Surroundings) -> Finding:
    says = f"TERM is {around.term}" if around.term else "TERM is not set"
    if around.multiplexer:
        says += f"; in {around.multiplexer}"
    if around.ssh:
        says += "; over SSH"
    if around.term == "dumb":
        return Finding(
            f"{says}, so the course is lines of text, as with --plain",
            "For pictures, start it where TERM is what the terminal is, such as xterm-256color.",
        )
    if around.term in ("unknown", ""):
        return Finding(says, "Set TERM to what the terminal is: xterm-256color, say.", wrong=True)
    return Finding(says)


def _size(size: tuple[int, int]) -> Finding:
    columns, lines = size
    says = f"size: {columns}×{lines}"
    least, home = (f"{width}×{height}" for width, height in (LEAST_ROOM, AT_HOME))
    if columns < LEAST_ROOM[0] or lines < LEAST_ROOM[1]:
        return Finding(says, f"Make the window larger: dl-tutor needs {least}.", wrong=True)
    if columns < AT_HOME[0] or lines < AT_HOME[1]:
        return Finding(says, f"A larger window shows more at once: {home} or above.")
    return Finding(says)


def _colours(around: Surroundings, environment: Mapping[str, str]) -> Finding:
    says = f"colours: {_DEPTHS[around.depth]}, as {around.depth_why}"
    change = ""
    if around.depth == "16" and around.term in ("xterm", "screen", "tmux", "rxvt"):
        change = (
            f"Most terminals that call themselves {around.term} have 256 colours: try "
            f"export TERM={around.term}-256color."
        )
    if around.multiplexer == "screen" and environment.get("COLORTERM"):
        says += " (GNU screen hands on no more)"
    return Finding(says, change)


def _characters(
    around: Surroundings, measured: Measured, environment: Mapping[str, str]
) -> Finding:
    name, locale = locale_of(environment)
    told = f"{name} is {locale}" if name else "no locale is set"
    utf8 = "Set a locale with UTF-8, such as export LC_ALL=C.UTF-8."
    if measured.unicode is None:
        has = "yes" if around.unicode else "no"
        says = f"Unicode: {has}, as {around.unicode_why}; not measured"
        return Finding(says, "" if around.unicode or "utf" in locale.lower() else utf8)
    if measured.unicode:
        says = f"Unicode: yes, measured; {told}"
        # An old font may lack what the line carries.
        return Finding(says, "" if around.unicode or "utf" in locale.lower() else utf8)
    says = f"Unicode: no, measured: characters do not take one column each; {told}"
    if around.unicode:
        return Finding(says, 'Set characters = "ascii" in the settings.', wrong=True)
    return Finding(says)


def _frames(measured: Measured) -> Finding:
    match measured.synchronizes:
        case None:
            return Finding("synchronized output: not measured, as the terminal gave no answer")
        case True:
            return Finding("synchronized output: yes; a frame appears at once")
    return Finding("synchronized output: no; a large frame may be seen as it arrives")


def _line(measured: Measured) -> Finding:
    if measured.round_trip is None:
        return Finding(
            "round trip: not measured, as the terminal says nothing about where its cursor is"
        )
    milliseconds = measured.round_trip * 1e3
    says = f"round trip: {milliseconds:.1f} ms, measured"
    if measured.round_trip >= SLOW:
        says += "; each key takes as long to show, and nothing here can shorten that"
    return Finding(says)
