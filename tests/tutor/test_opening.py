"""The first words come before what they are about: a step's text, then what stands beside it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pytest import MonkeyPatch

from tests.benchmarks.pty_session import PtySession
from tests.tutor.reading import lines, press, settle, text
from tutor.app import TutorApp
from tutor.screens import opening
from tutor.screens.check import CheckScreen
from tutor.screens.code import CodeScreen
from tutor.screens.lesson import LessonScreen
from tutor.screens.opening import OpeningScreen

ROOT = Path(__file__).resolve().parents[2]
FIRST = ("textual", "tutor.app", "tutor.screens.home")
"""Modules of the first paint, and among those that come later:"""
LATER = ("numpy", "markdown_it", "tutor.lab_session", "lessons.cnn.labs", "tutor.screens.lesson")


@pytest.mark.parametrize(
    ("step", "kind"),
    [("slide", LessonScreen), ("check-cells", CheckScreen), ("write-conv2d", CodeScreen)],
)
async def test_a_step_is_read_while_it_is_brought_in(
    step: str, kind: type[LessonScreen], monkeypatch: MonkeyPatch
) -> None:
    there = [False]
    monkeypatch.setattr(opening, "brought_in", lambda: there[0])
    monkeypatch.setattr(OpeningScreen, "was_written", lambda self: None)
    app = TutorApp(("cnn", step))
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, OpeningScreen)
        before, title = lines(pilot), screen.step.title
        assert title in before[0]
        there[0] = True
        screen.first_written()
        await settle(pilot)
        assert isinstance(app.screen, kind)
        after = lines(pilot)
        assert after[0] == before[0]
        # The text stands where it stood.
        words = [(y, line[:33].rstrip()) for y, line in enumerate(before[2:-2], 2) if line.strip()]
        assert words and all(after[y][:33].rstrip() == line for y, line in words)


async def test_who_goes_elsewhere_meanwhile_is_elsewhere(monkeypatch: MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "brought_in", lambda: False)
    monkeypatch.setattr(OpeningScreen, "was_written", lambda self: None)
    app = TutorApp(("cnn", "slide"))
    async with app.run_test() as pilot:
        await settle(pilot)
        left = app.screen
        assert isinstance(left, OpeningScreen)
        await press(pilot, "h")
        left.first_written()
        await settle(pilot)
        assert "deep learning, by seeing and doing" in text(pilot)


def test_the_first_paint_of_the_map_needs_neither_numpy_nor_markdown() -> None:
    code = (
        "import sys\n"
        "from tutor.app import TutorApp\n"
        "from tutor.line_app import LineApp\n"
        "def shown(self, screen, what):\n"
        "    before = self.page.total\n"
        "    display(self, screen, what)\n"
        "    if self.page.total > before:\n"
        f"        there = [name for name in {FIRST + LATER!r} if name in sys.modules]\n"
        "        self.exit(message='there: ' + ' '.join(there))\n"
        "display, LineApp._display = LineApp._display, shown\n"
        "TutorApp().run()\n"
    )
    with PtySession([sys.executable, "-c", code], 80, 24, cwd=ROOT) as session:
        session.wait_exit()
        told = session.output().decode().rpartition("there: ")[2].split()
    assert told == list(FIRST)
