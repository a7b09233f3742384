"""The colours of the page, and how many of them a terminal has."""

from __future__ import annotations

from rich.color import ColorSystem
from rich.theme import Theme as RichTheme
from textual.theme import Theme

from tutor.terminal.plan import OWN_THEMES
from tutor.terminal.surroundings import Depth

THEMES = (
    Theme(
        name=OWN_THEMES[False],
        primary="#ffd479",
        secondary="#74c0ff",
        accent="#ffd479",
        foreground="#d7dde8",
        background="#14171c",
        surface="#14171c",
        panel="#1d222a",
        dark=True,
    ),
    Theme(
        name=OWN_THEMES[True],
        primary="#6b5600",
        secondary="#0b5fa8",
        accent="#6b5600",
        foreground="#22262e",
        background="#f6f4ee",
        surface="#f6f4ee",
        panel="#e9e5da",
        dark=False,
    ),
)

SYSTEMS: dict[Depth, ColorSystem] = {
    # Weight and reversal remain where there are no colours.
    "none": ColorSystem.STANDARD,
    "16": ColorSystem.STANDARD,
    "256": ColorSystem.EIGHT_BIT,
    "truecolor": ColorSystem.TRUECOLOR,
}

PROSE = RichTheme({"markdown.code": "bold", "markdown.strong": "bold", "markdown.em": "italic"})
"""How the text of a step is set: weight only, so that it suits every theme."""
