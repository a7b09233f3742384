"""Fixtures of the tests of the lessons."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lessons.kit.lab import Lab
from tests.lessons.small import DOUBLE, GOOD
from tests.lessons.small_folder import forget, write


@pytest.fixture
def good() -> str:
    """A lesson.md in which nothing is wrong, together with the lab `double`."""
    return GOOD


@pytest.fixture
def double() -> Lab:
    """The lab of that lesson."""
    return DOUBLE


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A small lesson on disk in which nothing is wrong; its modules are forgotten afterwards."""
    # Bytecode goes by a file's second and size: a change within the second might not be seen.
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    yield write(tmp_path)
    forget()
