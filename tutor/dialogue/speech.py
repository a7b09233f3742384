"""Text as it is to be read aloud: signs that screen readers leave out become words."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable

from engine.notation import MINUS
from lessons.kit.clean import clean
from tutor.ascii import to_ascii
from tutor.drawing.ink import key_names

_BEFORE = re.compile(rf"(?<=[\w)\]])(?={MINUS})")
_AFTER = re.compile(rf"{MINUS}(?=[^\s,;:)\]!?]|$)")
_TYPED_MINUS = re.compile(r"(?<![\w.)\]/-])-(?=\.?\d)")
_SPOKEN_MINUS = re.compile(r"\bminus\s+(?=\.?\d)")
_POWER = re.compile(rf"(?<![\w.])(\d[\d.]*)e({MINUS}?\d+)\b")
_SUM = re.compile(r"Σ\(([^)]*)\) ")
_FLOOR = re.compile(r"⌊([^⌋]*)⌋")
_NUMBERS = re.compile(rf"[\d\s.+{MINUS}·?-]+")
_FAR_APART = re.compile(r" {3,}")
_SIGNS = re.compile(r"[=()\[\]:]")
_CODE = re.compile(r"(`[^`]*`)")


def said(text: str) -> str:
    """A line with its minus signs, products, sums and the like as words."""
    return _in_words(_POWER.sub(r"\1 times 10 to the \2", _TYPED_MINUS.sub(MINUS, text)))


def _in_words(text: str) -> str:
    """The text with words for the signs of mathematics; a hyphen stays, which is code's minus."""
    text = _AFTER.sub("minus ", _BEFORE.sub(" ", text))
    text = _FLOOR.sub(r"floor(\1)", _SUM.sub(r"sum over \1 of ", text))
    return (
        text.replace(MINUS, "minus")
        .replace("±", "plus or minus ")
        .replace(" · ", " times ")
        .replace("²", " squared")
    )


def said_prose(markdown: str) -> str:
    """The course's Markdown: keys by their names, words for signs; grids of numbers as lists."""
    parts = markdown.split("```")
    for n in range(0, len(parts), 2):
        pieces = _CODE.split(parts[n])
        pieces[::2] = map(said, pieces[::2])
        pieces[1::2] = [_in_words(key_names(code)) for code in pieces[1::2]]
        parts[n] = "".join(pieces)
    parts[1::2] = ["\n".join(map(_grid_line, part.split("\n"))) for part in parts[1::2]]
    return "```".join(parts)


def _grid_line(line: str) -> str:
    """A line of a grid in a block of code with commas; what is no grid stays as it is."""
    if not line.strip():
        return line
    if _NUMBERS.fullmatch(line):
        grids = _FAR_APART.split(line.strip())
        return "; ".join(said(", ".join(grid.split())) for grid in grids)
    heads = _FAR_APART.split(line.strip())
    return "; ".join(heads) if len(heads) > 1 and not _SIGNS.search(line) else line


def typed(text: str) -> str:
    """What was typed, with a minus that is a word as a sign: "minus 0.5" is "-0.5"."""
    return _SPOKEN_MINUS.sub("-", text)


class Speaker:
    """Writes lines, wrapped; everything that is said comes through here."""

    def __init__(self, write: Callable[[str], None], width: int, ascii_only: bool) -> None:
        self._write = write
        self.width = width
        self.ascii_only = ascii_only

    def say(self, *texts: str) -> None:
        """Lines of words and numbers, each wrapped; a blank at its start stays in all of it."""
        for text in texts:
            spoken = self.plain(said(text)).rstrip()
            indent = " " * (len(spoken) - len(spoken.lstrip()))
            self._put(
                textwrap.wrap(
                    spoken.strip(),
                    max(self.width, len(indent) + 10),
                    initial_indent=indent,
                    subsequent_indent=indent,
                    break_on_hyphens=False,
                )
                or [""]
            )

    def verbatim(self, lines: Iterable[str], indent: str = "") -> None:
        """Lines as they are, such as code."""
        self._put(f"{indent}{self.plain(line)}".rstrip() for line in lines)

    def prompt(self, text: str) -> None:
        """What stands before the line that the learner types."""
        self._write(self.plain(text))

    def plain(self, text: str) -> str:
        """The text, cleaned, in the characters that can be written."""
        return to_ascii(clean(text)) if self.ascii_only else clean(text)

    def _put(self, lines: Iterable[str]) -> None:
        self._write("".join(f"{line}\n" for line in lines))
