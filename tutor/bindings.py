"""Which keys work on a screen, and how they are called."""

from __future__ import annotations

from typing import Any

from textual.binding import Binding
from textual.keys import key_to_character
from textual.screen import Screen

HIDDEN = frozenset({"super+c", "ctrl+q", "equals_sign"})
"""Keys that work but need no mention: Textual's own, and a plus without shift."""

_FOCUS = frozenset({"app.focus_next", "app.focus_previous"})
"""Textual's own; none of our screens has a second place for the focus."""
_PIXELS = "look"
"""The action that shows pixels another way: to be named where there may be pixels."""

_NAMES = {
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "enter": "⏎",
    "tab": "⇥",
    "shift+tab": "⇧⇥",
    "backspace": "⌫",
    "escape": "esc",
    "question_mark": "?",
    "plus": "+",
    "minus": "-",
    "full_stop": ".",
    "comma": ",",
    "colon": ":",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "pagedown": "pgdn",
    "pageup": "pgup",
}


KEYS_BY_NAME = {name: key for key, name in _NAMES.items()} | {"return": "enter", "del": "delete"}
"""Keys by what they are called on screen."""
INTERRUPT = "interrupt"
"""The id of the key that always leaves."""


def key_name(key: str) -> str:
    """A key as it is called on screen."""
    if key in _NAMES:
        return _NAMES[key]
    modifier, _, base = key.rpartition("+")
    if modifier:
        base = key_name(base)
        short = modifier == "ctrl" and len(base) == 1 and base.isascii()
        return f"^{base}" if short else f"{modifier}+{base}"
    character = key_to_character(key) or ""
    return character if character.isprintable() and character.strip() else key


def working_bindings(screen: Screen[Any]) -> list[Binding]:
    """The bindings that work now: the screen's own in the order in which it lists them."""
    last = 1000
    declared = [
        binding
        for base in type(screen).__mro__
        for binding in Binding.make_bindings(vars(base).get("BINDINGS", ()))
    ]
    order = {binding.action: n for n, binding in reversed(list(enumerate(declared)))}
    working = [
        active.binding
        for active in screen.active_bindings.values()
        if active.enabled
        and not active.binding.system
        and active.binding.key not in HIDDEN
        and active.binding.action not in _FOCUS
        and (active.binding.action != _PIXELS or screen.query("LabView"))
    ]
    return sorted(working, key=lambda binding: order.get(binding.action, last))
