"""The command: what it prints, what it refuses, and what it leaves unloaded."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import lessons.catalog
import tutor.app
import tutor.cli
from lessons.data import photograph
from lessons.kit.fences import ScriptError
from tests.conftest import Run
from tests.lessons.small import GOOD
from tutor import __version__
from tutor.cli import main

Main = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Main:
    """Runs the command in this process; gives exit code, output and errors."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def sobel_at(i: int, j: int) -> float:
    """What sobel-x answers at a place of the cup, without the engine."""
    window = photograph("coffee")[i : i + 3, j : j + 3]
    return float((window * [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]).sum())


# What is printed ------------------------------------------------------------------------------


def test_version(ask: Main) -> None:
    assert ask("--version") == (0, f"dl-tutor {__version__}\n", "")


def test_help_names_every_command(ask: Main) -> None:
    code, out, err = ask("--help")
    assert (code, err) == (0, "")
    for word in ("list [LESSON]", "show LESSON/STEP", "lint [LESSON|FOLDER]", "--ascii", "--light"):
        assert word in out
    assert "counted from 1" in re.sub(r"\s+", " ", ask("show", "--help")[1])


def test_list_names_lessons_and_steps(ask: Main) -> None:
    code, out, _ = ask("list")
    assert code == 0
    assert "cnn  Convolutional networks, " in out
    assert re.search(r"^    cnn/slide +One output cell at a time$", out, re.MULTILINE)
    assert "takes" not in out


def test_list_of_a_lesson_says_how_its_labs_can_be_set(ask: Main) -> None:
    code, out, _ = ask("list", "cnn/slide")
    assert code == 0
    assert re.findall(r"^    (\S+)", out, re.MULTILINE) == ["cnn/slide"]
    assert "\n        lab slide: A kernel slides over a picture\n" in out
    assert "\n          stride: now 1, takes a whole number from 1 to 4\n" in out
    assert "\n          cells: takes a square of numbers up to ±99" in out
    every = ask("list", "cnn")[1]
    assert set(re.findall(r"^    (\S+)", every, re.MULTILINE)) == {
        f"cnn/{step}" for step in lessons.catalog.lesson("cnn").step_ids
    }


def test_show_prints_the_moment_that_is_asked_for(ask: Main) -> None:
    code, out, err = ask("show", "cnn/slide", "--at", "12", "--set", "stride=2")
    assert (code, err) == (0, "")
    assert out.startswith("One output cell at a time\n=========================\n\nThe kernel ")
    assert "\nMoment 12 of 169, with " in out
    assert "stride=2" in out
    value = f"{sobel_at(0, 22):.3f}".replace("-", "−")
    assert out.splitlines()[-1].endswith(f"y[0,0,11] = {value}")


def test_show_counts_moments_from_one_and_opens_where_the_step_does(ask: Main) -> None:
    slide = lessons.catalog.lesson("cnn").step("slide")
    assert slide.lab is not None
    assert f"Moment {slide.lab.at + 1} of 676," in ask("show", "cnn/slide")[1]
    assert "y[0,0,0] = " in ask("show", "cnn/slide", "--at", "1")[1]
    assert "y[0,25,25] = " in ask("show", "cnn/slide", "--at", "676")[1]


def test_what_is_set_stands_in_any_order(ask: Main) -> None:
    cells = "cells=1 2 / 3 4"
    for given in (("kernel=blur", cells), (cells, "kernel=blur")):
        out = ask("show", "cnn/slide", "--set", given[0], "--set", given[1])[1]
        assert "kernel=blur cells='1 2 / 3 4'" in out
        assert "kernel 2×2" in out


def test_show_as_numbers_in_a_given_width(ask: Main) -> None:
    out = ask("show", "cnn/slide", "--at", "676", "--look", "numbers", "--width", "50")[1]
    assert max(map(len, out.splitlines())) <= 50
    assert "image 28×28, rows 19 to 27 and columns 19 to 27" in out
    corner = photograph("coffee")[25:, 25:]
    assert f"[{corner[0, 0]:.2f} {corner[0, 1]:.2f} {corner[0, 2]:.2f}]" in out


def test_show_explains_numbers(ask: Main) -> None:
    out = ask("show", "cnn/slide", "--why", "y[0,6,6]", "--why", "w[ 0,0,0, 2 ]")[1]
    value = f"{sobel_at(6, 6):.3f}".replace("-", "−")
    assert f"\nWhy is y[0,6,6] {value}?\n" in out
    assert f" = {value}\n    b[0] = 0\n" in out
    pixel = f"{photograph('coffee')[6, 8]:.3f}"
    assert f"    w[0,0,0,2] = 1   x[0,6,8] = {pixel}   → {pixel}\n" in out
    assert out.endswith("  w[0,0,0,2] is a weight of the kernel sobel-x\n")


def test_ascii(ask: Main) -> None:
    for arguments in (("show", "cnn/slide", "--why", "y[0,0,0]"), ("list", "cnn"), ("--help",)):
        assert ask(*arguments, "--ascii")[1].isascii()
        assert ask("--ascii", *arguments)[1].isascii()


def test_lint_of_the_course_and_of_a_folder(ask: Main, tmp_path: Path) -> None:
    folder = tmp_path / "doubling_linted"
    folder.mkdir()
    script = folder / "lesson.md"
    script.write_text(GOOD, encoding="utf-8")
    found = (
        f"{script}:1: needs names 'before', which is no lesson; there is "
        f"{', '.join(sorted(one.id for one in lessons.catalog.lessons()))}\n"
        f"{script}:16: the lesson has no lab 'double'; it has none\n"
    )
    assert ask("lint", str(folder)) == (1, found, "")
    assert ask("lint", str(script)) == (1, found, "")
    script.write_text(GOOD.replace("+++\n", "", 1), encoding="utf-8")
    code, out, err = ask("lint", str(folder))
    assert (code, err) == (1, "")
    assert out == f"{script}:1: the file must open with front matter between lines of +++\n"


def test_lint_counts_what_it_checked(ask: Main, tmp_path: Path) -> None:
    folder = tmp_path / "plain_lesson"
    folder.mkdir()
    (folder / "lesson.md").write_text(
        '+++\ntitle = "A"\nsentence = "B."\nplace = 9\nminutes = 1\nobjectives = {}\n+++\n'
        "# One {#one}\n\nText.\n",
        encoding="utf-8",
    )
    assert ask("lint", str(folder)) == (
        0,
        "plain_lesson: 1 steps, 0 figures, 0 numbers checked, nothing to put right\n",
        "",
    )


# What is refused ------------------------------------------------------------------------------

SHOW = ("show", "cnn/slide")
USAGE = "; dl-tutor show --help shows how it is used"
GRID = "a square of numbers up to ±99, such as '-1 0 1 / -2 0 2 / -1 0 1'"
ALL_Y = "y goes from y[0,0,0] to y[0,25,25]"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("cmn", "there is no lesson 'cmn' (did you mean 'cnn'?); dl-tutor list names all"),
        ("lsit", "there is no lesson 'lsit' (did you mean 'list'?); dl-tutor list names all"),
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


def test_a_broken_script_is_named_with_its_line(
    ask: Main, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ScriptError("lessons/cnn/lesson.md:3: bad")

    for module in ("lookup", "commands"):
        monkeypatch.setattr(f"tutor.{module}.lessons", broken)
    for arguments in (("list",), SHOW, ("cnn",)):
        assert ask(*arguments) == (2, "", "dl-tutor: lessons/cnn/lesson.md:3: bad\n")
    assert ask("lint") == (1, "lessons/cnn/lesson.md:3: bad\n", "")


# The application ------------------------------------------------------------------------------


class Started:
    """Stands in for the application: keeps what it was started with."""

    def __init__(self) -> None:
        self.calls: list[tuple[tuple[str, str] | None, bool, bool]] = []
        self.frozen: list[str] = []

    def __call__(
        self, start: tuple[str, str] | None, *, ascii_only: bool, light: bool
    ) -> None:
        self.calls.append((start, ascii_only, light))
        self.frozen += [name for name in ("COLUMNS", "LINES") if name in os.environ]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    """A terminal on all three streams, and an application that ends at once."""
    app = Started()
    monkeypatch.setattr(tutor.app, "run", app)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "33")
    monkeypatch.setenv("LINES", "11")
    monkeypatch.setattr(tutor.cli, "_is_terminal", lambda stream: True)
    return app


def test_opens_the_application(ask: Main, started: Started) -> None:
    first = lessons.catalog.lesson("cnn").step_ids[0]
    for arguments in ((), ("cnn",), ("cnn/slide", "--ascii"), ("--light", "cnn/slide")):
        assert ask(*arguments) == (0, "", "")
    assert started.calls == [
        (None, False, False),
        (("cnn", first), False, False),
        (("cnn", "slide"), True, False),
        (("cnn", "slide"), False, True),
    ]
    assert started.frozen == []


@pytest.mark.parametrize(
    ("stream", "name"), [("stdin", "input"), ("stdout", "output"), ("stderr", "error")]
)
def test_the_application_needs_a_terminal(
    ask: Main, started: Started, monkeypatch: pytest.MonkeyPatch, stream: str, name: str
) -> None:
    lacking = getattr(sys, stream)
    monkeypatch.setattr(tutor.cli, "_is_terminal", lambda one: one is not lacking)
    assert ask("cnn") == (
        2,
        "",
        f"dl-tutor: the course needs a terminal, and standard {name} is none; "
        "dl-tutor list and dl-tutor show LESSON/STEP work without one\n",
    )
    assert started.calls == []


def test_the_application_needs_more_than_a_dumb_terminal(
    ask: Main, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    code, out, err = ask()
    assert (code, out, started.calls) == (2, "", [])
    assert err.startswith("dl-tutor: the course needs a terminal to draw on, and TERM is dumb; ")


# A process of its own -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["--help"], {"textual", "numpy", "rich", "markdown_it"}),
        (["--version"], {"textual", "numpy", "rich", "markdown_it"}),
        (["list"], {"textual", "numpy", "rich"}),
        (["list", "cnn"], {"textual", "rich", "plotext"}),
        (["show", "cnn/slide", "--why", "y[0,0,0]"], {"textual"}),
    ],
)
def test_loads_no_more_than_it_needs(root: Path, arguments: list[str], absent: set[str]) -> None:
    code = (
        "import sys; from tutor.cli import main; main(sys.argv[1:]); "
        "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=root, capture_output=True, check=True
    )
    loaded = set(done.stderr.decode().split())
    assert "tutor" in loaded
    assert loaded & absent == set()


def test_a_reader_that_leaves_early_is_no_error(root: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as pipe:
        done = subprocess.run(
            [sys.executable, "-m", "tutor.cli", *SHOW],
            cwd=root,
            stdout=pipe,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("arguments", [SHOW, ("--help",)])
def test_a_full_disk_is_said(root: Path, arguments: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tutor.cli", *arguments],
            cwd=root,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == b"dl-tutor: the output cannot be written: No space left on device\n"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_narrow_encoding_gets_ascii(command: Run, encoding: str) -> None:
    done = command(*SHOW, PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.isascii()
    assert "image 28x28" in done.stdout
    refused = command(*SHOW, "--set", "cells=1 2", PYTHONIOENCODING=encoding)
    assert "up to +99" in refused.stderr


def test_without_a_terminal_it_says_what_to_use(command: Run) -> None:
    done = command()
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "dl-tutor: the course needs a terminal, and standard input is none; "
        "dl-tutor list and dl-tutor show LESSON/STEP work without one\n"
    )
