"""The settings of a lab in the dialogue: told, and set by name, by letter or by cell."""

from __future__ import annotations

import re
from collections.abc import Callable

from engine.why import Element
from lessons.kit.control import Control
from lessons.kit.figure import Figure, Panel, Plane, Timeline
from tutor.dialogue.command import Refusal
from tutor.dialogue.naming import named, names_of
from tutor.dialogue.speech import listed, said
from tutor.drawing.panel import cells
from tutor.lab_session import LabSession
from tutor.lookup import nearest

_NAME = re.compile(r"\s*([^\s=]*)\s*=?\s*(.*)")


class Setting:
    """Reads what a lab is to be set to, and says how it is set."""

    def __init__(self, session: LabSession, say: Callable[..., None]) -> None:
        self.session = session
        self.say = say

    def now(self) -> str:
        """How the lab is set, in one line; empty where nothing is."""
        shown = [
            f"{control.name} {value}"
            for control in self.session.lab.controls
            if (value := self._shown(control))
        ]
        return f"Set: {'; '.join(shown)}." if shown else ""

    def tell_all(self) -> None:
        """Every setting: its letter, what it is, and what it takes."""
        for control in self.session.lab.controls:
            shown = self._shown(control)
            now = f"now {shown}; " if shown else ""
            key = f" (letter {control.key})" if control.key else ""
            self.say(f"{control.name}{key}: {now}takes {control.takes}")

    def read(self, given: str) -> tuple[Control, str]:
        """The control and the value of "NAME VALUE" or "NAME=VALUE"; no value: the next one.

        Errors: Refusal.
        """
        match = _NAME.fullmatch(given)
        name, value = match.groups() if match else (given, "")
        controls = self.session.lab.controls
        for control in controls:
            if name in (control.name, control.key):
                return control, value.strip() or "next"
        known = [control.name for control in controls]
        there = ", ".join(known) or "none"
        raise Refusal(f"There is no setting {name!r}{nearest(name, known)}; there is {there}.")

    def change(self, control: Control, value: str) -> None:
        """Set a control to a value, to the next one, or to the one before. Errors: Refusal."""
        session, name = self.session, control.name
        before = session.settings[name]
        try:
            if value in ("next", "before"):
                session.turn(control, 1 if value == "next" else -1)
            else:
                session.set(name, control.parse(_as_written(control, value)))
        except ValueError as error:
            close = nearest(value, getattr(control, "options", ()))
            raise Refusal(f"{error}{close}") from error
        now = self._shown(control)
        if session.settings[name] == before and value in ("next", "before"):
            self.say(f"{name} stays {now}: it takes {control.takes}.")
        else:
            self.say(f"{name} is now {now or 'empty'}.")

    def put(self, given: str) -> None:
        """Put a number into a cell, as typing it under the cursor does on the screen.

        Errors: Refusal, CommandError.
        """
        name, _, number = given.replace("=", " ", 1).rpartition(" ")
        if not name:
            raise Refusal(f"put takes a cell and a number. {self.takes_numbers()}")
        session = self.session
        element = named(session.figure, name, "put").origin()
        cursor = session.find(element)
        if cursor is not None:
            session.point(cursor)
        try:
            if cursor is None or session.editable() is None:
                refused = f"{element.label} is not a number that can be put in here."
                raise Refusal(f"{refused} {self.takes_numbers()}")
            session.edit(number)
        except ValueError as error:
            raise Refusal(str(error)) from error
        finally:
            session.cursor = None

    def takes_numbers(self) -> str:
        """Which numbers can be put in, in a sentence."""
        names = editable_names(self.session.figure)
        return f"Here it takes {', '.join(names)}." if names else "This lab has none to put in."

    def instead_of_the_cursor(self) -> str:
        """What to say where the text moves a cursor over numbers, or a place over a plane."""
        figure = self.session.figure
        ways = []
        if names := editable_names(figure):
            first = names[0].split(" to ")[0]
            ways.append(f"put changes a number, such as put {first} 1 ({', '.join(names)})")
        for panel in figure.panels:
            if isinstance(panel, Plane) and panel.steers:
                ways.append(f"set {panel.steers[0]} and set {panel.steers[1]} move the place")
        ways.append("why and a number's name asks about it, and panel says the names")
        return f"Where the text goes to numbers with tab and arrows, say words: {'; '.join(ways)}."

    def _shown(self, control: Control) -> str:
        return listed(control.show(self.session.settings[control.name]))


def _as_written(control: Control, value: str) -> str:
    """The option that was said: "y hat minus y" is "ŷ − y"."""
    heard = said(value).casefold()
    for option in getattr(control, "options", ()):
        if heard == said(option).casefold():
            return str(option)
    return value


def editable_names(figure: Figure) -> list[str]:
    """The numbers that can be put in, by name: "p[0] to p[3]"."""
    elements = [element for panel in figure.panels for element in _edited(panel)]
    return names_of(elements)


def _edited(panel: Panel) -> list[Element]:
    if isinstance(panel, Timeline):
        rows = [row for row, of in zip(cells(panel), panel.rows, strict=True) if of.edits]
    else:
        rows = cells(panel) if getattr(panel, "edits", "") else []
    return [element for row in rows for element in row]
