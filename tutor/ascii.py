"""Any text in ASCII, for terminals and encodings that know no more."""

from __future__ import annotations

import unicodedata

from tutor.drawing.ink import ASCII

_LONGER = str.maketrans(
    {
        "≤": "<=", "≥": ">=", "≠": "!=", "√": "sqrt", "→": "->", "←": "<-", "…": "...",
        "⏎": "Enter", "⇥": "Tab", "⌫": "Backspace", "½": "1/2",
    }
)  # fmt: skip
"""Characters that one of ASCII cannot stand for; only where columns need not line up."""


def to_ascii(text: str) -> str:
    """The text in ASCII: signs by their likes, letters without accents, Greek letters by name."""
    if text.isascii():
        return text
    return "".join(map(_ascii_of, text.translate(_LONGER).translate(ASCII)))


def in_cells(text: str) -> str:
    """The text in ASCII, each character in as many columns as before; escapes stay as they are."""
    if text.isascii():
        return text
    return "".join(map(_cell_of, text.translate(ASCII)))


def _cell_of(character: str) -> str:
    if character.isascii():
        return character
    name = unicodedata.name(character, "")
    if name.endswith("BLOCK"):
        return " "  # the frame of a notice, the end of a scroll bar
    if unicodedata.combining(character):
        return ""
    width = 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return _ascii_of(character)[:1].ljust(width)


def _ascii_of(character: str) -> str:
    if character.isascii():
        return character
    name = unicodedata.name(character, "")
    if name.startswith("BRAILLE"):
        return " " if name == "BRAILLE PATTERN BLANK" else "*"
    if name.startswith("BOX DRAWINGS"):
        return "+"
    if name.startswith("GREEK") and "LETTER" in name:
        return name.split("LETTER ")[1].split()[0].lower()
    plain = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return plain or "?"
