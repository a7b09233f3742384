"""Colours that can be read on their page, and told apart in one chart."""

from __future__ import annotations

from itertools import combinations

import pytest
from rich.color import Color
from rich.color_triplet import ColorTriplet
from textual.theme import Theme

from tutor.drawing.curves import SERIES_ROLES
from tutor.drawing.ink import Ink
from tutor.themes import THEMES
from tutor.widgets.inks import _ROLES, Colours, style_of


def triplet(colour: str) -> ColorTriplet:
    return Color.parse(colour).get_truecolor()


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2 has it."""
    parts = [part / 255 for part in triplet(colour)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_ink_can_be_read_on_its_page(theme: Theme) -> None:
    page = theme.background
    for role, ink in _ROLES[theme.name.removeprefix("tutor-")].items():
        dark, bright = sorted((luminance(page), luminance(ink)))
        assert (bright + 0.05) / (dark + 0.05) >= 4.5, role


@pytest.mark.parametrize("colours", ["dark", "light", "ansi", "ansi-light"])
def test_three_curves_of_one_chart_have_three_colours(colours: Colours) -> None:
    drawn = [style_of(Ink(role), colours).color for role in SERIES_ROLES[:3]]
    for one, other in combinations(drawn, 2):
        assert one and other
        apart = zip(one.get_truecolor(), other.get_truecolor(), strict=True)
        assert sum((a - b) ** 2 for a, b in apart) ** 0.5 >= 60
