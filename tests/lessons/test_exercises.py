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
    read_exercises,
)
from tutor.runner.rehearsal import problems

ALL = [one for course in lessons() for one in exercises(course.id).values()]
GOOD = ALL[0]


def test_there_are_exercises() -> None:
    assert {"output-size", "conv2d", "conv2d-strided", "max-pool"} <= set(exercises("cnn"))


@pytest.mark.parametrize("exercise", ALL, ids=lambda one: one.id)
def test_starter_solution_and_planted_mistakes(exercise: Exercise) -> None:
    """Through the real runner, on two seeds."""
    assert [*problems(exercise, seed=1), *problems(exercise, seed=2)] == []


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
    later = {"C6", "C7", "C8", "C9", "C10", "C11"}  # of steps that are still to come
    assert set(exercise.objectives) <= ids | later


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


def test_what_a_rehearsal_finds(tmp_path: Path) -> None:
    folder = broken(tmp_path, "solution.py", ("- rows + 1", "- rows"))
    (folder / "starter.py").write_text(
        GOOD.starter.splitlines(keepends=True)[0] + GOOD.solution, encoding="utf-8"
    )
    for path in folder.glob("wrong_*.py"):
        path.unlink()
    (folder / "wrong_right.py").write_text("# expect: shape\n" + GOOD.solution, encoding="utf-8")
    [exercise] = read_exercises(folder.parent.parent).values()
    starter, solution, few, wrong = problems(exercise)
    assert "the starter passes" in starter
    assert "the solution fails: y has the shape" in solution
    assert "plant at least 3 mistakes" in few
    assert "should be caught by 'shape', but the verdict is 'passed'" in wrong
