"""What `dl-tutor record` writes: a lab as a recording, a picture or text."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lessons.kit.script import Lesson, Step
from tutor.lab_session import LabSession
from tutor.lookup import CommandError, find, open_session
from tutor.speeds import FRAMES_A_SECOND, SPEEDS
from tutor.terminal.surroundings import LEAST_ROOM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.share.stage import Stage

ENDINGS = (".cast", ".svg", ".txt")
MOST_FRAMES = 3000
LAST_FRAME = 1.0
"""Seconds for which the last frame stays."""
MOST = (500, 200)
"""Columns and lines."""
TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
"""The terminal that is drawn for, whatever this one is."""


@dataclass(frozen=True)
class Wanted:
    """What is to be recorded, and how."""

    file: str
    at: int | None = None
    """The first moment, from 1; None: where the step opens."""
    to: int | None = None
    """The last moment of a recording; None: the film's last."""
    set: Sequence[str] = ()
    """Settings of the lab, as NAME=VALUE."""
    image: str = ""
    size: tuple[int, int] = (100, 30)
    """Columns and lines."""
    speed: int | None = None
    """Moments a second; None: as the film is watched at first."""
    force: bool = False
    """Whether a file that is there is written over."""
    ascii_only: bool = False
    light: bool = False


def record_line(where: str, wanted: Wanted) -> str:
    """Write a lab to a file; gives a sentence about it. Errors: CommandError, ScriptError."""
    ending = _ending(wanted)
    lesson, step = find(where)
    if step is None or step.lab is None:
        raise CommandError(f"record takes LESSON/STEP with a lab, not {where}")
    _refuse_file(wanted)
    _refuse_size(wanted.size)
    name = f"{lesson.id}/{step.id}"
    try:
        session = open_session(lesson, step, wanted.at, wanted.set, wanted.image)
        session.figure  # noqa: B018  (settings may be refused as late as here)
    except ValueError as error:
        raise CommandError(f"{name} cannot be shown: {error}") from error
    plan = _Plan.of(session, wanted) if ending == ".cast" else None
    with _terminal(TERMINAL):
        text = asyncio.run(_recorded(lesson, step, session, wanted, ending, plan))
    _write(wanted, text)
    size = f"{max(1, round(len(text.encode()) / 1000))} kB"
    if plan is None:
        return f"Wrote moment {session.position + 1} of {name} to {wanted.file}, {size}."
    moments = f"moments {plan.first + 1} to {plan.last + 1}"
    return f"Wrote {moments} of {name} to {wanted.file}: {plan.seconds:.1f} s, {size}."


@dataclass(frozen=True)
class _Plan:
    """Which moments a recording shows, and when."""

    first: int
    last: int
    speed: int
    """Moments a second."""

    @classmethod
    def of(cls, session: LabSession, wanted: Wanted) -> _Plan:
        """Errors: CommandError for moments that there are not, or too many."""
        length = session.film.length
        last = length if wanted.to is None else wanted.to
        if not session.position < last <= length:
            raise CommandError(
                f"--to takes a moment from {session.position + 1} to {length} of this film, "
                f"not {last}"
            )
        pace = session.speeds[session.speed]
        usual = pace if isinstance(pace, int) else FRAMES_A_SECOND
        plan = cls(session.position, last - 1, wanted.speed or usual)
        if len(plan.frames) > MOST_FRAMES:
            raise CommandError(
                f"this film has {len(plan.frames)} frames to record, and {MOST_FRAMES} are the "
                "most: end it earlier with --to, or make it faster with --speed"
            )
        return plan

    @property
    def frames(self) -> list[tuple[float, int]]:
        """When each frame is shown, in seconds, and its moment."""
        stride = max(1.0, self.speed / FRAMES_A_SECOND)
        count = -int(-(self.last - self.first) // stride)
        moments = [min(self.last, self.first + int(n * stride)) for n in range(count + 1)]
        return [((moment - self.first) / self.speed, moment) for moment in moments]

    @property
    def seconds(self) -> float:
        return self.frames[-1][0] + LAST_FRAME


async def _recorded(
    lesson: Lesson,
    step: Step,
    session: LabSession,
    wanted: Wanted,
    ending: str,
    plan: _Plan | None,
) -> str:
    """The file's text."""
    from tutor.share.stage import staged

    characters = ending == ".txt"
    look = {"ascii_only": wanted.ascii_only, "light": wanted.light, "characters": characters}
    async with staged(lesson, step, session, wanted.size, **look) as stage:
        title = f"dl-tutor {lesson.id}/{step.id}"
        if plan is not None:
            return await _film(stage, plan, title, wanted.size)
        return stage.svg(title) if ending == ".svg" else stage.text()


async def _film(stage: Stage, plan: _Plan, title: str, size: tuple[int, int]) -> str:
    from tutor.share import cast

    stage.set_speed(plan.speed)
    parts = [cast.head(title, size)]
    before = None
    for seconds, moment in plan.frames:
        await stage.show(moment, playing=moment < plan.last)
        frame = stage.frame()
        if before is None:
            written = cast.whole(frame, stage.console)
        else:
            written = cast.difference(before, frame, stage.console)
        if written:
            parts.append(cast.event(seconds, written))
        before = frame
    parts.append(cast.event(plan.seconds, cast.leaving(size[1])))
    return "".join(parts)


@contextmanager
def _terminal(variables: Mapping[str, str]) -> Iterator[None]:
    """Environment variables for a while; the size of this terminal is none of a recording's."""
    names = {*variables, "COLUMNS", "LINES"}
    before = {name: os.environ.get(name) for name in names}
    for name in names:
        os.environ.pop(name, None)
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


# The file ---------------------------------------------------------------------------------------


def _ending(wanted: Wanted) -> str:
    """The ending of the file, which says what is written. Errors: CommandError."""
    ending = os.path.splitext(wanted.file)[1].lower()
    if ending not in ENDINGS:
        raise CommandError(
            f"{wanted.file} could be anything: a name that ends in .cast is a recording, in .svg "
            "a picture, in .txt text"
        )
    if ending != ".cast" and (wanted.to is not None or wanted.speed is not None):
        raise CommandError(f"--to and --speed are for a recording, and {ending} is of one moment")
    if wanted.speed is not None and not 1 <= wanted.speed <= SPEEDS[-1]:
        raise CommandError(f"--speed takes 1 to {SPEEDS[-1]} moments a second, not {wanted.speed}")
    return ending


def _refuse_size(size: tuple[int, int]) -> None:
    if not (LEAST_ROOM[0] <= size[0] <= MOST[0] and LEAST_ROOM[1] <= size[1] <= MOST[1]):
        least = f"{LEAST_ROOM[0]}x{LEAST_ROOM[1]}"
        raise CommandError(f"--size takes {least} to {MOST[0]}x{MOST[1]}, not {size[0]}x{size[1]}")


def _refuse_file(wanted: Wanted) -> None:
    """Say what stands in the way before anything is computed. Errors: CommandError."""
    folder = os.path.dirname(wanted.file) or "."
    if os.path.isdir(wanted.file):
        raise CommandError(f"{wanted.file} is a directory")
    if not os.path.isdir(folder):
        raise CommandError(f"{wanted.file} cannot be written: there is no directory {folder}")
    if os.path.lexists(wanted.file) and not wanted.force:
        raise CommandError(f"{wanted.file} is there already; --force writes over it")


def _write(wanted: Wanted, text: str) -> None:
    """Errors: CommandError."""
    made = not os.path.lexists(wanted.file)
    try:
        with open(wanted.file, "wb" if wanted.force else "xb") as file:
            file.write(text.encode())
    except FileExistsError:
        raise CommandError(f"{wanted.file} is there already; --force writes over it") from None
    except (OSError, ValueError) as error:  # ValueError: a null character
        if made:
            with suppress(OSError, ValueError):
                os.unlink(wanted.file)
        reason = getattr(error, "strerror", None) or error
        raise CommandError(f"{wanted.file} cannot be written: {reason}") from error
