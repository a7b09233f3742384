"""An application that runs, with what it writes, and an emulated terminal that this arrives at."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pyte
from pyte.graphics import FG_AIXTERM, FG_ANSI, FG_BG_256
from pyte.screens import Char
from rich.color import Color, ColorSystem, ColorType
from rich.style import Style
from textual.drivers.headless_driver import HeadlessDriver
from textual.message_pump import MessagePump
from textual.pilot import Pilot

from tutor.app import TutorApp
from tutor.ascii import in_cells
from tutor.screens.lesson import LessonScreen

UNSUPPORTED = re.compile(r"\x1b\[[<>=][0-9;]*u")
"""Keyboard modes, which pyte would print."""

Cell = tuple[str, str, str, bool, bool, bool]


class Recorder(HeadlessDriver):
    """A driver that keeps what would go to the terminal."""

    written: list[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.written = []

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        self.written.append(data)

    def take(self) -> str:
        """What has been written since last asked."""
        data = "".join(self.written)
        self.written.clear()
        return data


class Terminal(pyte.Screen):
    """An emulated terminal that also knows which cells have been written to."""

    def __init__(self, columns: int, lines: int) -> None:
        super().__init__(columns, lines)
        self.touched: set[tuple[int, int]] = set()
        self.stream = pyte.Stream(self)

    def draw(self, data: str) -> None:
        start = self.cursor.x
        super().draw(data)
        self.touched |= {(self.cursor.y, x) for x in range(start, self.cursor.x)}

    def feed(self, data: str) -> None:
        self.stream.feed(UNSUPPORTED.sub("", data))

    def soil(self) -> None:
        """Fill every cell with rubbish, so that one that is not painted again is found."""
        for y in range(self.lines):
            for x in range(self.columns):
                self.buffer[y][x] = Char("#", fg="red", bg="green")

    def cells(self) -> dict[tuple[int, int], Cell]:
        """How every cell looks."""
        return {
            (y, x): look(self.buffer[y][x]) for y in range(self.lines) for x in range(self.columns)
        }


def look(cell: Char) -> Cell:
    """What an eye can tell of a cell: a blank has no colour of its own."""
    if cell.data == " " and not cell.underscore and not cell.reverse:
        return (" ", "", cell.bg, False, False, False)
    return (cell.data, cell.fg, cell.bg, cell.bold, cell.underscore, cell.reverse)


def look_of(text: str, style: Style | None, system: ColorSystem | None) -> Cell:
    """What an eye can tell of a character in a style, with the colours that the terminal has."""
    style = style or Style.null()
    fg, bg = (colour_name(colour, system) for colour in (style.color, style.bgcolor))
    flags = bool(style.bold), bool(style.underline), bool(style.reverse)
    return look(Char(text, fg, bg, bold=flags[0], underscore=flags[1], reverse=flags[2]))


def colour_name(colour: Color | None, system: ColorSystem | None) -> str:
    """A colour as pyte calls it."""
    if colour is None or system is None:
        return "default"
    colour = colour.downgrade(system)
    if colour.triplet is not None:
        return colour.triplet.hex.removeprefix("#")
    if colour.number is None:
        return "default"
    if colour.number < 16 and colour.type is ColorType.STANDARD:
        return (FG_ANSI | FG_AIXTERM)[colour.number + (30 if colour.number < 8 else 82)]
    return str(FG_BG_256[colour.number])


class Shown:
    """An application that runs, and the terminal that its writes arrive at."""

    def __init__(self, app: TutorApp, pilot: Pilot[None], columns: int, lines: int) -> None:
        self.app, self.pilot = app, pilot
        self.terminal = Terminal(columns, lines)

    @property
    def driver(self) -> Recorder:
        driver = self.app._driver
        assert isinstance(driver, Recorder)
        return driver

    @property
    def lesson(self) -> LessonScreen:
        screen = self.app.screen
        assert isinstance(screen, LessonScreen)
        return screen

    async def settle(self) -> None:
        """Wait until nothing is left to be handled or painted."""
        loop: Any = asyncio.get_running_loop()
        calm = 0
        while calm < 3:
            await asyncio.sleep(0.001 if self.running_timers() or self.working() else 0)
            if not loop._ready:
                self.app.screen._on_timer_update()
            calm = 0 if loop._ready or self.pending() else calm + 1

    def pending(self) -> bool:
        screen = self.app.screen
        return bool(
            screen._layout_required
            or screen._repaint_required
            or screen._scroll_required
            or screen._dirty_widgets
            or screen._callbacks
            or screen._compositor._dirty_regions
            or self.running_timers()
            or self.working()
            or any(pump.message_queue_size for pump in self.pumps())
        )

    def working(self) -> bool:
        """Whether a thread is at work for a screen."""
        return any(not worker.is_finished for worker in self.app.workers)

    def running_timers(self) -> list[str]:
        """Names of the timers that will go off."""
        return [
            timer.name
            for pump in self.pumps()
            for timer in pump._timers
            if timer._task is not None and timer._active.is_set()
        ]

    def pumps(self) -> Iterator[MessagePump]:
        yield self.app
        for screen in self.app.screen_stack:
            yield screen
            yield from screen.query("*")

    async def press(self, *keys: str) -> str:
        """Press keys one by one; what was written until all is painted, which is also fed."""
        written = ""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()
            written += self.driver.take()
        self.terminal.feed(written)
        return written

    async def bet(self) -> None:
        """Make the step's bet: before that its film does not move."""
        await self.press("0", "enter")

    async def resize(self, columns: int, lines: int) -> None:
        """Another size, on a terminal that is soiled, as some are after a resize."""
        self.terminal = Terminal(columns, lines)
        self.terminal.soil()
        self.driver._size = (columns, lines)
        await self.pilot.resize_terminal(columns, lines)
        await self.settle()
        self.terminal.feed(self.driver.take())

    async def drawn(self) -> dict[tuple[int, int], Cell]:
        """How every cell should look: everything drawn anew, without a terminal in between. Lines
        with wide characters, or with some that have no cell of their own, are left out."""
        for screen in self.app.screen_stack:
            for widget in screen.query("*"):
                widget._styles_cache.clear()
        self.app.restyle()
        self.app.refresh(repaint=True, layout=True)
        await self.settle()
        self.driver.take()
        system = self.app.console._color_system
        shown: dict[tuple[int, int], Cell] = {}
        for y, strip in enumerate(self.app.screen._compositor.render_strips()):
            spelled = in_cells if self.app.ascii_only else str
            if strip.cell_length != sum(len(segment.text) for segment in strip):
                continue
            styled = ((text, segment.style) for segment in strip for text in spelled(segment.text))
            shown |= {(y, x): look_of(*cell, system) for x, cell in enumerate(styled)}
        return shown

    async def assert_no_stale_cell(self) -> None:
        """The terminal shows what it would show if everything were painted anew."""
        before, wanted = self.terminal.cells(), await self.drawn()
        assert before.keys() >= wanted.keys()
        stale = [
            f"{place}: {before[place]} should be {cell}"
            for place, cell in wanted.items()
            if before[place] != cell
        ]
        assert not stale, f"{len(stale)} stale cells: {stale[:5]}"


@asynccontextmanager
async def shown(
    size: tuple[int, int], step: str = "slide", lesson_id: str = "cnn"
) -> AsyncIterator[Shown]:
    """The application at a step of a lesson, painted."""
    app = TutorApp((lesson_id, step))
    app.driver_class = Recorder
    async with app.run_test(headless=False, size=size) as pilot:
        one = Shown(app, pilot, *size)
        one.terminal.soil()
        await one.settle()
        one.terminal.feed(one.driver.take())
        yield one
