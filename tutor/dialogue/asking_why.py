"""Asking why a number is what it is, and going down from there, in the dialogue."""

from __future__ import annotations

from collections.abc import Callable

from engine.why import Element
from lessons.kit.figure import Figure
from tutor.dialogue.command import Refusal
from tutor.dialogue.naming import named
from tutor.drawing.why import Trail
from tutor.plain import why_lines

ENDLESS = 1_000_000
"""A width at which nothing is wrapped: that is for who writes the lines."""


class Asking:
    """The way down from the number that was asked about first."""

    def __init__(self, say: Callable[..., None]) -> None:
        self.say = say
        self.trail: Trail | None = None

    def forget(self) -> None:
        """The figure is another one: what was asked about is gone."""
        self.trail = None

    def why(self, figure: Figure, name: str, about: Element | None) -> None:
        """Say why; without a name, of what the moment is about, or of `about` when there is such.

        A name means one of the terms that were said last, before any other number of the figure.
        Errors: Refusal, CommandError.
        """
        if not name:
            element = about or figure.focus
            if element is None:
                raise Refusal("why takes a number by name and index, such as why y[0,2,3].")
            self.trail = Trail.start(element)
        elif self.trail is None or not self._down(name):
            self.trail = Trail.start(named(figure, name, "why"))
        self._tell()

    def up(self) -> None:
        """Back to the number before."""
        if self.trail is None or not self.trail.up():
            raise Refusal("There is no number above this one.")
        self._tell()

    def _down(self, name: str) -> bool:
        """Go down to a term of the last answer; False when none has this name."""
        trail = self.trail
        assert trail is not None
        wanted = "".join(name.split())
        for picked, term in enumerate(trail.here.terms):
            for factor, element in enumerate(term.elements):
                if element.label == wanted:
                    trail.picked, trail.factor = picked, factor
                    return trail.down()
        return False

    def _tell(self) -> None:
        assert self.trail is not None
        here = self.trail.here
        for line in why_lines(here, ENDLESS):
            words = line.strip().replace("   → ", ", which gives ").replace("   ", ", ")
            self.say(line[: len(line) - len(line.lstrip())] + words)
        if here.terms:
            self.say("Say why and one of these names to go down, up to come back.")
