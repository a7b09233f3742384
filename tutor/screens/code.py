"""The screen of a step in which the learner writes code, and the engine judges it."""

from __future__ import annotations

from threading import Event

from textual import on, work
from textual.app import SuspendNotSupported
from textual.binding import Binding
from textual.containers import Container
from textual.widget import Widget
from textual.widgets import TextArea
from textual.worker import get_current_worker

from lessons.kit.exercise import exercises
from lessons.kit.script import Lesson
from lessons.kit.verdict import Verdict
from tutor.drawing.verdict import code_lines
from tutor.exercise_session import ExerciseSession
from tutor.external_editor import NO_EDITOR, EditorError, edited, editor_command
from tutor.runner.check import check
from tutor.screens.step import StepScreen
from tutor.widgets.code_notes import CodeNotes
from tutor.widgets.editor import Editor

EDITOR_LINES = 9
"""Lines of code that are always to be seen."""


class CodeScreen(StepScreen):
    """A step with its exercise."""

    BINDINGS = [
        Binding(
            "ctrl+s",
            "check",
            "check",
            key_display="^s",
            tooltip="have the code checked",
            id="check",
        ),
        Binding("ctrl+t", "hint", "hint", key_display="^t", tooltip="the next hint", id="hint"),
        Binding(
            "ctrl+o", "editor", "$EDITOR", key_display="^o", tooltip="write in $EDITOR", id="editor"
        ),
        Binding(
            "ctrl+r",
            "solution",
            "reference",
            key_display="^r",
            tooltip="the reference",
            id="reference",
        ),
        Binding("escape", "leave", "leave the code", id="leave-code"),
        Binding("enter", "write", "write", id="write"),
    ]

    def __init__(self, lesson: Lesson, step_id: str) -> None:
        super().__init__(lesson, step_id)
        name = self.step.code.exercise if self.step.code else ""
        self.exercise = ExerciseSession(
            exercises(lesson.id)[name], (lesson.id, step_id), self.tutor.state, self.tutor.record
        )
        self.cancel = Event()
        """Set when the screen is left: a check that still runs then ends."""

    def on_unmount(self) -> None:
        self.cancel.set()

    def stage(self) -> Widget:
        return Container(Editor("", id="editor"), CodeNotes(id="notes"), id="lab")

    def prose(self) -> str:
        return f"{self.step.prose}\n\n{self.exercise.exercise.task}"

    def mounted(self) -> None:
        self.query_one(Editor).load_text(self.exercise.code)
        super().mounted()

    def wanted_lines(self, room: int) -> int:
        return EDITOR_LINES + 4

    def update(self) -> None:
        if not self.there:
            return
        notes = self.query_one(CodeNotes)
        most = self.size.height // (2 if self.exercise.reference else 3)
        notes.show(code_lines(self.exercise, max(20, notes.size.width), self.tutor.key_of), most)
        self.refresh_bindings()
        self.show_keys("f1" if self.writing and "keys" not in self.tutor.keymap else "")

    @property
    def writing(self) -> bool:
        """Whether keys go into the code."""
        return self.there and self.query_one(Editor).has_focus

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.there:
            return False
        if action == "write":
            return not self.writing
        if action == "leave":
            return self.writing
        if action == "hint":
            return self.exercise.more_hints
        if action == "solution":
            return self.exercise.solution_earned
        return super().check_action(action, parameters)

    @on(TextArea.Changed)
    def keep_draft(self) -> None:
        """Write the code down as it is typed."""
        self.exercise.keep(self.query_one(Editor).text)

    def action_leave(self) -> None:
        self.set_focus(None)
        self.update()

    def action_write(self) -> None:
        self.query_one(Editor).focus()
        self.update()

    def action_hint(self) -> None:
        self.exercise.hint()
        self.update()

    def action_solution(self) -> None:
        self.exercise.turn_reference()
        self.update()

    def action_check(self) -> None:
        if not self.exercise.checking:
            self.exercise.checking = True
            self.update()
            self.run_check(self.query_one(Editor).text)

    @work(thread=True, exclusive=True)
    def run_check(self, source: str) -> None:
        """Have the code judged in a process of its own; the screen goes on meanwhile."""
        worker = get_current_worker()
        verdict = check(self.exercise.exercise, source, cancel=self.cancel)
        if not worker.is_cancelled:
            self.app.call_from_thread(self.judged, verdict)

    def judged(self, verdict: Verdict) -> None:
        """Write the verdict down, then show it."""
        self.exercise.judged(verdict)
        self.update()

    async def action_editor(self) -> None:
        """Write in the editor of the learner's choice; saving gives a verdict."""
        command = editor_command()
        if not command:
            self.app.notify(NO_EDITOR)
            return
        await self.tutor.backlog.answers()
        editor = self.query_one(Editor)
        text, trouble = editor.text, ""
        try:
            with self.app.suspend():
                # Nothing may leave this block but by its end: Textual would not come back.
                try:
                    text = edited(command, text, f"{self.exercise.exercise.function}.py")
                except EditorError as error:
                    trouble = str(error)
        except SuspendNotSupported:
            trouble = "Here no other program can have the screen; write in this editor."
        self.tutor.action_redraw()
        if trouble:
            self.app.notify(trouble, markup=False)
        if text != editor.text:
            editor.load_text(text)
            self.action_check()
