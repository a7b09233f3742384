"""What the learner's code may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What a run may use."""

    seconds: float = 2.0
    """Wall time for the learner's code."""
    start_seconds: float = 20.0
    """Wall time before that, for Python and NumPy to start: a slow machine is no mistake."""
    memory: int = 640 * 1024 * 1024
    """Bytes of address space, NumPy's own included."""
    file_bytes: int = 1024 * 1024
    """Bytes printed, and bytes in any one file."""
    files: int = 64
    confine: bool = True
    """Whether to take processes, signals and files away; off, the sweep can be tested."""


LIMITS = Limits()
