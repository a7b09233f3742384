"""From ink to Rich styles, for the colours that the terminal has."""

from __future__ import annotations

from functools import cache
from typing import Literal

from rich.color import Color
from rich.style import Style

from tutor.drawing.ink import RGB, Ink, Role

Colours = Literal["dark", "light", "ansi", "ansi-light", "none"]
"""Our own colours on a dark or a light page, the terminal's sixteen on either, or none at all."""

_DARK: dict[str, str] = {
    "muted": "#8a93a3",
    "title": "#c9d1de",
    "accent": "#ffd479",
    "window": "#ffb000",
    "current": "#ff5ad8",
    "dropped": "#ff7a7a",
    "padding": "#8095e8",
    "plus": "#74c0ff",
    "minus": "#ff9d4d",
    "leaf": "#86d98a",
}
_LIGHT: dict[str, str] = {
    "muted": "#5f6672",
    "title": "#2a3040",
    "accent": "#6b5600",
    "window": "#9a5b00",
    "current": "#b3008f",
    "dropped": "#b00020",
    "padding": "#3145a8",
    "plus": "#0b5fa8",
    "minus": "#a84300",
    "leaf": "#1e7a34",
}
_ANSI: dict[str, str] = {
    "muted": "default",
    "title": "default",
    "accent": "bright_yellow",
    "window": "bright_yellow",
    "current": "bright_magenta",
    "dropped": "bright_red",
    "padding": "bright_blue",
    "plus": "bright_cyan",
    "minus": "bright_red",
    "leaf": "bright_green",
}
_ANSI_LIGHT: dict[str, str] = {
    "muted": "default",
    "title": "default",
    "accent": "magenta",
    "window": "magenta",
    "current": "magenta",
    "dropped": "red",
    "padding": "cyan",
    "plus": "blue",
    "minus": "red",
    "leaf": "green",
}
"""None that is bright: on a light page it could not be read."""
_ROLES = {"dark": _DARK, "light": _LIGHT, "ansi": _ANSI, "ansi-light": _ANSI_LIGHT}


@cache
def style_of(ink: Ink, colours: Colours) -> Style:
    """The Rich style of an ink. Where there are no colours, weight and reversal remain."""
    if colours == "none":
        return Style(bold=ink.bold, reverse=ink.reverse, underline=ink.underline)
    return Style(
        color=_colour(ink.fg, colours),
        bgcolor=_colour(ink.bg, colours),
        bold=ink.bold or None,
        reverse=ink.reverse or None,
        underline=ink.underline or None,
    )


def _colour(part: Role | RGB | None, colours: Colours) -> Color | None:
    if part is None:
        return None
    if isinstance(part, tuple):
        return Color.from_rgb(*part)
    return Color.parse(_ROLES[colours][part])
