"""Lines that the learner types, or that a pipe brings; and ctrl+c while something runs."""

from __future__ import annotations

import io
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from lessons.kit.clean import clean
from tutor.dialogue.speech import Speaker

MOST_CHARACTERS = 10_000
"""What of a line is more than this is left out."""


class Listener:
    """Reads one line after another. Not through `readline`, which writes escape sequences."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")

    @property
    def echoes(self) -> bool:
        """Whether what is typed is seen anyway: a terminal shows it, a pipe does not."""
        return self._stream is not None and self._stream.isatty()

    def line(self, speaker: Speaker, prompt: str) -> str | None:
        """The next line without its end; None when there is none any more.

        Errors: KeyboardInterrupt.
        """
        speaker.prompt(prompt)
        try:
            text = self._stream.readline(MOST_CHARACTERS) if self._stream else ""
            rest = text
            while self._stream and rest and not rest.endswith("\n"):
                rest = self._stream.readline(MOST_CHARACTERS)
        except (OSError, ValueError):  # ValueError: closed
            text = ""
        if not text:
            speaker.verbatim([""])
            return None
        line = " ".join(clean(text).split())
        if not self.echoes:
            speaker.verbatim([line])
        return line


@contextmanager
def interruptible() -> Iterator[threading.Event]:
    """While this lasts, ctrl+c sets the event that it gives, and ends nothing else."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = signal.signal(signal.SIGINT, lambda *_: stop.set())
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
