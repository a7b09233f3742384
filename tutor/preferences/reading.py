"""Reads the file with the settings, strictly: what is wrong in it is said with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lessons.kit.clean import clean_line
from tutor.lookup import nearest
from tutor.preferences.kinds import PREFERENCES, Preference, Preferences

KEYS = "keys"
"""The table of keys."""
MOST_BYTES = 1 << 20
"""No file of settings is longer."""
_LONGEST = 40
_NO_VALUE = "Invalid value"
"""What tomllib says of theme = dark."""


@dataclass(frozen=True)
class Reading:
    """What a file says."""

    preferences: Preferences = field(default_factory=Preferences)
    problems: tuple[str, ...] = ()
    """What is wrong, a sentence each that names the file and the line."""
    unknown: tuple[str, ...] = ()
    """What is no setting of this version, a sentence each; a later version may have it."""
    broken: bool = False
    """Whether the file could not be read at all: it is then left as it is."""
    text: str | None = None
    """The file; None when it is not there, or broken."""


def read(path: Path | None) -> Reading:
    """The settings of a file; the defaults when it is not there or cannot be read."""
    if path is None:
        return Reading()
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return Reading()
    except (OSError, ValueError) as error:
        return _broken(path, f"cannot be read ({getattr(error, 'strerror', None) or error})")
    if len(data) > MOST_BYTES:
        return _broken(path, f"is longer than {MOST_BYTES >> 20} MB")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return _broken(f"{path}:{line}", "is no UTF-8")
    import tomllib  # most learners have no such file, and need not wait for it

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, line = _where(str(error), text)
        return _broken(f"{path}:{line}", f"is no TOML ({what})")
    return _checked(path, text, table)


def line_of(text: str, name: str, table: str = "") -> int:
    """The line on which a setting stands, from 1; 0 when it is not found."""
    here = ""
    for number, line in enumerate(text.splitlines(), 1):
        if head := re.match(r"\s*\[\s*([^\]]+?)\s*\]", line):
            here = head[1]
        key = re.match(r"""\s*(?:(\w+)\s*\.\s*)?["']?([\w-]+)["']?\s*=""", line)
        if key and key[2] == name and (key[1] or here) == table:
            return number
    return 0


def place_of(path: Path | None, text: str | None, name: str, table: str = "") -> str:
    """The file, with the line on which a setting stands where it is found."""
    line = line_of(text or "", name, table)
    return f"{path}:{line}" if line else str(path)


def refused_keys(
    path: Path | None, text: str | None, refused: Mapping[str, str]
) -> tuple[str, ...]:
    """The reasons why keys of a file cannot be, given by their ids, each with its line."""
    return tuple(f"{place_of(path, text, name, KEYS)}: {why}" for name, why in refused.items())


def _broken(place: Path | str, how: str) -> Reading:
    sentence = f"{place} {how}: the settings are as they come, and the file is left as it is."
    return Reading(problems=(sentence,), broken=True)


def _where(message: str, text: str) -> tuple[str, int]:
    """What tomllib says, and the line of it."""
    found = re.fullmatch(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", message, re.S)
    if found is None:
        return message, 1
    what = f"{found[1]}; words stand in quotes" if found[1] == _NO_VALUE else found[1]
    return what, int(found[2]) if found[2] else max(1, len(text.splitlines()))


def _checked(path: Path, text: str, table: Mapping[str, Any]) -> Reading:
    """What holds of a table; a value that is none is told, and the default used in its place."""
    values: dict[str, str] = {}
    keys: dict[str, str] = {}
    problems: list[str] = []
    unknown: list[str] = []
    known = {one.name: one for one in PREFERENCES}
    for name, value in table.items():
        place = place_of(path, text, name)
        if name == KEYS and isinstance(value, dict):
            for binding, key in value.items():
                if isinstance(key, str) and key.strip():
                    keys[binding] = key
                else:
                    place = place_of(path, text, binding, KEYS)
                    name = clean_line(binding, _LONGEST)
                    problems.append(f'{place}: {name} takes a key, such as "f2", not {_shown(key)}')
        elif name == KEYS:
            problems.append(f"{place}: {KEYS} is a table of keys, not {_shown(value)}")
        elif name in known:
            if (taken := _value(known[name], value)) is None:
                takes = ", ".join(known[name].values)
                problems.append(f"{place}: {name} takes one of {takes}, not {_shown(value)}")
            else:
                values[name] = taken
        else:
            near = nearest(name, [*known, KEYS])
            name = clean_line(name, _LONGEST)
            (problems if near else unknown).append(f"{place}: there is no setting {name!r}{near}")
    return Reading(Preferences(**values, keys=keys), tuple(problems), tuple(unknown), text=text)


def _value(preference: Preference, value: Any) -> str | None:
    """A value as the setting has it: a number may be written as one."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value) if str(value) in preference.values else None


def _shown(value: Any) -> str:
    return clean_line(repr(value), _LONGEST)
