"""The line under a picture that says in words where it stands."""

from __future__ import annotations

from lessons.kit.figure import Note

TOLD = "said"
"""The key of the panel."""


def told(text: str) -> Note:
    """The line."""
    return Note(key=TOLD, text=text)
