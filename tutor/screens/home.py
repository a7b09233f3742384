"""The home screen: the course as a map."""

from __future__ import annotations

import textwrap
from importlib import import_module

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.message import Message

from lessons.catalog import lab_of, lessons
from lessons.kit.script import Lesson, Step
from tutor.drawing.ink import ACCENT, MUTED, PLAIN, TITLE, Ink, Line
from tutor.screens.base import TutorScreen
from tutor.widgets.canvas import Canvas
from tutor.widgets.chrome import Header, KeyLine

AFTER_THE_FIRST_PAINT = 0.1
"""Seconds that the first paint has for itself before anything else is imported."""
PREVIEW_WIDTH = 118
"""From this many columns on, the selected step's picture stands beside the map."""

DONE = Ink("plus")


class CourseMap(Canvas):
    """Lessons with their steps; one line is selected."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: list[tuple[Lesson, Step]] = [
            (lesson, step) for lesson in lessons() for step in lesson.steps
        ]
        self.selected = 0
        self._steps_at: dict[int, int] = {}
        """Which step stands on which line."""

    class Chosen(Message):
        """A step was clicked."""

    def on_click(self, event: events.Click) -> None:
        number = self._steps_at.get(event.y)
        if number is not None:
            self.selected = number
            self.redraw()
            self.post_message(self.Chosen())

    @property
    def here(self) -> tuple[Lesson, Step]:
        return self.rows[self.selected]

    def move(self, by: int) -> None:
        self.selected = max(0, min(self.selected + by, len(self.rows) - 1))
        self.redraw()

    def draw(self, width: int, height: int) -> list[Line]:
        state = self.tutor.state
        lines: list[Line] = []
        steps: dict[int, int] = {}
        at = 0
        for number, (lesson, step) in enumerate(self.rows):
            if step is lesson.steps[0]:
                lines += [[], *self.lesson_lines(lesson, width), []]
            picked = number == self.selected
            ink = ACCENT if picked else PLAIN
            where = lesson.steps.index(step) + 1
            mark = "●" if step.id in state.done_in(lesson.id) else "○"
            lines.append(
                [
                    ("  ▸ " if picked else "    ", ACCENT),
                    (f"{where:>2} ", ink),
                    (f"{mark} ", DONE if mark == "●" else MUTED),
                    (step.title, ink),
                ]
            )
            steps[len(lines) - 1] = number
            at = len(lines) if picked else at
        top = max(0, min(at - height // 2, len(lines) - height))
        self._steps_at = {y - top: number for y, number in steps.items()}
        return lines[top : top + height]

    def lesson_lines(self, lesson: Lesson, width: int) -> list[Line]:
        done = len(self.tutor.state.done_in(lesson.id))
        about = f"{done} of {len(lesson.steps)} steps done, {lesson.minutes} minutes in all"
        sentence = textwrap.wrap(f"{lesson.sentence} {about}.", max(20, width - 5))
        return [
            [(f"  {lesson.id}", ACCENT), (f"  {lesson.title}", TITLE)],
            *([(f"    {line}", MUTED)] for line in sentence),
        ]


class HomeScreen(TutorScreen):
    """Where the course is chosen from."""

    BINDINGS = [
        Binding("up,k", "move(-1)", "up", key_display="↑"),
        Binding("down,j", "move(1)", "down", key_display="↓"),
        Binding("enter,right,l", "open", "open", key_display="⏎"),
        Binding("p", "review", "review what is due"),
        Binding("t", "terms", "terms", tooltip="what the words mean"),
        Binding("home,g", "move(-1000)", "first", show=False),
        Binding("end,G", "move(1000)", "last", show=False),
    ]

    warm = False
    """Whether what draws pictures has been imported."""

    def content(self) -> ComposeResult:
        yield Header(id="header")
        yield Container(CourseMap(id="map"), id="course")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        last = self.tutor.state.last
        if last:
            self.select(last.lesson, last.step)
        self.show_state()
        self.set_timer(AFTER_THE_FIRST_PAINT, self.warm_up)

    @work(thread=True)
    def warm_up(self) -> None:
        """Import NumPy and the drawing of labs while the learner looks at the map."""
        import_module("tutor.screens.lesson")
        self.warm = True
        self.app.call_from_thread(self.preview)

    def resized(self, width: int, height: int) -> None:
        self.set_class(width >= PREVIEW_WIDTH, "-wide")
        self.call_after_refresh(self.preview)

    def preview(self) -> None:
        """Show what the selected step is about, where there is room beside the map."""
        if self.size.width < PREVIEW_WIDTH or not self.is_current or not self.warm:
            return
        from tutor.lab_session import open_lab
        from tutor.widgets.lab_view import LabView

        lesson, step = self.query_one(CourseMap).here
        lab = lab_of(lesson.id, step)
        session = open_lab(lab, step.lab.settings, step.lab.at) if lab and step.lab else None
        found = self.query(LabView)
        if found:
            found.first().show(session)
        else:
            view = LabView(id="preview")
            view.session = session
            self.query_one("#course").mount(view)

    def on_screen_resume(self) -> None:
        self.show_state()
        self.call_after_refresh(self.preview)

    def show_state(self) -> None:
        """Say what is due; the rest of the map says what is done."""
        due = len(self.tutor.due())
        asked = f"{due} question{'s are' if due > 1 else ' is'} due for review · p" if due else ""
        self.query_one(Header).show(
            [("dl-tutor", ACCENT), ("  deep learning, by seeing and doing", MUTED)],
            [(asked, ACCENT)],
        )
        self.query_one(CourseMap).redraw()
        self.refresh_bindings()
        self.show_keys()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self.tutor.due()) if action == "review" else True

    def action_review(self) -> None:
        self.tutor.open_review()

    def action_terms(self) -> None:
        self.tutor.open_terms()

    def on_course_map_chosen(self) -> None:
        self.action_open()

    def action_move(self, by: int) -> None:
        self.query_one(CourseMap).move(by)
        self.call_after_refresh(self.preview)

    def action_open(self) -> None:
        lesson, step = self.query_one(CourseMap).here
        self.tutor.open_step(lesson.id, step.id)

    def select(self, lesson_id: str, step_id: str) -> None:
        """Put the cursor on a step."""
        course = self.query_one(CourseMap)
        for number, (lesson, step) in enumerate(course.rows):
            if (lesson.id, step.id) == (lesson_id, step_id):
                course.selected = number
        course.redraw()
