"""The home screen: the course as a map."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from lessons.catalog import lesson, lessons
from lessons.kit.glossary import glossary
from tests.tutor.reading import SIZES, lines, opened, press, settle, text
from tutor.app import TutorApp
from tutor.screens.home import HomeScreen
from tutor.screens.terms import TermList

STEPS = len(lesson("cnn").steps)


async def preview_made(pilot: Pilot[None]) -> None:
    """Wait until the thread that makes the picture beside the map has shown it."""
    await pilot.app.workers.wait_for_complete()
    await settle(pilot)


async def test_every_lesson_and_step_is_on_the_map() -> None:
    async with opened(None, (100, 100)) as pilot:
        for one in lessons():
            assert one.title in text(pilot)
            assert f"0/{len(one.steps)}" in text(pilot)
            await press(pilot, "right")
            for step in one.steps:
                assert step.title in text(pilot)
            await press(pilot, "left", "down")


@pytest.mark.parametrize("size", SIZES)
async def test_the_whole_course_is_seen_at_once(size: tuple[int, int]) -> None:
    async with opened(None, size) as pilot:
        for _ in lessons():
            assert any("▸" in line for line in lines(pilot))
            await press(pilot, "down")
        if size[1] >= 24:
            assert all(one.title[:20] in text(pilot) for one in lessons())


def test_the_ids_of_steps_are_read_from_their_headings_as_the_steps_have_them() -> None:
    for one in lessons():
        assert one.step_ids == tuple(step.id for step in one.steps)
        assert tuple(one.step_titles.values()) == tuple(step.title for step in one.steps)


async def test_arrows_select_and_enter_opens() -> None:
    async with opened(None) as pilot:
        await press(pilot, "right", "down", "j", "k", "enter")
        assert f"2 of {STEPS} · Neighbours mean something" in lines(pilot)[0]


async def test_a_wide_home_shows_the_selected_step_s_picture() -> None:
    async with opened(None, (120, 36)) as pilot:
        await pilot.pause(0.2)
        await press(pilot, "right", "down", "down", "down")
        await preview_made(pilot)
        assert "running sum" in text(pilot)
        cost = lesson("cnn").step_ids.index("cost")
        await press(pilot, *["down"] * (cost - 3))
        await preview_made(pilot)
        assert "multiply-adds" in text(pilot)


async def test_the_picture_beside_the_map_gives_no_open_bet_away() -> None:
    async with opened(None, (120, 36)) as pilot:
        await pilot.pause(0.2)
        await preview_made(pilot)
        assert "529 984" in text(pilot)
    async with opened(None, (120, 36), bets=True) as pilot:
        await pilot.pause(0.2)
        await preview_made(pilot)
        assert any("dense" in line and "?" in line for line in lines(pilot))
        assert "529 984" not in text(pilot)
        await press(pilot, "right", "down", "enter", "b", "1", "enter", "h")
        await preview_made(pilot)
        await press(pilot, "up")
        await preview_made(pilot)
        assert "529 984" in text(pilot)


async def test_the_palette_finds_steps() -> None:
    async with opened(None) as pilot:
        await press(pilot, "colon", *"what the floor")
        await pilot.pause(0.5)
        await press(pilot, "down", "enter")
        assert "What the floor drops" in lines(pilot)[0]


async def test_the_palette_finds_terms() -> None:
    async with opened(None) as pilot:
        await press(pilot, "colon", *"term: dilation")
        await pilot.pause(0.5)
        await press(pilot, "down", "enter")
        assert "terms" in lines(pilot)[0]
        assert any("▸" in line and "dilation" in line for line in lines(pilot))


async def test_terms_of_one_name_say_which_lesson_has_them() -> None:
    async with opened(None, (80, 150)) as pilot:
        await press(pilot, "t")
        named = [line.split() for line in lines(pilot) if line.split()[:1] == ["softmax"]]
        assert len(named) == 2 and all(words[1] == "in" for words in named)
        assert named[0] != named[1]
        assert ["Adam"] in [line.split()[1:] for line in lines(pilot) if "▸" in line]


async def test_each_of_two_terms_of_one_name_is_found() -> None:
    terms = [term for one in lessons() for term in glossary(one.id)]
    twice = [term for term in terms if sum(one.name == term.name for one in terms) > 1]
    assert twice
    async with opened(None) as pilot:
        app = pilot.app
        assert isinstance(app, TutorApp)
        commands = list(app.get_system_commands(app.screen))
        for term in twice:
            (command,) = (one for one in commands if one.help == term.says)
            command.callback()
            await settle(pilot)
            assert app.screen.query_one(TermList).here == term


async def test_the_map_is_there_when_it_is_wanted_first_from_a_step() -> None:
    step = lesson("lstm").step_ids[1]
    async with opened(step, lesson_id="lstm") as pilot:
        assert not any(isinstance(one, HomeScreen) for one in pilot.app.screen_stack)
        await press(pilot, "h")
        assert any("▸" in line and "lstm" in line for line in lines(pilot))
        home = pilot.app.screen
        await press(pilot, "enter", "h")
        assert pilot.app.screen is home
        await press(pilot, "t", "h")
        assert pilot.app.screen is home and len(pilot.app.screen_stack) == 2
