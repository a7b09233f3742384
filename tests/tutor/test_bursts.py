"""Keys that come at once, as from a slow line: nothing waits between them."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from tests.monkey.moves import Move, send
from tests.tutor.reading import opened, settle, text
from tutor.app import TutorApp
from tutor.screens.lesson import LessonScreen
from tutor.screens.palette import Palette
from tutor.screens.terms import TermsScreen


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
