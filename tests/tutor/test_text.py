"""Text for terminals: nothing that one would obey, and ASCII where need be."""

from __future__ import annotations

import pytest

from tutor.text import clean, to_ascii


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain × −1 ▲", "plain × −1 ▲"),
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("a\x9b2Jb\x7f\r\n", r"a\x9b2Jb\x7f\r\n"),
        ("right\u202eleft\u200b", r"right\u202eleft\u200b"),
        ("a\u2028b", r"a\u2028b"),
        ("\udcff", r"\udcff"),
        ("1\u00a0000\u2009m", "1 000 m"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("28×28 −1", "28x28 -1"),
        ("a ≤ b ≥ c ≠ d → e …", "a <= b >= c != d -> e ..."),
        ("σ and Δ", "sigma and delta"),
        ("café", "cafe"),
        ("press ⏎", "press Enter"),
        ("┌─┐│⠀⠒", "+-+| *"),
        ("漢", "?"),
    ],
)
def test_to_ascii(text: str, written: str) -> None:
    assert to_ascii(text) == written
