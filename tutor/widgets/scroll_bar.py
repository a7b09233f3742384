"""Scroll bars of whole cells: the parts of cells at their ends are no ASCII, and look like text."""

from __future__ import annotations

from typing import Any

from rich.segment import Segments
from textual.scrollbar import ScrollBar, ScrollBarRender


class WholeCells(ScrollBarRender):
    """A thumb that begins and ends where cells do, and never fills a bar that can be moved."""

    VERTICAL_BARS = [" "]
    HORIZONTAL_BARS = [" "]

    @classmethod
    def render_bar(
        cls,
        size: int = 25,
        virtual_size: float = 50,
        window_size: float = 20,
        position: float = 0,
        *others: Any,
        **named: Any,
    ) -> Segments:
        hidden = virtual_size - window_size
        if window_size and size > 1 and hidden > 0:
            thumb = max(1, min(size - 1, int(size * window_size / virtual_size)))
            window_size = thumb * virtual_size / size
            position *= (virtual_size - window_size) / hidden
        return super().render_bar(size, virtual_size, window_size, position, *others, **named)


def use_whole_cells() -> None:
    """Draw every scroll bar so, Textual's own too."""
    ScrollBar.renderer = WholeCells
