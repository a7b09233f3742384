"""The lesson screen, driven by keys and read as a learner reads it."""

from __future__ import annotations

import re

import numpy as np
import pytest

from engine.conv import conv2d
from engine.notation import fixed, format_number
from lessons.catalog import lesson
from lessons.cnn.kernels import kernel
from lessons.cnn.pictures import picture
from tests.tutor.reading import SIZES, lines, opened, press, settle, text
from tutor.screens.lesson import LessonScreen
from tutor.screens.step import closed_up, wrapped_lines
from tutor.widgets.lab_view import LabView

MAP = conv2d(picture("coffee"), kernel("sobel-x")[None, None])["y"][0]
START = 158
STEPS = len(lesson("cnn").steps)


def cell(position: int) -> str:
    i, j = divmod(position, MAP.shape[1])
    return f"y[0,{i},{j}] = {fixed(MAP[i, j])}"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("step", lesson("cnn").step_ids)
async def test_every_step_reads_at_every_size(step: str, size: tuple[int, int]) -> None:
    one = lesson("cnn").step(step)
    async with opened(step, size) as pilot:
        screen = text(pilot)
        assert one.title in screen
        first_words = " ".join(one.prose.split()[:4]).replace("*", "").replace("`", "")
        assert first_words in " ".join(screen.split()) or size[0] >= 100 or one.code
        assert "? keys" in lines(pilot)[-1]
        assert all(len(line) <= size[0] for line in lines(pilot))


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_step_on_and_back_writes_the_engine_s_numbers(size: tuple[int, int]) -> None:
    async with opened("slide", size) as pilot:
        assert cell(START) in text(pilot)
        await press(pilot, "right")
        assert cell(START + 1) in text(pilot)
        await press(pilot, "left", "left")
        assert cell(START - 1) in text(pilot)
        await press(pilot, "r")
        assert cell(START) in text(pilot)
        await press(pilot, "end")
        assert cell(MAP.size - 1) in text(pilot)
        assert "676/676" in text(pilot)
        await press(pilot, "home")
        assert cell(0) in text(pilot)


async def test_products_and_running_sums_are_all_on_screen() -> None:
    i, j = divmod(START, MAP.shape[1])
    window = picture("coffee")[0, i : i + 3, j : j + 3]
    products = kernel("sobel-x") * window
    async with opened("slide") as pilot:
        screen = text(pilot)
        for value in [*products.ravel(), *np.cumsum(products)]:
            assert fixed(float(value)) in screen


async def test_playing_moves_on_and_stops_at_the_end() -> None:
    async with opened("floor") as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, LessonScreen) and screen.session
        await press(pilot, "home", *["plus"] * 6, "space")
        for _ in range(200):
            await pilot.pause(0.02)
            if not screen.session.playing:
                break
        assert screen.session.at_end
        assert "16/16" in text(pilot)


async def test_controls_change_the_numbers_and_say_so() -> None:
    async with opened("size") as pilot:
        assert "− 1) / 2⌋ + 1 = 4" in text(pilot)
        await press(pilot, "S")
        assert "− 1) / 1⌋ + 1 = 8" in text(pilot)
        await press(pilot, "p")
        assert "− 1) / 1⌋ + 1 = 10" in text(pilot)
        assert "feature map 10×10" in text(pilot)
        await press(pilot, "x")
        assert "− 1) / 2⌋ + 1 = 4" in text(pilot)


async def test_settings_that_do_not_go_together_cost_nothing() -> None:
    async with opened("size") as pilot:
        await press(pilot, *["K"] * 9, *["W"] * 9, "d", "d", "k", "k", "k", "k", "k", "k")
        screen = pilot.app.screen
        assert isinstance(screen, LessonScreen) and screen.session
        assert "does not fit into" in text(pilot)
        before = dict(screen.session.settings)
        await press(pilot, "k")
        assert screen.session.settings == before
        await press(pilot, "P")
        assert "does not fit" not in text(pilot)


async def test_why_goes_down_to_a_pixel_and_back_up() -> None:
    i, j = divmod(START, MAP.shape[1])
    async with opened("slide", (120, 36)) as pilot:
        await press(pilot, "enter")
        assert f"why {format_number(float(MAP[i, j]))}?" in text(pilot)
        assert "y[f,i,j] = b[f] + Σ(c,u,v) w[f,c,u,v] · x[c,i+u,j+v]" in text(pilot)
        await press(pilot, "down", "right", "enter")
        assert f"x[0,{i},{j}] is the brightness of a pixel" in text(pilot)
        await press(pilot, "backspace")
        assert "y[f,i,j] =" in text(pilot)
        await press(pilot, "escape")
        assert "why" not in text(pilot).replace("⏎ why?", "")


async def test_every_panel_can_be_asked() -> None:
    async with opened("products", (120, 36)) as pilot:
        titles = []
        for _ in range(6):
            await press(pilot, "tab", "enter")
            screen = text(pilot)
            found = re.search(r"why \S+\?\s+(\S+)", screen)
            titles.append(found[1].split("[")[0] if found else None)
            await press(pilot, "escape")
        assert titles == ["x", "w", "product", "running_sum", "running_sum", "y"], titles


async def test_a_kernel_is_edited_by_typing() -> None:
    async with opened("own-kernel") as pilot:
        await press(pilot, "tab", "tab", "0", "right", "minus", "2", ".", "5", "enter")
        row = next(line for line in lines(pilot) if "−2.5" in line)
        assert re.search(r"0 ?‹? +−2\.5", row)
        screen = pilot.app.screen
        assert isinstance(screen, LessonScreen) and screen.session
        assert screen.session.settings["cells"][0] == (0.0, -2.5, 0.0)
        x = picture("coffee")[0]
        assert screen.session.film.at(0).focus is not None
        y = np.asarray(screen.session.film.at(0).focus.trace["y"][0])  # type: ignore[union-attr]
        np.testing.assert_allclose(y, -2.5 * x[:-2, 1:-1] + x[1:-1, 1:-1], atol=1e-12)


@pytest.mark.parametrize(("typed", "message"), [("--", "a cell takes"), ("999", "a cell takes")])
async def test_a_bad_number_gets_a_sentence_and_changes_nothing(typed: str, message: str) -> None:
    async with opened("own-kernel") as pilot:
        keys = ["minus" if character == "-" else character for character in typed]
        await press(pilot, "tab", "tab", *keys, "enter")
        assert message in text(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, LessonScreen) and screen.session
        assert screen.session.settings["cells"] == ()


async def test_views_of_the_same_pixels() -> None:
    async with opened("slide") as pilot:
        assert "▀" in text(pilot)
        await press(pilot, "v")
        assert "▀" not in text(pilot) and "@" in text(pilot)
        await press(pilot, "v")
        i, j = divmod(START, MAP.shape[1])
        assert f"[{fixed(float(picture('coffee')[0, i, j]))}" in text(pilot)
        await press(pilot, "v")
        assert "▀" in text(pilot)


async def test_next_back_and_home() -> None:
    async with opened("anywhere") as pilot:
        await press(pilot, "n")
        assert f"2 of {STEPS}" in lines(pilot)[0]
        await press(pilot, "b")
        assert f"1 of {STEPS}" in lines(pilot)[0]
        await press(pilot, "n", "h")
        assert "⏎ 2 · Neighbours mean something" in text(pilot)
        await press(pilot, "enter")
        assert f"2 of {STEPS}" in lines(pilot)[0]


async def test_a_resize_never_loses_the_place() -> None:
    async with opened("slide") as pilot:
        await press(pilot, "right", "right", "tab", "tab", "tab")
        for size in [(120, 36), (60, 18), (40, 10), (1, 1), (200, 60), (80, 24)]:
            await pilot.resize_terminal(*size)
            await settle(pilot)
            if size == (40, 10):
                assert "needs 60×18" in " ".join(text(pilot).split())
        assert cell(START + 2) in text(pilot)
        assert "product[0," in text(pilot)


async def test_keys_do_nothing_unseen_in_a_window_that_is_too_small() -> None:
    async with opened("slide", bets=True) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, LessonScreen) and screen.bet
        await pilot.resize_terminal(40, 10)
        await settle(pilot)
        await press(pilot, "plus", "enter", "n", "h", "colon")
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert pilot.app.screen is screen and screen.bet.open and not screen.bet.entry.answer
        await pilot.resize_terminal(40, 10)
        await settle(pilot)
        await press(pilot, "q")
        assert not pilot.app.is_running


async def test_keys_page_lists_every_key_of_the_line_at_the_bottom() -> None:
    async with opened("slide", (120, 36)) as pilot:
        does = "play|why\\?|next|back|rewind|home|view|quit"
        named = re.findall(rf"(\S+) (?:{does})", lines(pilot)[-1])
        await press(pilot, "question_mark")
        page = text(pilot)
        assert all(key in page for key in named) and len(named) == 8
        assert "find a step or command" in page
        await press(pilot, "escape")
        assert "keys" not in lines(pilot)[5]


@pytest.mark.parametrize("size", [(80, 24), (60, 18)])
async def test_the_page_of_keys_cuts_no_sentence_off(size: tuple[int, int]) -> None:
    async with opened("slide", size) as pilot:
        await press(pilot, "question_mark")
        first = text(pilot)
        await press(pilot, "end")
        assert "cursor to the panel before" in first and "…" not in first + text(pilot)
        assert ("↓ more" in first) == (size == (60, 18))
        assert "these keys" in first + text(pilot)
        await pilot.resize_terminal(120, 36)
        await settle(pilot)
        await press(pilot, "escape")
        assert "v view" in lines(pilot)[-1]


async def test_only_keys_that_do_something_are_named() -> None:
    async with opened(None) as pilot:
        assert "v view" not in lines(pilot)[-1]
        await press(pilot, "question_mark")
        assert "Focus" not in text(pilot) and "another view" not in text(pilot)
    async with opened("check-size") as pilot:
        assert "v view" not in lines(pilot)[-1]


async def test_only_ascii_where_only_ascii_is_wanted() -> None:
    for step in ("slide", "size", "cost"):
        async with opened(step, (120, 36), ascii_only=True) as pilot:
            await press(pilot, "enter")
            assert text(pilot).isascii()
            await press(pilot, "escape", "question_mark")
            assert text(pilot).replace("─", "").replace("│", "")  # the page opens


async def test_the_mouse_points_at_a_number() -> None:
    async with opened("slide", (120, 36)) as pilot:
        await pilot.click("#lab", offset=(0, 1))
        await settle(pilot)
        assert f"x[0,0,0] = {format_number(float(picture('coffee')[0, 0, 0]), 4)}" in text(pilot)


async def test_no_colour_leaves_every_number(monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened("slide") as pilot:
        coloured = text(pilot)
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened("slide") as pilot:
        assert "▀" not in text(pilot)
        numbers = set(re.findall(r"−?\d\.\d\d", coloured))
        assert numbers and numbers <= set(re.findall(r"−?\d\.\d\d", text(pilot)))
        screen = pilot.app.screen
        styles = [
            segment.style
            for strip in screen._compositor.render_strips(screen.size)
            for segment in strip
            if segment.style
        ]
        named = {
            part.name
            for style in styles
            for part in (style.color, style.bgcolor)
            if part is not None
        }
        assert named <= {"default"}


async def test_the_line_of_keys_says_what_the_arrows_do_now() -> None:
    async with opened("slide") as pilot:
        assert "←→ step" in lines(pilot)[-1]
        await press(pilot, "tab")
        assert "←→ move" in lines(pilot)[-1]
        await press(pilot, "enter")
        assert "←→ pick" in lines(pilot)[-1]
        await press(pilot, "escape", "escape")
        assert "←→ step" in lines(pilot)[-1]


async def test_why_of_a_maximum_picks_what_was_taken() -> None:
    async with opened("pooling") as pilot:
        await press(pilot, "enter")
        (taken,) = (line for line in lines(pilot) if "▸" in line)
        assert "not taken" not in taken and "1.25" in taken
        assert any("not taken" in line for line in lines(pilot))


@pytest.mark.parametrize(
    ("lesson_id", "step"),
    [("cnn", "slide"), ("cnn", "cost"), ("entropy", "surprise"), ("descent", "seconds")],
)
async def test_a_text_is_seen_whole_in_24_lines(lesson_id: str, step: str) -> None:
    async with opened(step, (80, 24), lesson_id=lesson_id, bets=True) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, LessonScreen) and screen.closed_up
        assert screen.query_one("#text").max_scroll_y == 0
        figure = screen.session.film.at(screen.session.position)
        page = screen.query_one(LabView)._page
        shown = {spot.panel.key for spot in page.placed} if page else set()
        assert shown == {panel.key for panel in figure.panels}
        await pilot.resize_terminal(120, 36)
        await settle(pilot)
        assert not screen.closed_up


def test_paragraphs_close_up_and_what_is_none_stays_apart() -> None:
    text = "One\nline.\n\n**Two**.\n\n- a list\n\nThree.\n\n    code\n\nFour.\n\nFive."
    close = "One\nline.  \n**Two**.\n\n- a list\n\nThree.\n\n    code\n\nFour.  \nFive."
    assert closed_up(text) == close
    assert wrapped_lines(text, 40) == 13 and wrapped_lines(close, 40) == 11
