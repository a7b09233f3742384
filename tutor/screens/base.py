"""What all screens share: tight updates, the line of keys, and a word when room is short."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.widget import Widget
from textual.widgets import Static

from tutor.bindings import key_name, working_bindings
from tutor.terminal.surroundings import LEAST_ROOM
from tutor.widgets.chrome import KeyLine
from tutor.widgets.compositor import TightScreen
from tutor.widgets.tutored import Tutored

UNSEEN = frozenset({"quit", "suspend_process", "redraw"})
"""What keys do where nothing of the screen can be seen; all else would be done blindly."""


class TutorScreen(TightScreen, Tutored):
    """Base of the full screens."""

    AUTO_FOCUS = ""
    ready = False
    """Whether the screen has been composed."""

    _was_focused: Widget | None = None
    """What had the focus when the window became too small."""

    def compose(self) -> ComposeResult:
        yield Container(*self.content(), id="content")
        yield Static("", id="small")

    @property
    def there(self) -> bool:
        """Whether the screen's widgets can be asked for: what waits for a frame, and keys that
        come in a burst, may find a screen that is not composed yet or is being taken away."""
        return self.ready and self.is_attached and not self._pruning

    def content(self) -> ComposeResult:
        """The widgets of this screen."""
        raise NotImplementedError

    def on_resize(self, event: events.Resize) -> None:
        width, height = event.size
        small = width < LEAST_ROOM[0] or height < LEAST_ROOM[1]
        if small and not self.has_class("-small"):
            self._was_focused = self.focused
        self.set_class(small, "-small")
        if not small and self._was_focused is not None:
            self.set_focus(self._was_focused)
            self._was_focused = None
        if self.there:
            self.say_size()
            self.resized(width, height)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and self.has_class("-small"):
            active = self.active_bindings.get(event.key)
            if active is None or active.binding.action not in UNSEEN:
                return  # a bet, say, must not be made by it
        await super().on_event(event)

    def say_size(self) -> None:
        """What is to be read when the window is too small for anything else."""
        width, height = self.app.size
        if self.has_class("-small"):
            self.query_one("#small", Static).update(
                f"dl-tutor needs {LEAST_ROOM[0]}×{LEAST_ROOM[1]} characters to draw in; "
                f"this is {width}×{height}. Make the window larger, and it goes on where it was. "
                f"{self.tutor.key_of('quit', 'q')} quits."
            )

    def on_mount(self) -> None:
        if self._pruning:
            return  # keys in a burst: the next screen came before this one was there
        self.ready = True
        self.say_size()
        self.mounted()

    def mounted(self) -> None:
        """Called when the widgets are there."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which keys work now: the line at the bottom shows only those."""
        return self.there

    def note(self) -> None:
        """Write down where the learner is on this screen, where there is such a place."""

    def restyled(self) -> None:
        """Called when colours, characters or keys have become others."""
        if self.query(KeyLine):
            self.show_keys()

    def resized(self, width: int, height: int) -> None:
        """Called with the new size."""

    def says(self, binding: Binding) -> str:
        """What a key does now, in a word or two."""
        return binding.description

    def show_keys(self, help_key: str = "") -> None:
        """Write the keys that work now into the line at the bottom."""
        shown = {
            binding.action: (binding.key_display or key_name(binding.key), self.says(binding))
            for binding in reversed(working_bindings(self))
            if binding.show
        }
        help_key = help_key or self.tutor.key_of("keys", "?")
        self.query_one(KeyLine).show(list(reversed(shown.values())), help_key)
