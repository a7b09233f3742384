"""The command about what is asked: bets, questions and exercises in a pipe; checks of files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lessons.catalog import lesson, templates
from lessons.kit.answer import OneOf
from lessons.kit.exercise import exercises
from tests.conftest import ROOT, Main, Run

STARTER = ("show", "cnn/write-conv2d", "--starter")


def test_list_names_what_there_is_to_do(ask: Main) -> None:
    out = ask("list", "cnn/check-size")[1]
    assert "        question map-shape: The shape of the map\n" in out
    out = ask("list", "cnn/write-conv2d")[1]
    assert "        exercise conv2d: A kernel slides over a picture\n" in out


def test_show_prints_questions_with_their_options(ask: Main) -> None:
    code, out, err = ask("show", "cnn/check-kernels")
    assert (code, err) == (0, "")
    known = templates("cnn")
    check = lesson("cnn").step("check-kernels").check
    assert check is not None
    for number, name in enumerate(check.questions, 1):
        question = known[name].question(0)
        assert f"\nQuestion {number} of {len(check.questions)}: {known[name].title}\n" in out
        if isinstance(question.kind, OneOf):
            for place, option in enumerate(question.kind.options, 1):
                assert f"\n  {place}  {option}\n" in out
            assert f"\nIt takes one of 1 to {len(question.kind.options)}.\n" in out
        assert question.explanation not in out
    assert max(map(len, out.splitlines())) <= 80
    assert "Answer in dl-tutor cnn/check-kernels." in out
    assert out.rstrip().endswith("--seed 1")


def test_show_with_another_seed_has_other_numbers(ask: Main) -> None:
    first, second = (ask("show", "cnn/check-size", "--seed", seed)[1] for seed in "01")
    assert ask("show", "cnn/check-size")[1] == first != second
    assert "It takes rows × columns, such as 9×7." in first


def test_show_prints_a_bet_and_covers_what_gives_it_away(ask: Main) -> None:
    code, out, err = ask("show", "cnn/kernels", "--look", "numbers")
    assert (code, err) == (0, "")
    assert "\nYour bet: Where in the map will this kernel's strongest answer stand?\n" in out
    assert "\n  2  in the middle third\n" in out
    assert "\ncovered until you bet\n" in out
    open_ = ask("show", "cnn/kernels", "--look", "numbers", "--uncover")[1]
    assert "bet" not in open_
    caption = open_.splitlines()[-1]
    focus = caption[caption.index("y[") : caption.index("]") + 1]
    assert caption not in out and caption.rpartition(" ")[2] not in out
    assert ask("show", "cnn/kernels", "--why", focus) == (
        2,
        "",
        f"dl-tutor: {focus} is covered until you bet; --uncover shows it\n",
    )
    assert f"Why is {focus} " in ask("show", "cnn/kernels", "--uncover", "--why", focus)[1]


def test_a_bet_on_the_next_moment_covers_nothing(ask: Main) -> None:
    out = ask("show", "cnn/slide", "--why", "y[0,6,1]")[1]
    assert "\nYour bet: Which sign will the next cell have?\nIt takes +, − or 0; dl-tutor " in out
    assert "Why is y[0,6,1]" in out


def test_show_prints_an_exercise(ask: Main) -> None:
    code, out, err = ask("show", "cnn/write-conv2d-strided")
    exercise = exercises("cnn")["conv2d-strided"]
    assert (code, err) == (0, "")
    assert f"\nExercise: {exercise.title}\n" in out
    for line in exercise.starter.splitlines():
        assert f"    {line}".rstrip() in out.splitlines()
    assert exercise.hints[-1].strip("`") not in out
    assert "\n    dl-tutor show cnn/write-conv2d-strided --starter > conv2d_strided.py\n" in out
    assert "\n    dl-tutor check conv2d_strided.py\n" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("cnn/slide --seed 1", "cnn/slide has no questions for --seed; show it without"),
        ("cnn/slide --starter", "cnn/slide has no exercise for --starter; show it without"),
        (
            "cnn/check-size --at 1",
            "cnn/check-size has no lab for --at, --set and --why; show it without",
        ),
        ("cnn/check-size --uncover", "cnn/check-size has no bet for --uncover; show it without"),
        (
            "cnn/check-size --seed -1",
            "argument --seed: takes a whole number from 0 on, not '-1'; "
            "dl-tutor show --help shows how it is used",
        ),
    ],
)
def test_refuses_what_a_step_has_no_use_for(ask: Main, arguments: str, message: str) -> None:
    assert ask("show", *arguments.split()) == (2, "", f"dl-tutor: {message}\n")


def test_from_the_starter_to_the_verdict(ask: Main, tmp_path: Path) -> None:
    exercise = exercises("cnn")["conv2d"]
    file = tmp_path / "conv2d.py"
    assert ask(*STARTER) == (0, exercise.starter, "")
    file.write_text(exercise.starter, encoding="utf-8")
    code, out, err = ask("check", str(file))
    assert (code, err) == (1, "")
    assert out.startswith("✗ A kernel slides over a picture (cnn/conv2d)\ny has the shape")
    first = exercise.starter.partition("\n")[0]
    file.write_text(f"{first}\n{exercise.solution}", encoding="utf-8")
    code, out, err = ask("check", str(file), "--ascii")
    assert (code, err) == (0, "")
    assert out.isascii()
    assert "All 6 cases agree with the engine." in out


def test_check_refuses_in_one_sentence(ask: Main, tmp_path: Path) -> None:
    missing = tmp_path / "x\x1b[2J.py"
    assert ask("check", str(missing)) == (
        2,
        "",
        f"dl-tutor check: {tmp_path / 'x.py'}: there is no such file. Check the path.\n",
    )
    assert ask("check")[2] == (
        "dl-tutor: the following arguments are required: FILE; "
        "dl-tutor check --help shows how it is used\n"
    )


@pytest.mark.parametrize("closed", ["<&-", ">&-", "<&- >&- 2>&-"])
def test_check_with_closed_streams(closed: str, tmp_path: Path) -> None:
    exercise = exercises("cnn")["conv2d"]
    file = tmp_path / "conv2d.py"
    first = exercise.starter.partition("\n")[0]
    file.write_text(f"{first}\n{exercise.solution}", encoding="utf-8")
    words = [sys.executable, "-m", "tutor.cli", "check", str(file)]
    done = subprocess.run(["sh", "-c", f'exec "$@" {closed}', "sh", *words], cwd=ROOT, timeout=60)
    assert done.returncode == 0


def test_check_on_a_narrow_encoding(command: Run, tmp_path: Path) -> None:
    file = tmp_path / "conv2d.py"
    file.write_text(exercises("cnn")["conv2d"].starter, encoding="utf-8")
    done = command("check", str(file), PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (1, "")
    assert "A kernel slides over a picture (cnn/conv2d)" in done.stdout


def test_a_moment_of_a_training_is_computed(ask: Main) -> None:
    assert "Moment 3 of 361, with" in ask("show", "cnn/learn", "--at", "3")[1]
    assert "Moment 361 of 361, with" in ask("show", "cnn/misread")[1]
