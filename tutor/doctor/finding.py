"""What the doctor finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Something found, with what to change about it where there is something."""

    says: str
    """A sentence without its stop."""
    change: str = ""
    """What to do, a sentence; empty when all is well."""
    wrong: bool = False
    """Whether it ought to be changed, and the exit code says so; else it could be bettered."""
