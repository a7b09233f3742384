"""Keys that come at once, as from a slow line: nothing waits between them."""

from __future__ import annotations

import pytest
from pytest import MonkeyPatch
from textual.geometry import Offset, Region
from textual.pilot import Pilot
from textual.widgets import Static

from tests.monkey.moves import Move, send
from tests.tutor.reading import opened, settle, text
from tutor.app import TutorApp
from tutor.screens.lesson import LessonScreen
from tutor.screens.palette import Palette
from tutor.screens.terms import TermsScreen
from tutor.widgets.editor import Editor
from tutor.widgets.notice import LEAST, Notice


async def burst(pilot: Pilot[None], *moves: Move | str) -> None:
    """Send keys, and other moves, without a pause."""
    app = pilot.app
    assert isinstance(app, TutorApp)
    for move in moves:
        await send(app, ("key", move) if isinstance(move, str) else move)
    await settle(pilot)


async def test_the_page_of_keys_closes_alone() -> None:
    async with opened("slide") as pilot:
        await burst(pilot, "question_mark")
        assert "esc closes" in text(pilot)
        await burst(pilot, "escape", "escape", "q")
        assert isinstance(pilot.app.screen, LessonScreen)


async def test_the_palette_closes_alone() -> None:
    async with opened("slide") as pilot:
        await burst(pilot, "colon")
        assert isinstance(pilot.app.screen, Palette)
        await burst(pilot, "escape", "escape", "escape")
        assert isinstance(pilot.app.screen, LessonScreen)


async def test_there_is_one_palette() -> None:
    async with opened("slide") as pilot:
        await burst(pilot, "colon", "f1", "colon", "ctrl+p")
        assert sum(isinstance(one, Palette) for one in pilot.app.screen_stack) == 1


@pytest.mark.parametrize("key", ["pagedown", "pageup", "down"])
async def test_a_palette_that_is_just_filled_takes_keys(key: str) -> None:
    async with opened("slide") as pilot:
        await burst(pilot, "colon", *"slide", key, key, "backspace", key)
        assert isinstance(pilot.app.screen, Palette)


async def test_a_step_that_is_opened_takes_a_busy_palette_away() -> None:
    async with opened("slide") as pilot:
        await burst(pilot, "colon")
        await burst(pilot, *"a step", ("open", "cnn", "kernels"))
        assert isinstance(pilot.app.screen, LessonScreen)


async def test_a_screen_may_be_left_before_it_is_there() -> None:
    async with opened("slide") as pilot:
        await burst(pilot, "h", *"ttht")
        assert isinstance(pilot.app.screen, TermsScreen)
        await burst(pilot, ("open", "cnn", "check-cells"), ("open", "cnn", "write-conv2d"))
        await burst(pilot, ("open", "cnn", "kernels"), "n", "b", "n", "n", "h", "enter")
        assert pilot.app.return_code is None


async def test_what_waits_for_a_frame_may_find_its_screen_gone() -> None:
    async with opened("check-cells") as pilot:
        before = pilot.app.screen
        await burst(pilot, "1", "enter", ("resize", 120, 36), "n")
        assert pilot.app.screen is not before
        before.update()


async def test_the_worker_of_a_screen_that_was_left_knows_when_the_last_key_came() -> None:
    async with opened("learn") as pilot:
        worker = pilot.app.screen.worker
        await burst(pilot, "n")
        assert worker._last_input() > 0


async def test_a_press_on_what_was_taken_away_does_nothing(monkeypatch: MonkeyPatch) -> None:
    async with opened("slide") as pilot:
        gone, here = Static("gone"), pilot.app.screen
        found = {"get_widget_at": Region(0, 0, 9, 9), "get_widget_and_offset_at": Offset(0, 0)}
        for name, place in found.items():
            monkeypatch.setattr(here, name, lambda x, y, place=place: (gone, place))
        await burst(pilot, ("down", 3, 3, 1))
        assert isinstance(pilot.app.screen, LessonScreen)


async def test_codes_in_a_pasted_text_never_reach_the_terminal() -> None:
    async with opened("write-conv2d") as pilot:
        await burst(pilot, "tab")
        editor = pilot.app.screen.query_one(Editor)
        assert editor.has_focus
        editor.load_text("a\x1b[31mb\u202e\n")
        await burst(pilot, "ctrl+home", ("paste", "\x1b]52;c;eA==\x07red\x9b7m\r\n\ttoo"))
        assert editor.text == "red\n\ttooab\n"


async def test_a_notice_whose_time_is_up_as_it_is_shown_goes_away() -> None:
    late = Notice("too late", timeout=-1)
    assert late.has_expired and late.time_left == LEAST
    async with opened("slide") as pilot:
        pilot.app.notify("gone already", timeout=1e-9)
        pilot.app.notify("there", timeout=60)
        await settle(pilot)
        said = [(type(one), one.message) for one in pilot.app._notifications]
        assert said == [(Notice, "there")]
