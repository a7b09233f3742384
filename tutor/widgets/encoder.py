"""Writes styled text with as few codes as there are: of every look only what differs.

Textual writes each run of text with its whole style and a reset, which is most of what a picture
costs on a slow line.
"""

from __future__ import annotations

from functools import lru_cache

from rich.color import Color, ColorSystem
from rich.console import Console
from rich.control import Control
from rich.segment import Segment
from rich.style import Style

Codes = tuple[str, str, str, bool]
"""Weight and the like, foreground, background, and whether a blank shows any of the first two."""

NO_CODES: Codes = ("", "", "", False)


@lru_cache(maxsize=1 << 14)
def codes_of(style: Style | None, system: ColorSystem) -> Codes:
    """The codes of a style in its parts."""
    if style is None:
        return NO_CODES
    inked = style.underline or style.underline2 or style.reverse or style.strike or style.overline
    return (
        style.without_color._make_ansi_codes(system),
        _colour(style.color, system, "39"),
        _colour(style.bgcolor, system, "49"),
        bool(inked),
    )


def _colour(colour: Color | None, system: ColorSystem, usual: str) -> str:
    """The codes of a colour; none for the terminal's own."""
    if colour is None:
        return ""
    codes = colour.downgrade(system).get_ansi_codes(foreground=usual == "39")
    return "" if codes == (usual,) else ";".join(codes)


class TerminalPen:
    """What the terminal's pen is set to, and what to write to set it differently."""

    def __init__(self, console: Console) -> None:
        self.system = console._color_system
        self.codes = NO_CODES
        self.written: list[str] = []
        self._counted = (0, 0)

    def count(self) -> int:
        """How many characters have been written so far."""
        parts, count = self._counted
        count += sum(map(len, self.written[parts:]))
        self._counted = (len(self.written), count)
        return count

    def move(self, x: int, y: int) -> None:
        self.written.append(Control.move_to(x, y).segment.text)

    def line(self, segments: list[Segment]) -> None:
        """Write the segments of a line."""
        for text, style, control in segments:
            if control or self.system is None or (style is not None and style.link):
                self.reset()
                self.written.append(
                    style.render(text, color_system=self.system) if style and not control else text
                )
            elif text:
                self.turn(codes_of(style, self.system), text.isspace())
                self.written.append(text)

    def turn(self, codes: Codes, blank: bool) -> None:
        weight, foreground, background, inked = codes
        now = self.codes
        if blank and not inked and not now[3]:
            # A blank shows its background alone.
            weight, foreground = now[0], now[1]
            inked = now[3]
        if (weight, foreground, background) == now[:3]:
            return
        parts = []
        if weight != now[0] and now[0]:
            parts.append("0")
            now = NO_CODES
        if weight != now[0]:
            parts.append(weight)
        if foreground != now[1]:
            parts.append(foreground or "39")
        if background != now[2]:
            parts.append(background or "49")
        self.written.append(f"\x1b[{';'.join(parts)}m")
        self.codes = (weight, foreground, background, inked)

    def reset(self) -> None:
        if self.codes != NO_CODES:
            self.written.append("\x1b[0m")
            self.codes = NO_CODES
