"""A lab: controls, and the film that the engine makes for their settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lessons.kit.control import Control, SettingError, Settings
from lessons.kit.film import Film

RESERVED_KEYS = frozenset("q?vnbrhx +-=,.[]gG:0123456789")
"""Keys that the application keeps for itself; the letter of a control is none of them."""


@dataclass(frozen=True)
class Lab:
    """What a learner can set, and what is then to be seen.

    `film` may refuse settings that do not go together with a ValueError whose message is a
    sentence for the learner.
    """

    name: str
    title: str
    controls: tuple[Control, ...]
    film: Callable[[Settings], Film]
    prepare: Callable[[], object] | None = None
    """What takes long and is soon wanted, such as a training whose outcome a control brings in:
    it is called beside the screen when a step with the lab is open."""

    @property
    def defaults(self) -> dict[str, Any]:
        return {control.name: control.initial for control in self.controls}

    def control(self, name: str) -> Control:
        """The control of that name. Errors: SettingError that lists the names there are."""
        for control in self.controls:
            if control.name == name:
                return control
        known = ", ".join(control.name for control in self.controls) or "none"
        raise SettingError(f"the lab {self.name!r} has no control {name!r}; it has {known}")

    def settings(self, given: Mapping[str, Any] = {}) -> dict[str, Any]:
        """The defaults with what is given put in; text is read by its control.

        Errors: SettingError that names the control and what it takes.
        """
        values = self.defaults
        for name, value in given.items():
            control = self.control(name)
            try:
                text = value if isinstance(value, str) else control.show(value)
            except (TypeError, ValueError):
                raise control.refuse(value) from None
            values[name] = control.parse(text)
        return values

    def changed(self, settings: Settings, name: str, value: Any) -> dict[str, Any]:
        """The settings with one control changed, and what depends on it reset, or set along."""
        control = self.control(name)
        others = {other: self.control(other).initial for other in control.resets}
        if value != control.initial:
            others |= {other: self.control(other).parse(text) for other, text in control.sets}
        return {**settings, **others, name: value}
