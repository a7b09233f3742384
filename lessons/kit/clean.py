"""Makes foreign text harmless for a terminal."""

from __future__ import annotations

import re

_SEQUENCES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # colours, cursor moves
    r"|\x9b[0-?]*[ -/]*[@-~]"
    # The window's title, the clipboard; to the line's end where one is left open.
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c|(?=\n)|$)"
    r"|\x1b[ -/]*[0-~]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f]"  # C0 but for tab and newline, DEL, C1
    "|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"  # they reorder what stands around them
)
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """The text without escape sequences, control characters (C0, C1) and bidi controls.

    Newlines and tabs stay; other line ends become newlines. What is left can be printed, but may
    still look like markup: draw it with `markup=False`.
    """
    text = _LINE_ENDS.sub("\n", _SEQUENCES.sub("", text))
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", _UNSEEN.sub("", text))


def clean_line(text: str, most: int) -> str:
    """The text on one line, cleaned, and cut to at most so many characters."""
    line = " ".join(clean(text[: 8 * most]).split())
    return line if len(line) <= most else line[: most - 1] + "…"
