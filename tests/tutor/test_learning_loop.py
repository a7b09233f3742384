"""Predict, check, do, keep and review: the whole loop, driven by keys and read on the screen."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.events import Key
from textual.pilot import Pilot

from engine.notation import format_number
from lessons.catalog import lesson, templates
from lessons.cnn.predictions import PREDICTIONS
from lessons.kit.exercise import Exercise, exercises
from lessons.kit.question import judge
from tests.tutor.reading import lines, opened, press, settle, text
from tutor.app import TutorApp
from tutor.drawing.asking import unmarked
from tutor.progress.place import StateDirectory
from tutor.progress.session import Progress, open_progress
from tutor.screens.check import CheckScreen
from tutor.screens.code import CodeScreen
from tutor.screens.lesson import LessonScreen
from tutor.widgets.editor import Editor

STEPS = len(lesson("cnn").steps)
BETS = {one.id: one for one in PREDICTIONS}


@asynccontextmanager
async def sitting(
    folder: Path, step: str | None = None, *, clock: datetime | None = None, review: bool = False
) -> AsyncIterator[Pilot[None]]:
    """One sitting of a learner whose log is in a folder."""
    if clock is None:
        progress = open_progress(str(folder))
    else:
        progress = Progress(StateDirectory(folder), clock=lambda: clock)
    app = TutorApp(("cnn", step) if step else None, progress=progress, review=review)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        yield pilot


async def until(pilot: Pilot[None], words: str) -> None:
    """Wait until the words are on the screen."""
    for _ in range(400):
        if words in text(pilot):
            return
        await pilot.pause(0.05)
    raise AssertionError(f"{words!r} never came:\n{text(pilot)}")


async def playing(pilot: Pilot[None]) -> LessonScreen:
    """The screen of a step whose film has begun to play."""
    await press(pilot, "plus", "enter", "space")
    screen = pilot.app.screen
    assert isinstance(screen, LessonScreen)
    start = screen.session.position
    for _ in range(200):
        await pilot.pause(0.02)
        if screen.session.position > start:
            break
    return screen


async def test_the_film_waits_for_the_bet_and_plain_enter_skips_nothing() -> None:
    async with opened("slide", bets=True) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, LessonScreen)
        before = screen.session.position
        assert "Which sign will the next cell have?" in text(pilot)
        await press(pilot, "right", "space", "end", "enter")
        assert screen.session.position == before
        assert "Your bet first" in text(pilot)
        await press(pilot, "minus", "enter")
        assert screen.session.position == before + 1
        assert "You said −; it is +" in text(pilot)
        assert "wrong" not in text(pilot).lower()
        await press(pilot, "enter")
        truth, _ = BETS["next-sign"].truth(screen.session.settings, before)
        assert f"why {format_number(truth.value)}?" in text(pilot)
        assert truth.element.label in text(pilot)


@pytest.mark.parametrize("step", [one for one in lesson("cnn").steps if one.predict])
async def test_every_bet_can_be_made_and_its_truth_is_the_lab_s(step) -> None:
    prediction = BETS[step.predict.bet]
    settings = prediction.lab.settings(step.lab.settings)
    truth, moment = prediction.truth(settings, step.lab.at)
    async with opened(step.id, bets=True) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, LessonScreen) and screen.bet
        shown = prediction.kind.show(truth.value)
        if screen.bet.entry.options:
            number = screen.bet.entry.options.index(shown) + 1
            await press(pilot, str(number), "enter")
        else:
            names = {"−": "minus", ".": "full_stop", "+": "plus", "×": "x"}
            await press(pilot, *[names.get(one, one) for one in shown], "enter")
        assert screen.bet.outcome and screen.bet.outcome.exact, text(pilot)
        assert screen.session.position == moment.position
        assert "covered" not in text(pilot)


async def test_why_names_the_number_where_the_bet_was_on_another() -> None:
    async with opened("floor", bets=True) as pilot:
        await press(pilot, "1", "enter")
        assert "⏎ why out[0]?" in text(pilot)


async def test_why_asks_about_the_bet_only_while_the_lab_shows_it() -> None:
    async with opened("collapse", bets=True) as pilot:
        await press(pilot, "1", "enter")
        assert "Your bet: You said 1; it is 0: 1 less.   ⏎ why?" in text(pilot)
        await press(pilot, "u")
        shown = next(line.split()[-1] for line in lines(pilot) if "largest difference" in line)
        assert shown != "0.00" and "1 less.   ⏎ why?" not in text(pilot)
        await press(pilot, "enter")
        asked = next(line for line in lines(pilot) if line.startswith("  why "))
        assert float(asked.split()[1].rstrip("?")) == pytest.approx(float(shown), abs=0.005)


async def test_a_bet_that_stands_brings_what_is_to_do_now_into_view() -> None:
    async with opened("flip", bets=True) as pilot:
        assert "pgdn text" in lines(pilot)[-1] and "ignore the question?" not in text(pilot)
        await press(pilot, "1", "enter")
        assert "ignore the question?" in text(pilot)
        assert "pgup text  n next" in lines(pilot)[-1] and "pgdn" not in lines(pilot)[-1]


async def test_a_wrong_answer_is_told_its_own_mistake() -> None:
    async with opened("check-size") as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, CheckScreen)
        question = screen.questions.question
        mistake = question.mistakes[0]
        typed = question.kind.show(mistake.value)
        await press(pilot, *typed.replace("×", "x"), "enter")
        shown = " ".join(text(pilot).split())
        assert "✗" in shown and " ".join(mistake.message.split())[:40] in shown
        await press(pilot, "a", *question.answer.replace("×", "x"), "enter")
        assert "✓" in text(pilot)
        await press(pilot, "w")
        assert screen.questions.question.seed != question.seed


async def test_all_questions_right_makes_the_step_done(tmp_path: Path) -> None:
    async with sitting(tmp_path, "check-cells") as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, CheckScreen)
        for _ in screen.questions.templates:
            question = screen.questions.question
            answer = question.answer.replace("−", "-")
            names = {"-": "minus", ".": "full_stop", " ": "space", ",": "comma"}
            if screen.questions.entry.options:
                await press(pilot, str(screen.questions.entry.options.index(question.answer) + 1))
            else:
                await press(pilot, *[names.get(one, one) for one in answer])
            await press(pilot, "enter")
            assert screen.questions.judgement and screen.questions.judgement.right, text(pilot)
            await press(pilot, "enter")
        assert "Write it: convolution" in lines(pilot)[0]
    assert ("cnn", "check-cells") in open_progress(str(tmp_path)).state.done


async def test_code_is_judged_hinted_and_explained(tmp_path: Path) -> None:
    exercise = exercises("cnn")["conv2d"]
    async with sitting(tmp_path, "write-conv2d") as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, CodeScreen)
        await press(pilot, "ctrl+s")
        await until(pilot, "✗")
        assert "shape" in text(pilot)
        await press(pilot, "ctrl+t")
        assert "hint 1" in text(pilot)
        await press(pilot, "ctrl+r")
        assert "the reference" not in text(pilot)
        screen.query_one(Editor).load_text(exercise.solution)
        await press(pilot, "ctrl+s")
        await until(pilot, "✓")
        await press(pilot, "ctrl+r")
        assert screen.exercise.reference
    state = open_progress(str(tmp_path)).state
    assert state.exercise("cnn/conv2d").passed
    assert state.exercise("cnn/conv2d").draft == exercise.solution
    assert ("cnn", "write-conv2d") in state.done


async def test_a_draft_is_kept_as_it_is_typed(tmp_path: Path) -> None:
    async with sitting(tmp_path, "write-output-size") as pilot:
        await press(pilot, "enter", *"# mine")
        # No goodbye: what was typed is on disk already.
        drafts = open_progress(str(tmp_path)).state.exercise("cnn/output-size").draft
        assert drafts is not None and drafts.startswith("# mine")
    async with sitting(tmp_path, "write-output-size") as pilot:
        assert pilot.app.screen.query_one(Editor).text.startswith("# mine")


async def test_the_next_start_opens_the_same_step_with_the_same_settings(tmp_path: Path) -> None:
    async with sitting(tmp_path, "size") as pilot:
        await press(pilot, "8", "x", "8", "enter", "w", "d", "right", "right")
        left = pilot.app.screen
        assert isinstance(left, LessonScreen)
        settings, position = dict(left.session.settings), left.session.position
    async with sitting(tmp_path) as pilot:
        again = pilot.app.screen
        assert isinstance(again, LessonScreen)
        assert again.step.id == "size"
        assert (dict(again.session.settings), again.session.position) == (settings, position)
        assert "Your bet:" not in text(pilot)


async def test_reviews_come_back_when_they_are_due(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    async with sitting(tmp_path, "check-cells") as pilot:
        await press(pilot, "9", "9", "9", "enter")
        assert "✗" in text(pilot)
    later = now + timedelta(days=30)
    async with sitting(tmp_path, clock=later) as pilot:
        await press(pilot, "h")
        assert "1 question is due for review" in text(pilot)
        await press(pilot, "p")
        await settle(pilot)
        assert "review" in lines(pilot)[0] and "1 to go" in lines(pilot)[0]
        await press(pilot, "1", "enter", "enter")
        assert "due for review" not in text(pilot)


async def test_home_shows_what_is_done(tmp_path: Path) -> None:
    async with sitting(tmp_path, "slide") as pilot:
        await press(pilot, "plus", "enter", "h")
        assert f"1/{STEPS}" in text(pilot)
        assert "○○○●○" in text(pilot)
        await press(pilot, "right")
        row = next(line for line in lines(pilot) if "One output cell" in line)
        assert "●" in row and "▸" in row


async def test_terms_lead_to_the_step_that_teaches_them(tmp_path: Path) -> None:
    async with sitting(tmp_path) as pilot:
        await press(pilot, "t")
        assert "terms" in lines(pilot)[0]
        await press(pilot, "enter")
        assert re.search(r" · \d+ of \d+ · ", lines(pilot)[0])


def test_every_template_that_a_step_asks_is_judged_right_by_its_own_answer() -> None:
    for template in templates("cnn").values():
        question = template.question(3)
        assert judge(question, question.answer).right


async def test_keys_that_come_quickly_find_every_screen_ready(tmp_path: Path) -> None:
    async with sitting(tmp_path, "flip") as pilot:
        for key in ["n"] * 6 + ["b"] * 6 + ["n", "n", "x", "3", "enter", "b", "h"]:
            pilot.app.post_message(Key(key, key if len(key) == 1 else None))
        await settle(pilot)
        await press(pilot, "h")
        assert "dl-tutor" in lines(pilot)[0]


async def test_an_editor_that_is_not_there_is_told_and_the_screen_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "no-such-editor")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr(TutorApp, "suspend", lambda _: nullcontext())
    async with sitting(tmp_path, "write-conv2d") as pilot:
        await press(pilot, "ctrl+o")
        await until(pilot, "no-such-editor")
        await press(pilot, "n")
        assert "What a kernel answers to" in lines(pilot)[0]


async def test_saving_in_an_editor_gives_a_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    solution = tmp_path / "solution.py"
    solution.write_text(exercises("cnn")["conv2d"].solution, encoding="utf-8")
    monkeypatch.setenv("EDITOR", f"cp {solution}")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr(TutorApp, "suspend", lambda _: nullcontext())
    async with sitting(tmp_path / "log", "write-conv2d") as pilot:
        await press(pilot, "ctrl+o")
        await until(pilot, "✓")


async def test_a_window_too_small_for_a_while_leaves_the_writer_where_it_was(
    tmp_path: Path,
) -> None:
    async with sitting(tmp_path, "write-conv2d") as pilot:
        await press(pilot, "enter")
        for size in [(40, 10), (80, 24)]:
            await pilot.resize_terminal(*size)
            await settle(pilot)
        await press(pilot, "n", "n")
        assert "nn" in pilot.app.screen.query_one(Editor).text


@pytest.mark.parametrize("exercise", exercises("cnn").values(), ids=lambda one: one.id)
def test_hints_keep_the_stars_of_their_code(exercise: Exercise) -> None:
    for hint in exercise.hints:
        for code in hint.split("`")[1::2]:
            assert " ".join(code.split()) in unmarked(" ".join(hint.split()))


async def test_a_click_on_what_is_covered_or_unwritten_costs_nothing() -> None:
    async with opened("kernels", bets=True) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, LessonScreen)
        await pilot.click("#lab", offset=(60, 5))
        await settle(pilot)
        assert screen.session.cursor is None
    async with opened("products") as pilot:
        await press(pilot, "home")
        await pilot.click("#lab", offset=(60, 5))
        await settle(pilot)
        assert "Nine products" in lines(pilot)[0]


async def test_signs_that_look_like_digits_are_no_numbers() -> None:
    async with opened("check-kernels") as pilot:
        await press(pilot, "²", "①", "enter")
        assert "one number from 1 to" in text(pilot)


async def test_the_place_is_kept_while_a_film_plays(tmp_path: Path) -> None:
    async with sitting(tmp_path, "slide") as pilot:
        screen = await playing(pilot)
        await press(pilot, "n")
        left = screen.session.position
    assert open_progress(str(tmp_path)).state.place("cnn", "slide").position == left


async def test_the_last_step_says_that_it_is_the_last(tmp_path: Path) -> None:
    async with sitting(tmp_path, lesson("cnn").steps[-1].id) as pilot:
        await press(pilot, "n")
        await until(pilot, "last step")


async def test_leaving_at_a_check_goes_on_there_and_not_at_the_lab_before(tmp_path: Path) -> None:
    async with sitting(tmp_path, "neighbours") as pilot:
        await press(pilot, "1", "enter", "right", "n")
        assert "Check: why convolution" in lines(pilot)[0]
    async with sitting(tmp_path) as pilot:
        assert "Check: why convolution" in lines(pilot)[0]


async def test_leaving_while_a_film_plays_goes_on_where_it_was(tmp_path: Path) -> None:
    async with sitting(tmp_path, "slide") as pilot:
        screen = await playing(pilot)
        await press(pilot, "question_mark")
        pilot.app.exit()
        left = screen.session.position
    assert open_progress(str(tmp_path)).state.place("cnn", "slide").position == left
