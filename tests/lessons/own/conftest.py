"""Fixtures of the tests of what learners bring."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Write = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file; gives its path."""

    def write(name: str, data: bytes | str) -> str:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return str(path)

    return write


@pytest.fixture
def refused() -> Callable[..., str]:
    """Calls a function that must refuse with a FileError; gives the sentence."""
    from lessons.own.file import FileError

    def refused(function: Callable[..., object], *arguments: object, **named: object) -> str:
        with pytest.raises(FileError) as caught:
            function(*arguments, **named)
        message = str(caught.value)
        assert message.isprintable() and message.endswith(".")
        return message

    return refused
