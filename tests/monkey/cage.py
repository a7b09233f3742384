"""The cage that a monkey plays in: directories of its own, and a look at whatever is written."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
CHANGES = {
    "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate",
    "os.chmod",
}  # fmt: skip
"""What changes a directory or file without opening it."""


@dataclass
class Cage:
    """Where everything may be written that may be written."""

    root: Path
    outside: list[str] = field(default_factory=list)
    """What was written elsewhere."""

    @property
    def state(self) -> Path:
        return self.root / "state"

    @property
    def settings(self) -> Path:
        return self.state / "settings.toml"

    @property
    def home(self) -> Path:
        return self.root / "home"

    def left_behind(self) -> list[str]:
        """What was written where only the learner writes, or outside."""
        at_home = [str(path) for path in self.home.rglob("*")]
        temporary = [str(path) for path in (self.root / "tmp").rglob("*")]
        return self.outside + at_home + temporary


_cage: Cage | None = None


def _watch(event: str, given: tuple[Any, ...]) -> None:
    """The audit hook: it can be added once, and never be taken away."""
    if _cage is None:
        return
    if event == "open":
        path, mode, flags = given
        if not isinstance(path, str | bytes) or not (flags or 0) & WRITING:
            return
        if isinstance(mode, str) and not set(mode) & set("wax+"):
            return
    elif event in CHANGES:
        path = given[0]
        if not isinstance(path, str | bytes):
            return
    else:
        return
    name = os.path.abspath(os.fsdecode(path))
    if not name.startswith((str(_cage.root), "/dev/", "/proc/")):
        _cage.outside.append(f"{event} {name}")


_watching = False


@contextmanager
def cage(**environment: str) -> Iterator[Cage]:
    """A cage, with the process's directories and environment in it while it lasts."""
    global _cage, _watching
    if not _watching:
        sys.addaudithook(_watch)
        _watching = True
    before, directory, bytecode = dict(os.environ), os.getcwd(), sys.dont_write_bytecode
    with tempfile.TemporaryDirectory(prefix="monkey-") as name:
        one = Cage(Path(name).resolve())
        for folder in ("state", "home", "tmp"):
            (one.root / folder).mkdir()
        unset = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "VISUAL", "TEXTUAL_COLOR_SYSTEM")
        for variable in unset:
            os.environ.pop(variable, None)
        os.environ |= {
            "HOME": str(one.home),
            "TMPDIR": str(one.root / "tmp"),
            "DL_TUTOR_STATE": str(one.state),
            "EDITOR": "true",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
        } | environment
        temporary, tempfile.tempdir = tempfile.tempdir, None
        sys.dont_write_bytecode = True
        os.chdir(one.home)
        _cage = one
        try:
            yield one
        finally:
            _cage = None
            os.chdir(directory)
            sys.dont_write_bytecode, tempfile.tempdir = bytecode, temporary
            os.environ.clear()
            os.environ |= before
