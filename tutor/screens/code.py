"""The screen of a step in which the learner writes code, and the engine judges it."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from threading import Event

from textual import on, work
from textual.binding import Binding
from textual.containers import Container
from textual.widget import Widget
from textual.widgets import TextArea
from textual.worker import get_current_worker

from lessons.kit.exercise import Exercise, exercises
from lessons.kit.script import Lesson
from lessons.kit.verdict import Verdict
from tutor.drawing.verdict import code_lines
from tutor.progress import kinds
from tutor.runner.check import check
from tutor.screens.step import StepScreen
from tutor.widgets.code_notes import CodeNotes
from tutor.widgets.editor import Editor

TRIES_BEFORE_SOLUTION = 3
EDITOR_LINES = 9
"""Lines of code that are always to be seen."""


class CodeScreen(StepScreen):
    """A step with its exercise."""

    BINDINGS = [
        Binding("ctrl+s", "check", "check", key_display="^s", tooltip="have the code checked"),
        Binding("ctrl+t", "hint", "hint", key_display="^t", tooltip="the next hint"),
        Binding("ctrl+o", "editor", "$EDITOR", key_display="^o", tooltip="write in $EDITOR"),
        Binding("ctrl+r", "solution", "reference", key_display="^r", tooltip="the reference"),
        Binding("escape", "leave", "leave the code"),
        Binding("enter", "write", "write"),
    ]

    def __init__(self, lesson: Lesson, step_id: str) -> None:
        super().__init__(lesson, step_id)
        name = self.step.code.exercise if self.step.code else ""
        self.exercise: Exercise = exercises(lesson.id)[name]
        self.verdict: Verdict | None = None
        self.hints = 0
        self.reference = False
        self.checking = False
        self.cancel = Event()
        """Set when the screen is left: a check that still runs then ends."""

    def on_unmount(self) -> None:
        self.cancel.set()

    def stage(self) -> Widget:
        return Container(Editor("", id="editor"), CodeNotes(id="notes"), id="lab")

    def prose(self) -> str:
        return f"{self.step.prose}\n\n{self.exercise.task}"

    def on_mount(self) -> None:
        done = self.tutor.state.exercise(self.exercise.id)
        self.hints, self.reference = done.hints, done.solution_shown
        editor = self.query_one(Editor)
        editor.load_text(self.exercise.starter if done.draft is None else done.draft)
        super().on_mount()

    def wanted_lines(self, room: int) -> int:
        return EDITOR_LINES + 4

    def update(self) -> None:
        notes = self.query_one(CodeNotes)
        most = self.size.height // (2 if self.reference else 3)
        notes.show(code_lines(self, max(20, notes.size.width)), most)
        self.refresh_bindings()
        self.show_keys("f1" if self.writing else "?")

    @property
    def writing(self) -> bool:
        """Whether keys go into the code."""
        return self.ready and self.query_one(Editor).has_focus

    @property
    def solution_earned(self) -> bool:
        """The reference is shown after success, or after three tries."""
        done = self.tutor.state.exercise(self.exercise.id)
        return done.passed or len(done.attempts) >= TRIES_BEFORE_SOLUTION

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "write":
            return not self.writing
        if action == "leave":
            return self.writing
        if action == "hint":
            return self.hints < len(self.exercise.hints)
        if action == "solution":
            return self.solution_earned
        return super().check_action(action, parameters)

    @on(TextArea.Changed)
    def keep_draft(self) -> None:
        """Write the code down as it is typed."""
        text = self.query_one(Editor).text
        if text != self.exercise.starter or self.tutor.state.exercise(self.exercise.id).draft:
            self.tutor.record(kinds.draft(self.exercise.id, text))

    def action_leave(self) -> None:
        self.set_focus(None)
        self.update()

    def action_write(self) -> None:
        self.query_one(Editor).focus()
        self.update()

    def action_hint(self) -> None:
        self.hints += 1
        self.tutor.record(kinds.hint_shown(self.exercise.id, self.hints))
        self.verdict = None
        self.update()

    def action_solution(self) -> None:
        self.reference = not self.reference
        self.tutor.record(kinds.solution_shown(self.exercise.id))
        self.update()

    def action_check(self) -> None:
        if not self.checking:
            self.checking = True
            self.update()
            self.run_check(self.query_one(Editor).text)

    @work(thread=True, exclusive=True)
    def run_check(self, source: str) -> None:
        """Have the code judged in a process of its own; the screen goes on meanwhile."""
        worker = get_current_worker()
        verdict = check(self.exercise, source, cancel=self.cancel)
        if not worker.is_cancelled:
            self.app.call_from_thread(self.judged, verdict)

    def judged(self, verdict: Verdict) -> None:
        """Write the verdict down, then show it."""
        self.tutor.record(kinds.attempted(self.exercise.id, verdict.passed, verdict.stage))
        if verdict.passed:
            self.tutor.record(kinds.step_done(self.lesson.id, self.step.id))
        self.verdict, self.checking = verdict, False
        self.update()

    def action_editor(self) -> None:
        """Write in the editor of the learner's choice; saving gives a verdict."""
        command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        if not command:
            self.app.notify("No editor is set: export EDITOR=nano (or vim, …) and start again.")
            return
        editor = self.query_one(Editor)
        with tempfile.TemporaryDirectory(prefix="dl-tutor-") as folder:
            path = Path(folder) / f"{self.exercise.function}.py"
            path.write_text(editor.text, encoding="utf-8")
            text, trouble = editor.text, ""
            with self.app.suspend():
                # Nothing may leave this block but by its end: Textual would not come back.
                try:
                    subprocess.run([*shlex.split(command), str(path)], check=False)
                    text = path.read_text(encoding="utf-8")
                except (OSError, ValueError) as error:
                    trouble = str(error)
        self.tutor.action_redraw()
        if trouble:
            self.app.notify(f"The editor {command!r} could not be used: {trouble}")
        if text != editor.text:
            editor.load_text(text)
            self.action_check()
