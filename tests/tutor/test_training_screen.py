"""A film whose moments arrive: trained, watched, paused, scrubbed, bet on; by keys, as read."""

from __future__ import annotations

import re

import pytest
from textual.pilot import Pilot

from lessons.cnn.reader import BATCH, RATE, UPDATES, recording
from tests.tutor.reading import opened, press, settle, text
from tutor.screens.lesson import LessonScreen


def screen_of(pilot: Pilot[None]) -> LessonScreen:
    screen = pilot.app.screen
    assert isinstance(screen, LessonScreen)
    return screen


async def until_still(pilot: Pilot[None]) -> None:
    """Wait until the film has come to rest; how long that takes is the machine's affair."""
    for _ in range(3000):
        await pilot.pause(0.01)
        if not screen_of(pilot).session.moving:
            break
    await settle(pilot)
    assert not screen_of(pilot).session.moving


async def test_training_runs_beside_the_screen_to_its_end() -> None:
    async with opened("learn", (120, 36)) as pilot:
        assert f"1/{UPDATES + 1}" in text(pilot)
        await press(pilot, *["plus"] * 5, "space")
        await until_still(pilot)
        screen = text(pilot)
        assert f"{UPDATES + 1}/{UPDATES + 1}" in screen
        _, accuracy = recording(RATE, BATCH, "random", 0).curve("accuracy", UPDATES)
        assert f"test accuracy     {accuracy[-1]:.3f}" in screen
        assert accuracy[-1] >= 0.97


async def test_updates_go_by_one_forwards_and_back() -> None:
    async with opened("learn", (120, 36)) as pilot:
        losses = [losses_shown(pilot)]
        for _ in range(3):
            await press(pilot, "right")
            losses.append(losses_shown(pilot))
        assert len(set(losses)) == 4
        back = []
        for _ in range(3):
            await press(pilot, "left")
            back.append(losses_shown(pilot))
        assert back == losses[2::-1]
        session = screen_of(pilot).session
        run = session.figure.focus
        assert run is not None and losses[0] == f"{run.value:.3f}"


def losses_shown(pilot: Pilot[None]) -> str:
    found = re.search(r"loss of the batch (\d\.\d{3})", text(pilot))
    assert found
    return found[1]


async def test_another_view_keeps_the_place_and_another_rate_starts_anew() -> None:
    async with opened("learn", (120, 36)) as pilot:
        await press(pilot, "right", "right")
        assert f"  3/{UPDATES + 1}" in text(pilot)
        await press(pilot, "w")
        assert f"  3/{UPDATES + 1}" in text(pilot)
        assert "∂L/∂w" in text(pilot)
        await press(pilot, "l")
        assert f"  1/{UPDATES + 1}" in text(pilot)


async def test_who_compares_ends_gets_the_end_of_another_training() -> None:
    async with opened("narrow", lesson_id="autoencoder") as pilot:
        await until_still(pilot)
        assert "901/901" in text(pilot)
        await press(pilot, "c", "C")  # the second while the first is still on its way
        await until_still(pilot)
        screen = text(pilot)
        assert "901/901" in screen and "c code 8" in screen


async def test_pause_holds_the_moment_while_nothing_is_computed() -> None:
    async with opened("learn") as pilot:
        await press(pilot, "space")
        await pilot.pause(0.3)
        await press(pilot, "space")
        session = screen_of(pilot).session
        position, ready = session.position, session.film.ready
        await pilot.pause(0.3)
        assert (session.position, session.film.ready) == (position, ready)


async def test_a_bet_on_a_run_waits_for_it_and_is_settled_by_it() -> None:
    recording.cache_clear()
    async with opened("learn", (120, 36), bets=True) as pilot:
        await press(pilot, "9", "7", "enter")
        screen = screen_of(pilot)
        assert screen.bet and screen.bet.waiting
        assert f"settled at moment {UPDATES + 1}" in text(pilot)
        await press(pilot, "l")
        assert "Your bet is on this run" in text(pilot)
        await press(pilot, *["plus"] * 5)
        await until_still(pilot)
        assert screen.bet.outcome is not None
        assert "You said 97" in text(pilot)
        assert screen.tutor.state.prediction("cnn", "learn", "accuracy-at-end")


async def test_leaving_in_the_middle_of_a_training_ends_it() -> None:
    async with opened("learn") as pilot:
        await press(pilot, "space")
        await pilot.pause(0.1)
        worker = screen_of(pilot).worker
        await press(pilot, "n")
        for _ in range(100):
            await pilot.pause(0.01)
            if worker._thread is None or not worker._thread.is_alive():
                break
        assert worker._thread is None or not worker._thread.is_alive()


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_digit_is_drawn_by_keys(size: tuple[int, int]) -> None:
    async with opened("own-digit", size) as pilot:
        session = screen_of(pilot).session
        before = session.figure
        await press(pilot, "tab")
        assert "space, 0 to 9 draw" in text(pilot)
        value = float(session.settings["ink"][0][0]) if session.settings["ink"] else 0.0
        await press(pilot, "space")
        ink = session.settings["ink"]
        assert len(ink) == 8 and ink[0][0] == (0.0 if value >= 0.5 else 1.0)
        await press(pilot, "right", "5")
        assert session.settings["ink"][0][1] == 5 / 9
        await press(pilot, "escape")
        assert session.figure is not before
        await press(pilot, "d")
        assert session.settings["ink"] == ()


async def test_a_path_is_typed_and_what_is_no_picture_is_said() -> None:
    async with opened("slide") as pilot:
        await press(pilot, "o")
        await press(pilot, *"/no/such")
        assert "/no/such" in text(pilot)
        await press(pilot, "enter")
        assert "no such file" in " ".join(text(pilot).split()).lower()
        await press(pilot, "escape")
        assert "▸ /no/such" not in text(pilot)
        await press(pilot, "right")
        assert screen_of(pilot).session.settings["image"] == ""
