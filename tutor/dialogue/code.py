"""Exercises in the dialogue: the code is written in an editor, and judged by the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lessons.kit.exercise import exercises
from lessons.kit.script import Lesson, Step
from lessons.kit.verdict import Verdict
from lessons.own.file import FileError
from tutor.dialogue.command import Command, Refusal
from tutor.dialogue.hearing import interruptible
from tutor.dialogue.room import StepRoom
from tutor.exercise_session import TRIES_BEFORE_SOLUTION, ExerciseSession
from tutor.external_editor import NO_EDITOR, EditorError, edited, editor_command
from tutor.runner.check import check
from tutor.runner.files import read_answer

if TYPE_CHECKING:
    from tutor.dialogue.talk import Talk


class CodeRoom(StepRoom):
    """A step with its exercise."""

    def __init__(self, talk: Talk, lesson: Lesson, step: Step) -> None:
        super().__init__(talk, lesson, step)
        name = step.code.exercise if step.code else ""
        exercise = exercises(lesson.id)[name]
        self.work = ExerciseSession(exercise, (lesson.id, step.id), talk.state, talk.record)

    @property
    def own(self) -> tuple[Command, ...]:
        reference = "the reference, after success or three tries"
        return (
            Command("code", "", "says your code so far", lambda _: self.tell_code(), first=True),
            Command(
                "edit", "", "opens your code in $EDITOR, then checks it", self.edit, first=True
            ),
            Command("check", "[FILE]", "has your code judged, or a file", self.judge, first=True),
            Command("hint", "", "one more hint", self.hint, first=True),
            Command("reference", "", reference, self.reference),
            *super().own,
        )

    def about(self) -> tuple[str, ...]:
        exercise = self.work.exercise
        return (
            "An empty line goes on to the next step.",
            "Without $EDITOR, write the code into a file with any program: dl-tutor show "
            f"{self.name} --starter prints what to begin with, and check FILE judges the file "
            f"here. Its function is {exercise.function}.",
        )

    def enter(self) -> None:
        super().enter()
        state = self.talk.state.exercise(self.work.exercise.id)
        if state.passed:
            self.say("", "You have done this exercise.")
        self.say("", "Your code so far:" if state.draft is not None else "The starter:")
        self.tell_code()

    def tell_text(self) -> None:
        super().tell_text()
        self.say("", f"Exercise: {self.work.exercise.title}")
        self.prose(self.work.exercise.task)

    def tell_code(self) -> None:
        self.talk.speaker.verbatim(self.work.code.splitlines(), "    ")

    def edit(self, _: str) -> None:
        command = editor_command()
        if not command:
            raise Refusal(f"{NO_EDITOR} Or write a file, and say check FILE; help says how.")
        before = self.work.code
        try:
            text = edited(command, before, f"{self.work.exercise.function}.py")
        except EditorError as error:
            raise Refusal(str(error)) from error
        if text == before:
            self.say("The code is as it was.")
            return
        self.work.keep(text)
        self._judge(text)

    def judge(self, path: str) -> None:
        source = self.work.code
        if path:
            try:
                exercise, source = read_answer(path)
            except FileError as error:
                raise Refusal(str(error)) from error
            if exercise.id != self.work.exercise.id:
                raise Refusal(f"{path} is for the exercise {exercise.id}, and this is another one.")
            self.work.keep(source)
        self._judge(source)

    def _judge(self, source: str) -> None:
        """Have code judged in a process of its own; ctrl+c stops that."""
        self.say("Checking.")
        with interruptible() as stop:
            verdict = check(self.work.exercise, source, cancel=stop)
        if verdict.stage == "cancelled":
            self.say("The check was stopped.")
            return
        self.work.judged(verdict)
        self._tell(verdict)

    def _tell(self, verdict: Verdict) -> None:
        """What is right, or first wrong; the case that it was found on; what the code printed."""
        self.say(f"{'Passed' if verdict.passed else 'Not yet'}: {verdict.message}")
        if verdict.arguments:
            self.say(f"Case {verdict.case} of {verdict.cases}: {verdict.arguments}")
        if verdict.output:
            self.say("The code printed:")
            self.talk.speaker.verbatim(verdict.output.splitlines(), "    ")
        if verdict.passed:
            self.prose(self.work.exercise.explanation)

    def hint(self, _: str) -> None:
        work, more = self.work, self.work.more_hints
        if more:
            work.hint()
        else:
            self.say("There is no further hint; these were all.")
        for number in range(work.hints if more else 1, work.hints + 1):
            self.say(f"Hint {number}:")
            self.prose(work.exercise.hints[number - 1])

    def reference(self, _: str) -> None:
        work = self.work
        if not work.solution_earned:
            raise Refusal(
                f"The reference is shown after success, or after {TRIES_BEFORE_SOLUTION} tries."
            )
        if not work.reference:
            work.turn_reference()
        self.say("The reference:")
        self.talk.speaker.verbatim(work.exercise.solution.splitlines(), "    ")
