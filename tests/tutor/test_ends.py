"""Whatever ends the application while a training runs: what is left, and how it goes on."""

from __future__ import annotations

import os
import re
import signal
import sys
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from lessons.catalog import lesson
from lessons.cnn.reader import RATE
from tests.conftest import ROOT
from tests.tutor.answering import AnsweringSession
from tutor.progress import kinds
from tutor.progress.session import open_progress
from tutor.progress.state import Place

STEP = next(step for step in lesson("cnn").steps if step.id == "learn")
MAIN = "import sys, tutor.ends; tutor.ends.GRACE = {grace}; from tutor.cli import main; "
CLOSED = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?1003l", b"\x1b[?2004l", b"\x1b[<u")
"""Main screen, cursor, mouse, pasting and keys as a shell wants them."""


SHELL = ("sh", "-mc", '"$@"; echo asleep; read line; fg; echo "left $?"', "sh")
"""A shell with jobs: one that is put to sleep is woken by a line."""
MAKE = ("sh", "-c", '"$@"; exit $?', "sh")
"""Starts a command within its own job, and waits for it."""


def start(
    state: Path, *arguments: str, grace: float = 30.0, through: Sequence[str] = ()
) -> AnsweringSession:
    code = MAIN.format(grace=grace) + "sys.exit(main(sys.argv[1:]))"
    environment = {
        "DL_TUTOR_STATE": str(state),
        "DL_TUTOR_CONFIG": os.devnull,
        "PYTHONPATH": str(ROOT),
    }
    return AnsweringSession(
        [*through, sys.executable, "-c", code, *arguments], cwd=ROOT, environment=environment
    )


def training(state: Path, grace: float = 30.0, through: Sequence[str] = ()) -> AnsweringSession:
    """A training that runs, at another rate than it comes with; its bet has been made before."""
    progress = open_progress(str(state))
    assert STEP.predict
    progress.record(kinds.predicted("cnn", STEP.id, STEP.predict.bet, "", ""))
    progress.close()
    session = start(state, f"cnn/{STEP.id}", grace=grace, through=through)
    session.wait_for(lambda: STEP.title in session.text() and "1/" in session.text())
    session.send("l")
    session.wait_quiet(0.2)
    session.send("space")
    session.wait_for(lambda: "⏸" in session.text())
    session.wait_quiet(0.01, timeout=5)
    return session


def place(state: Path) -> Place:
    return open_progress(str(state)).state.place("cnn", STEP.id)


def assert_kept(state: Path) -> None:
    """The step and the rate that was set are what the next start opens."""
    last = open_progress(str(state)).state.last
    assert last and (last.lesson, last.step) == ("cnn", STEP.id)
    assert float(place(state).settings["rate"]) != RATE


def assert_goes_on(state: Path) -> None:
    """The next start, without a word, opens the same step with the same settings."""
    kept = place(state)
    with start(state) as session:
        session.wait_for(lambda: STEP.title in session.text())
        wanted = re.compile(rf"\bl (rate )?{re.escape(kept.settings['rate'])} ")
        session.wait_for(lambda: bool(wanted.search(session.text())), 10)
        session.send("q")
        assert session.wait_exit()[0] == 0
    assert place(state) == kept


def assert_gone(session: AnsweringSession) -> None:
    with pytest.raises(ProcessLookupError):
        os.killpg(session.process.pid, 0)


def cut(session: AnsweringSession) -> None:
    session.hang_up()


@pytest.mark.parametrize(
    ("end", "code"),
    [
        (lambda session: session.process.send_signal(signal.SIGTERM), 128 + signal.SIGTERM),
        (cut, 128 + signal.SIGHUP),
    ],
    ids=["SIGTERM", "the connection is cut"],
)
def test_a_training_is_left_and_found_again(
    tmp_path: Path, end: Callable[[AnsweringSession], None], code: int
) -> None:
    with training(tmp_path) as session:
        mark = session.mark()
        end(session)
        assert session.wait_exit()[0] == code
        assert_gone(session)
        if end is not cut:
            assert session.modes() == session.before
            written = session.output(mark)
            assert all(sequence in written for sequence in CLOSED)
    assert_kept(tmp_path)


def test_nothing_that_was_acknowledged_is_lost_by_kill(tmp_path: Path) -> None:
    with training(tmp_path) as session:
        session.process.kill()
        assert session.wait_exit()[0] == -signal.SIGKILL
        assert_gone(session)
    assert_kept(tmp_path)
    assert_goes_on(tmp_path)


@pytest.mark.parametrize("through", [(), MAKE], ids=["by itself", "as with make"])
def test_put_to_sleep_and_woken_it_gives_the_terminal_back_and_goes_on(
    tmp_path: Path, through: tuple[str, ...]
) -> None:
    with training(tmp_path, through=(*SHELL, *through)) as session:
        mark = session.mark()
        session.send("\x1a")
        session.wait_text("asleep", mark)
        assert session.modes() == session.before
        assert b"\x1b[?1049l" in session.output(mark)
        session.screen.reset()
        session.send("enter")
        session.wait_for(lambda: STEP.title in session.text())
        assert not session.modes()[3] & termios.ECHO
        session.send("q")
        session.wait_text("left 0", mark)
        assert session.wait_exit()[0] == 0
        assert session.modes() == session.before


def test_where_no_shell_could_wake_it_it_stays_awake(tmp_path: Path) -> None:
    with training(tmp_path) as session:
        session.send("\x1a")
        session.wait_for(lambda: "no shell started it" in " ".join(session.text().split()))
        session.send("q")
        assert session.wait_exit()[0] == 0


def test_a_line_that_stands_still_keeps_no_process(tmp_path: Path) -> None:
    with training(tmp_path, grace=0.3) as session:
        session.stall()
        for _ in range(40):  # more than the terminal, and the queue to it, can hold
            session.send("v")
            time.sleep(0.02)
        session.process.send_signal(signal.SIGTERM)
        assert session.wait_exit()[0] == 128 + signal.SIGTERM
        assert session.modes() == session.before
        assert_gone(session)
    assert_kept(tmp_path)


def test_who_leaves_where_a_line_stands_still_has_left(tmp_path: Path) -> None:
    with training(tmp_path) as session:
        session.stall()
        for _ in range(15):
            session.send("v")
            session.send("n")
            time.sleep(0.02)
        session.send("q")
        assert session.wait_exit()[0] == 0
        assert session.modes() == session.before
        assert_gone(session)
