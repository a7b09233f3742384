"""The course as a map: a few lines for each lesson; a lesson that is opened lists its steps."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from textual import events
from textual.message import Message

from lessons.catalog import lessons
from lessons.kit.script import Lesson
from tutor.drawing.ink import ACCENT, MUTED, PLAIN, TITLE, Ink, Line, crop, pad
from tutor.widgets.canvas import Canvas

DONE = Ink("plus")
MARGIN = 4
"""Columns before a lesson's sentence."""


@dataclass(frozen=True)
class Row:
    """What can be selected: a lesson, or one of its steps."""

    lesson: Lesson
    step: str = ""
    """Empty for the lesson itself."""


class CourseMap(Canvas):
    """Lessons, with the steps of the one that is unfolded; one row is selected."""

    class Chosen(Message):
        """A row was clicked."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.unfolded = ""
        """The lesson whose steps are listed."""
        self.here = Row(lessons()[0])
        """What is selected."""
        self._at: dict[int, Row] = {}
        """Which row stands on which line."""

    @property
    def rows(self) -> list[Row]:
        """Everything that can be selected now, from top to bottom."""
        found: list[Row] = []
        for lesson in lessons():
            found.append(Row(lesson))
            if lesson.id == self.unfolded:
                found += [Row(lesson, step) for step in lesson.step_ids]
        return found

    def move(self, by: int) -> None:
        """Select another row."""
        rows = self.rows
        number = max(0, min(rows.index(self.here) + by, len(rows) - 1))
        self.here = rows[number]
        self.redraw()

    def unfold(self, lesson: Lesson) -> None:
        """List the steps of a lesson, and select the one to go on with."""
        self.unfolded = lesson.id
        self.here = Row(lesson, self.next_step(lesson))
        self.redraw()

    def fold(self) -> None:
        """List lessons alone."""
        self.unfolded = ""
        self.here = Row(self.here.lesson)
        self.redraw()

    def select(self, lesson_id: str) -> None:
        """Put the cursor on a lesson."""
        found = next((one for one in lessons() if one.id == lesson_id), self.here.lesson)
        self.here, self.unfolded = Row(found), ""
        self.redraw()

    def next_step(self, lesson: Lesson) -> str:
        """Where to go on in a lesson: where the learner was, else the first step not done."""
        state = self.tutor.state
        last = state.last_in(lesson.id)
        if last in lesson.step_ids:
            return last
        done = state.done_in(lesson.id)
        return next((step for step in lesson.step_ids if step not in done), lesson.step_ids[0])

    def on_click(self, event: events.Click) -> None:
        row = self._at.get(event.y)
        if row is not None:
            self.here = row
            self.redraw()
            self.post_message(self.Chosen())

    def draw(self, width: int, height: int) -> list[Line]:
        room = height - sum(len(self._lesson(one, width)) for one in lessons())
        airy = not self.unfolded and room >= len(lessons()) - 1
        lines: list[Line] = []
        at: dict[int, Row] = {}
        here = 0
        for lesson in lessons():
            if lines and airy:
                lines.append([])
            if self.here == Row(lesson):
                here = len(lines)
            at[len(lines)] = Row(lesson)
            lines += self._lesson(lesson, width)
            if lesson.id == self.unfolded:
                for number, (step, title) in enumerate(lesson.step_titles.items(), 1):
                    row = Row(lesson, step)
                    if row == self.here:
                        here = len(lines)
                    at[len(lines)] = row
                    lines.append(self._step(number, title, row))
        top = max(0, min(here - height // 2, len(lines) - height))
        self._at = {y - top: row for y, row in at.items()}
        return lines[top : top + height]

    def _lesson(self, lesson: Lesson, width: int) -> list[Line]:
        picked = self.here == Row(lesson)
        done = self.tutor.state.done_in(lesson.id) & set(lesson.step_ids)
        far = f" {len(done)}/{len(lesson.step_ids)}"
        name: Line = [
            ("▸ " if picked else "  ", ACCENT),
            (f"{lesson.id:<12}", ACCENT),
            (lesson.title, TITLE if picked else PLAIN),
        ]
        name = pad(crop(name, width - len(far) - 1), width - len(far) - 1)
        lines: list[Line] = [[*name, (far, MUTED)]]
        lines += self._indented(lesson.sentence, width, MUTED)
        if picked:
            lines += self._dots(lesson, done, width)
            step = self.next_step(lesson)
            number, title = lesson.step_ids.index(step) + 1, lesson.step_titles[step]
            key = self.tutor.key_of("open", "⏎")
            lines += self._indented(f"{key} {number} · {title}", width, ACCENT)
        return lines

    def _indented(self, text: str, width: int, ink: Ink) -> list[Line]:
        wrapped = textwrap.wrap(text, max(20, width - MARGIN - 1))
        return [[(" " * MARGIN + line, ink)] for line in wrapped]

    def _dots(self, lesson: Lesson, done: set[str], width: int) -> list[Line]:
        """A dot for every step."""
        inks = [DONE if step in done else MUTED for step in lesson.step_ids]
        dots = [("●" if ink is DONE else "○", ink) for ink in inks]
        room = max(1, width - MARGIN - 1)
        return [
            [(" " * MARGIN, PLAIN), *dots[start : start + room]]
            for start in range(0, len(dots), room)
        ]

    def _step(self, number: int, title: str, row: Row) -> Line:
        picked = row == self.here
        mark = "●" if row.step in self.tutor.state.done_in(row.lesson.id) else "○"
        ink = ACCENT if picked else PLAIN
        return [
            ("    ▸ " if picked else "      ", ACCENT),
            (f"{number:>2} ", ink),
            (f"{mark} ", DONE if mark == "●" else MUTED),
            (title, ink),
        ]
