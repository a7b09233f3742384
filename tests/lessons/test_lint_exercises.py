"""Lint of exercises: each thing that can be wrong with one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lessons.small_folder import EXERCISE, found, plant


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "message"),
    [
        ("starter.py", "return x", "return 2 * x", 1, "the starter passes: leave something to do"),
        (
            "solution.py",
            "return 2 * x",
            "return 2 * x[:1]",
            1,
            "the solution fails: y has the shape (1,), and it should have (3,).",
        ),
        (
            "wrong_rest.py",
            "2 * x[1:]",
            "2 * x",
            1,
            "should be caught by 'shape', but the verdict is 'passed': All agree.",
        ),
        (
            "wrong_rest.py",
            "2 * x[1:]",
            "None",
            1,
            "should be caught by 'shape', but the verdict is 'nothing': double returned nothing",
        ),
        (
            "wrong_rest.py",
            "# expect: shape",
            "# expect: shape z",
            1,
            "should be caught by 'shape z', but the verdict is 'shape y': y has the shape (2,)",
        ),
        ("wrong_rest.py", "# expect: shape", "", 1, "the first line must say how the mistake"),
        ("exercise.toml", 'line = "`return 2 * x`"\n', "", 1, "[hints] must have exactly idea, "),
        ("exercise.toml", '"How much more?"', '" "', 1, "idea is missing or empty"),
        ("exercise.toml", 'title = "', 'title "', 1, "Expected '=' after a key in a key/value"),
        ("exercise.toml", '"y = 2 x"', '"y = 2 x', 9, ""),
        ("exercise.toml", '["D1"]', '["D1", "D7"]', 1, "it names 'D7', which the front matter"),
        ("check.py", "    return [(", "    return [] and [(", 1, "cases(rng) gives no case"),
        ("check.py", "    return 2 * x", "    return 2 / 0", 1, "it fails: ZeroDivisionError: "),
        ("check.py", "def reference", "def referee", 1, "cannot be imported, or lacks cases or"),
    ],
)
def test_exercises(folder: Path, name: str, old: str, new: str, line: int, message: str) -> None:
    plant(folder, f"{EXERCISE}/{name}", old, new)
    (only,) = found(folder)
    assert only.startswith(f"{EXERCISE}/{name}:{line}: {message}")


def test_a_mistake_must_be_planted(folder: Path) -> None:
    (folder / EXERCISE / "wrong_rest.py").unlink()
    assert found(folder) == [
        f"{EXERCISE}/exercise.toml:1: plant a mistake that learners make, as wrong_*.py"
    ]
