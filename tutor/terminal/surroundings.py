"""What the environment tells about the terminal: colours, characters, and what lies between."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

Depth = Literal["none", "16", "256", "truecolor"]

LEAST_ROOM = (60, 18)
AT_HOME = (80, 24)
"""Columns and lines that the application needs, and that it is made for."""

_NO_COLOURS = re.compile(r"vt\d+.*|dumb|unknown|.*-m(ono)?")
_FEW_CHARACTERS = re.compile(r"vt\d+.*|dumb|unknown|ansi.*|linux.*|cons25.*")
"""Terminals with the few characters of an old font; Linux's own console has no more either."""
_LOCALE = ("LC_ALL", "LC_CTYPE", "LANG")
"""Where a locale is named; the first that is set counts."""
_COERCED = ("C.UTF-8", "C.utf8", "UTF-8")
"""What Python itself puts into LC_CTYPE where nobody has named a locale."""


@dataclass(frozen=True)
class Surroundings:
    """What is known about the terminal without drawing on it; each with why it is thought so."""

    term: str
    depth: Depth
    """How many colours there are."""
    depth_why: str
    unicode: bool
    """Whether more than ASCII can be written."""
    unicode_why: str
    multiplexer: Literal["", "tmux", "screen"]
    """What stands between the application and the terminal."""
    ssh: bool
    """Whether a network lies between."""
    light: bool | None
    """Whether the page is light; None: nobody says."""


def look_around(
    environment: Mapping[str, str] = os.environ,
    encoding: str = "utf-8",
    ask: Callable[[], bool | None] = lambda: None,
) -> Surroundings:
    """The terminal as the environment describes it.

    encoding: of the stream that is drawn on. ask: whether the terminal shows characters beyond
    ASCII, None for no answer; it is called only where no locale says which characters there are.
    """
    depth, depth_why = _depth(environment)
    unicode, unicode_why = _unicode(environment, encoding, ask)
    term = environment.get("TERM", "")
    tmux = "TMUX" in environment or term.startswith("tmux")
    screen = "STY" in environment or term.startswith("screen")
    return Surroundings(
        term,
        depth,
        depth_why,
        unicode,
        unicode_why,
        "tmux" if tmux else "screen" if screen else "",
        any(name in environment for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")),
        _light(environment),
    )


def locale_of(environment: Mapping[str, str] = os.environ) -> tuple[str, str]:
    """The variable that names the locale, and the locale; empty where none does."""
    named = {name: environment[name] for name in _LOCALE if environment.get(name)}
    if named.get("LC_CTYPE") in _COERCED and named.get("LANG", "C") in ("C", "POSIX"):
        named.pop("LC_CTYPE")
        named.pop("LANG", None)
    return next(iter(named.items()), ("", ""))


def _depth(environment: Mapping[str, str]) -> tuple[Depth, str]:
    term = environment.get("TERM", "").strip().lower()
    colorterm = environment.get("COLORTERM", "").strip().lower()
    if "NO_COLOR" in environment:
        return "none", "NO_COLOR is set"
    if _NO_COLOURS.fullmatch(term):
        return "none", f"TERM is {term}"
    # GNU screen hands on the outer terminal's COLORTERM, and cannot hand on its colours.
    inherited = "STY" in environment and "TMUX" not in environment
    if colorterm in ("truecolor", "24bit") and not inherited:
        return "truecolor", f"COLORTERM is {colorterm}"
    if term.endswith("direct"):
        return "truecolor", f"TERM is {term}"
    if term.endswith(("256color", "kitty")):
        return "256", f"TERM is {term}"
    return "16", f"TERM is {term}" if term else "TERM is not set"


def _unicode(
    environment: Mapping[str, str], encoding: str, ask: Callable[[], bool | None]
) -> tuple[bool, str]:
    if not encoding.lower().startswith("utf"):
        return False, f"Python writes {encoding or 'no text'} here"
    term = environment.get("TERM", "").strip().lower()
    if _FEW_CHARACTERS.fullmatch(term):
        return False, f"TERM is {term}"
    name, locale = locale_of(environment)
    if name:
        is_utf = "utf" in locale.lower()
        return is_utf, f"{name} is {locale}"
    match ask():
        case True:
            return True, "the terminal says so; no locale is set"
        case False:
            return False, "the terminal says so; no locale is set"
    return True, "Python writes UTF-8; no locale is set"


def _light(environment: Mapping[str, str]) -> bool | None:
    """From COLORFGBG, as "15;0" for white on black, which a few terminals set."""
    page = environment.get("COLORFGBG", "").rpartition(";")[2]
    return page in ("7", "15") if page.isdecimal() else None


EVERYTHING = look_around({"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"})
"""What there is where no terminal lies between: in a browser, in a picture."""
