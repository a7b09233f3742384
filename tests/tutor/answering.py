"""A terminal that answers what it is asked, as a real one does, and can be read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyte

from tests.benchmarks.pty_session import KEYBOARD_MODES, PtySession


class Emulated(pyte.Screen):
    """An emulated terminal; what it answers is gathered."""

    def __init__(self, columns: int, lines: int) -> None:
        super().__init__(columns, lines)
        self.said = ""

    def write_process_input(self, data: str) -> None:
        self.said += data


class AnsweringSession(PtySession):
    """A command on a terminal that says where its cursor is, which modes it has, and its page."""

    def __init__(
        self,
        command: Sequence[str],
        columns: int = 80,
        lines: int = 24,
        *,
        cwd: Path | None = None,
        environment: Mapping[str, str] | None = None,
        silent: bool = False,
        latin: bool = False,
        page: str = "",
        synchronizes: bool = False,
    ) -> None:
        """silent: it answers nothing; latin: it takes each byte for a character; page: its colour
        as rrrr/gggg/bbbb; synchronizes: it has mode 2026."""
        self.screen = Emulated(columns, lines)
        self.stream = pyte.ByteStream(self.screen)
        if latin:
            self.stream.select_other_charset("@")
        self.silent, self.page, self.has_sync = silent, page, synchronizes
        super().__init__(command, columns, lines, cwd=cwd, environment=environment)

    def heard(self, data: bytes) -> None:
        self.stream.feed(KEYBOARD_MODES.sub(b"", data))
        said, self.screen.said = self.screen.said.encode(), ""
        if self.silent:
            return
        if b"\x1b]11;?" in data and self.page:
            said = f"\x1b]11;rgb:{self.page}\x1b\\".encode() + said
        if b"\x1b[?2026$p" in data:
            said = b"\x1b[?2026;%d$y" % (2 if self.has_sync else 0) + said
        if said:
            self.answer(said)

    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)


def words(text: str) -> str:
    """The text without the line ends and blanks that layout puts in."""
    return re.sub(r"\s+", " ", text)
