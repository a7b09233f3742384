"""A matrix of terminals: the same words and numbers are found on each, and nothing it has not."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from engine.notation import format_number
from lessons.catalog import lesson
from tests.conftest import ROOT
from tests.tutor.answering import AnsweringSession
from tests.tutor.recorded import Recorder, Shown
from tutor.app import TutorApp
from tutor.ascii import in_cells
from tutor.drawing.ink import spelled
from tutor.preferences.kinds import Preferences
from tutor.preferences.store import Store
from tutor.progress import kinds
from tutor.progress.place import StateDirectory
from tutor.progress.session import Progress
from tutor.screens.lesson import LessonScreen
from tutor.terminal.plan import plan_for
from tutor.terminal.surroundings import look_around

UTF8, C, LATIN = "C.UTF-8", "C", "de_DE.ISO-8859-1"

ROWS = (
    # TERM, COLORTERM (none: NO_COLOR), locale, size, theme; then how many colours that makes
    ("xterm-256color", "truecolor", UTF8, (80, 24), "dark", "truecolor"),
    ("xterm-256color", "", LATIN, (120, 36), "light", "256"),
    ("xterm-256color", "none", UTF8, (250, 80), "terminal", "none"),
    ("screen", "", UTF8, (60, 18), "terminal", "16"),
    ("screen-256color", "", C, (80, 24), "terminal-light", "256"),
    ("tmux", "none", LATIN, (80, 24), "light", "none"),
    ("tmux-256color", "truecolor", UTF8, (60, 18), "terminal-light", "truecolor"),
    ("linux", "", UTF8, (120, 36), "dark", "16"),
    ("linux", "truecolor", C, (60, 18), "light", "truecolor"),
    ("vt100", "", C, (80, 24), "dark", "none"),
    ("ansi", "", UTF8, (250, 80), "terminal-light", "16"),
    ("ansi", "none", C, (60, 18), "dark", "none"),
    ("dumb", "", UTF8, (80, 24), "dark", "none"),
    ("dumb", "truecolor", LATIN, (60, 18), "light", "none"),
)
Row = tuple[str, str, str, tuple[int, int], str, str]


def colours_in(written: str) -> set[str]:
    """What kinds of colour were asked for, but for the terminal's own ink and page."""
    found = set()
    for sequence in re.findall(r"\x1b\[([\d;]*)m", written):
        kind = re.sub(r"(?:38|48);2;\d+;\d+;\d+", "truecolor", sequence)
        for part in re.sub(r"(?:38|48);5;\d+", "256", kind).split(";"):
            if part in ("truecolor", "256"):
                found.add(part)
            elif re.fullmatch(r"[349][0-7]|10[0-7]", part):
                found.add("16")
    return found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join(map(str, row)))
async def test_the_same_words_and_numbers(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    term, colorterm, locale, size, theme, depth = row
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("COLORTERM", "truecolor" if colorterm == "truecolor" else "")
    monkeypatch.setenv("LC_ALL", locale)
    if colorterm == "none":
        monkeypatch.setenv("NO_COLOR", "1")
    store = Store(None)
    store.now = Preferences(theme=theme)
    app = TutorApp(("cnn", "slide"), progress=bets_made(), store=store)
    app.driver_class = Recorder
    async with app.run_test(headless=False, size=size) as pilot:
        one = Shown(app, pilot, *size)
        await one.settle()
        written = one.driver.take()
        one.terminal.feed(written)
        step = "\n".join(one.terminal.display)
        words = words_of(one.lesson)
        written += await one.press("h")
        course = "\n".join(one.terminal.display)
    plain = locale != UTF8 or term in ("linux", "vt100", "ansi", "dumb")
    assert app.ascii_only == plain
    for text in words:
        assert (spelled(text) if plain else text) in step, step
    for text in ("dl-tutor", lesson("cnn").title, "One output cell at a time"):
        assert text in course, course
    assert written.isascii() == plain
    assert app.around.depth == depth
    found = colours_in(written)
    if theme.startswith("terminal") and depth != "none":
        assert found == {"16"}
    else:
        assert found == {depth} - {"none"}


def words_of(screen: LessonScreen) -> list[str]:
    """What is to be read on the step, however little room there is."""
    session = screen.session
    focus = session.figure.focus
    assert focus is not None
    return [
        screen.step.title,
        f"{focus.label} = {format_number(focus.value, 2)}",
        f"{session.position + 1}/{session.film.length}",
        "running sum",
        "26×26",
        session.settings["kernel"],
        "The kernel covers nine pixels.",
    ]


def bets_made() -> Progress:
    progress = Progress(StateDirectory(None))
    for one in lesson("cnn").steps:
        if one.predict:
            progress.record(kinds.predicted("cnn", one.id, one.predict.bet, "", ""))
    return progress


# What the environment tells -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "depth"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "truecolor"),
        ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "xterm-kitty"}, "256"),
        ({"TERM": "xterm-direct"}, "truecolor"),
        ({"TERM": "xterm"}, "16"),
        ({}, "16"),
        ({"TERM": "vt220", "COLORTERM": "truecolor"}, "none"),
        ({"TERM": "xterm-mono"}, "none"),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, "none"),
        # GNU screen hands COLORTERM on, tmux turns colours into what there is
        ({"TERM": "screen", "STY": "1", "COLORTERM": "truecolor"}, "16"),
        ({"TERM": "screen", "TMUX": "1", "COLORTERM": "truecolor"}, "truecolor"),
    ],
)
def test_colours(environment: dict[str, str], depth: str) -> None:
    assert look_around(environment).depth == depth


@pytest.mark.parametrize(
    ("environment", "encoding", "said", "unicode"),
    [
        ({"TERM": "xterm", "LANG": "en_GB.UTF-8"}, "utf-8", None, True),
        ({"TERM": "xterm", "LANG": "en_GB.UTF-8", "LC_ALL": "C"}, "utf-8", None, False),
        ({"TERM": "xterm", "LC_ALL": "de_DE.ISO-8859-1"}, "utf-8", True, False),
        ({"TERM": "xterm", "LANG": "en_GB.UTF-8"}, "latin-1", True, False),
        ({"TERM": "linux", "LANG": "en_GB.UTF-8"}, "utf-8", True, False),
        # nobody has named a locale: the terminal is asked
        ({"TERM": "xterm"}, "utf-8", True, True),
        ({"TERM": "xterm"}, "utf-8", False, False),
        ({"TERM": "xterm"}, "utf-8", None, True),
        ({"TERM": "xterm", "LC_CTYPE": "C.UTF-8"}, "utf-8", False, False),
        ({"TERM": "xterm", "LC_CTYPE": "UTF-8", "LANG": "C"}, "utf-8", False, False),
        ({"TERM": "xterm", "LC_CTYPE": "UTF-8", "LANG": "en_GB"}, "utf-8", False, True),
    ],
)
def test_characters(
    environment: dict[str, str], encoding: str, said: bool | None, unicode: bool
) -> None:
    around = look_around(environment, encoding, lambda: said)
    assert around.unicode is unicode
    assert plan_for(around, Preferences(), environment={}).ascii_only is not unicode


@pytest.mark.parametrize(
    ("colours", "theme"),
    [("15;0", "tutor-dark"), ("0;15", "tutor-light"), ("0;default;15", "tutor-light"), ("", None)],
)
def test_a_light_page_is_known_where_the_terminal_says_so(colours: str, theme: str | None) -> None:
    environment = {"TERM": "xterm-256color", "COLORFGBG": colours}
    plan = plan_for(look_around(environment), Preferences(), environment={})
    assert plan.theme == (theme or "tutor-dark")


def test_ascii_keeps_columns_and_escapes() -> None:
    assert (
        in_cells("\x1b[1m▶ 3×3\x1b[0m ╭─╮ ▔▔ é 漢 ⣿ 🔎!") == "\x1b[1m> 3x3\x1b[0m +-+    e ?  * ? !"
    )


# In a real terminal ---------------------------------------------------------------------------


def started(tmp_path: Path, arguments: Sequence[str], **environment: str) -> AnsweringSession:
    command = [sys.executable, "-m", "tutor.cli", *arguments]
    own = {"DL_TUTOR_STATE": str(tmp_path), "PYTHONPATH": str(ROOT), "DL_TUTOR_CONFIG": os.devnull}
    return AnsweringSession(command, 80, 24, cwd=ROOT, environment=own | environment)


@pytest.mark.parametrize(
    "environment",
    [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "latin-1"}],
    ids=["locale C", "latin-1"],
)
def test_no_byte_beyond_ascii_where_there_is_no_unicode(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    with started(tmp_path, ["cnn/slide"], **environment) as session:
        session.wait_text("One output cell at a time")
        session.wait_quiet()
        session.send("q")
        assert session.wait_exit()[0] == 0
        assert session.output().isascii()
