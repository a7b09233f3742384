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
from typing import Any, TypeVar

from lessons.kit.exercise import Exercise, ExerciseError, read_exercise
from lessons.kit.fences import ScriptError
from lessons.kit.glossary import GlossaryError, Term, parse_glossary
from lessons.kit.material import Material
from lessons.kit.problem import Problem, said
from lessons.kit.script import Lesson, decoded, parse_lesson

Declared = TypeVar("Declared")


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
        self.folder = folder
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

    def listed(
        self, module: str, name: str, key: Callable[[Any], str]
    ) -> Mapping[str, Any]:
        """What a module of the lesson lists under a name; nothing when there is no such module."""
        path = next(
            (one for one in (f"{module}.py", f"{module}/__init__.py") if self.has(one)), None
        )
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
        found = {}
        for path in sorted((self.folder / "exercises").glob("*/exercise.toml")):
            try:
                found[path.parent.name] = read_exercise(path.parent)
            except ExerciseError as error:
                self.refuse_said(error)
        return found

    def terms(self) -> tuple[Term, ...]:
        path = self.folder / "glossary.toml"
        if not path.is_file():
            return ()
        try:
            return parse_glossary(str(path), path.read_text(encoding="utf-8"))
        except (GlossaryError, OSError, UnicodeDecodeError) as error:
            self.refuse_said(error, path)
            return ()

    def has(self, inside: str) -> bool:
        return (self.folder / inside).is_file()

    def raised(self, error: Exception) -> tuple[str, int] | None:
        """The last place of this folder on the way to where an error was raised."""
        places = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(
            error.__traceback__
        )]
        if isinstance(error, SyntaxError):
            places.append((error.filename or "", error.lineno))
        for name, line in reversed(places):
            if Path(name).is_relative_to(self.folder):
                return Path(name).relative_to(self.folder).as_posix(), line or 1
        return None

    def refuse(self, inside: str, line: int, message: str) -> None:
        self.unread.append(Problem(f"{self.base}{inside}", line, message))

    def refuse_said(self, error: Exception, path: Path | None = None) -> None:
        """Refuse with an error that names its file itself, and the line where it knows it."""
        text = said(error)
        named = re.match(r"(?P<path>.+?\.(?:py|toml)|[^:]+)(?::(?P<line>\d+))?: (?P<rest>.*)", text)
        if named is None or path is not None and not text.startswith(str(path)):
            self.refuse(path.name if path else "", 1, text)
            return
        inside = Path(named["path"])
        if inside.is_relative_to(self.folder.resolve()):
            inside = inside.relative_to(self.folder.resolve())
        at = re.search(r"\(at line (\d+)", named["rest"])
        line = named["line"] or (at[1] if at else "1")
        self.refuse(inside.as_posix(), int(line), named["rest"])


@contextmanager
def _on_path(parent: Path) -> Iterator[None]:
    sys.path.insert(0, str(parent))
    try:
        yield
    finally:
        sys.path.remove(str(parent))
