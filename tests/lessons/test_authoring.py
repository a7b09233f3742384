"""docs/authoring.md: the lesson in it is whole, and the course takes it as it stands."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from lessons.kit.folder import read_folder
from lessons.kit.lint_exercise import caught
from lessons.kit.material import Material
from lessons.kit.prediction import compare
from lessons.kit.question import judge
from tutor.commands import lint_lines
from tutor.runner.check import check

LESSON = "relu"
Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lesson of the document, in a folder outside of the course."""
    found = tmp_path_factory.mktemp("authoring") / LESSON
    text = (root / "docs" / "authoring.md").read_text(encoding="utf-8")
    tokens = MarkdownIt("commonmark").parse(text)
    for place, token in enumerate(tokens):
        # A block follows its name: paragraph_open, inline, paragraph_close, fence.
        name = re.fullmatch(rf"`lessons/{LESSON}/(\S+)`", tokens[place - 2].content)
        if token.type == "fence" and name:
            path = found / name[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(token.content, encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def material(folder: Path) -> Material:
    """The lesson with all that it calls."""
    return read_folder(folder)


def test_it_has_one_of_everything(folder: Path, material: Material) -> None:
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")} >= {
        "lesson.md",
        "labs.py",
        "predictions.py",
        "questions.py",
        "glossary.toml",
        *(f"exercises/relu/{name}.py" for name in ("starter", "solution", "check")),
    }
    assert len(material.labs) == len(material.predictions) == len(material.templates) == 1
    assert len(material.exercises) == len(material.terms) == 1


def test_lint_finds_nothing(folder: Path) -> None:
    assert list(lint_lines(str(folder))) == [
        (
            "relu: 3 steps, 3 figures, 11 numbers, 1 bet, 1 question, 1 exercise checked, "
            "nothing to put right",
            False,
        )
    ]


def test_its_lab_runs(material: Material) -> None:
    lab = material.labs["relu"]
    film = lab.film(lab.settings({"shift": -1}))
    numbers = [film.at(position).focus for position in range(film.length)]
    assert [one.value for one in numbers if one] == [1.5, 0, 0, 2, 0]


def test_its_bet_is_read_from_the_lab(material: Material) -> None:
    bet = material.predictions["next-out"]
    truth, there = bet.truth(bet.lab.defaults, 0)
    assert (truth.value, there.position) == (0, 1)
    assert compare(bet, "-1.5", truth).text == "You said −1.5; it is 0: 1.5 more."


def test_its_question_is_asked(material: Material) -> None:
    template = material.templates["after-weight"]
    misconceptions = set()
    for seed in range(20):
        question = template.question(seed)
        assert judge(question, question.answer).right
        misconceptions |= {mistake.id for mistake in question.mistakes}
    assert misconceptions == {"no-relu", "absolute", "added"}


def test_its_exercise_is_judged(material: Material) -> None:
    exercise = material.exercises["relu"]
    assert check(exercise, exercise.solution, seed=2).passed
    assert not check(exercise, exercise.starter, seed=2).passed
    (wrong,) = exercise.wrongs
    assert caught(wrong, check(exercise, wrong.source, seed=2))


@pytest.fixture(scope="module")
def course(root: Path, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Command:
    """The command, in a course that has the lesson too; tutor/ and engine/ are those of here."""
    copy = tmp_path_factory.mktemp("course")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(root / "lessons", copy / "lessons", ignore=ignored)
    shutil.copytree(folder, copy / "lessons" / LESSON, ignore=ignored)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tutor.cli", *arguments],
            cwd=copy,  # comes before the PYTHONPATH
            env={**os.environ, "PYTHONPATH": str(root), "PYTHONUTF8": "1", "COLUMNS": "80"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return run


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        ("list", ("relu  ReLU, 5 minutes\n", "    relu/positive    Keep what is positive\n")),
        ("list relu", ("        lab relu: ", "        question after-weight: Through a ReLU\n")),
        ("show relu/positive --why y[2]", ("Moment 1 of 5, with shift=0\n", "Your bet: What will")),
        ("show relu/check", ("Question 1 of 1: Through a ReLU\n", "It takes a number.\n")),
        ("show relu/write-relu", ("Exercise: A ReLU\n", "    return np.array(z)  # and what")),
        ("lint relu", ("relu: 3 steps", "nothing to put right\n")),
    ],
)
def test_the_course_has_it(course: Command, arguments: str, parts: tuple[str, ...]) -> None:
    done = course(*arguments.split())
    assert (done.returncode, done.stderr) == (0, "")
    for part in parts:
        assert part in done.stdout


def test_the_course_judges_its_exercise(
    course: Command, material: Material, tmp_path: Path
) -> None:
    exercise = material.exercises["relu"]
    file = tmp_path / "relu.py"
    file.write_text(course("show", "relu/write-relu", "--starter").stdout, encoding="utf-8")
    assert course("check", str(file)).returncode == 1
    file.write_text(f"# dl-tutor exercise: relu/relu\n{exercise.solution}", encoding="utf-8")
    done = course("check", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("✓ A ReLU (relu/relu)\n")
