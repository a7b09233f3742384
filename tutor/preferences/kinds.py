"""The settings that there are, with what each can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tutor.speeds import SPEEDS

AUTO = "auto"
"""Whatever suits the terminal: the first value, and the default, of every setting."""


@dataclass(frozen=True)
class Preference:
    """One setting."""

    name: str
    about: str
    """What it is about, a sentence."""
    means: Mapping[str, str]
    """Its values, the default first, each with what it means."""

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(self.means)

    def turned(self, value: str, by: int) -> str:
        """The value so many further on, in a circle."""
        return self.values[(self.values.index(value) + by) % len(self.values)]


PREFERENCES = (
    Preference(
        "theme",
        "The colours of the page and of what is drawn on it.",
        {
            AUTO: "as the terminal says, else dark",
            "dark": "light ink on a dark page",
            "light": "dark ink on a light page",
            "terminal": "the terminal's own colours, of which the page is dark",
            "terminal-light": "the terminal's own colours, of which the page is light",
        },
    ),
    Preference(
        "motion",
        "Whether pages slide when they scroll. Films play only when you play them.",
        {
            AUTO: "they slide, but not over SSH",
            "always": "they slide, over SSH too",
            "never": "they jump",
        },
    ),
    Preference(
        "pixels",
        "How the pixels of pictures are drawn at first.",
        {
            AUTO: "as blocks where there are colours enough, else as characters",
            "blocks": "two to a character, in colour",
            "characters": "a character each",
            "numbers": "as the numbers that they are",
        },
    ),
    Preference(
        "characters",
        "Which characters are written.",
        {
            AUTO: "all that the terminal has",
            "unicode": "all",
            "ascii": "none beyond ASCII",
        },
    ),
    Preference(
        "speed",
        "How fast films play at first; a training keeps its own pace.",
        {AUTO: "as each film has it"}
        | {str(one): f"{one} moment{'s' if one > 1 else ''} a second" for one in SPEEDS},
    ),
)
"""Every setting but the keys, in the order in which they are shown."""


@dataclass(frozen=True)
class Preferences:
    """What the learner prefers."""

    theme: str = AUTO
    motion: str = AUTO
    pixels: str = AUTO
    characters: str = AUTO
    speed: str = AUTO
    keys: Mapping[str, str] = field(default_factory=dict)
    """Keys that are other than as they come: by the id of their binding, apart by commas."""

    def of(self, preference: Preference) -> str:
        """The value of a setting."""
        return str(getattr(self, preference.name))

    def with_value(self, preference: Preference, value: str) -> Preferences:
        """The same but for one setting."""
        values = {one.name: self.of(one) for one in PREFERENCES} | {preference.name: value}
        return Preferences(**values, keys=self.keys)
