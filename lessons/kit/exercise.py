"""An exercise: a folder with a task, a starter, a solution, planted mistakes and a check.

exercise.toml   title, objectives, function, task, [hints] idea formula line, explanation
starter.py      what the learner begins with; its first line names the exercise
solution.py     one good way to do it
wrong_*.py      mistakes that learners make; the first line says what the verdict must be
check.py        cases(rng) and reference(...), by the engine
"""

from __future__ import annotations

import importlib.util
import inspect
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

MOST_WORDS = 90
"""A longer task does not fit beside the code."""
HINTS = ("idea", "formula", "line")
"""The ladder: each hint says more than the one before."""
STAGES = ("error", "nothing", "type", "shape", "dtype", "value", "gradient")
"""What a planted mistake may be caught by."""
FIRST_LINE = "# dl-tutor exercise: "

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_EXPECT = re.compile(rf"# expect: (?P<stage>{'|'.join(STAGES)})(?: (?P<where>\S+))?\s*")


class ExerciseError(ValueError):
    """An exercise that cannot be read; the message names the file, the key and what to do."""


@dataclass(frozen=True)
class Wrong:
    """A planted mistake, and how it must be caught."""

    name: str
    source: str
    stage: str
    where: str
    """The first wrong cell, such as y[0,3]; empty when any will do."""


@dataclass(frozen=True, eq=False)
class Case:
    """One call of the learner's function, and what the engine says to it."""

    arguments: Mapping[str, Any]
    """By name, in the order in which they are passed."""
    expected: tuple[Any, ...]
    """The results, then the gradients: arrays or numbers."""


@dataclass(frozen=True)
class Check:
    """What check.py declares."""

    cases: Callable[[Any], Iterable[tuple[Any, ...] | Mapping[str, Any]]]
    """From a random generator, the arguments of each call; the simplest case first."""
    reference: Callable[..., Any]
    """What the engine gives for the arguments; its parameters name them."""
    results: tuple[str, ...]
    gradients: tuple[str, ...]
    """With more than one name here and in `results`, the function returns a tuple of them all."""
    tolerance: float
    """How far a number may be off, as a share of 1 + its size."""


@dataclass(frozen=True)
class Exercise:
    """An exercise as it stands in its folder."""

    id: str
    """Lesson and folder: cnn/conv2d."""
    folder: Path
    title: str
    objectives: tuple[str, ...]
    function: str
    """The name of the function that the learner writes."""
    task: str
    """Markdown."""
    hints: tuple[str, ...]
    """Markdown, in the order of HINTS."""
    explanation: str
    """Markdown, for after success."""
    starter: str
    solution: str
    wrongs: tuple[Wrong, ...]

    @cached_property
    def check(self) -> Check:
        """What check.py declares; imports it, and the engine with it. Errors: ExerciseError."""
        return _check(self.folder / "check.py")

    @cached_property
    def words(self) -> int:
        """How long the task is."""
        return len(self.task.split())

    def cases(self, seed: int) -> tuple[Case, ...]:
        """Fresh cases for a seed, with the engine's answers. Errors: ExerciseError."""
        import numpy as np  # the list of exercises does without

        check, path = self.check, self.folder / "check.py"
        names = len(check.results) + len(check.gradients)
        cases = []
        for given in check.cases(np.random.default_rng(seed)):
            try:
                signature = inspect.signature(check.reference)
                bound = (
                    signature.bind(**given)
                    if isinstance(given, Mapping)
                    else signature.bind(*given)
                )
            except TypeError as error:
                raise ExerciseError(f"{path}: a case does not fit reference: {error}") from error
            bound.apply_defaults()
            for name, value in bound.arguments.items():
                if not isinstance(value, int | float | np.ndarray | str | None):
                    raise ExerciseError(
                        f"{path}: {name} is a {type(value).__name__}; "
                        "an argument is an array, a number, a text or None"
                    )
            answer = check.reference(*bound.args, **bound.kwargs)
            expected = answer if names > 1 else (answer,)
            if not isinstance(expected, tuple) or len(expected) != names:
                raise ExerciseError(
                    f"{path}: reference must return a tuple of {names}: RESULTS, then GRADIENTS"
                )
            plain = tuple(one.item() if isinstance(one, np.generic) else one for one in expected)
            if not all(isinstance(one, int | float | np.ndarray) for one in plain):
                raise ExerciseError(f"{path}: reference must return arrays or numbers")
            cases.append(Case(dict(bound.arguments), plain))
        if not cases:
            raise ExerciseError(f"{path}: cases(rng) gives no case: return at least one")
        return tuple(cases)


def read_exercise(folder: Path) -> Exercise:
    """The exercise in lessons/<lesson>/exercises/<name>/. Errors: ExerciseError."""
    folder = folder.resolve()
    if not _NAME.fullmatch(folder.name):
        raise ExerciseError(f"{folder}: an exercise's folder is named with a-z, 0-9 and -")
    path = folder / "exercise.toml"
    try:
        values = tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise ExerciseError(f"{path}: {error}") from error
    hints = values.pop("hints", None)
    if not isinstance(hints, dict) or set(hints) != set(HINTS):
        raise ExerciseError(f"{path}: [hints] must have exactly {', '.join(HINTS)}")
    objectives = values.pop("objectives", None)
    if not isinstance(objectives, list) or not objectives:
        raise ExerciseError(f'{path}: objectives must list ids of the lesson, such as ["C2"]')
    exercise = Exercise(
        id=f"{folder.parent.parent.name}/{folder.name}",
        folder=folder,
        title=_said(values, "title", path),
        objectives=tuple(map(str, objectives)),
        function=_said(values, "function", path),
        task=_said(values, "task", path),
        explanation=_said(values, "explanation", path),
        hints=tuple(_said(hints, name, path) for name in HINTS),
        starter=_text(folder / "starter.py"),
        solution=_text(folder / "solution.py"),
        wrongs=tuple(_wrong(wrong) for wrong in sorted(folder.glob("wrong_*.py"))),
    )
    if values:
        raise ExerciseError(f"{path}: unknown key {next(iter(values))!r}: take it out")
    if not exercise.function.isidentifier():
        raise ExerciseError(f"{path}: function {exercise.function!r} is no name for a function")
    if exercise.words > MOST_WORDS:
        raise ExerciseError(
            f"{path}: task has {exercise.words} words: bring it down to {MOST_WORDS}"
        )
    if not exercise.starter.startswith(f"{FIRST_LINE}{exercise.id}\n"):
        raise ExerciseError(
            f"{folder / 'starter.py'}:1: the first line must be {FIRST_LINE + exercise.id!r}"
        )
    return exercise


def read_exercises(lesson: Path) -> dict[str, Exercise]:
    """The exercises in a lesson's folder, by the name of their folder. Errors: ExerciseError."""
    found = sorted((lesson / "exercises").glob("*/exercise.toml"))
    return {path.parent.name: read_exercise(path.parent) for path in found}


@cache
def exercises(lesson_id: str) -> dict[str, Exercise]:
    """The exercises of a lesson of the course. Errors: ExerciseError."""
    with as_file(files("lessons")) as lessons:
        return read_exercises(lessons / lesson_id)


def _wrong(path: Path) -> Wrong:
    source = _text(path)
    match = _EXPECT.fullmatch(source.partition("\n")[0])
    if match is None:
        raise ExerciseError(
            f"{path}:1: the first line must say how the mistake is caught, such as "
            f"'# expect: shape' or '# expect: value y[0,3]'; there is {', '.join(STAGES)}"
        )
    return Wrong(path.stem, source, match["stage"], match["where"] or "")


def _check(path: Path) -> Check:
    spec = importlib.util.spec_from_file_location(
        "check_of_" + path.parent.name.replace("-", "_"), path
    )
    assert spec is not None and spec.loader is not None  # the name ends in .py
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        cases, reference = module.cases, module.reference
    except Exception as error:  # whatever an author's module raises is a finding
        raise ExerciseError(
            f"{path}: cannot be imported, or lacks cases or reference: "
            f"{type(error).__name__}: {error}"
        ) from error
    return Check(
        cases=cases,
        reference=reference,
        results=tuple(getattr(module, "RESULTS", ("y",))),
        gradients=tuple(getattr(module, "GRADIENTS", ())),
        tolerance=float(getattr(module, "TOLERANCE", 1e-8)),
    )


def _said(values: dict[str, Any], key: str, path: Path) -> str:
    text = values.pop(key, None)
    if not isinstance(text, str) or not text.strip():
        raise ExerciseError(f'{path}: {key} is missing or empty: add {key} = "…"')
    return text.strip()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ExerciseError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ExerciseError(f"{path}: the file is not UTF-8 text: {error}") from error
