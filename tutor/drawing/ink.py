"""Ink: how a piece of text looks, said in roles that a theme turns into colours."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

RGB = tuple[int, int, int]
Role = Literal[
    "muted", "title", "accent", "window", "current", "dropped", "padding", "plus", "minus",
    "leaf",
]


class Ink(NamedTuple):
    """The look of a span. Colours are a role, a measured grey or hue, or the theme's own (None)."""

    fg: Role | RGB | None = None
    bg: Role | RGB | None = None
    bold: bool = False
    reverse: bool = False
    underline: bool = False


Span = tuple[str, Ink]
Line = list[Span]

PLAIN = Ink()
MUTED = Ink("muted")
TITLE = Ink("title", bold=True)
ACCENT = Ink("accent", bold=True)
WRONG = Ink("dropped", bold=True)
UNDER_CURSOR = Ink("accent", bold=True, reverse=True)
FOCUSED_TITLE = Ink("accent", bold=True, underline=True)

ASCII = str.maketrans(
    {
        "▶": ">", "⏸": "=", "━": "=", "─": "-", "╸": ">", "╺": "-", "│": "|", "·": ".", "…": "~",
        "−": "-", "×": "x", "Σ": "S", "⌊": "[", "⌋": "]", "≤": "<", "≥": ">", "≠": "#", "‹": "<",
        "›": ">", "●": "*", "◐": "o", "○": ".", "▸": ">", "▾": "v", "▴": "^", "←": "<", "→": ">",
        "↑": "^", "↓": "v", "⏎": "E", "⇥": "T", "⇧": "^", "⌫": "<", "█": "#",
        "▇": "#", "▌": "|", "▏": "|", "²": "2",
        "┌": "+", "┐": "+", "└": "+", "┘": "+", "┤": "|", "┬": "+", "├": "|", "┴": "+", "┼": "+",
        "±": "+", "✓": "v", "✗": "x", "↵": "E", "“": '"', "”": '"', "’": "'", "–": "-", "—": "-",
        "½": "~", "▁": "_", "▂": ":", "▃": "-", "▄": "=", "▅": "+", "▆": "*", "▎": ".", "▍": ":",
        "▋": "#", "▊": "#", "▉": "#", "▐": "|", "▓": "%", "▒": "=", "░": "-", "◂": "<", "◎": "O",
        "∂": "d", "′": "'", "ᵀ": "T", "␣": "_", "‖": "|", "⌈": "[", "⌉": "]", "•": "*",
    }
)  # fmt: skip
"""One ASCII character for each character that is not, so that columns stay where they are."""

_SPELLED = {"←→": "arrows", "←": "left", "→": "right", "↑": "up", "↓": "down", "⏎": "enter",
            "⇧⇥": "shift+tab", "⇥": "tab", "⌫": "backspace"}  # fmt: skip
"""Keys that ASCII has no sign for, by name."""


def key_names(text: str) -> str:
    """The text with the signs of keys replaced by the keys' names."""
    for sign, name in _SPELLED.items():
        text = text.replace(sign, name)
    return text


def spelled(text: str) -> str:
    """The text in ASCII: signs of keys by their names, everything else a character each."""
    return key_names(text).translate(ASCII)


def in_two(text: str) -> str:
    """The text with the signs of comparison that ASCII writes in two characters."""
    return text.replace("≤", "<=").replace("≥", ">=").replace("≠", "!=")


@lru_cache(maxsize=1 << 12)
def breadth(text: str) -> int:
    """Cells that a text takes: two for each wide character, none for an accent on the one before.

    The drawings' own characters take one each; a learner's may be of any script.
    """
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def in_cells(text: str) -> list[str]:
    """What stands in each cell of a text: behind a wide character nothing."""
    if text.isascii():
        return list(text)
    found: list[str] = []
    for character in text:
        count = _cells(character)
        if count or not found:
            found += [character, ""][: max(1, count)]
        else:
            place = -2 if found[-1] == "" and len(found) > 1 else -1
            found[place] += character
    return found


def ljust(text: str, width: int) -> str:
    """The text with blanks behind it, up to so many cells."""
    return text + " " * (width - breadth(text))


def rjust(text: str, width: int) -> str:
    """The text with blanks before it, up to so many cells."""
    return " " * (width - breadth(text)) + text


def width_of(line: Line) -> int:
    """Cells that a line takes."""
    return sum([breadth(text) for text, _ in line])


def text_of(line: Line) -> str:
    """A line without its ink."""
    return "".join(text for text, _ in line)


def runs(cells: Iterable[Span]) -> Line:
    """Spans, with neighbours of one ink joined."""
    line: Line = []
    for text, ink in cells:
        if line and line[-1][1] == ink:
            line[-1] = (line[-1][0] + text, ink)
        else:
            line.append((text, ink))
    return line


def crop(line: Line, width: int) -> Line:
    """The line's first cells; what is cut off is told by an ellipsis."""
    if width_of(line) <= width:
        return line
    kept: Line = []
    room = max(0, width - 1)
    for text, ink in line:
        fits = "".join(_fitting(text, room))
        kept.append((fits, ink))
        room -= breadth(fits)
        if room <= 0 or len(fits) < len(text):
            break
    return [*kept, ("…", MUTED)] if width > 0 else []


def _fitting(text: str, room: int) -> list[str]:
    """The first cells of a text, no wide character cut in half."""
    found = in_cells(text)
    return found[: room - 1] if room < len(found) and room and found[room] == "" else found[:room]


def pad(line: Line, width: int) -> Line:
    """The line with blanks up to a width."""
    missing = width - width_of(line)
    return [*line, (" " * missing, PLAIN)] if missing > 0 else line
