"""Every exercise: its starter fails, its solution passes, its planted mistakes are caught."""

from __future__ import annotations

from pathlib import Path

import pytest

from lessons.catalog import lesson, lessons
from lessons.kit.exercise import (
    HINTS,
    MOST_WORDS,
    Exercise,
    ExerciseError,
    exercises,
    read_exercise,
)
from lessons.kit.lint_exercise import caught
from tutor.runner.check import check

ALL = [one for course in lessons() for one in exercises(course.id).values()]
GOOD = ALL[0]


def test_there_are_exercises() -> None:
    assert {"output-size", "conv2d", "conv2d-strided", "max-pool"} <= set(exercises("cnn"))


@pytest.mark.parametrize("exercise", ALL, ids=lambda one: one.id)
def test_starter_solution_and_planted_mistakes(exercise: Exercise) -> None:
    """Through the real runner, on two seeds."""
    assert len(exercise.wrongs) >= 3
    for seed in (1, 2):
        assert not check(exercise, exercise.starter, seed=seed).passed
        assert check(exercise, exercise.solution, seed=seed).passed
        for wrong in exercise.wrongs:
            verdict = check(exercise, wrong.source, seed=seed)
            assert caught(wrong, verdict), (wrong.name, verdict)


@pytest.mark.parametrize("exercise", ALL, ids=lambda one: one.id)
def test_the_words(exercise: Exercise) -> None:
    assert exercise.words <= MOST_WORDS
    assert len(exercise.hints) == len(HINTS) == 3
    assert len({*exercise.hints, exercise.explanation, exercise.task}) == 5
    assert f"def {exercise.function}(" in exercise.starter
    for line in exercise.starter.splitlines():
        assert len(line) <= 96
    solution = "".join(exercise.solution.split())
    assert "".join(exercise.hints[-1].strip("`").split()) not in "".join(exercise.starter.split())
    assert solution


@pytest.mark.parametrize("exercise", ALL, ids=lambda one: one.id)
def test_cases_are_fresh_and_repeatable(exercise: Exercise) -> None:
    def shown(seed: int) -> str:
        return "\n".join(f"{dict(case.arguments)}" for case in exercise.cases(seed))

    assert shown(1) == shown(1) != shown(2)
    for seed in range(50):
        assert exercise.cases(seed)


@pytest.mark.parametrize("exercise", ALL, ids=lambda one: one.id)
def test_objectives_are_the_lessons(exercise: Exercise) -> None:
    ids = set(lesson(exercise.id.partition("/")[0]).objectives)
    assert set(exercise.objectives) <= ids


def broken(tmp_path: Path, name: str, change: tuple[str, str] | None) -> Path:
    """A copy of an exercise with one file changed, or taken away."""
    folder = tmp_path / GOOD.id.partition("/")[0] / "exercises" / GOOD.folder.name
    folder.mkdir(parents=True)
    for path in GOOD.folder.glob("*.*"):
        (folder / path.name).write_bytes(path.read_bytes())
    path = folder / name
    if change is None:
        path.unlink()
    else:
        text = path.read_text(encoding="utf-8")
        assert change[0] in text
        path.write_text(text.replace(*change), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "change", "sentence"),
    [
        ("exercise.toml", None, "cannot be read: No such file"),
        ("exercise.toml", ("title =", "title"), "at line 1"),
        ("exercise.toml", ("title =", "name ="), "title is missing or empty: add title"),
        ("exercise.toml", ("idea =", "ideas ="), "must have exactly idea, formula, line"),
        ("exercise.toml", ("objectives =", "title2 = 1\nobjectives ="), "unknown key 'title2'"),
        ("exercise.toml", ('["C2"]', "[]"), "objectives must list ids"),
        ("exercise.toml", ('function = "', 'function = "2 '), "is no name for a function"),
        ("exercise.toml", ("Loops are fine.", "Loops are fine. " * 10), "bring it down to 90"),
        ("starter.py", ("cnn/conv2d", "cnn/conv"), "starter.py:1: the first line must be"),
        ("starter.py", None, "starter.py: cannot be read"),
        ("solution.py", None, "solution.py: cannot be read"),
        (
            "wrong_flipped.py",
            ("# expect: value", "# expect: luck"),
            "py:1: the first line must say",
        ),
    ],
)
def test_errors_of_reading(
    name: str, change: tuple[str, str] | None, sentence: str, tmp_path: Path
) -> None:
    with pytest.raises(ExerciseError) as caught:
        read_exercise(broken(tmp_path, name, change))
    assert sentence in str(caught.value)
    assert name.partition(".")[0] in str(caught.value)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("def reference", "def referee"), "lacks cases or reference"),
        (
            ("import numpy as np", "import nump as np"),
            "ModuleNotFoundError: No module named 'nump'",
        ),
        (("(picture, kernel),", "(picture,),"), "a case does not fit reference"),
        (("(picture, kernel),", "(picture, [kernel]),"), "kernel is a list; an argument is an"),
        (('["y"][0]', '["y"][0], 1'), "must return arrays or numbers"),
        (("    picture =", "    return []\n    picture ="), "gives no case"),
    ],
)
def test_errors_of_check(change: tuple[str, str], sentence: str, tmp_path: Path) -> None:
    exercise = read_exercise(broken(tmp_path, "check.py", change))
    with pytest.raises(ExerciseError, match=r"check\.py: ") as caught:
        exercise.cases(0)
    assert sentence in str(caught.value)
