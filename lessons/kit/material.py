"""The material of a lesson: its script, with all that the script can call."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lessons.kit.exercise import Exercise
from lessons.kit.glossary import Term
from lessons.kit.lab import Lab
from lessons.kit.prediction import Prediction
from lessons.kit.problem import Problem
from lessons.kit.question import Template
from lessons.kit.script import Lesson


@dataclass(frozen=True)
class Material:
    """A lesson, and what it calls by the names that its fences use."""

    lesson: Lesson
    labs: Mapping[str, Lab] = field(default_factory=dict)
    predictions: Mapping[str, Prediction] = field(default_factory=dict)
    templates: Mapping[str, Template] = field(default_factory=dict)
    exercises: Mapping[str, Exercise] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()
    unread: tuple[Problem, ...] = ()
    """What could not be read, and is left out."""
    folder: Path | None = None
    """Where the files are; without one a problem is put at the first line of its file."""

    @property
    def base(self) -> str:
        """The folder as problems name it, with the slash at its end."""
        return self.lesson.path.removesuffix("lesson.md")

    def in_script(self, line: int, message: str) -> Problem:
        """A problem at a line of the lesson.md."""
        return Problem(self.lesson.path, line, message)

    def in_lab(self, name: str, message: str) -> Problem:
        """A problem where a lab is declared."""
        return self._declared("labs.py", "Lab", name, f"the lab {name!r}: {message}")

    def in_bet(self, name: str, message: str) -> Problem:
        """A problem where a prediction is declared."""
        return self._declared("predictions.py", "Prediction", name, f"the bet {name!r}: {message}")

    def in_question(self, name: str, message: str) -> Problem:
        """A problem where a question template is declared."""
        return self._declared("questions.py", "Template", name, f"the question {name!r}: {message}")

    def in_exercise(self, exercise: Exercise, file: str, message: str, line: int = 1) -> Problem:
        """A problem in a file of an exercise."""
        return Problem(f"{self.base}exercises/{exercise.folder.name}/{file}", line, message)

    def in_term(self, name: str, message: str) -> Problem:
        """A problem at an entry of the glossary."""
        path = self.folder / "glossary.toml" if self.folder else None
        pattern = rf"^\[[\"']?{re.escape(name)}[\"']?\]"
        line = (_line(path, pattern) if path else 0) or 1
        return Problem(f"{self.base}glossary.toml", line, message)

    def _declared(self, file: str, word: str, name: str, message: str) -> Problem:
        """A problem at the line that says word("name" or word(id="name", wherever it is."""
        pattern = rf"\b{word}\(\s*(?:\w+\s*=\s*)?[\"']{re.escape(name)}[\"']"
        for path in self._modules():
            if line := _line(path, pattern):
                assert self.folder is not None
                inside = path.relative_to(self.folder).as_posix()
                return Problem(f"{self.base}{inside}", line, message)
        return Problem(f"{self.base}{file}", 1, message)

    def _modules(self) -> Iterator[Path]:
        if self.folder is not None:
            for path in sorted(self.folder.rglob("*.py")):
                if "exercises" not in path.relative_to(self.folder).parts:
                    yield path


def _line(path: Path, pattern: str) -> int:
    """The line of a file at which a pattern begins, or 0."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return 0
    match = re.search(pattern, text, re.MULTILINE)
    return text.count("\n", 0, match.start()) + 1 if match else 0
