"""ASCII for what is beyond it: the nearest sign, letter or name."""

from __future__ import annotations

import pytest

from tutor.ascii import to_ascii


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("28×28 −1", "28x28 -1"),
        ("a ≤ b ≥ c ≠ d → e …", "a <= b >= c != d -> e ..."),
        ("σ and Δ", "sigma and delta"),
        ("café", "cafe"),
        ("press ⏎", "press Enter"),
        ("┌─┐│⠀⠒", "+-+| *"),
        ("1\u00a0000", "1 000"),
        ("漢", "?"),
    ],
)
def test_to_ascii(text: str, written: str) -> None:
    assert to_ascii(text) == written
