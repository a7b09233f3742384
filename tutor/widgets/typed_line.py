"""The line on which a control's value is typed."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from lessons.kit.control import Control


class TypedLine(Horizontal):
    """Asks for the value of a control; has the focus while it does."""

    BINDINGS = [Binding("escape", "leave", "leave it", id="leave-typing")]

    class Given(Message):
        """A value was typed."""

        def __init__(self, asked: Control, text: str) -> None:
            super().__init__()
            self.asked = asked
            self.text = text

    class Left(Message):
        """The learner leaves the value as it was."""

    asked: Control | None = None
    """The control that is asked for."""

    def compose(self) -> ComposeResult:
        yield Static("", id="typed-label", markup=False)
        yield Input(id="typed", compact=True, select_on_focus=False)
        yield Static(" ⏎ set  esc leave it ", id="typed-keys", markup=False)

    def on_mount(self) -> None:
        self.display = False
        # A blinking cursor would write to a slow line for ever.
        self.query_one(Input).cursor_blink = False

    def ask(self, control: Control, text: str) -> None:
        """Ask for the value of a control; `text` is what it is now."""
        self.asked = control
        self.query_one("#typed-label", Static).update(f" {control.label} ▸ ")
        entry = self.query_one(Input)
        entry.value = text
        entry.cursor_position = len(text)
        self.display = True
        entry.focus()

    def close(self) -> None:
        """Ask no more."""
        self.asked = None
        self.display = False
        self.screen.set_focus(None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self.asked is not None:
            self.post_message(self.Given(self.asked, event.value))

    def action_leave(self) -> None:
        self.post_message(self.Left())
