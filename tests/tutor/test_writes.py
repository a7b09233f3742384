"""What the application writes to the terminal: little, nowhere else, and never a stale cell."""

from __future__ import annotations

import asyncio
import random
import statistics
from itertools import pairwise

import pytest
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate
from textual.strip import Strip

from tests.tutor.recorded import Terminal, shown
from tutor.screens.lesson import LessonScreen
from tutor.widgets.canvas import NEAR, Canvas
from tutor.widgets.compositor import TightUpdate

WIDE = (120, 36)
SMALL = (80, 24)
MOST_BYTES_A_STEP = 1536


@pytest.fixture(autouse=True)
def no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pressing a key waits for what it causes, as `settle` does, and not for some time."""

    async def turn(*_: float) -> None:
        await asyncio.sleep(0)

    monkeypatch.setattr("textual.app.wait_for_idle", turn)
    monkeypatch.setattr("textual.pilot.wait_for_idle", turn)


@pytest.fixture(autouse=True)
def truecolor(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of many colours, whatever the tests run in."""
    for name in ("NO_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


# Little ---------------------------------------------------------------------------------------


async def test_idle_writes_nothing_and_no_timer_runs() -> None:
    async with shown(WIDE) as one:
        for _ in range(20):
            await one.settle()
            await asyncio.sleep(0)
        assert one.driver.take() == ""
        assert one.running_timers() == []


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_a_step_writes_little(size: tuple[int, int]) -> None:
    async with shown(size) as one:
        await one.bet()
        await one.press("home")
        sizes = [len((await one.press("right")).encode()) for _ in range(30)]
        assert one.lesson.session is not None and one.lesson.session.position == 30
        assert min(sizes) > 0
        assert statistics.median(sizes) <= MOST_BYTES_A_STEP, sizes


@pytest.mark.parametrize(
    ("step", "answer", "size"), [("unrolled", "1", SMALL), ("backwards", "0", WIDE)]
)
async def test_forty_time_steps_either_way_write_little(
    step: str, answer: str, size: tuple[int, int]
) -> None:
    async with shown(size, step, "rnn") as one:
        await one.press(answer, "enter")
        await one.press(*["k"] * 30)
        await one.press("home")
        sizes = [len((await one.press("right")).encode()) for _ in range(39)]
        assert one.lesson.session is not None and one.lesson.session.position == 39
        assert min(sizes) > 0
        assert max(sizes) <= MOST_BYTES_A_STEP, sizes


async def test_a_key_that_changes_nothing_writes_nothing() -> None:
    async with shown(WIDE) as one:
        await one.bet()
        await one.press("home")
        assert await one.press("home") == ""
        assert await one.press("left") == ""


# Nowhere else ---------------------------------------------------------------------------------


async def test_a_step_paints_changed_cells_only() -> None:
    async with shown(WIDE) as one:
        await one.bet()
        await one.press("home")
        for _ in range(30):
            before = one.terminal.cells()
            one.terminal.touched.clear()
            await one.press("right")
            after = one.terminal.cells()
            changed = {place for place in after if after[place] != before[place]}
            assert changed <= one.terminal.touched
            lone = one.terminal.touched - changed
            # Between two changes that are near one another it costs less to write through.
            needless = [place for place in lone if not between(place, changed)]
            assert needless == []


def between(place: tuple[int, int], changed: set[tuple[int, int]]) -> bool:
    """Whether a cell lies in a short gap between two changed ones."""
    y, x = place
    left = next((n for n in range(1, NEAR + 1) if (y, x - n) in changed), None)
    right = next((n for n in range(1, NEAR + 1) if (y, x + n) in changed), None)
    return left is not None and right is not None and left + right <= NEAR + 1


# Never a stale cell ---------------------------------------------------------------------------


@pytest.mark.parametrize("size", [WIDE, SMALL, (150, 50)])
async def test_no_stale_cell_after_steps_jumps_and_looks(size: tuple[int, int]) -> None:
    async with shown(size) as one:
        await one.assert_no_stale_cell()
        await one.bet()
        await one.assert_no_stale_cell()
        for _ in range(3):
            for keys in (
                ["home", *["right"] * 34],
                ["end", "left", "left", "left"],
                ["home", "right_square_bracket", "right_square_bracket", "left_square_bracket"],
            ):
                await one.press(*keys)
                await one.assert_no_stale_cell()
            await one.press("v")
            await one.assert_no_stale_cell()


async def test_no_stale_cell_after_resizes() -> None:
    async with shown(WIDE) as one:
        await one.bet()
        for size in (SMALL, (100, 40), (99, 24), (50, 12), (60, 18), (160, 50), WIDE):
            await one.resize(*size)
            await one.assert_no_stale_cell()
            await one.press(*["right"] * 5)
            await one.assert_no_stale_cell()


async def test_no_stale_cell_after_cursor_why_help_and_turning() -> None:
    async with shown(WIDE) as one:
        await one.bet()
        for keys in (
            ["tab", "down", "right"],
            ["enter", "down", "down"],
            ["enter", "backspace"],
            ["escape", "escape"],
            ["question_mark"],
            ["escape"],
            ["n"],
            ["n", "right", "right"],
            ["b", "b"],
            ["h"],
            ["down", "down", "up"],
            ["enter"],
        ):
            await one.press(*keys)
            await one.assert_no_stale_cell()


@pytest.mark.parametrize("seed", [1, 2])
async def test_no_stale_cell_after_keys_at_random(seed: int) -> None:
    rng = random.Random(seed)
    keys = (
        "right left up down home end tab shift+tab enter backspace escape v r plus minus n b 0 "
        "full_stop comma left_square_bracket right_square_bracket pagedown pageup k K f m s p d i"
    ).split()
    async with shown(rng.choice([WIDE, SMALL])) as one:
        for _ in range(12):
            pressed = rng.choices(keys, k=8)
            await one.press(*pressed)
            try:
                await one.assert_no_stale_cell()
            except AssertionError as error:
                raise AssertionError(f"after {pressed}: {error}") from None
            if not isinstance(one.app.screen, LessonScreen):
                await one.press("enter")


async def test_restyle_of_a_changed_theme_leaves_no_stale_cell() -> None:
    async with shown(WIDE) as one:
        await one.bet()
        one.app.theme = "tutor-light"
        await one.press("right")
        await one.assert_no_stale_cell()


async def test_canvases_hold_as_many_cells_as_they_have_room() -> None:
    async with shown(WIDE) as one:
        for canvas in one.lesson.query(Canvas):
            if canvas.size.area:
                assert len(canvas._cells) == canvas.size.height
                assert {len(row) for row in canvas._cells} == {canvas.size.width}


# The compositor's update ----------------------------------------------------------------------


def console() -> Console:
    made = Console(width=80, force_terminal=True, color_system="truecolor")
    assert made._color_system is ColorSystem.TRUECOLOR
    return made


def line_of(text: str, rng: random.Random) -> Strip:
    """A line whose letters are in runs of colours."""
    segments, rest = [], text
    while rest:
        length = rng.randint(1, 5)
        ink, page = f"rgb({rng.randrange(256)},49,39)", f"on rgb(39,{rng.randrange(256)},49)"
        colour = rng.choice(["", ink, page, f"{ink} {page}"])
        style = Style.parse(rng.choice(["", "bold ", "underline ", "reverse "]) + colour)
        segments.append(Segment(rest[:length], style))
        rest = rest[length:]
    return Strip(segments, len(text))


def painted(update: ChopsUpdate) -> Terminal:
    terminal = Terminal(80, 4)
    terminal.feed(update.render_segments(console()))
    return terminal


def test_tight_update_crops_on_the_left() -> None:
    strip = line_of("abcdefghijklmnopqrstuvwxyz" * 2, random.Random(0))
    chops, ends = [{0: strip}], [[52]]
    spans = [(0, 40, 43)]
    loose, tight = ChopsUpdate(chops, spans, ends), TightUpdate(chops, spans, ends)
    assert painted(loose).touched == {(0, x) for x in range(43)}
    assert painted(tight).touched == {(0, x) for x in (40, 41, 42)}
    assert len(tight.render_segments(console())) < len(loose.render_segments(console())) / 3


@pytest.mark.parametrize("seed", range(20))
def test_tight_update_paints_its_spans_as_textual_does(seed: int) -> None:
    rng = random.Random(seed)
    cuts = [sorted({0, 80, *rng.sample(range(1, 80), rng.randint(0, 3))}) for _ in range(4)]
    chops: list[dict[int, Strip | None]] = [
        {
            start: line_of("".join(rng.choices("abc xyz▀", k=end - start)), rng)
            for start, end in pairwise(line)
        }
        for line in cuts
    ]
    spans = []
    for y in range(4):
        edges = sorted(rng.sample(range(81), 4))
        spans += [(y, edges[0], edges[1]), (y, edges[2], edges[3])]
    ends = [line[1:] for line in cuts]
    loose = painted(ChopsUpdate(chops, spans, ends))
    tight = painted(TightUpdate(chops, spans, ends))
    inside = {(y, x) for y, first, last in spans for x in range(first, last)}
    assert tight.touched == inside
    assert {place: tight.cells()[place] for place in inside} == {
        place: loose.cells()[place] for place in inside
    }
