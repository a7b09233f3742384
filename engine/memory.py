"""Keeping the memory of freed arrays, so that the next step of a training finds it at hand."""

from __future__ import annotations

import numpy as np

KEPT = 31 << 20
"""Bytes: just under the most to which the C library of Linux will raise its threshold."""


def keep_freed_memory() -> None:
    """Let arrays of up to about 30 MB be taken from memory that the process has already.

    The C library of Linux gives large blocks back to the system when they are freed, and pays for
    every page anew: up to half of the time of a recurrent training step. Its threshold for that
    follows the largest block that was freed so far. The one freed here is never touched, so it
    costs nothing; on other systems nothing changes.
    """
    np.empty(KEPT, np.uint8)
