"""A dialogue with the program: lines go in, and what was said comes out."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

import tutor.dialogue.lab
from tutor.dialogue.hearing import Listener
from tutor.dialogue.speech import Speaker
from tutor.dialogue.talk import Talk
from tutor.progress.place import StateDirectory
from tutor.progress.session import Progress


class Dialogue:
    """A sitting at a step; `say` gives what is answered to a line."""

    def __init__(
        self, lesson: str, step: str, progress: Progress | None = None, ascii_only: bool = False
    ) -> None:
        self._said: list[str] = []
        speaker = Speaker(self._said.append, 80, ascii_only)
        self.talk = Talk(progress or Progress(StateDirectory(None)), speaker, Listener(None))
        self.talk.open_step(lesson, step)
        self.opening = self.take()

    def take(self) -> str:
        """What was said since last asked."""
        text = "".join(self._said)
        self._said.clear()
        return text

    def say(self, line: str) -> str:
        self.talk.hear(line)
        return self.take()


@pytest.fixture
def interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+c comes as soon as a film begins to be computed."""

    @contextmanager
    def at_once() -> Iterator[threading.Event]:
        stop = threading.Event()
        stop.set()
        yield stop

    monkeypatch.setattr(tutor.dialogue.lab, "interruptible", at_once)
