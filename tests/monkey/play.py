"""A run: the application in a cage, the moves that it gets, and what went wrong."""

from __future__ import annotations

import asyncio
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from tests.monkey.cage import Cage, cage
from tests.monkey.guide import STEPS, next_moves
from tests.monkey.holds import Watched, assert_holds
from tests.monkey.moves import MOUSE, Move, Turn
from tests.tutor.recorded import Recorder
from tutor.app import TutorApp
from tutor.preferences.store import Store
from tutor.progress.session import open_progress
from tutor.widgets.budget import ByteBudget

ROOT = Path(__file__).resolve().parents[2]
STAY = 30
"""Moves in one step on average, before the monkey is put into another."""
LOOK_EVERY, LOOK_FOR = 24, 4
"""Of so many turns so many are followed on an emulated terminal."""
PRESSES = frozenset({"key", *MOUSE, "paste"})
LONGEST = 120.0
"""Seconds of work that one turn may take: whatever takes longer hangs."""


@dataclass(frozen=True)
class Start:
    """How the application is started; the first line of what is kept of a run."""

    where: tuple[str, str] | None = None
    size: tuple[int, int] = (80, 24)
    ascii_only: bool = False
    light: bool = False
    environment: tuple[tuple[str, str], ...] = ()

    def move(self) -> Move:
        """The start as a line of the moves."""
        return ("start", self.where, self.size, self.ascii_only, self.light, self.environment)

    @classmethod
    def read(cls, move: Move) -> Start:
        _, where, size, ascii_only, light, environment = move
        return cls(
            where and tuple(where), tuple(size), ascii_only, light, tuple(map(tuple, environment))
        )

    @classmethod
    def drawn(cls, random: Random) -> Start:
        environment = random.choice(
            ((), (), (), (("NO_COLOR", "1"),), (("TERM", "xterm"), ("COLORTERM", "")))
        )
        return cls(
            random.choice(STEPS),
            random.choice(((80, 24), (120, 36), (60, 18), (200, 60))),
            random.random() < 0.2,
            random.random() < 0.2,
            environment,
        )


@dataclass
class Run:
    """What was sent, and how it ended."""

    start: Start
    turns: list[Turn] = field(default_factory=list)
    error: BaseException | None = None
    signature: str = ""
    """What went wrong where, to tell one fault from another; empty when nothing did."""
    slow: list[tuple[float, Move, str]] = field(default_factory=list)
    """Turns that took longer than half a second, with the step they were in."""

    presses: int = 0
    """Keys, mouse events and pastes."""

    def add(self, turn: Turn) -> None:
        """Note what is sent."""
        self.turns.append(turn)
        self.presses += sum(
            len(move[1]) if move[0] == "keys" else move[0] in PRESSES for move in turn
        )


def signature(error: BaseException) -> str:
    """The kind of an error, the function it comes from, and the last of this repository's that it
    went through."""
    frames = [
        one
        for one in traceback.extract_tb(error.__traceback__)
        if Path(one.filename).parent != Path(__file__).parent
    ]
    ours = [one for one in frames if one.filename.startswith(str(ROOT))]
    names = dict.fromkeys(
        f"{Path(one.filename).name}:{one.name}" for one in ours[-1:] + frames[-1:]
    )
    return " in ".join([type(error).__name__, *names])


Next = Callable[[TutorApp], Turn | None]
"""Gives the moves that are to be sent next; None when there are none."""


def wander(start: Start, seed: int, presses: int) -> Run:
    """Let a monkey play for so many presses."""
    random = Random(seed)
    run = Run(start)
    steps = list(STEPS)
    random.shuffle(steps)

    def following(app: TutorApp) -> Turn | None:
        if run.presses >= presses:
            return None
        if random.random() < 1 / STAY:
            steps.append(steps.pop(0))
            return [("open", *steps[-1])]
        return next_moves(app, random)

    return played(run, following)


def replay(start: Start, turns: Iterable[Turn]) -> Run:
    """Send given moves, each turn when what the one before caused has been handled."""
    rest = iter(turns)

    def following(app: TutorApp) -> Turn | None:
        return next(rest, None)

    return played(Run(start), following)


def played(run: Run, following: Next) -> Run:
    """Play until there are no more moves, or something goes wrong."""
    with cage(**dict(run.start.environment)) as one, background() as faults:
        try:
            where = run.start.where
            while asyncio.run(sitting(run, where, following, faults, one)):
                where = None  # it was left: the next start goes on where it was
            faults.raise_first()
            left = one.left_behind()
            assert not left, f"written where it must not: {left[:5]}"
        except (Exception, asyncio.CancelledError) as error:
            run.error, run.signature = error, signature(error)
    return run


async def sitting(
    run: Run, where: tuple[str, str] | None, following: Next, faults: Faults, one: Cage
) -> bool:
    """The application from its start to its end; whether it was left by a key."""
    start = run.start
    asyncio.get_running_loop().set_exception_handler(faults.of_loop)
    progress = open_progress(None)
    app = TutorApp(
        where,
        ascii_only=start.ascii_only,
        light=start.light,
        progress=progress,
        store=Store(one.settings),
    )
    app.driver_class = Recorder
    app._print_error_renderables = lambda: None  # type: ignore[method-assign]
    beats = [0.0]
    # Time goes by with the turns: how fast this machine is changes nothing.
    app.page.budget = ByteBudget(lambda: beats[0])
    async with app.run_test(headless=False, size=start.size, notifications=True) as pilot:
        watched = Watched(app, pilot, *start.size)
        await watched.settle()
        turn = 0
        while not app._exit and (moves := following(app)) is not None:
            run.add(moves)
            beats[0] += 0.1
            if turn % LOOK_EVERY == 0:
                watched.behold()
            began = time.process_time()
            with watchdog(moves):
                for move in moves:
                    await watched.give(move)
                await watched.settle()
            took = time.process_time() - began
            if took > 0.5:
                run.slow.append((took, moves[-1], str(app.state.last and app.state.last.step)))
            if app._exit or app._exception:
                break
            assert_holds(app)
            if turn % LOOK_EVERY == LOOK_FOR:
                await watched.assert_true()
            elif not turn % LOOK_EVERY < LOOK_FOR:
                watched.driver.take()
            turn += 1
        progress.close()
        return bool(app._exit and not app._exception)


class HangsError(Exception):
    """A turn that goes on and on."""


@contextmanager
def watchdog(moves: Turn) -> Iterator[None]:
    """Interrupts what is at work for too long, wherever that is: a loop that never ends, say."""

    def bark(*_: object) -> None:
        raise HangsError(f"{LONGEST:.0f} s of work for {moves}")

    before = signal.signal(signal.SIGVTALRM, bark)
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@dataclass
class Faults:
    """What went wrong where nobody waits for it."""

    found: list[BaseException] = field(default_factory=list)

    def of_loop(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        self.found.append(error or RuntimeError(context["message"]))

    def of_thread(self, given: threading.ExceptHookArgs) -> None:
        self.found.append(given.exc_value or RuntimeError(f"{given.exc_type} in a thread"))

    def unraisable(self, given: sys.UnraisableHookArgs) -> None:
        if given.exc_value is not None:
            self.found.append(given.exc_value)

    def raise_first(self) -> None:
        if self.found:
            raise self.found[0]


@contextmanager
def background() -> Iterator[Faults]:
    """Collects what threads and tasks raise."""
    faults = Faults()
    before = threading.excepthook, sys.unraisablehook
    threading.excepthook, sys.unraisablehook = faults.of_thread, faults.unraisable
    try:
        yield faults
    finally:
        threading.excepthook, sys.unraisablehook = before
