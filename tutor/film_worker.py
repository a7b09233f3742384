"""The worker: a thread that gets the moments of a film ready while the screen is looked at."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable

from lessons.kit.film import Film

SWITCH_INTERVAL = 0.0005
"""Seconds after which Python lets the screen have its turn while the worker computes; with its
own 5 ms, keys would wait. The work takes a little longer for it."""


REST = 0.025
"""Seconds after a key for which the worker rests, so that what the key does is painted first."""


class FilmWorker:
    """Advances one film at a time towards a moment; started with the first thing to do.

    It tells nobody: who shows the film looks at how far it is ready.
    """

    def __init__(self, last_input: Callable[[], float] = lambda: 0.0) -> None:
        """last_input: when the last key came (time.perf_counter)."""
        self._last_input = last_input
        self._changed = threading.Condition()
        self._film: Film | None = None
        self._wanted = 0
        self._closed = False
        self._thread: threading.Thread | None = None
        self.failure: Exception | None = None
        """What went wrong in a film, for whoever shows it to raise; no film should."""

    def want(self, film: Film, wanted: int | None) -> None:
        """Get a film ready up to a moment; None: rest."""
        with self._changed:
            self._film = film if wanted is not None and wanted >= film.ready else None
            self._wanted = wanted or 0
            if self._film is not None and self._thread is None:
                sys.setswitchinterval(SWITCH_INTERVAL)
                self._thread = threading.Thread(target=self._work, name="film", daemon=True)
                self._thread.start()
            self._changed.notify()

    def close(self) -> None:
        """Rest for good."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def _work(self) -> None:
        while True:
            with self._changed:
                while self._film is None and not self._closed:
                    self._changed.wait()
                film, wanted = self._film, self._wanted
            if self._closed or film is None:
                return
            while (rest := self._last_input() + REST - time.perf_counter()) > 0:
                time.sleep(rest)
            try:
                more = film.ready <= wanted and film.advance()
            except Exception as error:
                self.failure, more = error, False
            if not more:
                with self._changed:
                    if self._film is film and self._wanted == wanted:
                        self._film = None
