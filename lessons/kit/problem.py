"""A problem: something in a lesson that must be put right, and where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """What is wrong, in the file and line where it is put right."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


def said(error: Exception) -> str:
    """An error in words: a ValueError is a sentence already, others need their name."""
    return str(error) if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"
