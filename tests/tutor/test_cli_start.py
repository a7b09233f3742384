"""The command opens the application, and only on a terminal."""

from __future__ import annotations

import os
import sys

import pytest

import lessons.catalog
import tutor.app
import tutor.cli
from tests.conftest import Main, Run


class Started:
    """Stands in for the application: keeps what it was started with."""

    def __init__(self) -> None:
        self.calls: list[tuple[tuple[str, str] | None, bool, bool]] = []
        self.frozen: list[str] = []

    def __call__(
        self, start: tuple[str, str] | None, *, ascii_only: bool, light: bool
    ) -> None:
        self.calls.append((start, ascii_only, light))
        self.frozen += [name for name in ("COLUMNS", "LINES") if name in os.environ]


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


def test_opens_the_application(ask: Main, started: Started) -> None:
    first = lessons.catalog.lesson("cnn").step_ids[0]
    for arguments in ((), ("cnn",), ("cnn/slide", "--ascii"), ("--light", "cnn/slide")):
        assert ask(*arguments) == (0, "", "")
    assert started.calls == [
        (None, False, False),
        (("cnn", first), False, False),
        (("cnn", "slide"), True, False),
        (("cnn", "slide"), False, True),
    ]
    assert started.frozen == []


@pytest.mark.parametrize(
    ("stream", "name"), [("stdin", "input"), ("stdout", "output"), ("stderr", "error")]
)
def test_the_application_needs_a_terminal(
    ask: Main, started: Started, monkeypatch: pytest.MonkeyPatch, stream: str, name: str
) -> None:
    lacking = getattr(sys, stream)
    monkeypatch.setattr(tutor.cli, "_is_terminal", lambda one: one is not lacking)
    assert ask("cnn") == (
        2,
        "",
        f"dl-tutor: the course needs a terminal, and standard {name} is none; "
        "dl-tutor list and dl-tutor show LESSON/STEP work without one\n",
    )
    assert started.calls == []


def test_the_application_needs_more_than_a_dumb_terminal(
    ask: Main, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    code, out, err = ask()
    assert (code, out, started.calls) == (2, "", [])
    assert err.startswith("dl-tutor: the course needs a terminal to draw on, and TERM is dumb; ")


def test_without_a_terminal_it_says_what_to_use(command: Run) -> None:
    done = command()
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "dl-tutor: the course needs a terminal, and standard input is none; "
        "dl-tutor list and dl-tutor show LESSON/STEP work without one\n"
    )
