"""What a widget or screen of this application can ask the application itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.dom import DOMNode

if TYPE_CHECKING:
    from tutor.app import TutorApp


class Tutored(DOMNode):
    """Gives the application under its own type."""

    @property
    def tutor(self) -> TutorApp:
        """The application, which knows the colours and characters that the terminal has."""
        return cast("TutorApp", self.app)
