"""The settings of this run, and the file that they are kept in."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from tutor.preferences.kinds import Preference, Preferences
from tutor.preferences.reading import KEYS, read, refused_keys

Keys = Iterable[tuple[str, str, str]]
"""For a new file: ids of bindings, their keys as they come, and what they do."""


class NotKept(Exception):
    """A change that holds now and is not in the file; the message is a sentence."""


class Store:
    """What the learner prefers, kept in a file. Without a path nothing is kept."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        reading = read(path)
        self.now: Preferences = reading.preferences
        self.problems: tuple[str, ...] = reading.problems
        """What is wrong with the file, for the learner to read."""
        self._text = reading.text

    def refused_keys(self, refused: Mapping[str, str]) -> tuple[str, ...]:
        """The reasons why keys of the file cannot be, by their ids, each with its line."""
        return refused_keys(self.path, self._text, refused)

    def make(self, keys: Keys) -> None:
        """Make the file, with every setting explained, where there is none. Errors: NotKept."""
        if self.path is not None and read(self.path).text is None:
            self._write(self._current(keys))

    def set(self, preference: Preference, value: str, keys: Keys = ()) -> None:
        """Change a setting, here and in the file. Errors: NotKept; it holds here all the same."""
        self.now = self.now.with_value(preference, value)
        self._put(preference.name, value, "", keys)

    def set_key(self, binding_id: str, key: str, keys: Keys = ()) -> None:
        """Put a binding on other keys, here and in the file. Errors: NotKept, as `set`."""
        self.now = replace(self.now, keys={**self.now.keys, binding_id: key})
        self._put(binding_id, key, KEYS, keys)

    def _put(self, name: str, value: str, table: str, keys: Keys) -> None:
        from tutor.preferences.writing import NotChanged, changed

        try:
            self._write(changed(self._current(keys), name, value, table))
        except NotChanged as error:
            raise NotKept(
                f"This holds until you leave: {self.path} cannot be changed from here, as {error}."
            ) from error

    def _current(self, keys: Keys) -> str:
        """The file as it is now, which another may have changed; a new one's text where there is
        none. Errors: NotKept when it cannot be read, for then it is left as it is."""
        reading = read(self.path)
        if reading.broken:
            raise NotKept(f"This holds until you leave: {reading.problems[0]}")
        if reading.text is not None:
            return reading.text
        from tutor.preferences.writing import template

        return template(list(keys))

    def _write(self, text: str) -> None:
        """Put a text in the file's place, all at once."""
        if self.path is None:
            raise NotKept("This holds until you leave: there is no place for a file of settings.")
        import tempfile

        path = Path(os.path.realpath(self.path))  # a link to where someone keeps such files stays
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists() and not path.is_file():
                raise NotKept(f"This holds until you leave: {self.path} is no file.")
            mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o600
            number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
            try:
                with open(number, "w", encoding="utf-8", newline="") as file:
                    file.write(text)
                    file.flush()
                    os.fsync(number)
                os.chmod(name, mode)
                os.replace(name, path)
            except BaseException:
                with contextlib.suppress(OSError):
                    os.unlink(name)
                raise
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise NotKept(
                f"This holds until you leave: {self.path} cannot be written ({reason})."
            ) from error
        self._text = text
