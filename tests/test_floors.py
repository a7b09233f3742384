"""Imports go down only: tutor may use lessons, lessons may use engine, engine NumPy alone."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

FLOORS = {
    "engine": {"numpy", "engine"},
    "lessons": {"numpy", "engine", "lessons", "markdown_it", "PIL"},
    "tutor": {"numpy", "engine", "lessons", "tutor", "rich", "textual", "plotext"}
    | {"platformdirs", "fsrs", "tomlkit", "textual_serve", "aiohttp"},
}
"""What each floor may import besides the standard library."""

SCREENLESS = (
    *("arguments.py", "cli.py", "commands.py", "lookup.py", "show.py", "plain.py"),
    *("plain_panels.py", "plain_tasks.py", "lab_session.py", "bet.py", "drawing/*.py"),
    *("doctor/*.py", "preferences/*.py", "terminal/*.py"),
    *("taking.py", "exercise_session.py", "external_editor.py", "dialogue/*.py"),
)
"""Parts of the application that work in a pipe."""
SCREENS = (
    "textual",
    "tutor.app",
    "tutor.bindings",
    "tutor.keymap",
    "tutor.themes",
    "tutor.screens",
    "tutor.widgets",
)
"""What brings Textual with it."""
OPENING = (("cli.py", "tutor.app"), ("computer.py", "tutor.keymap"))
"""Where Textual is wanted: to open the application, and for doctor to say whether keys that the
learner has put elsewhere can be there."""


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """Every module that a file imports, wherever in the file, with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level == 0:
                yield node.module or "", node.lineno
            else:  # a lesson's own modules, so that its folder works wherever it stands
                own = node.level == 1 and "lessons" in path.parts
                assert own, f"{path}:{node.lineno}: a relative import"


@pytest.mark.parametrize("floor", FLOORS)
def test_a_floor_imports_only_what_it_may(floor: str, root: Path) -> None:
    allowed = FLOORS[floor] | sys.stdlib_module_names
    files = sorted((root / floor).rglob("*.py"))
    assert files
    wrong = [
        f"{path.relative_to(root)}:{line} imports {name}"
        for path in files
        for name, line in imported(path)
        if name.partition(".")[0] not in allowed
    ]
    assert wrong == []


def test_what_works_in_a_pipe_imports_no_textual(root: Path) -> None:
    files = sorted(path for part in SCREENLESS for path in (root / "tutor").glob(part))
    assert len(files) > len(SCREENLESS)
    wrong = [
        f"{path.relative_to(root)}:{line} imports {name}"
        for path in files
        for name, line in imported(path)
        if any(name == screen or name.startswith(f"{screen}.") for screen in SCREENS)
        and (path.name, name) not in OPENING
    ]
    assert wrong == []


def test_every_module_opens_with_what_it_is_for(root: Path) -> None:
    silent = [
        str(path.relative_to(root))
        for floor in FLOORS
        for path in (root / floor).rglob("*.py")
        if "exercises" not in path.parts  # what a learner sees there is the task alone
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []
