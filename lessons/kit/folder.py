"""Reads all of a lesson from its folder: in the course, or anywhere."""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from lessons.kit.exercise import Exercise, ExerciseError, read_exercise
from lessons.kit.fences import ScriptError
from lessons.kit.glossary import GlossaryError, Term, parse_glossary
from lessons.kit.material import Material
from lessons.kit.problem import Problem
from lessons.kit.script import Lesson, decoded, parse_lesson

_PLACE = re.compile(
    r"(?P<path>.*?)(:(?P<line>\d+))?: "
    r"(?P<message>.*?(\(at line (?P<at>\d+), column \d+\))?)$",
    re.DOTALL,
)
"""An error that names its file: path: message, path:line: message, or as tomllib has it."""


def read_lesson(lesson: Lesson) -> Material:
    """A lesson of the course with all that it calls."""
    with as_file(files("lessons") / lesson.id) as folder:
        return _Reader(lesson, folder, f"lessons.{lesson.id}").material()


def read_folder(folder: Path) -> Material:
    """The lesson in a folder with a lesson.md, with all that it calls.

    The folder's modules are imported under the folder's name: `from mine.pictures import …`.
    Errors: ScriptError when the lesson.md cannot be read; other files that cannot be read are
    in the material's `unread`.
    """
    folder = folder.resolve()
    script = folder / "lesson.md"
    try:
        text = decoded(str(script), script.read_bytes())
    except OSError as error:
        raise ScriptError(f"{script}:1: cannot be read: {error.strerror}") from error
    lesson = parse_lesson(folder.name, str(script), text)
    with _on_path(folder.parent):
        return _Reader(lesson, folder, folder.name).material()


class _Reader:
    def __init__(self, lesson: Lesson, folder: Path, package: str) -> None:
        self.lesson = lesson
        self.folder = folder.resolve()
        self.package = package
        self.base = lesson.path.removesuffix("lesson.md")
        self.unread: list[Problem] = []

    def material(self) -> Material:
        labs = self.listed("labs", "LABS", lambda one: one.name)
        predictions = self.listed("predictions", "PREDICTIONS", lambda one: one.id)
        templates = self.listed("questions", "QUESTIONS", lambda one: one.id)
        exercises, terms = self.exercises(), self.terms()
        return Material(
            self.lesson,
            labs,
            predictions,
            templates,
            exercises,
            terms,
            unread=tuple(self.unread),
            folder=self.folder,
        )

    def listed(self, module: str, name: str, key: Callable[[Any], str]) -> Mapping[str, Any]:
        """What a module of the lesson lists under a name; nothing when there is no such module."""
        paths = (f"{module}.py", f"{module}/__init__.py")
        path = next((one for one in paths if (self.folder / one).is_file()), None)
        if path is None:
            return {}
        found: dict[str, Any] = {}
        try:
            for one in getattr(import_module(f"{self.package}.{module}"), name):
                if key(one) in found:
                    self.refuse(path, 1, f"{name} has two entries of the name {key(one)!r}")
                found[key(one)] = one
        except Exception as error:  # whatever an author's module raises is a finding
            path, line = self.raised(error) or (path, 1)
            self.refuse(
                path,
                line,
                f"{module} cannot be imported, or has no tuple {name}: "
                f"{type(error).__name__}: {error}",
            )
        return found

    def exercises(self) -> dict[str, Exercise]:
        """The exercises that can be read, by the names of their folders."""
        found = {}
        for path in sorted((self.folder / "exercises").glob("*/exercise.toml")):
            try:
                found[path.parent.name] = read_exercise(path.parent)
            except ExerciseError as error:
                self.refuse_said(str(error))
        return found

    def terms(self) -> tuple[Term, ...]:
        """The entries of the glossary; none when there is none, or it cannot be read."""
        path = self.folder / "glossary.toml"
        if not path.is_file():
            return ()
        try:
            return parse_glossary(str(path), path.read_text(encoding="utf-8"))
        except GlossaryError as error:
            self.refuse_said(str(error))
        except (OSError, UnicodeDecodeError) as error:
            self.refuse(path.name, 1, f"cannot be read: {error}")
        return ()

    def raised(self, error: Exception) -> tuple[str, int] | None:
        """The last file and line of this folder on the way to where an error was raised."""
        frames = traceback.extract_tb(error.__traceback__)
        places = [(frame.filename, frame.lineno) for frame in frames]
        if isinstance(error, SyntaxError) and error.filename:
            places.append((error.filename, error.lineno))
        for name, line in reversed(places):
            path = Path(name).resolve()
            if path.is_relative_to(self.folder):
                return path.relative_to(self.folder).as_posix(), line or 1
        return None

    def refuse(self, inside: str, line: int, message: str) -> None:
        self.unread.append(Problem(f"{self.base}{inside}", line, message))

    def refuse_said(self, text: str) -> None:
        """Refuse with an error that names its file itself, and the line where it knows it."""
        match = _PLACE.match(text.removeprefix(f"{self.folder}/"))
        assert match is not None  # so these errors are written
        self.refuse(match["path"], int(match["line"] or match["at"] or 1), match["message"])


@contextmanager
def _on_path(parent: Path) -> Iterator[None]:
    sys.path.insert(0, str(parent))
    try:
        yield
    finally:
        sys.path.remove(str(parent))
