"""Steps that were left are given back, though Python looks for them less often."""

from __future__ import annotations

import gc
import weakref

from tests.tutor.reading import opened, press
from tutor import pauses


async def test_steps_that_were_left_are_given_back() -> None:
    async with opened("anywhere") as pilot:
        left = []
        for _ in range(3 * pauses.EVERY):
            left.append(weakref.ref(pilot.app.screen))
            await press(pilot, "n")
        there = [one for one in left if one() is not None]
        assert len(there) <= pauses.EVERY + 1


async def test_a_lesson_is_kept_once() -> None:
    async with opened("slide") as pilot:
        frozen = gc.get_freeze_count()
        assert frozen > 10_000
        await press(pilot, "h", "enter")
        assert gc.get_freeze_count() <= frozen
        assert gc.get_threshold() == pauses.THRESHOLDS
