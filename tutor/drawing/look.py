"""The ways in which pixels can be drawn."""

from __future__ import annotations

from typing import Literal

Look = Literal["blocks", "shades", "numbers"]
LOOKS: tuple[Look, ...] = ("blocks", "shades", "numbers")
"""Two pixels to a character in colour; a character each; or the numbers that they are."""
