"""Controls: what they read from text, what they refuse, and how they step."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from lessons.kit.cells import Grid
from lessons.kit.control import Choice, Control, File, SettingError, Stepper, Text, Toggle
from lessons.kit.lab import Lab

CHOICE = Choice(name="kernel", label="kernel", options=("box", "edge"), default="box")
STEPPER = Stepper(name="size", label="size", low=-3, high=9, default=1, by=2)
TOGGLE = Toggle(name="flip", label="flip")
FILE = File(name="image", label="own", what="a picture")
TEXT = Text(name="word", label="word", most=5, least=1, default="hello")
GRID = Grid(name="cells", label="cells", bound=9.0)


@pytest.mark.parametrize(
    ("control", "text", "value"),
    [
        (CHOICE, "edge", "edge"),
        (STEPPER, "9", 9),
        (STEPPER, " -3 ", -3),
        (TOGGLE, "on", True),
        (TOGGLE, "No", False),
        (TOGGLE, "TRUE", True),
        (FILE, "", ""),
        (FILE, " ", ""),
        (FILE, "''", ""),
        (FILE, "/a/b c.png ", "/a/b c.png"),
        (FILE, "'/a/b c.png'", "/a/b c.png"),
        (FILE, "/a/../b/./c.png", "/b/c.png"),
        (TEXT, "abc", "abc"),
        (TEXT, " a ", " a "),
        (TEXT, "e\u0301", "é"),
        (TEXT, "漢字かな", "漢字かな"),
        (TEXT, "a\x1b[31mb\x07", "ab"),
        (TEXT, "a\r\nb\tc", "a b c"),
        (GRID, "", ()),
        (GRID, "4", ((4.0,),)),
        (GRID, "-1 0.5 / 2,3", ((-1.0, 0.5), (2.0, 3.0))),
        (GRID, "\u22121 0 / 0 1e0", ((-1.0, 0.0), (0.0, 1.0))),
    ],
)
def test_reads(control: Control, text: str, value: Any) -> None:
    assert control.parse(text) == value


@pytest.mark.parametrize(
    ("control", "text"),
    [
        (CHOICE, ""),
        (CHOICE, "Box"),
        *((STEPPER, text) for text in ("", "x", "2", "11", "-5", "--3", "1.0", "1_1", "٣")),
        (STEPPER, "9" * 5000),
        *((TOGGLE, text) for text in ("", "1", "maybe")),
        *((GRID, text) for text in ("1 2", "1 2 / 3", "/", "1 x / 2 3", "1 2 / 3 4 / 5 6")),
        *((GRID, text) for text in ("nan", "inf", "1e999", "1_0", "10", "-9.01")),
    ],
)
def test_refuses_and_says_what_it_takes(control: Control, text: str) -> None:
    with pytest.raises(SettingError) as caught:
        control.parse(text)
    assert str(caught.value).startswith(f"{control.name} takes {control.takes}, not ")


@pytest.mark.parametrize(
    "text", ["/a\x1b[2Jb", "/a\nb", "/a\tb", "/a\u202eb", "/\udcff", "/" * 4097]
)
def test_a_path_that_could_not_be_shown_is_refused(text: str) -> None:
    with pytest.raises(SettingError) as caught:
        FILE.parse(text)
    assert str(caught.value).startswith("image takes the path of a picture, not '/")
    assert str(caught.value).isprintable()


def test_a_path_is_kept_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "/home/me")
    assert FILE.parse("cat.png") == os.path.join(os.getcwd(), "cat.png")
    assert FILE.parse("~/cat.png") == "/home/me/cat.png"
    assert FILE.parse("~nobody-here/x") == os.path.join(os.getcwd(), "~nobody-here/x")
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert FILE.parse("/a/cat.png") == "/a/cat.png"
    with pytest.raises(SettingError):
        FILE.parse("cat.png")


@pytest.mark.parametrize("text", ["", "\x1b[31m", "abcdef", "a" * 100_000])
def test_a_text_too_short_or_too_long_is_refused(text: str) -> None:
    with pytest.raises(SettingError) as caught:
        TEXT.parse(text)
    count = 0 if text.startswith("\x1b") else len(text)
    assert str(caught.value) == f"word takes a line of text, 1 to 5 characters, not {count}"


def test_what_the_screen_says_of_it() -> None:
    assert [FILE.brief(value) for value in ("", "/a/cat.png")] == ["", "cat.png"]
    assert [TEXT.brief(value) for value in ("", "abc")] == ["–", "abc"]
    assert (CHOICE.brief("edge"), STEPPER.brief(3)) == ("edge", "3")


def test_says_what_it_takes() -> None:
    assert CHOICE.takes == "box, edge"
    assert STEPPER.takes == "a whole number from -3 to 9 in steps of 2"
    assert TOGGLE.takes == "on or off"
    assert FILE.takes == "the path of a picture"
    assert Text(name="x", label="x", most=9).takes == "a line of text, at most 9 characters"
    assert GRID.takes == "a square of numbers up to ±9, such as '-1 0 1 / -2 0 2 / -1 0 1'"


@pytest.mark.parametrize(
    ("control", "value"),
    [
        (CHOICE, "edge"),
        (STEPPER, -3),
        (TOGGLE, True),
        (TOGGLE, False),
        (FILE, ""),
        (FILE, "/a/b c.png"),
        (TEXT, " a "),
        (GRID, ()),
        (GRID, ((1 / 9, -2.5), (1e-12, 7.0))),
    ],
)
def test_what_it_shows_reads_back_as_the_same_value(control: Control, value: Any) -> None:
    assert control.parse(control.show(value)) == value


def test_steps() -> None:
    assert [CHOICE.step("box", by) for by in (1, 2, -1)] == ["edge", "box", "edge"]
    assert [STEPPER.step(7, by) for by in (1, 2, -1, -9)] == [9, 9, 5, -3]
    assert TOGGLE.step(False, -1) is True
    assert GRID.step(((1.0,),), 1) == ((1.0,),)


def test_a_lab_reads_settings_as_lesson_files_write_them(double: Lab) -> None:
    given = {"by": 3, "flip": True, "cells": [[1, 2], [3, 0.1]]}
    assert double.settings(given) == {
        "kind": "plain",
        "by": 3,
        "flip": True,
        "cells": ((1.0, 2.0), (3.0, 0.1)),
    }


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"bye": 3}, "the lab 'double' has no control 'bye'; it has kind, by, flip, cells"),
        ({"by": 2.5}, "by takes a whole number from 1 to 9, not '2.5'"),
        ({"by": True}, "by takes a whole number from 1 to 9, not 'True'"),
        ({"cells": 5}, "not '5'"),
        ({"cells": [["a"]]}, "not \"[['a']]\""),
    ],
)
def test_a_lab_refuses_settings(double: Lab, given: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingError) as caught:
        double.settings(given)
    assert str(caught.value).endswith(message)


def test_a_change_resets_what_depends_on_it(double: Lab) -> None:
    chooser = Choice(
        name="kind", label="kind", options=("plain", "odd"), default="plain", resets=("cells",)
    )
    lab = Lab("double", "Doubling", (chooser, *double.controls[1:]), double.film)
    edited = {**lab.defaults, "cells": ((1.0,),)}
    assert lab.changed(edited, "by", 4) == {**edited, "by": 4}
    assert lab.changed(edited, "kind", "odd") == {**lab.defaults, "kind": "odd"}


def test_a_control_sets_another_along_once_it_has_a_value(double: Lab) -> None:
    own = File(name="image", label="own", sets=(("kind", "odd"), ("by", "3")))
    lab = Lab("double", "Doubling", (own, *double.controls), double.film)
    given = lab.changed(lab.defaults, "image", "/a/b")
    assert given == {**lab.defaults, "image": "/a/b", "kind": "odd", "by": 3}
    assert lab.changed(given, "image", "") == {**given, "image": ""}
