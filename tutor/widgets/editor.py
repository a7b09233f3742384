"""The editor for exercises: Textual's text area, quiet and safe."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from textual.widgets import TextArea


class Editor(TextArea):
    """Python code: four blanks for a tab, no blinking cursor (it costs bytes on a slow line)."""

    def __init__(self, text: str, *, id: str | None = None) -> None:
        super().__init__(text, id=id, tab_behavior="indent", show_line_numbers=True)
        self.indent_width = 4
        self.cursor_blink = False
        self.highlight_cursor_line = False

    def action_undo(self) -> None:
        # Textual 8.2's history can point past the end of a shorter text.
        with suppress(IndexError):
            super().action_undo()

    def action_redo(self) -> None:
        with suppress(IndexError):
            super().action_redo()

    def _watch_has_focus(self, focus: bool) -> None:
        super()._watch_has_focus(focus)
        update: Any = getattr(self.screen, "update", None)
        if update:
            self.call_after_refresh(update)
