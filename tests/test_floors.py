"""Imports go down only: tutor may use lessons, lessons may use engine, engine NumPy alone."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

FLOORS = {
    "engine": {"numpy", "engine"},
    "lessons": {"numpy", "engine", "lessons", "markdown_it"},
    "tutor": {"numpy", "engine", "lessons", "tutor", "rich", "textual", "plotext"},
}
"""What each floor may import besides the standard library."""

SCREENLESS = ("tutor/drawing", "tutor/*.py")
SCREENS = ("tutor/app.py", "tutor/bindings.py")
"""Parts of the application that run without a screen, except for these modules."""


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """Every module that a file imports, wherever in the file, with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            yield node.module or "", node.lineno


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


def screenless_files(root: Path) -> list[Path]:
    found = [*(root / "tutor" / "drawing").glob("*.py"), *(root / "tutor").glob("*.py")]
    return sorted(path for path in found if str(path.relative_to(root)) not in SCREENS)


def test_what_needs_no_screen_imports_no_textual(root: Path) -> None:
    files = screenless_files(root)
    assert root / "tutor" / "plain.py" in files
    wrong = [
        f"{path.relative_to(root)}:{line} imports {name}"
        for path in files
        for name, line in imported(path)
        if name.partition(".")[0] == "textual"
        or name.startswith(("tutor.screens", "tutor.widgets", "tutor.app", "tutor.bindings"))
        and path.name != "cli.py"
    ]
    assert wrong == []


def test_the_command_starts_the_application_only_inside_a_function(root: Path) -> None:
    tree = ast.parse((root / "tutor" / "cli.py").read_text(encoding="utf-8"))
    at_the_top = [node.module for node in tree.body if isinstance(node, ast.ImportFrom)]
    assert "tutor.app" not in at_the_top


def test_no_file_of_the_package_is_long(root: Path) -> None:
    lengths = {
        str(path.relative_to(root)): len(path.read_text(encoding="utf-8").splitlines())
        for floor in FLOORS
        for path in (root / floor).rglob("*.py")
    }
    assert [path for path, length in lengths.items() if length > 500] == []


def test_every_module_opens_with_what_it_is_for(root: Path) -> None:
    silent = [
        str(path.relative_to(root))
        for floor in FLOORS
        for path in (root / floor).rglob("*.py")
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []
