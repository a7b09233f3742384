"""The keys that no control of a lab may have are those that the application takes."""

from __future__ import annotations

from textual.app import App
from textual.binding import BindingsMap
from textual.keys import key_to_character
from textual.screen import Screen

from lessons.kit.lab import RESERVED_KEYS
from tutor.app import TutorApp
from tutor.screens.lesson import LessonScreen

LATER = frozenset("gG")
"""First and last, as the map of the course has them already."""
TYPED = frozenset("0123456789")
"""What a cell under the cursor takes as its new number."""


SIGNS = {"plus": "+", "minus": "-"}
"""Keys whose Textual names are not those of their characters."""


def characters(owner: type[App[None]] | type[Screen[None]]) -> set[str]:
    """The single characters among the keys of an application or a screen."""
    keys = [
        key
        for base in owner.__mro__
        if base.__module__.startswith("tutor.")
        for key in BindingsMap(vars(base).get("BINDINGS", ())).key_to_bindings
    ]
    found = (SIGNS.get(key) or key_to_character(key) for key in keys)
    return {character for character in found if character and character.isprintable()}


def test_reserved_keys_are_those_that_are_bound() -> None:
    bound = characters(TutorApp) | characters(LessonScreen)
    assert {"q", "?", "n", " ", "+"} <= bound
    assert bound | LATER | TYPED == RESERVED_KEYS
