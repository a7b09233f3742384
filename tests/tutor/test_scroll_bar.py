"""Scroll bars: of whole cells, and always with room where there is more to see."""

from __future__ import annotations

import pytest

from tests.tutor.reading import lines, opened, press
from tutor.widgets.scroll_bar import WholeCells


@pytest.mark.parametrize(
    ("size", "virtual", "window", "position", "seen"),
    [
        (5, 6, 5, 0, "####."),
        (5, 6, 5, 1, ".####"),
        (5, 50, 5, 0, "#...."),
        (5, 50, 5, 44, "...#."),
        (5, 50, 5, 45, "....#"),
        (10, 20, 10, 5, "..#####..."),
        (10, 10, 0, 0, ".........."),
        (1, 3, 1, 2, "#"),
    ],
)
def test_the_thumb_is_of_whole_cells(
    size: int, virtual: int, window: int, position: int, seen: str
) -> None:
    drawn = WholeCells.render_bar(size, virtual, window, position).segments
    assert {segment.text for segment in drawn} == {" "}
    drawn_thumb = ["#" if one.style and one.style.reverse else "." for one in drawn]
    assert "".join(drawn_thumb) == seen


async def test_beside_a_text_stands_nothing_that_reads_as_text() -> None:
    async with opened("slide", (80, 24), ascii_only=True) as pilot:
        beside = [line[78:] for line in lines(pilot)[14:20]]
        await press(pilot, "pagedown")
        assert not "".join(beside + [line[78:] for line in lines(pilot)[14:19]]).strip()
