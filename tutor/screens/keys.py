"""All keys of a screen, on one page."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, Screen

from tutor.bindings import key_name, working_bindings
from tutor.drawing.ink import ACCENT, PLAIN, Line, crop, pad, spelled
from tutor.widgets.canvas import Canvas


class KeyTable(Canvas):
    """Keys and what they do, in two columns where one is too long."""

    def __init__(self, rows: list[tuple[str, str]]) -> None:
        super().__init__()
        self.rows = rows

    def draw(self, width: int, height: int) -> list[Line]:
        columns = 1 if len(self.rows) <= height else 2
        length = -(-len(self.rows) // columns)
        room = width // columns
        lines: list[Line] = []
        for n in range(length):
            line: Line = []
            for key, does in self.rows[n::length]:
                key = spelled(key) if self.tutor.ascii_only else key
                piece: Line = [(key.rjust(9), ACCENT), (f"  {does}", PLAIN)]
                line += pad(crop(piece, room - 1), room)
            lines.append(line)
        return lines


class KeysScreen(ModalScreen[None]):
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
        page.border_subtitle = "esc closes"

    def on_resize(self) -> None:
        table = self.query_one(KeyTable)
        one_column = len(self.rows) + 4 <= self.size.height
        table.styles.height = len(self.rows) if one_column else -(-len(self.rows) // 2)
        self.query_one("#keys-page").styles.width = 60 if one_column else 98

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
