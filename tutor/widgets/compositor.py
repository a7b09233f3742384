"""A compositor that writes only changed spans, from their first cell to their last.

Textual 8.2 writes a changed region from the left edge of its widget, and paints the whole top
screen again when something moves on the one below it.
"""

from __future__ import annotations

from typing import Any

from rich.console import Console
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

from tutor.widgets.encoder import TerminalPen
from tutor.widgets.page import Page
from tutor.widgets.tutored import Tutored


class TightUpdate(ChopsUpdate):
    """An update that writes only its spans."""

    page: Page | None = None

    def render_segments(self, console: Console) -> str:
        pen = TerminalPen(console)
        for y, x1, x2 in self.spans:
            if self.page and pen.count() >= self.page.piece:
                self.page.late.add(Region(x1, y, x2 - x1, 1))
                continue
            for x, strip in self._pieces(y, x1, x2):
                if self.page and self.page.shows(y, x, strip, self.chop_ends[y][-1]):
                    continue
                pen.move(x, y)
                pen.line(strip._segments)
        pen.reset()
        written = "".join(pen.written)
        return self.page.sent(written) if self.page else written

    def _pieces(self, y: int, x1: int, x2: int) -> list[tuple[int, Strip]]:
        """What a span shows, and from which column on."""
        chops = zip(self.chop_ends[y], self.chops[y].items(), strict=False)
        pieces = [
            (max(x, x1), strip.crop(max(x, x1) - x, min(end, x2) - x))
            for end, (x, strip) in chops
            if strip is not None and x < x2 and end > x1
        ]
        if self.page is None or self.page.knows(y):
            return pieces
        width = sum(strip.cell_length for _, strip in pieces)
        whole = width == self.chop_ends[y][-1]  # from now on the line is known
        return [(0, Strip.join([strip for _, strip in pieces]))] if whole else pieces


class TightLayout(LayoutUpdate):
    """An update of the whole screen: the lines that do not show it yet."""

    page: Page | None = None

    def render_segments(self, console: Console) -> str:
        pen = TerminalPen(console)
        if self.page:
            self.page.late.clear()
        for y, line in enumerate(self.strips, self.region.y):
            if self.page and pen.count() >= self.page.piece:
                self.page.late.add(Region(self.region.x, y, self.region.width, 1))
                continue
            strip = Strip.join(line)
            if self.page and self.page.shows(y, self.region.x, strip, self.region.width):
                continue
            pen.move(self.region.x, y)
            pen.line(strip._segments)
        pen.reset()
        written = "".join(pen.written)
        return self.page.sent(written) if self.page else written


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


class TightScreen(Screen[None], Tutored):
    """A screen that is composed tightly, and not while the terminal is behind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._compositor = TightCompositor()
        self.was_seen = False
        """Whether the screen has been written to the terminal."""

    def was_written(self) -> None:
        """The screen was written to the terminal."""
        if not self.was_seen:
            self.was_seen = True
            self.call_next(self.first_written)

    def first_written(self) -> None:
        """Called when the screen was written for the first time: what may come later comes now."""

    def _on_timer_update(self) -> None:
        if self.tutor.writing:
            # The timer goes on: what has changed until the terminal is there is one frame. But
            # nothing that waits for a frame is kept waiting by a line.
            if self._callbacks:
                self.call_next(self._invoke_and_clear_callbacks)
            return
        fresh = self._layout_required or self._repaint_required or bool(self._dirty_widgets)
        super()._on_timer_update()
        late = self.tutor.page.late
        if late and self is self.app.screen and not self.app._batch_count:
            if not fresh:  # what a key changed just now goes before the rest of a large frame
                self._compositor._dirty_regions |= late
                late.clear()
                self._compositor_refresh()
            self._update_timer.resume()

    def _compositor_refresh(self) -> None:
        top = self.app.screen
        if self is not top and top.styles.background.a == 1:
            # Nothing of this screen is seen; Textual would paint the whole of the top one anew.
            self._compositor._dirty_regions.clear()
            self._dirty_widgets.clear()
            return
        if not self.tutor.waits_for_batch():
            super()._compositor_refresh()
