"""Text as it is to be read aloud: signs that screen readers leave out become words."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable

from engine.notation import MINUS
from lessons.kit.clean import clean
from tutor.ascii import to_ascii
from tutor.dialogue.blocks import told_block
from tutor.drawing.ink import key_names

_NUMBER = rf"{MINUS}?\d+(?:\.\d+)?(?![\w.]*\w)"
_LIST = re.compile(rf"(?<![\w.{MINUS}]){_NUMBER}(?: {_NUMBER})+")
_TYPED_MINUS = re.compile(r"(?<![\w.)\]/-])-(?=\.?\d)")
_SPOKEN_MINUS = re.compile(r"\bminus\s+(?=\.?\d)")
_POWER = re.compile(rf"(?<![\w.])(\d[\d.]*)e({MINUS}?\d+)\b")
_REWRITTEN = [
    (re.compile(pattern), words)
    for pattern, words in (
        (rf"(?<=[\w)\]])(?={MINUS})", " "),
        (rf"{MINUS}(?=[^\s,;:.)\]!?]|\.\d|$)", "minus "),
        (r"⌊([^⌋]*)⌋", r"floor(\1)"),
        (r"⌈([^⌉]*)⌉", r"ceiling(\1)"),
        (r"Σ\(([^)]*)\) ", r"sum over \1 of "),
        (r"Σ(?= over )", "sum"),
        (r"Σ ?", "sum of "),
        (r"≈ ?", "about "),
        (r"∏ ?", "product of "),
        (r"√\(", "root of ("),
        (r"√ ?", "root of "),
        (r" ?· ?", " times "),
        (r"(\d) ?°", r"\1 degrees"),
        (r"(?<=[a-z]) °", " in degrees"),
        (r"(?<=[\w)\]])′", " prime"),
        (r"(?<=\w)␣(?=\w)", " "),
        (r"(?<=\w)[↵¶] ?", " new line "),
        (r"[↵¶](?=\w)", "new line "),
        (r" → ", ", then "),
        (r"(?<=\w)→(?=\w)", " to "),
        (r"(?<=[,;:] )×|(?<![^\s`])×(?=[`,;]|$)", "cross"),
    )
]
_NOT_IN_CODE = [
    (re.compile(pattern), words)
    for pattern, words in (
        (r"(?<![^\s(])\+(?=[\s,.;]|$)", "plus"),
        (r"\^2\b", " squared"),
        (r"\^", " to the power "),
        (r"(?<![^\s,(])_(?![^\s,:)])", "blank"),
    )
]
"""Signs that code is written with, and which stay there as they are typed."""
_WORDS = {
    MINUS: "minus", "±": "plus or minus ", "²": " squared", "ᶻ": " to the z", "∂": "d",
    "ŷ": "y hat", "ᵀ": " transposed", "‖": " against ", "≠": "is not",
    "≤": "at most", "≥": "at least", "∞": "infinity", "✓": "done", "␣": "space", "•": "dot",
    "↵": "new line", "¶": "new line",
}  # fmt: skip
"""What is said for signs that voices leave out, or call something else."""
_KEYS = {"`home`": "`moment first`", "`[`": "`earlier`", "`]`": "`later`", "`.`": "`right`"}
"""What is said here for keys that nobody hears, or whose names mean something else."""
_CODE = re.compile(r"(`[^`]*`)")


def said(text: str) -> str:
    """A line with its minus signs, products, sums and the like as words."""
    for pattern, words in _NOT_IN_CODE:
        text = pattern.sub(words, text)
    return _in_words(_POWER.sub(r"\1 times 10 to the \2", listed(_TYPED_MINUS.sub(MINUS, text))))


def listed(text: str) -> str:
    """Numbers beside one another with commas between, as nobody hears blanks: 1 −2 is 1, −2."""
    return _LIST.sub(lambda numbers: numbers[0].replace(" ", ", "), _TYPED_MINUS.sub(MINUS, text))


def _in_words(text: str) -> str:
    """The text with words for the signs of mathematics; a hyphen stays, which is code's minus."""
    for pattern, words in _REWRITTEN:
        text = pattern.sub(words, text)
    for sign, word in _WORDS.items():
        text = text.replace(sign, word)
    return text


def said_prose(markdown: str) -> str:
    """The course's Markdown: keys by their names, words for signs; grids one after another."""
    parts = markdown.split("```")
    for n in range(0, len(parts), 2):
        pieces = _CODE.split(parts[n])
        pieces[::2] = map(said, pieces[::2])
        pieces[1::2] = [_KEYS.get(code, _in_words(key_names(code))) for code in pieces[1::2]]
        parts[n] = "".join(pieces)
    for n in range(1, len(parts), 2):
        language, *lines = parts[n].split("\n")
        parts[n] = "\n".join([language, *told_block(lines[:-1], said), ""])
    return "```".join(parts)


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
