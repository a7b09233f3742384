"""A compositor that writes only changed spans, from their first cell to their last.

Textual 8.2 writes a changed region from the left edge of its widget, and paints the whole top
screen again when something moves on the one below it.
"""

from __future__ import annotations

import math
from typing import Any

from rich.console import Console
from rich.segment import Segment
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.geometry import Region
from textual.screen import Screen

from tutor.widgets.budget import ByteBudget
from tutor.widgets.encoder import TerminalPen
from tutor.widgets.tutored import Tutored


class Page:
    """What the lines of the terminal show, as far as that is known: a line that is to show the
    same again need not be written."""

    def __init__(self) -> None:
        self._lines: dict[int, list[Segment]] = {}
        self.budget = ByteBudget()
        self.total = 0
        """Bytes written so far."""
        self.piece = math.inf
        """Bytes that may be written at once, as the line carries them; the rest comes later."""
        self.late: set[Region] = set()
        """What changed and is still to be written."""

    def shows(self, y: int, segments: list[Segment]) -> bool:
        """Whether a line shows this already; from now on it does."""
        known = self._lines.get(y) == segments
        self._lines[y] = segments
        return known

    def sent(self, written: str) -> str:
        """Take what is written to the terminal into account."""
        count = len(written.encode())
        self.budget.spend(count)
        self.total += count
        return written

    def forget(self, *lines: int) -> None:
        """These lines were written to, in part or by others; without any: all lines."""
        for y in lines:
            self._lines.pop(y, None)
        if not lines:
            self._lines.clear()


class TightUpdate(ChopsUpdate):
    """An update that writes only its spans."""

    page: Page | None = None

    def render_segments(self, console: Console) -> str:
        pen = TerminalPen(console)
        if self.page and self.spans:
            self.page.forget(*{y for y, _, _ in self.spans})
        for y, x1, x2 in self.spans:
            if self.page and pen.count() >= self.page.piece:
                self.page.late.add(Region(x1, y, x2 - x1, 1))
                continue
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                if strip is None or x >= x2 or end <= x1:
                    continue
                first, last = max(x, x1), min(end, x2)
                pen.move(first, y)
                pen.line(strip.crop(first - x, last - x)._segments)
        pen.reset()
        written = "".join(pen.written)
        return self.page.sent(written) if self.page else written


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
                self.page.forget(y)
                continue
            segments = [segment for strip in line for segment in strip._segments]
            if self.page and self.page.shows(y, segments):
                continue
            pen.move(self.region.x, y)
            pen.line(segments)
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
        super()._compositor_refresh()
