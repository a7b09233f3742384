"""A lesson read from a folder anywhere: its script, and its labs."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from lessons.kit.fences import ScriptError
from lessons.kit.lab import Lab
from lessons.kit.script import Lesson, decoded, parse_lesson


def read_folder(folder: Path) -> tuple[Lesson, dict[str, Lab]]:
    """The lesson in a folder with a lesson.md and, unless no step has a lab, a labs.py.

    The folder's modules are imported under the folder's name: `from mine.pictures import …`.
    Errors: ScriptError that names the file and says what is wrong with it.
    """
    folder = folder.resolve()
    script, labs = folder / "lesson.md", folder / "labs.py"
    try:
        text = decoded(str(script), script.read_bytes())
    except OSError as error:
        raise ScriptError(f"{script}:1: cannot be read: {error.strerror}") from error
    lesson = parse_lesson(folder.name, str(script), text)
    return lesson, _labs(labs) if labs.is_file() else {}


def _labs(path: Path) -> dict[str, Lab]:
    sys.path.insert(0, str(path.parent.parent))
    try:
        module = import_module(f"{path.parent.name}.labs")
        return {lab.name: lab for lab in module.LABS}
    except Exception as error:  # whatever an author's module raises is a finding
        raise ScriptError(
            f"{path}:1: cannot be imported, or has no LABS: {type(error).__name__}: {error}"
        ) from error
    finally:
        sys.path.pop(0)
