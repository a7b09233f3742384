"""Foreign text that is made harmless for a terminal."""

from __future__ import annotations

import pytest

from lessons.kit.clean import clean, clean_line


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain é 漢 👩‍🔬\ttab\nline", "plain é 漢 👩‍🔬\ttab\nline"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[2J\x1b[1;1H\x1b[?1049hx", "x"),
        ("\x9b31mred", "red"),
        ("\x1b]0;title\x07x", "x"),
        ("\x1b]52;c;aGVsbG8=\x1b\\x", "x"),
        ("\x9d0;title\x9cx", "x"),
        ("\x1b]0;left open\nx", "\nx"),
        ("\x1bPq#0;2;0;0;0\x1b\\x", "x"),
        ("\x1bcx\x1b(0y\x1b7z", "xyz"),
        ("\x1b", ""),
        ("\x1b\x1b[31mx", "x"),
        ("\x1b[\x1b[31m", ""),
        ("a\x00b\x07c\x08d\x7fe\x85f\x91g", "abcde\nfg"),
        ("one\rtwo\r\nthree\x0bfour\u2028five", "one\ntwo\nthree\nfour\nfive"),
        ("\u202eevil\u202c \u2066x\u2069\u200f", "evil x"),
        ("half \ud800 pair", "half \ufffd pair"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned
    assert clean(cleaned) == cleaned


def test_one_line() -> None:
    assert clean_line("a\n  b\x1b[31m\tc", 80) == "a b c"
    assert clean_line("x" * 100, 10) == "x" * 9 + "…"
