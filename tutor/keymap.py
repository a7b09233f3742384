"""Which keys the learner may put where: by the ids of bindings, and without two meanings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from textual.binding import Binding, BindingsMap
from textual.keys import Keys, _character_to_key, key_to_character
from textual.screen import Screen

from tutor.bindings import INTERRUPT, KEYS_BY_NAME, key_name
from tutor.lookup import nearest

Keymap = dict[str, tuple[str, ...]]
"""Keys by the id of the binding that they are for, as Textual names them."""

FIXED = {
    INTERRUPT: "so that there is always a way out",
    "close-keys": "as its page says how it is closed",
    "leave-typing": "as its line says how it is left",
}
"""Bindings that stay where they are, and why."""
_SAME = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+h": "backspace",
    "ctrl+left_square_bracket": "escape",
}
"""Keys that most terminals cannot tell from another."""
_MODIFIERS = frozenset({"ctrl", "shift", "alt", "meta", "super", "hyper"})
_NAMED = frozenset(key.value for key in Keys if "+" not in key.value and "<" not in key.value)


class KeyRefused(Exception):
    """A key that a binding cannot have; the message says why."""


@dataclass(frozen=True)
class Named:
    """What can be put on other keys."""

    id: str
    keys: tuple[str, ...]
    """As they come."""
    does: str


@dataclass(frozen=True)
class Place:
    """A screen, with all that keys do there."""

    name: str
    bindings: tuple[Named, ...]
    taken: Mapping[str, str]
    """Keys that are no binding of ours, each with what it is for there."""


def parsed(text: str) -> tuple[str, ...]:
    """The keys of a text such as "n" or "ctrl+n, f2". Errors: KeyRefused."""
    return tuple(_key(part.strip()) for part in re.split(r"(?<=.),", text))


def names() -> dict[str, Named]:
    """Everything that can be put on other keys, by its id, in the order of the screens."""
    found: dict[str, Named] = {}
    for place in places():
        for one in place.bindings:
            if one.id not in FIXED:
                found.setdefault(one.id, one)
    return found


def refusal(binding_id: str, keys: tuple[str, ...], keymap: Keymap) -> str:
    """Why a binding cannot have these keys beside the others of a keymap; empty when it can."""
    for place in places():
        own = next((one for one in place.bindings if one.id == binding_id), None)
        if own is None:
            continue
        for key in keys:
            if key in own.keys:
                continue
            if why := place.taken.get(key):
                return f"{binding_id} cannot be {key_name(key)}: {why}"
            for other in place.bindings:
                if other is not own and key in keymap.get(other.id, other.keys):
                    return (
                        f"{binding_id} cannot be {key_name(key)}: {place.name} has that key for "
                        f"{other.id} ({other.does})"
                    )
    return ""


def checked(given: Mapping[str, str]) -> tuple[Keymap, dict[str, str]]:
    """The keymap of a file's table, without what cannot be; and why that cannot be, by its id."""
    keymap: Keymap = {}
    refused: dict[str, str] = {}
    known = names()
    for binding_id, text in given.items():
        try:
            keys = _of(binding_id, text, known)
        except KeyRefused as error:
            refused[binding_id] = str(error)
        else:
            if keys != known[binding_id].keys:
                keymap[binding_id] = keys
    while found := next(_refusals(keymap), None):
        binding_id, why = found
        refused[binding_id] = why
        del keymap[binding_id]  # which gives its key back, so that others are looked at again
    return keymap, refused


def _refusals(keymap: Keymap) -> Iterator[tuple[str, str]]:
    for binding_id, keys in keymap.items():
        if why := refusal(binding_id, keys, keymap):
            yield binding_id, why


def _of(binding_id: str, text: str, known: Mapping[str, Named]) -> tuple[str, ...]:
    if binding_id in FIXED:
        raise KeyRefused(f"{binding_id} stays where it is, {FIXED[binding_id]}")
    if binding_id not in known:
        raise KeyRefused(f"there is no key for {binding_id!r}{nearest(binding_id, known)}")
    try:
        return parsed(text)
    except KeyRefused as error:
        raise KeyRefused(f"{binding_id}: {error}") from None


def _key(text: str) -> str:
    """A key by the name that Textual has for it. Errors: KeyRefused."""
    if text.startswith("^") and len(text) == 2:
        text = f"ctrl+{text[1]}"
    text = KEYS_BY_NAME.get(text, text)
    if len(text) == 1:
        return _character_to_key(text)
    *modifiers, base = text.lower().split("+")
    base = KEYS_BY_NAME.get(base, base)
    base = _character_to_key(base) if len(base) == 1 else base
    character = key_to_character(base)
    if not _MODIFIERS.issuperset(modifiers) or not (base in _NAMED or character):
        raise KeyRefused(f"{text!r} is no key; one is n, ?, ctrl+n, f2, pagedown or space, say")
    key = "+".join([*modifiers, base])
    if key in _SAME:
        raise KeyRefused(f"{key} is what most terminals send for {_SAME[key]}")
    return key


def moved(screen: type[Screen[Any]], keymap: Keymap) -> dict[str, str]:
    """What the keys of a screen are called that were put elsewhere, by what they were called."""
    from tutor.app import TutorApp

    every = (*_named(screen._merge_bindings()), *_named(TutorApp._merge_bindings()))
    return {
        key_name(key): key_name(keymap[one.id][0])
        for one in every
        if one.id in keymap
        for key in one.keys
        if key not in keymap[one.id]
    }


def with_keys(prose: str, called: Mapping[str, str]) -> str:
    """The text of a lab, Markdown, with keys by other names; `u` = 1 is a variable and no key."""
    return re.sub(r"`([^`]+)`(?! =)", lambda span: f"`{called.get(span[1], span[1])}`", prose)


@cache
def places() -> tuple[Place, ...]:
    """Every screen with what keys do there."""
    from textual.widgets import TextArea

    from tutor.answer_entry import TYPED
    from tutor.app import TutorApp
    from tutor.screens.check import CheckScreen
    from tutor.screens.code import CodeScreen
    from tutor.screens.home import HomeScreen
    from tutor.screens.lab_keys import DIGITS
    from tutor.screens.lesson import LessonScreen
    from tutor.screens.review import ReviewScreen
    from tutor.screens.settings import SettingsScreen
    from tutor.screens.terms import TermsScreen

    answers = {_character_to_key(one): "answers are typed with it" for one in TYPED}
    editor = dict.fromkeys(TextArea._merge_bindings().key_to_bindings, "the editor has that key")
    cells = {_character_to_key(one): "numbers are typed with it" for one in DIGITS}
    kept = dict.fromkeys("gG", "it is kept for the application")
    app = TutorApp._merge_bindings()
    return tuple(
        Place(name, (*_named(screen._merge_bindings()), *_named(app)), {**_ALWAYS, **taken})
        for name, screen, taken in (
            ("the map", HomeScreen, {}),
            ("a step with a lab", LessonScreen, cells | kept | _letters()),
            ("a step with questions", CheckScreen, answers),
            ("a step with an exercise", CodeScreen, editor),
            ("the review", ReviewScreen, answers),
            ("the list of terms", TermsScreen, {}),
            ("the settings", SettingsScreen, {}),
        )
    )


_ALWAYS = {"ctrl+c": "that is always a way out", "ctrl+q": "that is always a way out"}


def _letters() -> dict[str, str]:
    """The letters of all labs' controls, each with a control that has it."""
    from lessons.catalog import labs, lessons

    found: dict[str, str] = {}
    for lesson in lessons():
        for lab in labs(lesson.id).values():
            for control in lab.controls:
                for key in (control.key, control.key.upper()) if control.key else ():
                    found.setdefault(key, f"the lab {lab.name} has that letter for {control.label}")
    return found


def _named(bindings: BindingsMap) -> list[Named]:
    """The bindings with an id; the keys of one id together."""
    found: dict[str, list[Binding]] = {}
    for _, binding in bindings:
        if binding.id:
            found.setdefault(binding.id, []).append(binding)
    return [
        Named(
            binding_id,
            tuple(dict.fromkeys(one.key for one in same)),
            "; ".join(dict.fromkeys(one.tooltip or one.description for one in same)),
        )
        for binding_id, same in found.items()
    ]
