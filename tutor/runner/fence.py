"""The fence that the learner's process raises around itself before it runs any of their code."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
from collections.abc import Sequence

from tutor.runner import landlock, seccomp

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS = 38


def die_with(parent: int) -> None:
    """Have the kernel kill this process when its parent dies; ends it if that has happened."""
    if sys.platform == "linux":
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before we asked
        os._exit(1)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent dies, where the kernel can."""
    if sys.platform == "linux":
        _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def limit(memory: int, cpu_seconds: int, file_bytes: int, files: int) -> None:
    """Set limits that every Unix has: bytes of address space, seconds from now, descriptors."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = int(used.ru_utime + used.ru_stime) + 1 + cpu_seconds
    for name, value in (
        ("RLIMIT_CORE", 0),
        ("RLIMIT_CPU", cpu),
        ("RLIMIT_FSIZE", file_bytes),
        ("RLIMIT_NOFILE", files),
        ("RLIMIT_AS", memory),
    ):
        _limit(name, value)


def confine(readable: Sequence[str]) -> None:
    """Take away starting processes, signals, the network and files, where the kernel can.

    readable: the folders that stay readable. Where the kernel has less, the keeper's sweep must do.
    """
    _limit("RLIMIT_NPROC", 0)  # neither processes nor threads; root is exempt
    if sys.platform != "linux" or _prctl(_PR_SET_NO_NEW_PRIVS, 1) != 0:
        return
    landlock.restrict(readable)
    seccomp.restrict()


def _limit(name: str, value: int) -> None:
    import resource

    # macOS has no working RLIMIT_AS; the other limits still count.
    with contextlib.suppress(AttributeError, ValueError, OSError):
        resource.setrlimit(getattr(resource, name), (value, value))


def _prctl(option: int, value: int) -> int:
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    zero = ctypes.c_ulong(0)
    return int(prctl(option, ctypes.c_ulong(value), zero, zero, zero))
