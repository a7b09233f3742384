"""All keys of a screen, on one page."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, Screen

from tutor.bindings import key_name, working_bindings
from tutor.drawing.ink import ACCENT, PLAIN, Line, crop, pad, spelled, width_of
from tutor.widgets.canvas import Canvas
from tutor.widgets.tutored import Tutored

WIDTHS = {1: 60, 2: 98}
"""Columns that the page takes, by those of its table."""
FRAME = 4
"""Columns beside the table, and lines above and below it."""


class KeyTable(Canvas):
    """Keys and what they do, in two columns where one is too long and two have room."""

    def __init__(self, rows: list[tuple[str, str]]) -> None:
        super().__init__()
        self.rows = rows

    def columns(self, count: int) -> list[list[Line]]:
        """The rows in so many columns, keys written as this terminal can."""
        ascii_only = self.tutor.ascii_only
        rows = [(spelled(key) if ascii_only else key, does) for key, does in self.rows]
        length = -(-len(rows) // count)
        parts = [rows[start : start + length] for start in range(0, len(rows), length)]
        return [_aligned(part) for part in parts]

    def best(self, width: int, height: int) -> int:
        """How many columns to draw in; one can be scrolled, so that nothing is cut off."""
        return 1 if len(self.rows) <= height or sum(_rooms(self.columns(2))) > width else 2

    def draw(self, width: int, height: int) -> list[Line]:
        parts = self.columns(1 if len(self.rows) <= height else 2)
        rooms = _rooms(parts)
        spare = max(0, width - sum(rooms)) // max(1, len(rooms))
        return [
            crop([ink for row, room in pairs for ink in pad(row or [], room + spare)], width)
            for pairs in (zip(rows, rooms, strict=True) for rows in zip_longest(*parts))
        ]


def _rooms(parts: list[list[Line]]) -> list[int]:
    """How wide columns are, each but the last with a blank after it."""
    widest = [max(map(width_of, part)) for part in parts]
    return [*(width + 1 for width in widest[:-1]), *widest[-1:]]


def _aligned(rows: list[tuple[str, str]]) -> list[Line]:
    room = max(len(key) for key, _ in rows)
    return [[(key.rjust(room), ACCENT), (f"  {does}", PLAIN)] for key, does in rows]


class KeysScreen(ModalScreen[None], Tutored):
    """Lists every binding that works on the screen below, and the controls of its lab."""

    BINDINGS = [
        Binding("escape,q,question_mark,enter,b", "close", "close", id="close-keys"),
    ]

    def __init__(self, below: Screen[Any]) -> None:
        super().__init__()
        self.rows = keys_of(below)

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="keys-page"):
            yield KeyTable(self.rows)

    def on_mount(self) -> None:
        page = self.query_one("#keys-page")
        page.border_title = "keys"

    def on_resize(self) -> None:
        table = self.query_one(KeyTable)
        width, height = self.size
        columns = table.best(min(width, WIDTHS[2]) - FRAME, height - FRAME)
        length = -(-len(self.rows) // columns)
        table.styles.height = length
        more = "up, down: more, " if self.tutor.ascii_only else "↑ ↓ more · "
        more = more if length > height - 2 else ""
        self.query_one("#keys-page").border_subtitle = f"{more}esc closes"
        self.query_one("#keys-page").styles.width = WIDTHS[columns]

    def action_close(self) -> None:
        # A second key may have been on its way: it must not close the screen below as well.
        if self is self.app.screen:
            self.dismiss()


def keys_of(screen: Screen[Any]) -> list[tuple[str, str]]:
    """Keys with what they do, all keys of one action on one line."""
    found: dict[str, tuple[list[str], str]] = {}
    # Of what has the focus, a text area say, only the screens' and the application's own.
    known = {binding.action for node in (screen, screen.app) for _, binding in node._bindings}
    for binding in working_bindings(screen):
        if binding.action not in known:
            continue
        if binding.description:
            keys, _ = found.setdefault(binding.action, ([], binding.tooltip or binding.description))
            keys.append(key_name(binding.key))
    rows = [(" ".join(keys), does) for keys, does in found.values()]
    lab_keys = getattr(screen, "lab_keys", None)
    return [*rows, *(lab_keys() if lab_keys else [])]
