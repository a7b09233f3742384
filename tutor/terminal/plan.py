"""What the application does on a terminal, after what the terminal can and the learner prefers."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from tutor.drawing.look import Look
from tutor.preferences.kinds import AUTO, Preferences
from tutor.terminal.surroundings import Surroundings

OWN_THEMES = {False: "tutor-dark", True: "tutor-light"}
ANSI_THEMES = {False: "ansi-dark", True: "ansi-light"}
"""Names of themes, by whether the page is light."""
_LOOKS: dict[str, Look] = {"blocks": "blocks", "characters": "shades", "numbers": "numbers"}


@dataclass(frozen=True)
class Plan:
    """What the application does."""

    theme: str
    """A key of OWN_THEMES or ANSI_THEMES by value."""
    ascii_only: bool
    look: Look
    slides: bool
    """Whether pages slide when they scroll."""
    lines_alone: bool
    """Whether the course is lines of text, as with --plain."""
    why: Mapping[str, str]
    """By the name of a setting: what is done about it, and why."""

    @property
    def light(self) -> bool:
        return self.theme.endswith("light")


def plan_for(
    around: Surroundings,
    preferences: Preferences,
    *,
    ascii_only: bool = False,
    light: bool = False,
    environment: Mapping[str, str] = os.environ,
) -> Plan:
    """What to do here. ascii_only, light: asked for on the command line, which wins."""
    theme, theme_why = _theme(around, preferences, light)
    plain, plain_why = _ascii(around, preferences, ascii_only)
    look, look_why = _look(preferences, plain, theme in OWN_THEMES.values())
    slides, slides_why = _slides(around, preferences, environment)
    why = {"theme": theme_why, "characters": plain_why, "pixels": look_why, "motion": slides_why}
    return Plan(theme, plain, look, slides, around.term == "dumb", why)


def _theme(around: Surroundings, preferences: Preferences, light: bool) -> tuple[str, str]:
    chosen = preferences.theme
    if light:
        page, why = True, "--light asks for it"
    elif chosen != AUTO:
        page, why = chosen.endswith("light"), "the setting asks for it"
    elif around.light is not None:
        page, why = around.light, "COLORFGBG says so"
    else:
        page, why = False, "nothing says that the page is light"
    says = f"a {'light' if page else 'dark'} page, as {why}"
    if around.depth == "none":
        return ANSI_THEMES[page], f"no colours, as {around.depth_why}"
    if around.depth == "16":
        return ANSI_THEMES[page], f"{says}, in the terminal's own 16 colours"
    if chosen.startswith("terminal") and not light:
        return ANSI_THEMES[page], f"the terminal's own colours on {says}"
    return OWN_THEMES[page], says


def _ascii(around: Surroundings, preferences: Preferences, ascii_only: bool) -> tuple[bool, str]:
    if ascii_only:
        return True, "ASCII alone, as --ascii asks for it"
    if preferences.characters != AUTO:
        plain = preferences.characters == "ascii"
        return plain, f"{_characters(plain)}, as the setting asks for it"
    return not around.unicode, f"{_characters(not around.unicode)}, as {around.unicode_why}"


def _characters(plain: bool) -> str:
    return "ASCII alone" if plain else "all characters"


def _look(preferences: Preferences, plain: bool, colours: bool) -> tuple[Look, str]:
    # Half blocks say everything by colour, so they need enough of it.
    blocks = colours and not plain
    if preferences.pixels == "blocks" and not blocks:
        lacks = "there is ASCII alone" if colours else "there are too few colours for blocks"
        return "shades", f"as characters, as {lacks}"
    if preferences.pixels != AUTO:
        return _LOOKS[preferences.pixels], f"as {preferences.pixels}, as the setting asks for it"
    if blocks:
        return "blocks", "as blocks in colour, two to a character"
    lacks = "there is ASCII alone" if plain else "there are too few colours for blocks"
    return "shades", f"as characters, as {lacks}"


def _slides(
    around: Surroundings, preferences: Preferences, environment: Mapping[str, str]
) -> tuple[bool, str]:
    if preferences.motion != AUTO:
        slides = preferences.motion == "always"
        return slides, f"{_sliding(slides)}, as the setting asks for it"
    said = environment.get("TEXTUAL_ANIMATIONS", "").lower()
    if said in ("none", "basic", "full"):
        slides = said == "full"
        return slides, f"{_sliding(slides)}, as TEXTUAL_ANIMATIONS is {said}"
    if around.ssh:
        return False, "pages jump when they scroll, as a slow line would take long over sliding"
    return True, "pages slide when they scroll"


def _sliding(slides: bool) -> str:
    return "pages slide when they scroll" if slides else "pages jump when they scroll"
