"""The command opens the application, and only on a terminal."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

import lessons.catalog
import tutor.cli
from tests.conftest import Main, Run
from tests.tutor.conftest import Started


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
    assert (set(started.state_dirs), set(started.reviews)) == ({None}, {False})


def test_opens_the_review(ask: Main, started: Started) -> None:
    assert ask("review", "--light", "--state-dir", "here") == (0, "", "")
    assert (started.calls, started.reviews) == ([(None, False, True)], [True])
    assert started.state_dirs == ["here"]
    assert started.frozen == []


def test_what_is_done_is_kept_where_it_is_asked_to(ask: Main, started: Started) -> None:
    for arguments in (
        ("--state-dir", "here"),
        ("--state-dir=here", "cnn/slide"),
        ("cnn/slide", "--state-dir", "here"),
        ("--state-dir", "list", "cnn/slide"),  # the name of a command is a directory here
        ("--state-dir", "here", "review"),
    ):
        assert ask(*arguments) == (0, "", "")
    assert started.state_dirs == ["here", "here", "here", "list", "here"]
    assert started.reviews == [False] * 4 + [True]


def test_the_review_needs_a_terminal(
    ask: Main, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tutor.cli, "_is_terminal", lambda stream: False)
    assert ask("review") == (
        2,
        "",
        "dl-tutor: the course needs a terminal, and standard input is none; dl-tutor review "
        "--plain works without one\n",
    )
    assert started.calls == []


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
        "dl-tutor --plain, list and show LESSON/STEP work without one\n",
    )
    assert started.calls == []


def test_a_dumb_terminal_has_the_course_as_lines_of_text(
    ask: Main, started: Started, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr(sys, "stdin", io.StringIO("quit\n"))
    code, out, err = ask("--state-dir", str(tmp_path))
    assert (code, err, started.calls) == (0, "", [])
    assert out.startswith("TERM is dumb, so this is dl-tutor --plain: lines of text.\n")
    assert out.endswith("home: quit\n")


def test_without_a_terminal_it_says_what_to_use(command: Run) -> None:
    done = command()
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "dl-tutor: the course needs a terminal, and standard input is none; "
        "dl-tutor --plain, list and show LESSON/STEP work without one\n"
    )


def test_the_settings_are_those_of_the_file_that_is_named(ask: Main, started: Started) -> None:
    for arguments in ((), ("--config", "a.toml", "cnn"), ("review", "--config=b.toml")):
        assert ask(*arguments) == (0, "", "")
    assert started.configs == [None, "a.toml", "b.toml"]
