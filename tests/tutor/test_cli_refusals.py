"""The command refuses what cannot be in one sentence, with exit code 2."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lessons.catalog import lesson
from lessons.kit.fences import Call, CheckCall, CodeCall, LabCall, PredictCall, ScriptError
from lessons.kit.script import Lesson
from tests.conftest import Main
from tutor.lookup import bet_of, exercise_of, lab_of, templates_of

SHOW = ("show", "cnn/slide")
USAGE = "; dl-tutor show --help shows how it is used"
GRID = "a square of numbers up to ±99, such as '-1 0 1 / -2 0 2 / -1 0 1'"
ALL_Y = "y goes from y[0,0,0] to y[0,25,25]"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("cmn", "there is no lesson 'cmn' (did you mean 'cnn'?); dl-tutor list names all"),
        ("lisst", "there is no lesson 'lisst' (did you mean 'list'?); dl-tutor list names all"),
        ("list rmm", "there is no lesson 'rmm'; dl-tutor list names all"),
        ("cnn/", "the lesson cnn has no step ''; dl-tutor list cnn names all"),
        (
            "show cnn/slid",
            "the lesson cnn has no step 'slid' (did you mean 'slide'?); "
            "dl-tutor list cnn names all",
        ),
        (
            "show cnn/\x1b[2J",
            r"the lesson cnn has no step '\x1b[2J'; dl-tutor list cnn names all",
        ),
        (
            "lint cn",
            "'cn' is neither a lesson (did you mean 'cnn'?) nor a folder with a lesson.md; "
            "dl-tutor list names the lessons",
        ),
        ("show", f"the following arguments are required: LESSON/STEP{USAGE}"),
        ("--no\x1b[2Jpe", "unrecognized arguments: --nope; dl-tutor --help shows how it is used"),
    ],
)
def test_refuses_what_is_not_there(ask: Main, arguments: str, message: str) -> None:
    assert ask(*arguments.split(" ")) == (2, "", f"dl-tutor: {message}\n")


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--at", "0", "--at takes a moment from 1 to 676 of this film, not 0"),
        ("--at", "677", "--at takes a moment from 1 to 676 of this film, not 677"),
        ("--at", "-1", "--at takes a moment from 1 to 676 of this film, not -1"),
        ("--at", "1_0", f"argument --at: takes a whole number, not '1_0'{USAGE}"),
        (
            "--width",
            "19",
            f"argument --width: takes a whole number from 20 to 500, not '19'{USAGE}",
        ),
        (
            "--look",
            "blocks",
            f"argument --look: invalid choice: 'blocks' (choose from 'shades', 'numbers'){USAGE}",
        ),
        ("--set", "stride", "--set takes NAME=VALUE, such as picture=coffee, not 'stride'"),
        ("--set", "stride=5", "stride takes a whole number from 1 to 4, not '5'"),
        ("--set", "flip=1", "flip takes on or off, not '1'"),
        ("--set", "cells=1 2", f"cells takes {GRID}, not '1 2'"),
        ("--why", "y[", "--why takes a number by name and index, as y[0,2,3], not 'y['"),
        ("--why", "y[0,26,0]", f"--why: there is no y[0,26,0]; {ALL_Y}"),
        ("--why", "y[0,-1,0]", f"--why: there is no y[0,-1,0]; {ALL_Y}"),
        ("--why", "y", f"--why: there is no y; {ALL_Y}"),
    ],
)
def test_refuses_in_one_sentence(ask: Main, option: str, value: str, message: str) -> None:
    assert ask(*SHOW, option, value) == (2, "", f"dl-tutor: {message}\n")


def test_the_range_of_moments_is_that_of_the_settings(ask: Main) -> None:
    assert ask(*SHOW, "--at", "170", "--set", "stride=2")[2] == (
        "dl-tutor: --at takes a moment from 1 to 169 of this film, not 170\n"
    )


@pytest.mark.parametrize(
    ("arguments", "start", "part"),
    [
        (
            (*SHOW, "--set", "strid=2"),
            "the lab slide has no control 'strid' (did you mean 'stride'?); it has picture, ",
            " stride, ",
        ),
        ((*SHOW, "--set", "kernel=blurr"), "kernel takes ", "not 'blurr' (did you mean 'blur'?)"),
        ((*SHOW, "--why", "ww[0]"), "--why: the figure has no array 'ww'", "it has x, w, "),
        (("show", "cnn"), "show takes LESSON/STEP, such as cnn/", "list cnn names the steps"),
    ],
)
def test_refuses_with_what_there_is(
    ask: Main, arguments: tuple[str, ...], start: str, part: str
) -> None:
    code, out, err = ask(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"dl-tutor: {start}")
    assert part in err
    assert err.count("\n") == 1


def test_settings_that_do_not_go_together(ask: Main) -> None:
    ones = " / ".join(["1 " * 29] * 29)
    code, out, err = ask(*SHOW, "--set", f"cells={ones}")
    assert (code, out) == (2, "")
    assert err == (
        "dl-tutor: cnn/slide cannot be shown: a kernel of 29 with dilation 1 covers 29 cells and "
        "does not fit into 28 + 2*0 = 28: take a smaller kernel or dilation, or more padding\n"
    )


@pytest.mark.parametrize(
    ("look_up", "call", "message"),
    [
        (lab_of, LabCall("none", 7), "there is no lab 'none'; there is structure, slide, "),
        (bet_of, PredictCall("none", 7), "there is no bet 'none'; there is dense-ratio, "),
        (
            templates_of,
            CheckCall(("map-shape", "none"), 7),
            "there is no question 'none'; there is shared-weights, ",
        ),
        (exercise_of, CodeCall("none", 7), "there is no exercise 'none'; there is conv2d, "),
    ],
)
def test_a_fence_that_calls_what_is_not_there(
    look_up: Callable[[Lesson, Call], object], call: Call, message: str
) -> None:
    with pytest.raises(ScriptError) as caught:
        look_up(lesson("cnn"), call)
    assert str(caught.value).startswith(f"lessons/cnn/lesson.md:7: {message}")


def test_a_broken_script_is_named_with_its_line(ask: Main, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ScriptError("lessons/cnn/lesson.md:3: bad")

    for module in ("lookup", "commands"):
        monkeypatch.setattr(f"tutor.{module}.lessons", broken)
    for arguments in (("list",), SHOW, ("cnn",)):
        assert ask(*arguments) == (2, "", "dl-tutor: lessons/cnn/lesson.md:3: bad\n")
    assert ask("lint") == (1, "lessons/cnn/lesson.md:3: bad\n", "")
