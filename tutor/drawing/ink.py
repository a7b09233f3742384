"""Ink: how a piece of text looks, said in roles that a theme turns into colours."""

from __future__ import annotations

from collections.abc import Iterable
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
        "∂": "d", "′": "'",
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


def width_of(line: Line) -> int:
    """Cells that a line takes; the drawings use single-width characters only."""
    return sum([len(text) for text, _ in line])


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
        kept.append((text[:room], ink))
        room -= len(text[:room])
        if room <= 0:
            break
    return [*kept, ("…", MUTED)] if width > 0 else []


def pad(line: Line, width: int) -> Line:
    """The line with blanks up to a width."""
    missing = width - width_of(line)
    return [*line, (" " * missing, PLAIN)] if missing > 0 else line
