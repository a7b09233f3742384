"""The editor for exercises: Textual's text area, quiet and safe."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult, Selection

from lessons.kit.clean import clean


class Editor(TextArea):
    """Python code: four blanks for a tab, no blinking cursor (it costs bytes on a slow line)."""

    def __init__(self, text: str, *, id: str | None = None) -> None:
        super().__init__(text, id=id, tab_behavior="indent", show_line_numbers=True)
        self.indent_width = 4
        self.cursor_blink = False
        self.highlight_cursor_line = False

    def load_text(self, text: str) -> None:
        super().load_text(clean(text))

    def edit(self, edit: Edit) -> EditResult:
        # What is pasted or typed would go to the terminal as it is, escape sequences and all.
        edit.text = clean(edit.text)
        return super().edit(edit)

    def action_undo(self) -> None:
        self._back_or_forth(super().action_undo)

    def action_redo(self) -> None:
        self._back_or_forth(super().action_redo)

    def _back_or_forth(self, change: Callable[[], None]) -> None:
        """Let the history change the text."""
        text, here = self.text, self.selection
        # Textual 8.2 looks for the cursor before it has moved it: it has to be where every text
        # has a place.
        self.selection = Selection.cursor((0, 0))
        # And its history can point past the end of a shorter text.
        with suppress(IndexError):
            change()
        if self.text == text:
            self.selection = here

    def _watch_has_focus(self, focus: bool) -> None:
        super()._watch_has_focus(focus)
        update: Any = getattr(self.screen, "update", None)
        if update:
            self.call_after_refresh(update)
