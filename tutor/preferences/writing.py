"""Writes a setting into the text of a file, which stays the learner's in all else."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable

import tomlkit
from tomlkit.exceptions import TOMLKitError

from tutor.preferences.kinds import PREFERENCES
from tutor.preferences.reading import KEYS, line_of

_HEAD = """\
# The settings of dl-tutor. A setting is as it comes while its line begins with a #: take that
# away and change the value. The settings screen of dl-tutor writes into this file as well; your
# own comments, and what it does not know, stay as they are.
"""
_KEYS_HEAD = """\
# Keys, by what they do: "n", "ctrl+n", "f2", "pagedown"; several apart by commas. A key that has
# another meaning on the same screen is refused, and so are the letters of the labs' controls.
"""


class NotChanged(Exception):
    """A text that cannot be changed by a program; the message is a sentence."""


def template(keys: Iterable[tuple[str, str, str]]) -> str:
    """A new file: every setting, explained, and as it comes. keys: id, keys and what they do."""
    parts = [_HEAD]
    for one in PREFERENCES:
        meanings = "".join(f"#   {value:15} {means}\n" for value, means in one.means.items())
        parts.append(f"# {one.about}\n{meanings}# {one.name} = {_written(one.values[0])}\n")
    lines = [f"# {name} = {_written(key)}" for name, key, _ in keys]
    room = max(map(len, lines), default=0)
    table = "".join(
        f"{line:{room}}  # {does}\n" for line, (_, _, does) in zip(lines, keys, strict=True)
    )
    parts.append(f"[{KEYS}]\n{_KEYS_HEAD}{table}")
    return "\n".join(parts)


def changed(text: str, name: str, value: str, table: str = "") -> str:
    """The text with a setting set, in the table of that name or outside of all.

    Where the setting is commented out, that line is put in force. Errors: NotChanged when
    anything but that setting would then read differently.
    """
    wanted = tomllib.loads(text)
    inner = wanted.setdefault(table, {}) if table else wanted
    if not isinstance(inner, dict):
        raise NotChanged(f"{table} is no table there")
    inner[name] = _number(value)
    try:
        document = tomlkit.parse(_in_force(text, name, table))
        place = document
        if table:
            place = document.setdefault(table, tomlkit.table())
        place[name] = _number(value)
        new = tomlkit.dumps(document)
        if tomllib.loads(new) == wanted:
            return new
    except (TOMLKitError, tomllib.TOMLDecodeError, TypeError) as error:
        raise NotChanged(f"it is written in a way that is not understood ({error})") from error
    raise NotChanged("it is written in a way that is not understood")


def _in_force(text: str, name: str, table: str) -> str:
    """The text with the commented line of a setting made one that counts, where there is one."""
    if line_of(text, name, table):
        return text  # it counts already
    lines = text.splitlines(keepends=True)
    here = ""
    for number, line in enumerate(lines):
        if head := re.match(r"\s*\[\s*([^\]]+?)\s*\]", line):
            here = head[1]
        if here == table and (found := re.match(rf"#\s*({re.escape(name)}\s*=.*)", line, re.S)):
            tried = "".join([*lines[:number], found[1], *lines[number + 1 :]])
            try:
                tomllib.loads(tried)
            except tomllib.TOMLDecodeError:
                continue  # it only looked like one
            return tried
    return text


def _number(value: str) -> str | int:
    return int(value) if value.isdecimal() else value


def _written(value: str) -> str:
    return tomlkit.item(_number(value)).as_string()
