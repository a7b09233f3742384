"""What a terminal shows is known as long as all of it was written by one hand."""

from __future__ import annotations

import random

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tutor.widgets.page import MOST_SPANS, WORTH, Page

WIDTH = 60
STYLES = [None, Style.parse("bold"), Style.parse("red on blue")]


def strip(text: str, style: Style | None = None, cut: int = 0) -> Strip:
    """A text; in two segments that look the same when it is cut."""
    parts = [text[:cut], text[cut:]] if cut else [text]
    return Strip([Segment(part, style) for part in parts])


def test_a_line_is_written_once() -> None:
    page = Page()
    assert not page.shows(3, 0, strip("a" * WIDTH), WIDTH)
    assert page.shows(3, 0, strip("a" * WIDTH, cut=9), WIDTH)
    assert not page.shows(3, 0, strip("a" * WIDTH, STYLES[1]), WIDTH)
    assert not page.shows(4, 0, strip("a" * WIDTH), WIDTH)


def test_a_span_of_a_known_line_is_written_once() -> None:
    page = Page()
    assert not page.shows(0, 20, strip("b" * WORTH), WIDTH) and not page.knows(0)
    page.shows(0, 0, strip("a" * WIDTH), WIDTH)
    assert page.shows(0, 20, strip("a" * WORTH), WIDTH)
    assert not page.shows(0, 20, strip("b" * WORTH), WIDTH)
    assert page.shows(0, 20, strip("b" * WORTH), WIDTH)
    now = "a" * 20 + "b" * WORTH + "a" * (WIDTH - 20 - WORTH)
    assert page.shows(0, 0, strip(now), WIDTH)


def test_what_others_wrote_over_is_not_known() -> None:
    page = Page()
    page.shows(0, 0, strip("a" * WIDTH), WIDTH)
    page.forget()
    assert not page.shows(0, 0, strip("a" * WIDTH), WIDTH)


@pytest.mark.parametrize("seed", range(8))
def test_it_shows_what_was_written_last(seed: int) -> None:
    rng = random.Random(seed)
    page, cells = Page(), [("·", STYLES[0])] * WIDTH
    page.shows(0, 0, strip("·" * WIDTH), WIDTH)
    for _ in range(3 * MOST_SPANS):
        first = rng.randrange(WIDTH)
        last = rng.randint(first + 1, WIDTH)
        if rng.random() < 0.2:  # what is there already
            new = cells[first:last]
        else:
            new = [(rng.choice("ab"), rng.choice(STYLES))] * (last - first)
        written = not page.shows(0, first, Strip([Segment(*cell) for cell in new]), WIDTH)
        assert written or new == cells[first:last]
        assert written or last - first >= WORTH
        cells[first:last] = new
    assert page.shows(0, 0, Strip([Segment(*cell) for cell in cells]), WIDTH)
