"""A compositor that writes only changed spans, from their first cell to their last.

Textual 8.2 writes a changed region from the left edge of its widget, and paints the whole top
screen again when something moves on the one below it.
"""

from __future__ import annotations

from typing import Any

from rich.console import Console
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.screen import Screen

from tutor.widgets.encoder import TerminalPen


class TightUpdate(ChopsUpdate):
    """An update that writes only its spans."""

    def render_segments(self, console: Console) -> str:
        pen = TerminalPen(console)
        for y, x1, x2 in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                if strip is None or x >= x2 or end <= x1:
                    continue
                first, last = max(x, x1), min(end, x2)
                pen.move(first, y)
                pen.line(strip.crop(first - x, last - x)._segments)
        pen.reset()
        return "".join(pen.written)


class TightLayout(LayoutUpdate):
    """An update of the whole screen."""

    def render_segments(self, console: Console) -> str:
        pen = TerminalPen(console)
        for y, line in enumerate(self.strips, self.region.y):
            pen.move(self.region.x, y)
            for strip in line:
                pen.line(strip._segments)
        pen.reset()
        return "".join(pen.written)


class TightCompositor(Compositor):
    """Textual's compositor with tight updates."""

    def render_partial_update(self) -> ChopsUpdate | None:
        update = super().render_partial_update()
        if update is None:
            return None
        return TightUpdate(update.chops, update.spans, update.chop_ends)

    def render_full_update(self, simplify: bool = False) -> LayoutUpdate:
        update = super().render_full_update(simplify=simplify)
        return TightLayout(update.strips, update.region)


class TightScreen(Screen[None]):
    """A screen that is composed tightly."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._compositor = TightCompositor()

    def _compositor_refresh(self) -> None:
        top = self.app.screen
        if self is not top and top.styles.background.a == 1:
            # Nothing of this screen is seen; Textual would paint the whole of the top one anew.
            self._compositor._dirty_regions.clear()
            self._dirty_widgets.clear()
            return
        super()._compositor_refresh()
