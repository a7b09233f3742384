"""Landlock: lets this process read a few folders, and write nothing (Linux 5.13 and later)."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Sequence

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture
_PATH_BENEATH = 1
_WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 1, 1 << 2, 1 << 3
_RIGHTS = ((1, 13), (2, 14), (3, 15), (5, 16))
"""From which version of Landlock on how many rights to files there are."""
_NET = 0b11
"""Bind and connect TCP, from version 4 on."""
_SCOPE = 0b11
"""Abstract sockets, and signals to processes outside: from version 6 on."""


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def landlock_version() -> int:
    """Which version of Landlock the kernel has; less than 1 for none."""
    call = ctypes.CDLL(None, use_errno=True).syscall
    return int(call(_CREATE_RULESET, None, ctypes.c_size_t(0), 1))


def restrict(readable: Sequence[str]) -> bool:
    """Leave only reading in those folders, and /dev/null. False where the kernel has no Landlock.

    Needs no_new_privs, and binds the calling thread: call it before there are others.
    """
    call = ctypes.CDLL(None, use_errno=True).syscall
    version = landlock_version()
    if version < 1:
        return False
    rights = max(count for since, count in _RIGHTS if version >= since)
    handled = (1 << rights) - 1
    rules = _Ruleset(handled, _NET if version >= 4 else 0, _SCOPE if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    ruleset = call(_CREATE_RULESET, ctypes.byref(rules), ctypes.c_size_t(size), 0)
    if ruleset < 0:
        return False
    try:
        for folder in readable:
            _allow(call, ruleset, folder, _READ_FILE | _READ_DIR)
        _allow(call, ruleset, os.devnull, _READ_FILE | _WRITE_FILE)
        return bool(call(_RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _allow(call: ctypes._NamedFuncPointer, ruleset: int, path: str, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # not every system has every folder
    if not os.path.isdir(path):
        rights &= ~_READ_DIR
    rule = _PathBeneath(rights, descriptor)
    call(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0)
    os.close(descriptor)
