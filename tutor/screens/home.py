"""The home screen: the course as a map."""

from __future__ import annotations

from importlib import import_module

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container

from lessons.catalog import lab_of
from lessons.kit.script import Lesson, Step
from tutor.drawing.ink import ACCENT, MUTED
from tutor.screens.base import TutorScreen
from tutor.widgets.chrome import Header, KeyLine
from tutor.widgets.course_map import CourseMap

AFTER_THE_FIRST_PAINT = 0.1
"""Seconds that the first paint has for itself before anything else is imported."""
PREVIEW_WIDTH = 118
"""From this many columns on, the selected step's picture stands beside the map."""


class HomeScreen(TutorScreen):
    """Where the course is chosen from."""

    BINDINGS = [
        Binding("up,k", "move(-1)", "up", key_display="↑", id="list-up"),
        Binding("down,j", "move(1)", "down", key_display="↓", id="list-down"),
        Binding("enter", "open", "go on", key_display="⏎", id="open"),
        Binding("right,l", "unfold", "steps", key_display="→", id="unfold"),
        Binding("left,escape", "fold", "lessons", key_display="←", id="fold"),
        Binding("p", "review", "review what is due", id="review"),
        Binding("t", "terms", "terms", tooltip="what the words mean", id="terms"),
        Binding("s", "settings", "settings", tooltip="colours, characters, keys", id="settings"),
        Binding("home,g", "move(-1000)", "first", show=False, id="list-first"),
        Binding("end,G", "move(1000)", "last", show=False, id="list-last"),
    ]

    warm = False
    """Whether what draws pictures has been imported."""

    def content(self) -> ComposeResult:
        yield Header(id="header")
        yield Container(CourseMap(id="map"), id="course")
        yield KeyLine(id="keys")

    def mounted(self) -> None:
        last = self.tutor.state.last
        if last:
            self.select(last.lesson)
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
        from tutor.taking import opened_bet
        from tutor.widgets.lab_view import LabView

        lesson, step = self.wanted()
        lab = lab_of(lesson.id, step)
        session = open_lab(lab, step.lab.settings, step.lab.at) if lab and step.lab else None
        if session:
            opened_bet(lesson, step, session, self.tutor.state)  # what it covers stays covered
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
        key = self.tutor.key_of("review", "p")
        many = "s are" if due > 1 else " is"
        asked = f"{due} question{many} due for review · {key}" if due else ""
        self.query_one(Header).show(
            [("dl-tutor", ACCENT), ("  deep learning, by seeing and doing", MUTED)],
            [(asked, ACCENT)],
        )
        self.query_one(CourseMap).redraw()
        self.refresh_bindings()
        self.show_keys()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.there or (action == "review" and not self.tutor.due()):
            return False
        if action in ("fold", "unfold"):
            return bool(self.query_one(CourseMap).unfolded) == (action == "fold")
        return super().check_action(action, parameters)

    def wanted(self) -> tuple[Lesson, Step]:
        """The step that Enter opens."""
        course = self.query_one(CourseMap)
        lesson = course.here.lesson
        return lesson, lesson.step(course.here.step or course.next_step(lesson))

    def action_review(self) -> None:
        self.tutor.open_review()

    def restyled(self) -> None:
        self.show_state()

    def action_settings(self) -> None:
        self.tutor.open_settings()

    def action_terms(self) -> None:
        self.tutor.open_terms()

    def on_course_map_chosen(self) -> None:
        self.action_open()

    def action_move(self, by: int) -> None:
        self.query_one(CourseMap).move(by)
        self.call_after_refresh(self.preview)

    def action_open(self) -> None:
        lesson, step = self.wanted()
        self.tutor.open_step(lesson.id, step.id)

    def action_unfold(self) -> None:
        course = self.query_one(CourseMap)
        course.unfold(course.here.lesson)
        self.changed()

    def action_fold(self) -> None:
        self.query_one(CourseMap).fold()
        self.changed()

    def changed(self) -> None:
        """Show what is selected now, and what can be done with it."""
        self.refresh_bindings()
        self.show_keys()
        self.call_after_refresh(self.preview)

    def select(self, lesson_id: str) -> None:
        """Put the cursor on a lesson."""
        self.query_one(CourseMap).select(lesson_id)
