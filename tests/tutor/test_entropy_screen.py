"""The lesson on entropy by its keys: a fair coin, the questions game, every step at every size."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from lessons.catalog import lesson
from lessons.entropy.guess import LETTERS
from lessons.entropy.samples import FAIR, PRESETS
from tests.tutor.reading import SIZES, lines, opened, press, text
from tutor.lab_session import LabSession
from tutor.screens.lesson import LessonScreen


def session_of(pilot: Pilot[None]) -> LabSession:
    screen = pilot.app.screen
    assert isinstance(screen, LessonScreen) and screen.session
    return screen.session


async def test_a_fair_coin_of_anything_in_three_keys_at_most() -> None:
    edited = [(0.3, 0.3, 0.4), (1.0, 0.0), (0.0625,) * 15 + (0.0625,), (0.123, 0.877)]
    async with opened("samples", lesson_id="entropy") as pilot:
        session = session_of(pilot)
        for start in [*PRESETS, *edited]:
            session.set("p", start)
            await press(pilot)
            place = PRESETS.index(start) if start in PRESETS else len(PRESETS) - 1
            keys = ["P"] * place if place <= 3 else ["p"] * (len(PRESETS) - place)
            assert len(keys) <= 3
            await press(pilot, *keys)
            assert session.settings["p"] == FAIR
        assert "0.500" in text(pilot) and "1.0000 bits" in text(pilot)


async def test_bars_are_moved_by_the_arrows_and_stay_a_distribution() -> None:
    async with opened("samples", lesson_id="entropy") as pilot:
        session = session_of(pilot)
        await press(pilot, "tab", *["up"] * 3, "right", "right")
        assert session.settings["p"] == pytest.approx((0.6, 0.2, 0.2), abs=1e-12)
        await press(pilot, "down", "0", ".", "9", "enter")
        assert session.settings["p"] == pytest.approx((0.075, 0.9, 0.025), abs=1e-12)


async def test_the_game_is_played_with_space_and_full_stop() -> None:
    async with opened("guess", lesson_id="entropy") as pilot:
        session = session_of(pilot)
        await press(pilot, "tab", *["left"] * 6, "space", "right", "space", "right", "space")
        assert session.settings["plan"][0] == (1, 1, 1, 0, 0, 0)
        assert "question 1 is worth" in text(pilot)
        await press(pilot, "full_stop")
        assert session.position == 1
        left = LETTERS[:3] if "yes" in text(pilot) else LETTERS[3:]
        assert all(any(f"▸{letter}" in line for line in lines(pilot)) for letter in left)
        for row in range(1, 4):
            await press(pilot, "down", *["left"] * 6)
            for n in (0, 3) if row == 1 else (1, 4):
                await press(pilot, *["left"] * 6, *["right"] * n, "space")
            await press(pilot, "full_stop")
            if "It is" in text(pilot):
                break
        assert "It is" in text(pilot) and "bits used" in text(pilot)


async def test_every_step_reads_where_room_is_shortest() -> None:
    size = SIZES[0]
    async with opened(lesson("entropy").step_ids[0], size, lesson_id="entropy") as pilot:
        for one in lesson("entropy").steps:
            assert one.title in text(pilot)
            assert all(len(line) <= size[0] for line in lines(pilot))
            assert "? keys" in lines(pilot)[-1]
            await press(pilot, "n")
