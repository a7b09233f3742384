"""The home screen: the course as a map."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.worker import get_current_worker

from lessons.kit.script import Lesson, Step
from tutor.drawing.ink import ACCENT, MUTED
from tutor.screens.base import TutorScreen
from tutor.widgets.chrome import Header, KeyLine
from tutor.widgets.course_map import CourseMap

if TYPE_CHECKING:
    from tutor.lab_session import LabSession

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
    due = 0
    """Questions that are due, as last counted."""
    _preview_of: tuple[Lesson, Step] | None = None
    """The step whose picture stands beside the map, or is being made."""

    def __init__(self, lesson_id: str = "") -> None:
        """lesson_id: the lesson that is selected at first; else the one of the last step."""
        super().__init__()
        self._first = lesson_id

    def content(self) -> ComposeResult:
        yield Header(id="header")
        yield Container(CourseMap(id="map"), id="course")
        yield KeyLine(id="keys")

    def mounted(self) -> None:
        last = self.tutor.state.last
        self.select(self._first or (last.lesson if last else ""))
        self.show_state()
        self.set_timer(AFTER_THE_FIRST_PAINT, self.warm_up)

    def first_written(self) -> None:
        self.count()

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
        if self.wanted() != self._preview_of:
            self._preview_of = self.wanted()
            self.make_preview(*self._preview_of)

    @work(thread=True, exclusive=True, group="preview")
    def make_preview(self, lesson: Lesson, step: Step) -> None:
        """Make the picture beside the screen: some lab may have to be trained first."""
        from tutor.ahead import opening
        from tutor.taking import opened_bet

        session = opening(lesson, step)
        if session:
            opened_bet(lesson, step, session, self.tutor.state)  # what it covers stays covered
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self.show_preview, (lesson, step), session)

    def show_preview(self, of: tuple[Lesson, Step], session: LabSession | None) -> None:
        """Show a picture, unless another step has been selected meanwhile."""
        if not self.there or of != self._preview_of:
            return
        from tutor.widgets.lab_view import LabView

        found = self.query(LabView)
        if found:
            found.first().show(session)
        else:
            view = LabView(id="preview")
            view.session = session
            self.query_one("#course").mount(view)

    def on_screen_resume(self) -> None:
        self._preview_of = None  # its bet may have been made meanwhile
        self.show_state()
        if self.warm:
            self.count()
        self.call_after_refresh(self.preview)

    def count(self) -> None:
        """Count what is due: for that all lessons are read, which the first paint does without."""
        if self.is_current and (due := len(self.tutor.due())) != self.due:
            self.due = due
            self.show_state()

    def show_state(self) -> None:
        """Say what is due; the rest of the map says what is done."""
        if not self.is_current:
            return
        key = self.tutor.key_of("review", "p")
        many = "s are" if self.due > 1 else " is"
        asked = f"{self.due} question{many} due for review · {key}" if self.due else ""
        self.query_one(Header).show(
            [("dl-tutor", ACCENT), ("  deep learning, by seeing and doing", MUTED)],
            [(asked, ACCENT)],
        )
        self.query_one(CourseMap).redraw()
        self.refresh_bindings()
        self.show_keys()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.there or (action == "review" and not self.due):
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
