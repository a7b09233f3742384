"""The command: what it prints, what it refuses, and what it leaves unloaded."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import lessons.catalog
from lessons.data import photograph
from tests.conftest import Main, Run
from tests.lessons.small import GOOD
from tutor import __version__
from tutor.arguments import COMMANDS


def sobel_at(i: int, j: int) -> float:
    """What sobel-x answers at a place of the cup, without the engine."""
    window = photograph("coffee")[i : i + 3, j : j + 3]
    return float((window * [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]).sum())


def test_version(ask: Main) -> None:
    assert ask("--version") == (0, f"dl-tutor {__version__}\n", "")


def test_help_names_every_command(ask: Main) -> None:
    code, out, err = ask("--help")
    assert (code, err) == (0, "")
    for word in (*COMMANDS, "show LESSON/STEP", "check FILE", "--ascii", "--light", "--state-dir"):
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
    assert any(line.endswith(f"y[0,0,11] = {value}") for line in out.splitlines())


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
        f"{script}:1: no bet, question or exercise of a step asks the objective D1\n"
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
        "plain_lesson: 1 step, 0 figures, 0 numbers, 0 bets, 0 questions, 0 exercises checked, "
        "nothing to put right\n",
        "",
    )


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["--help"], {"textual", "numpy", "rich", "markdown_it"}),
        (["--version"], {"textual", "numpy", "rich", "markdown_it"}),
        (["show", "--help"], {"textual", "numpy", "rich", "markdown_it"}),
        (["progress", "--help"], {"textual", "numpy", "rich", "markdown_it", "fsrs"}),
        (["progress", "--state-dir", "/nowhere"], {"textual", "numpy", "rich"}),
        (["progress", "--json", "--state-dir", "/nowhere"], {"textual", "numpy", "rich"}),
        (["export", "--state-dir", "/nowhere"], {"textual", "numpy", "rich", "fsrs"}),
        (["check", "/nowhere"], {"textual", "rich"}),
        (["list"], {"textual", "numpy", "rich"}),
        (["list", "cnn"], {"textual", "rich", "plotext"}),
        (["show", "cnn/slide", "--why", "y[0,0,0]"], {"textual"}),
        (["show", "cnn/check-size"], {"textual"}),
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
    loaded = set(done.stderr.decode().split("\n")[-2].split())
    assert "tutor" in loaded
    assert loaded & absent == set()


def test_a_reader_that_leaves_early_is_no_error(root: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as pipe:
        done = subprocess.run(
            [sys.executable, "-m", "tutor.cli", "show", "cnn/slide"],
            cwd=root,
            stdout=pipe,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("arguments", [("show", "cnn/slide"), ("--help",)])
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
    done = command("show", "cnn/slide", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.isascii()
    assert "image 28x28" in done.stdout
    refused = command("show", "cnn/slide", "--set", "cells=1 2", PYTHONIOENCODING=encoding)
    assert "up to +99" in refused.stderr
