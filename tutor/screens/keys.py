"""All keys of a screen, on one page."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from tutor.widgets.chrome import KEY_NAMES


class KeysScreen(ModalScreen[None]):
    """Lists every binding that is active on the screen below, and the controls of its lab."""

    BINDINGS = [
        Binding("escape,q,question_mark,enter,b", "close", "close"),
    ]

    def __init__(self, below: Screen[object]) -> None:
        super().__init__()
        self.rows = keys_of(below)

    def compose(self) -> ComposeResult:
        width = max(len(key) for key, _ in self.rows)
        text = "\n".join(f"{key.rjust(width)}   {does}" for key, does in self.rows)
        with VerticalScroll(id="keys-page"):
            yield Static("Keys", id="keys-title")
            yield Static(text, markup=False)
            yield Static("esc closes", id="keys-foot")

    def action_close(self) -> None:
        self.dismiss()


def keys_of(screen: Screen[object]) -> list[tuple[str, str]]:
    """Keys with what they do, aliases of one action on one line."""
    found: dict[str, tuple[list[str], str]] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if binding.description and active.enabled and not binding.system:
            keys, _ = found.setdefault(binding.action, ([], binding.tooltip or binding.description))
            name = KEY_NAMES.get(binding.key, binding.key)
            if name not in keys:
                keys.append(name)
    rows = [(" ".join(keys), does) for keys, does in found.values()]
    lab_keys = getattr(screen, "lab_keys", None)
    return [*rows, *(lab_keys() if lab_keys else [])]
