"""Lint of a lesson's folder: each thing that can be wrong with what its fences call."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from lessons.kit.fences import ScriptError
from lessons.kit.folder import read_folder
from lessons.kit.lint import lint
from tests.lessons.small_folder import EXERCISE, NAME, forget, found, judged, plant


def test_nothing_is_wrong(folder: Path) -> None:
    assert found(folder) == []
    counts = lint(read_folder(folder), {}, judged).counts
    assert (counts["bets"], counts["questions"], counts["exercises"]) == (1, 1, 1)


@pytest.mark.parametrize(
    ("old", "new", "messages"),
    [
        (
            'bet = "next-double"',
            'bet = "next"',
            [
                "lesson.md:21: the lesson has no bet 'next'; it has next-double",
                "predictions.py:15: the bet 'next-double': no step calls it",
            ],
        ),
        (
            'questions = ["double-of"]',
            'questions = ["double-of", "half-of"]',
            ["lesson.md:29: the lesson has no question 'half-of'; it has double-of"],
        ),
        (
            '```check\nquestions = ["double-of"]\n```\n',
            "",
            ["questions.py:5: the question 'double-of': no step asks it"],
        ),
        (
            'exercise = "double-it"',
            'exercise = "halve-it"',
            [
                f"{EXERCISE}/exercise.toml:1: no step calls it",
                "lesson.md:37: the lesson has no exercise 'halve-it'; it has double-it",
            ],
        ),
        (
            "at = 1",
            "at = 3",
            [
                "lesson.md:21: the truth of the bet 'next-double' cannot be read: "
                "The film ends here: there is nothing left to bet on.",
            ],
        ),
        (
            "The window moves on.",
            "It was 4, the next is **8**.",
            ["lesson.md:11: the prose of the step 'twice' has the answer to its bet: 8"],
        ),
        (
            '[objectives]\nD1 = "What doubling does"',
            '[objectives]\nD1 = "What doubling does"\nD2 = "What halving does"',
            [
                "lesson.md:1: no step's heading teaches the objective D2",
                "lesson.md:1: no bet, question or exercise of a step asks the objective D2",
            ],
        ),
        (
            "{#twice D1}",
            "{#twice}",
            ["lesson.md:1: no step's heading teaches the objective D1"],
        ),
        (
            "{#how-much}",
            "{#how-much D1}",
            [],
        ),
    ],
)
def test_the_script(folder: Path, old: str, new: str, messages: list[str]) -> None:
    plant(folder, "lesson.md", old, new)
    assert found(folder) == messages


def test_an_objective_must_be_asked(folder: Path) -> None:
    plant(folder, "lesson.md", 'D1 = "What doubling does"', 'D1 = "Twice"\nD2 = "Both"')
    plant(folder, "lesson.md", "{#twice D1}", "{#twice D2}")
    plant(folder, "lesson.md", "{#how-much}", "{#how-much D1}")
    assert found(folder) == [  # the bet asks D2, the question and the exercise ask D1
        "lesson.md:26: no step that teaches the objective D1 has a lab"
    ]
    plant(folder, "questions.py", '("D1",)', '("D2",)')
    plant(folder, f"{EXERCISE}/exercise.toml", '["D1"]', '["D2"]')
    forget()
    assert found(folder) == [
        "lesson.md:1: no bet, question or exercise of a step asks the objective D1",
        "lesson.md:26: no step that teaches the objective D1 has a lab",
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "lab=DOUBLE",
            "lab=__import__('dataclasses').replace(DOUBLE, name='halve')",
            "lesson.md:21: the bet 'next-double' is about the lab 'halve', not 'double'",
        ),
        (
            "kind=Numeric()",
            "kind=OneOf(options=('larger', 'smaller'))",
            "lesson.md:21: the truth of the bet 'next-double' cannot be read: "
            "This takes one number from 1 to 2, not '8.0'.",
        ),
        (
            "return Truth(focus(there).value, focus(there))",
            "return Truth('huge', focus(there))",
            "lesson.md:21: the truth of the bet 'next-double' cannot be read: "
            "could not convert string to float: 'huge'",
        ),
        (
            "return Truth(focus(there).value, focus(there))",
            "return {}[there]",
            "lesson.md:21: the truth of the bet 'next-double' cannot be read: KeyError: ",
        ),
        (
            'covers=("line",)',
            'covers=("lines",)',
            "predictions.py:15: the bet 'next-double': it covers 'lines', which is no panel of "
            "its figure; there is x, y, line, caption",
        ),
        (
            "next number?",
            "next number, 8 or less?",
            "predictions.py:15: the bet 'next-double': its prompt has the answer: 8",
        ),
    ],
)
def test_bets(folder: Path, old: str, new: str, message: str) -> None:
    plant(folder, "predictions.py", old, new)
    (only,) = found(folder)
    assert only.startswith(message)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('("D1",)', '("D1", "D7")', "it asks 'D7', which the front matter does not declare"),
        ('("D1",)', "()", "it names no objective"),
        ('("D1",), double_of', '("D1",), lambda rng: 1 / 0', "it fails: ZeroDivisionError: "),
        (
            '("D1",), double_of',
            '("D1",), lambda rng: __import__("dataclasses").replace(double_of(rng), '
            'explanation="")',
            "seed 0: there is no explanation",
        ),
    ],
)
def test_questions(folder: Path, old: str, new: str, message: str) -> None:
    plant(folder, "questions.py", old, new)
    (only,) = found(folder)
    assert only.startswith(f"questions.py:5: the question 'double-of': {message}")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("doubling/twice", "doubling/thrice", "3: 'double' names 'doubling/thrice'; the steps are"),
        ("doubling/twice", "halving/twice", "3: 'double' names the lesson 'halving', which is not"),
        ("doubling/twice", "twice", "1: 'double' needs step = \"lesson/step\""),
        ("says = ", "says ", "4: Expected '=' after a key"),
    ],
)
def test_the_glossary(folder: Path, old: str, new: str, message: str) -> None:
    plant(folder, "glossary.toml", old, new)
    (only,) = found(folder)
    assert only.startswith(f"glossary.toml:{message}")


def test_a_term_may_point_into_another_lesson(folder: Path) -> None:
    plant(folder, "glossary.toml", "doubling/twice", "cnn/slide")
    assert found(folder) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "labs.py",
            "LABS = (DOUBLE,)",
            "LABS = (1 / 0,)",
            "labs.py:2: labs cannot be imported, or has no tuple LABS: "
            "ZeroDivisionError: division by zero",
        ),
        ("labs.py", "LABS", "LAB", "labs.py:1: labs cannot be imported, or has no tuple LABS: "),
        ("labs.py", "(DOUBLE,)", "(DOUBLE)", "labs.py:1: labs cannot be imported, or has no "),
        ("labs.py", "(DOUBLE,)", "(DOUBLE", "labs.py:2: labs cannot be imported, or has no "),
        (
            "questions.py",
            "QUESTIONS = (",
            'QUESTIONS = (\n    Template("double-of", "Again", ("D1",), double_of),',
            "questions.py:1: QUESTIONS has two entries of the name 'double-of'",
        ),
        ("questions.py", "import double_of", "import triple_of", "questions.py:2: questions can"),
        ("predictions.py", "covers=", "cover=", "predictions.py:15: predictions cannot be "),
    ],
)
def test_what_cannot_be_read_is_told_first(
    folder: Path, name: str, old: str, new: str, message: str
) -> None:
    plant(folder, name, old, new)
    (only,) = found(folder)
    assert only.startswith(message)


def test_a_lesson_imports_its_own_modules(folder: Path) -> None:
    (folder / "double.py").write_text((folder / "labs.py").read_text(), encoding="utf-8")
    (folder / "labs.py").write_text(f"from {NAME}.double import LABS\n", encoding="utf-8")
    before = list(sys.path)
    assert found(folder) == []
    assert sys.path == before


def test_a_folder_without_a_script(folder: Path) -> None:
    (folder / "lesson.md").unlink()
    with pytest.raises(ScriptError, match=r"lesson.md:1: cannot be read: No such file"):
        read_folder(folder)
