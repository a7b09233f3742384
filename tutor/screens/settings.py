"""The settings: what can be preferred, changed at once, and kept in the learner's file."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding

from tutor.bindings import key_name
from tutor.drawing.asking import wrapped
from tutor.drawing.ink import ACCENT, MUTED, PLAIN, TITLE, WRONG, Line
from tutor.keymap import KeyRefused, Named, names, parsed, refusal
from tutor.preferences.kinds import PREFERENCES, Preference
from tutor.preferences.store import NotKept
from tutor.screens.base import TutorScreen
from tutor.widgets.canvas import Canvas
from tutor.widgets.chrome import Header, KeyLine

Row = Preference | Named


class SettingList(Canvas):
    """Settings with their values, then keys with what they do; one line is selected."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: tuple[Row, ...] = (*PREFERENCES, *names().values())
        self.id_room = max(len(one.id) for one in self.rows if isinstance(one, Named)) + 1
        self.selected = 0
        self.waits = False
        """Whether the next key becomes the selected binding's."""
        self.message = ""

    @property
    def here(self) -> Row:
        return self.rows[self.selected]

    def move(self, by: int) -> None:
        self.selected = max(0, min(self.selected + by, len(self.rows) - 1))
        self.redraw()

    def draw(self, width: int, height: int) -> list[Line]:
        lines: list[Line] = []
        at = 0
        for number, row in enumerate(self.rows):
            picked = number == self.selected
            if number == len(PREFERENCES):
                lines += [[], [("   keys", TITLE)]]
            at = len(lines) if picked else at
            mark = (" ▸ " if picked else "   ", ACCENT)
            ink = ACCENT if picked else PLAIN
            if isinstance(row, Preference):
                lines.append([mark, (row.name.ljust(12), ink), *self._values(row)])
            else:
                lines.append([mark, (row.id.ljust(self.id_room), ink), *self._keys(row)])
            if picked:
                says = self.message or self._says(row)
                lines += wrapped(says, width - 2, WRONG if self.message else MUTED, "     ")
        top = max(0, min(at - height // 3, len(lines) - height))
        return lines[top : top + height]

    def _values(self, preference: Preference) -> Line:
        now = self.tutor.store.now.of(preference)
        line: Line = []
        for value in preference.values:
            chosen = value == now
            line.append((f"‹{value}› " if chosen else f"{value} ", ACCENT if chosen else MUTED))
        return line

    def _keys(self, named: Named) -> Line:
        keys = self.tutor.keymap.get(named.id, named.keys)
        moved = (f"  (else {_shown(named.keys)})", MUTED)
        line: Line = [(_shown(keys).ljust(8), ACCENT), (f" {named.does}", MUTED)]
        return [*line, moved] if keys != named.keys else line

    def _says(self, row: Row) -> str:
        if isinstance(row, Named):
            if self.waits:
                return "Press the key that it shall have."
            other, usual = (
                self.tutor.key_of(*one) for one in (("other-key", "⏎"), ("as-it-comes", "⌫"))
            )
            return f"{other} and then a key: it has that key. {usual}: as it comes."
        means = row.means[self.tutor.store.now.of(row)]
        here = self.tutor.plan.why.get(row.name)
        return f"{row.about} Now: {means}." + (f" Here: {here}." if here else "")


class SettingsScreen(TutorScreen):
    """Where settings are changed."""

    BINDINGS = [
        Binding("up,k", "move(-1)", "up", key_display="↑", id="list-up"),
        Binding("down,j", "move(1)", "down", key_display="↓", id="list-down"),
        Binding("right", "turn(1)", "change", key_display="←→", id="setting-next"),
        Binding("left", "turn(-1)", "change back", show=False, id="setting-before"),
        Binding("enter", "wait", "other key", tooltip="put it on another key", id="other-key"),
        Binding("backspace", "default", "as it comes", id="as-it-comes"),
        Binding("home", "move(-1000)", "first", show=False, id="list-first"),
        Binding("end", "move(1000)", "last", show=False, id="list-last"),
        Binding("h", "leave", "done", tooltip="back to where you were", id="home"),
        Binding("escape", "leave", "done", show=False, id="leave"),
    ]

    def content(self) -> ComposeResult:
        yield Header(id="header")
        yield SettingList(id="settings")
        yield KeyLine(id="keys")

    def mounted(self) -> None:
        path = self.tutor.store.path
        self.query_one(Header).show([("settings", ACCENT), (f"  {path or ''}", MUTED)], [])
        try:
            self.tutor.store.make(file_keys())
        except NotKept as error:
            self.say(str(error))
        self.restyled()

    @property
    def shown(self) -> SettingList:
        return self.query_one(SettingList)

    def say(self, message: str) -> None:
        """Show a sentence under the selected line until the next key."""
        self.shown.message = message
        self.shown.redraw()

    def restyled(self) -> None:
        if self.there:
            self.shown.redraw()
            self.refresh_bindings()
            self.show_keys()
            if self.shown.waits:
                self.query_one(KeyLine).show([("esc", "leave it")], help_key="")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.there:
            return False
        if self.shown.waits and action != "quit":
            return False
        if action == "turn":
            return isinstance(self.shown.here, Preference)
        if action == "wait":
            return isinstance(self.shown.here, Named)
        return super().check_action(action, parameters)

    def action_move(self, by: int) -> None:
        self.shown.message = ""
        self.shown.move(by)
        self.restyled()

    def action_turn(self, by: int) -> None:
        row = self.shown.here
        if isinstance(row, Preference):
            self.set(row, row.turned(self.tutor.store.now.of(row), by))

    def action_default(self) -> None:
        row = self.shown.here
        if isinstance(row, Preference):
            self.set(row, row.values[0])
        else:
            self.give(row, row.keys)

    def action_wait(self) -> None:
        self.shown.waits, self.shown.message = True, ""
        self.restyled()

    def action_leave(self) -> None:
        if self is self.app.screen:  # a second key may have been on its way
            self.tutor.pop_screen()

    def set(self, preference: Preference, value: str) -> None:
        """Change a setting."""
        self.shown.message = ""
        try:
            self.tutor.store.set(preference, value, file_keys())
        except NotKept as error:
            self.shown.message = str(error)
        self.tutor.follow_settings()

    def give(self, named: Named, keys: tuple[str, ...]) -> None:
        """Put a binding on keys, unless they mean something else already."""
        self.shown.message = refusal(named.id, keys, self.tutor.keymap)
        if not self.shown.message:
            try:
                self.tutor.store.set_key(named.id, ",".join(keys), file_keys())
            except NotKept as error:
                self.shown.message = str(error)
            self.tutor.follow_settings()
        self.restyled()

    def on_key(self, event: events.Key) -> None:
        row = self.shown.here if self.there else None
        if not (isinstance(row, Named) and self.shown.waits):
            return
        event.stop()
        event.prevent_default()
        self.shown.waits = False
        if event.key == "escape":
            self.restyled()
            return
        try:
            self.give(row, parsed(event.key))
        except KeyRefused as error:
            self.say(str(error))
            self.restyled()


def file_keys() -> list[tuple[str, str, str]]:
    """What a new file says of keys."""
    return [(one.id, ",".join(one.keys), one.does) for one in names().values()]


def _shown(keys: tuple[str, ...]) -> str:
    return " ".join(map(key_name, keys))
