"""The screen of a step that is not there yet: its text can be read meanwhile."""

from __future__ import annotations

import sys
from collections.abc import Callable

from textual.widget import Widget
from textual.widgets import Static

from lessons.kit.script import Lesson
from tutor.screens.step import StepScreen, wrapped_lines


def brought_in() -> bool:
    """Whether what steps are made of has been imported, NumPy above all."""
    return "tutor.lab_session" in sys.modules


class OpeningScreen(StepScreen):
    """A step's text, while what stands beside it is brought in."""

    def __init__(self, lesson: Lesson, step_id: str, bring_in: Callable[[], None]) -> None:
        """bring_in: puts the step itself in this one's place; called when the text is painted."""
        super().__init__(lesson, step_id)
        self.set_class(self.step.check is not None, "-text-first")
        self._bring_in = bring_in

    def stage(self) -> Widget:
        return Static("", id="lab")

    def wanted_lines(self, room: int) -> int:
        return room

    def text_height(self) -> int:
        if self.step.check:
            return wrapped_lines(self.prose(), self.size.width - 3)
        return super().text_height()

    def update(self) -> None:
        pass

    def first_written(self) -> None:
        if self.is_current:  # else the learner went elsewhere
            self._bring_in()
