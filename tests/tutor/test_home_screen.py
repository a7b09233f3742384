"""The home screen: the course as a map."""

from __future__ import annotations

from lessons.catalog import lesson, lessons
from tests.tutor.reading import lines, opened, press, text

STEPS = len(lesson("cnn").steps)


async def test_every_lesson_and_step_is_on_the_map() -> None:
    async with opened(None, (100, 20 + sum(len(one.steps) for one in lessons()))) as pilot:
        screen = text(pilot)
        for one in lessons():
            assert one.title in screen
            for step in one.steps:
                assert step.title in screen


async def test_arrows_select_and_enter_opens() -> None:
    async with opened(None) as pilot:
        await press(pilot, "down", "j", "k", "enter")
        assert f"2 of {STEPS} · Neighbours mean something" in lines(pilot)[0]


async def test_a_wide_home_shows_the_selected_step_s_picture() -> None:
    async with opened(None, (120, 36)) as pilot:
        await pilot.pause(0.2)
        await press(pilot, "down", "down", "down")
        assert "running sum" in text(pilot)
        cost = lesson("cnn").step_ids.index("cost")
        await press(pilot, *["down"] * (cost - 3))
        assert "multiply-adds" in text(pilot)


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
