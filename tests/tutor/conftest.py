"""The same terminal for every test, whatever the one that runs them; and one to start on."""

from __future__ import annotations

import os

import pytest

import tutor.app
import tutor.cli
import tutor.screens.lesson


@pytest.fixture(autouse=True)
def colour_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal with all colours; a test that wants another sets its own."""
    for name in ("NO_COLOR", "COLUMNS", "LINES", "COLORFGBG", "TMUX", "STY", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("SSH_CONNECTION", "SSH_CLIENT", "TEXTUAL_ANIMATIONS", "LC_CTYPE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("DL_TUTOR_CONFIG", os.devnull)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture(autouse=True)
def nothing_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """No thread makes what will be wanted next: what it finds out changes a film's bar."""
    monkeypatch.setattr(tutor.screens.lesson, "get_ready", lambda *_: None)


class Started:
    """Stands in for the application: keeps what it was started with."""

    def __init__(self) -> None:
        self.calls: list[tuple[tuple[str, str] | None, bool, bool]] = []
        self.state_dirs: list[str | None] = []
        self.reviews: list[bool] = []
        self.images: list[str] = []
        self.configs: list[str | None] = []
        self.frozen: list[str] = []

    def __call__(
        self,
        start: tuple[str, str] | None,
        *,
        ascii_only: bool,
        light: bool,
        state_dir: str | None,
        review: bool,
        image: str,
        config: str | None,
        served: bool,
    ) -> int:
        self.calls.append((start, ascii_only, light))
        self.state_dirs.append(state_dir)
        self.reviews.append(review)
        self.images.append(image)
        self.configs.append(config)
        self.frozen += [name for name in ("COLUMNS", "LINES") if name in os.environ]
        return 0


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    """A terminal on all three streams, and an application that ends at once."""
    app = Started()
    monkeypatch.setattr(tutor.app, "run", app)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "33")
    monkeypatch.setenv("LINES", "11")
    monkeypatch.setattr(tutor.cli, "_is_terminal", lambda stream: True)
    return app
