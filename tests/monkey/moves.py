"""What a monkey does to the application, as text that can be kept, and how the application gets it.

A move is a tuple of its name and what it needs: ("key", "space"), ("resize", 80, 24).
"""

from __future__ import annotations

import asyncio
import json
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from textual import events
from textual.app import App
from textual.geometry import Size
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key

from tutor.app import TutorApp
from tutor.screens.lesson import LessonScreen

Move = tuple[Any, ...]
Turn = list[Move]
"""Moves that are sent at once; after each turn what it causes is waited for."""

MOUSE = {
    "down": events.MouseDown,
    "up": events.MouseUp,
    "move": events.MouseMove,
    "wheel_up": events.MouseScrollUp,
    "wheel_down": events.MouseScrollDown,
}
"""Moves of the mouse: column, line, and the button that is pressed (0: none)."""


def written(start: Move, turns: Iterable[Turn]) -> str:
    """How it started, and the moves, a line a turn."""
    return "".join(f"{json.dumps(line)}\n" for line in (start, *turns))


def read(path: Path) -> tuple[Move, list[Turn]]:
    """The start and the turns of a file that `written` made; a line that starts with # says
    something about it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    start, *turns = (json.loads(line) for line in lines if not line.startswith("#"))
    return tuple(start), [[tuple(move) for move in turn] for turn in turns]


async def send(app: TutorApp, move: Move) -> None:
    """Give a move to the application as its terminal would; nobody waits for what it causes."""
    name, *given = move
    if name == "key":
        post(app, key_event(*given))
    elif name == "keys":
        for character in given[0]:
            post(app, key_event(character))
    elif name == "paste":
        post(app, events.Paste(*given))
    elif name in MOUSE:
        post(app, mouse_event(name, *given))
    elif name == "resize":
        size = Size(*given)
        app._driver._size = size  # type: ignore[union-attr, assignment]
        post(app, events.Resize(size, size))
    elif name == "focus":
        post(app, events.AppFocus() if given[0] else events.AppBlur())
    elif name == "open":
        app.call_later(app.open_step, *given)
    elif name == "review":
        app.call_later(app.open_review)
    elif name == "settings":
        app.call_later(app.open_settings)
    elif name == "set":
        app.call_later(set_control, app, *given)
    elif name == "tick":
        app.call_later(tick, app)
    elif name == "wait":
        app.last_input = 0.0  # whoever rests while keys come rests no longer
        await asyncio.sleep(0.02)
    else:
        raise ValueError(f"there is no move {name!r}")


def post(app: App[Any], event: events.Event) -> None:
    """Let the driver take an event, as from its terminal."""
    assert app._driver is not None
    app._driver.process_message(event)


def key_event(key: str) -> events.Key:
    """A key by its name, or a character."""
    name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
    character: str | None = key if len(key) == 1 else None
    if character is None:
        try:
            word = _get_unicode_name_from_key(REPLACED_KEYS.get(name, name))
            character = unicodedata.lookup(word)
        except KeyError:
            character = {"enter": "\r", "tab": "\t", "escape": "\x1b", "backspace": "\x7f"}.get(key)
    return events.Key(name, character)


def mouse_event(name: str, x: int, y: int, button: int) -> events.MouseEvent:
    """A mouse event at a place of the screen."""
    return MOUSE[name](
        None, x, y, 0, 0, button, shift=False, meta=False, ctrl=False, screen_x=x, screen_y=y
    )


def set_control(app: TutorApp, name: str, text: str) -> None:
    """Set a control of the open lab to what a text means, as --set does; what it or the lab
    refuses with a ValueError is refused."""
    screen = app.screen
    if not isinstance(screen, LessonScreen) or not screen.ready:
        return
    lab = screen.session.lab
    if name not in lab.defaults or (screen.bet and (screen.bet.open or screen.bet.waiting)):
        return
    try:
        screen.session.set(name, lab.control(name).parse(text))
    except ValueError as error:
        assert str(error).strip(), f"{name}={text!r} is refused without a word"
    screen.trail = screen.entry = None
    screen.update()


def tick(app: TutorApp) -> None:
    """A tenth of a second goes by for a film that plays."""
    screen = app.screen
    if isinstance(screen, LessonScreen) and screen.ready:
        app.last_input = 0.0
        screen.tick()
