"""Keys put elsewhere: which can be, and what is said of those that cannot."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

import tutor
from lessons.catalog import labs, lessons
from tutor.bindings import key_name
from tutor.keymap import FIXED, KeyRefused, checked, names, parsed, places, with_keys


def owners() -> Iterator[type[DOMNode]]:
    """Every class of the application that has bindings of its own."""
    for info in pkgutil.walk_packages(tutor.__path__, "tutor."):
        module = importlib.import_module(info.name)
        for one in vars(module).values():
            if (
                isinstance(one, type)
                and issubclass(one, DOMNode)
                and one.__module__ == info.name
                and "BINDINGS" in vars(one)
            ):
                yield one


def test_names_of_keys_in_a_text_follow_and_variables_stay() -> None:
    called = {"→": "f3", "v": "f4"}
    assert with_keys("Press `→`, then `v`; at `v` = 1, v.", called) == (
        "Press `f3`, then `f4`; at `v` = 1, v."
    )


def test_every_binding_has_an_id_which_means_one_thing() -> None:
    seen: dict[str, set[str]] = {}
    for owner in owners():
        for binding in vars(owner)["BINDINGS"]:
            assert isinstance(binding, Binding) and binding.id, f"{owner}: {binding}"
            seen.setdefault(binding.id, set()).add(binding.action.partition("(")[0])
    assert len(seen) > 40
    assert {"list-up", "why", "interrupt"} <= seen.keys()
    assert seen.keys() - FIXED.keys() == names().keys()


def test_keys_have_one_meaning_on_each_screen_as_they_come() -> None:
    for place in places():
        keys = [key for one in place.bindings for key in one.keys]
        assert len(keys) == len(set(keys)), place.name


def test_no_key_of_ours_is_a_letter_of_a_lab() -> None:
    place = next(one for one in places() if one.name == "a step with a lab")
    letters = {
        letter
        for lesson in lessons()
        for lab in labs(lesson.id).values()
        for control in lab.controls
        for letter in (control.key, control.key.upper())
        if letter
    }
    assert letters <= place.taken.keys()


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("n", ("n",)),
        ("N", ("N",)),
        ("?", ("question_mark",)),
        ("ctrl+n, f2", ("ctrl+n", "f2")),
        ("^n", ("ctrl+n",)),
        ("Ctrl+N,PageDown", ("ctrl+n", "pagedown")),
        (",", ("comma",)),
        (",,n", ("comma", "n")),
        ("pgdn,esc,←", ("pagedown", "escape", "left")),
        ("ctrl+]", ("ctrl+right_square_bracket",)),
        ("space", ("space",)),
    ],
)
def test_keys_are_named_as_people_name_them(text: str, keys: tuple[str, ...]) -> None:
    assert parsed(text) == keys
    if "," not in text:
        assert parsed(key_name(keys[0])) == keys


@pytest.mark.parametrize("text", ["foo", "", "n,", "ctr+n", "ctrl+", "f99", "ctrl+foo"])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(KeyRefused, match="is no key; one is n, "):
        parsed(text)


@pytest.mark.parametrize("text", ["ctrl+i", "ctrl+m", "^h", "ctrl+["])
def test_keys_that_terminals_cannot_tell_apart_are_refused(text: str) -> None:
    with pytest.raises(KeyRefused, match="is what most terminals send for"):
        parsed(text)


def test_sound_keys_are_taken() -> None:
    keymap, refused = checked({"next": "f2,ctrl+n", "quit": "q", "view": "f4"})
    assert refused == {}
    assert keymap == {"next": ("f2", "ctrl+n"), "view": ("f4",)}


def test_keys_may_be_exchanged() -> None:
    keymap, refused = checked({"next": "b", "back": "n"})
    assert refused == {}
    assert keymap == {"next": ("b",), "back": ("n",)}


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        (
            {"next": "b"},
            "next cannot be b: a step with a lab has that key for back (the step before)",
        ),
        (
            {"review": "t"},
            "review cannot be t: the map has that key for terms (what the words mean)",
        ),
        ({"view": "n"}, "view cannot be n: a step with a lab has that key for next"),
        ({"next": "k"}, "next cannot be k: the lab "),
        ({"next": "5"}, "next cannot be 5: numbers are typed with it"),
        ({"next": "G"}, "next cannot be G: it is kept for the application"),
        ({"again": "x"}, "again cannot be x: answers are typed with it"),
        ({"hint": "ctrl+k"}, "hint cannot be ^k: the editor has that key"),
        ({"next": "ctrl+c"}, "next cannot be ^c: that is always a way out"),
        ({"interrupt": "f9"}, "interrupt stays where it is, so that there is always a way out"),
        ({"nxt": "f2"}, "there is no key for 'nxt' (did you mean 'next'?)"),
        ({"next": "foo"}, "next: 'foo' is no key"),
    ],
)
def test_what_has_a_meaning_already_is_refused(given: dict[str, str], refused: str) -> None:
    keymap, said = checked(given)
    assert keymap == {}
    (sentence,) = said.values()
    assert sentence.startswith(refused)


def test_of_two_on_one_key_both_are_named_and_one_stays() -> None:
    keymap, refused = checked({"next": "f2", "back": "f2"})
    assert keymap == {"back": ("f2",)}
    assert refused == {
        "next": "next cannot be f2: a step with a lab has that key for back (the step before)"
    }


def test_a_key_that_is_refused_gives_its_own_back() -> None:
    # back would be on next's key, which next does not leave after all
    keymap, refused = checked({"next": "k", "back": "n"})
    assert keymap == {}
    assert set(refused) == {"next", "back"}
