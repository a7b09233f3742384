"""Words about numbers."""

from __future__ import annotations


def several(count: int, noun: str) -> str:
    """How many of something there are: 1 update, 2 updates."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
