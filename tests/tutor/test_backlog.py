"""The backlog of a line is known by the answers of its terminal: held back, in pieces, given up."""

from __future__ import annotations

import asyncio
import math
import re

import pytest

from tests.tutor.recorded import Shown, shown
from tutor.line_app import LineApp
from tutor.widgets.backlog import AT_MOST, LARGE, PATIENCE, SLACK, TRIES, Backlog

WIDE = (120, 36)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class FarTerminal:
    """A terminal at the far end of a line, and the backlog that the near end keeps of it."""

    def __init__(self, rate: float, round_trip: float) -> None:
        self.clock = Clock()
        self.backlog = Backlog(self.clock)
        self.rate, self.round_trip = rate, round_trip
        self.free = 0.0
        self.answers: list[tuple[float, int]] = []

    def write(self, count: int) -> None:
        """Write so many bytes, and ask."""
        self.free = max(self.free, self.clock.now) + count / self.rate
        if question := self.backlog.question(80, 24, count):
            self.answers.append((self.free + self.round_trip, column_of(question)))

    def wait(self, seconds: float) -> None:
        """Let time go by, with the answers that come."""
        until = self.clock.now + seconds
        while self.answers and self.answers[0][0] <= until:
            self.clock.now, column = self.answers.pop(0)
            self.backlog.answered(column)
        self.clock.now = until


def column_of(question: str) -> int:
    found = re.fullmatch(r"\x1b7\x1b\[24;(\d+)H\x1b\[6n\x1b8", question)
    assert found
    return int(found[1])


def known(rate: float, round_trip: float = 0.02) -> FarTerminal:
    """A terminal whose line is known by a few large frames."""
    far = FarTerminal(rate, round_trip)
    for _ in range(TRIES):
        far.write(0)
        far.wait(1)
    for _ in range(3):
        far.write(4000)
        far.wait(10)
    return far


def test_a_line_is_behind_until_its_terminal_has_answered() -> None:
    far = known(32_000)
    assert not far.backlog.behind
    far.write(16_000)
    assert far.backlog.behind
    far.wait(0.4)
    assert far.backlog.behind
    far.wait(0.2)
    assert not far.backlog.behind


@pytest.mark.parametrize("rate", [8_000, 32_000, 125_000])
def test_a_piece_is_what_the_line_carries_in_half_of_the_time_that_a_key_may_wait(
    rate: float,
) -> None:
    assert known(rate).backlog.piece == pytest.approx(max(LARGE, rate * SLACK / 2), rel=0.01)


def test_a_fast_line_takes_frames_whole() -> None:
    assert Backlog().piece == math.inf
    assert known(10_000_000, 0.0005).backlog.piece > 40_000


def test_a_long_way_is_no_slow_line() -> None:
    far = known(1_000_000, 0.3)
    far.write(1000)
    far.wait(0.1)
    far.write(1000)
    assert not far.backlog.behind


@pytest.mark.parametrize("rate", [16_000, 32_000, 125_000])
@pytest.mark.parametrize("round_trip", [0.02, 0.3])
def test_a_key_waits_for_little_however_long_the_way_is(rate: float, round_trip: float) -> None:
    far = known(rate, round_trip)
    written, most = 0.0, 0.0
    for _ in range(500):
        if not far.backlog.behind:
            far.write(int(far.backlog.piece))
            written += far.backlog.piece
        most = max(most, far.free - far.clock.now)
        far.wait(0.004)
    assert most < 1.2 * SLACK
    assert written > 0.9 * 2 * rate  # and the line is made use of


def test_one_late_answer_of_a_busy_machine_changes_nothing() -> None:
    far = known(1_000_000)
    before = far.backlog.piece
    question = far.backlog.question(80, 24, 1000)
    far.clock.now += 0.2
    far.backlog.answered(column_of(question))
    assert far.backlog.piece == pytest.approx(before)


def test_a_terminal_that_never_answers_is_not_asked_for_ever_and_never_waited_for() -> None:
    backlog = Backlog(Clock())
    asked = [backlog.question(80, 24, 500) for _ in range(TRIES + 2)]
    assert [bool(one) for one in asked] == [True] * TRIES + [False] * 2
    assert not backlog.behind and not backlog.waits


def test_a_terminal_whose_first_answers_come_late_is_asked_on() -> None:
    far = FarTerminal(32_000, 0.02)
    for _ in range(TRIES + 1):
        far.write(5000)
    assert len(far.answers) == TRIES
    far.wait(1)
    far.write(16_000)
    assert far.backlog.behind


def test_a_terminal_that_answers_no_more_is_given_up() -> None:
    far = known(32_000)
    far.backlog.question(80, 24, 30_000)
    far.clock.now += PATIENCE - 0.1
    assert far.backlog.behind
    far.clock.now += 0.2
    assert not far.backlog.behind
    assert not far.backlog.waits


def test_an_answer_to_nothing_that_was_asked_is_ignored() -> None:
    backlog = Backlog(Clock())
    backlog.answered(7)
    assert backlog.question(80, 24, 0).endswith("\x1b[6n\x1b8")
    backlog.answered(80)
    assert backlog._asked


@pytest.mark.parametrize("size", [(19, 24), (80, 1)])
def test_a_screen_without_room_for_the_question_is_not_asked(size: tuple[int, int]) -> None:
    assert Backlog().question(*size, 100) == ""


async def test_leaving_waits_for_the_answer_but_not_for_long() -> None:
    far = known(32_000)
    far.backlog.close()
    assert far.backlog.question(80, 24, 100) == ""
    far.backlog._asked.extend(known(32_000).backlog._asked)
    await far.backlog.answers()  # nothing is on its way
    other = known(32_000)
    other.write(100)
    waiting = asyncio.create_task(other.backlog.answers())
    await asyncio.sleep(0)
    assert not waiting.done()
    other.wait(AT_MOST)
    await waiting
    assert not other.backlog.waits


# On the screen --------------------------------------------------------------------------------


async def slow(one: Shown, piece: float) -> None:
    """Let the line be one that carries so many bytes at once."""
    one.app.backlog._rates.append(piece * 2 / SLACK)
    assert one.app.backlog.piece == pytest.approx(piece)


async def test_a_large_frame_goes_in_pieces_and_ends_as_it_would_whole() -> None:
    async with shown(WIDE) as one:
        await one.bet()
        await slow(one, 500)
        sizes: list[int] = []
        sent = one.app.page.sent
        one.app.page.sent = lambda text: sizes.append(len(text)) or sent(text)  # type: ignore
        await one.press("v")  # every pixel changes
        assert sum(sizes) > 4000 and max(sizes) < 2500
        assert not one.app.page.late
        await one.assert_no_stale_cell()


async def painted(one: Shown) -> str:
    """What is written when the timer goes off once, after all has been handled."""
    screen = one.lesson
    while not (screen._dirty_widgets or screen._layout_required or screen._repaint_required):
        await asyncio.sleep(0)
    one.driver.take()
    screen._on_timer_update()
    return one.driver.take()


async def test_what_a_key_changes_goes_before_the_rest_of_a_large_frame() -> None:
    async with shown(WIDE) as one:
        await one.bet()
        await slow(one, 500)
        timer = one.lesson._update_timer
        timer.pause()
        timer.resume = lambda: None  # type: ignore[method-assign]
        one.app.action_look()
        await painted(one)
        late = len(one.app.page.late)
        assert late > 5
        one.lesson.action_faster(1)
        bar = await painted(one)
        assert f"\x1b[{WIDE[1] - 1};" in bar and len(bar) < 500
        assert len(one.app.page.late) >= late


async def test_nothing_is_painted_while_the_terminal_is_behind() -> None:
    async with shown(WIDE) as one:
        await one.bet()
        await one.press("home")
        far = known(32_000)
        far.write(16_000)
        one.app.backlog = far.backlog
        screen = one.lesson
        for _ in range(3):
            screen.action_step(1)
            await asyncio.sleep(0)
            screen._on_timer_update()
        assert one.driver.take() == ""
        far.wait(1)
        await one.settle()
        one.terminal.feed(one.driver.take())
        assert screen.session.position == 3
        await one.assert_no_stale_cell()


async def test_a_page_that_is_turned_while_the_terminal_is_behind_comes_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    behind = [False]
    monkeypatch.setattr(LineApp, "writing", property(lambda _: behind[0]))
    async with shown(WIDE) as one:
        behind[0] = True
        one.app.open_step("cnn", "cost")
        await asyncio.sleep(0.2)
        assert "multiply-adds" not in one.driver.take() and not one.lesson.was_seen
        behind[0] = False
        await one.settle()
        one.terminal.feed(one.driver.take())
        assert one.lesson.was_seen
        await one.assert_no_stale_cell()
