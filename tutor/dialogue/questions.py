"""Questions in the dialogue: those of a step, and those that are due for review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lessons.catalog import templates
from lessons.kit.answer import AnswerError, Kind
from lessons.kit.question import Judgement, Question, Template
from lessons.kit.script import Lesson, Step
from tutor import taking
from tutor.answer_entry import AnswerEntry
from tutor.dialogue.command import Command, Refusal
from tutor.dialogue.room import Room, StepRoom
from tutor.question_session import QuestionSession

if TYPE_CHECKING:
    from tutor.dialogue.talk import Talk


def option_lines(entry: AnswerEntry) -> list[str]:
    """What there is to choose from, or to put in order, by number."""
    return [f"  {n}: {option}" for n, option in enumerate(entry.options, 1)]


def can_be_read(kind: Kind, line: str) -> bool:
    """Whether a line is an answer of this kind."""
    try:
        kind.parse(line)
    except AnswerError:
        return False
    return True


class Asking(Room):
    """A place that asks questions, one after another."""

    questions: QuestionSession

    @property
    def asked(self) -> tuple[Command, ...]:
        """What can be said about a question."""
        open_ = self.questions.judgement is None
        takes, first = self.questions.question.kind.takes, not open_
        return (
            Command("answer", "X", f"answers the question: {takes}", self.answer, first=open_),
            Command("question", "", "asks it again", lambda _: self.ask()),
            Command("again", "", "the same numbers once more", self.again, ("a",), first=first),
            Command("fresh", "", "the same question, new numbers", self.fresh, ("w",), first=first),
        )

    def about(self) -> tuple[str, ...]:
        return ("An empty line goes on, once the question is answered.",)

    def ask(self) -> None:
        """Say the question, its options, and what it takes."""
        questions = self.questions
        count = len(questions.templates)
        where = f"Question {questions.number + 1} of {count}: " if count > 1 else "Question: "
        self.say("", f"{where}{questions.template.title}")
        self.prose(questions.question.prompt)
        self.say(*option_lines(questions.entry))
        self.say(f"It takes {questions.question.kind.takes}.")

    def other(self, line: str) -> bool:
        """A line that can be read as an answer is one."""
        if not can_be_read(self.questions.question.kind, line):
            return False
        self.answer(line)
        return True

    def other_first(self, line: str) -> bool:
        """An answer of several words may begin as a command does: "a" is again."""
        return self.questions.judgement is None and " " in line and self.other(line)

    def answer(self, text: str) -> None:
        """Have an answer judged, and say what it is worth."""
        questions = self.questions
        if questions.judgement is not None:
            raise Refusal("This is answered; again asks it once more, fresh with new numbers.")
        try:
            questions.entry.give(text)
        except AnswerError as error:
            raise Refusal(str(error)) from error
        questions.submit()
        judgement = questions.judgement
        if judgement is None:
            raise Refusal(questions.message)
        self.say(f"{'Right' if judgement.right else 'Not right'}: {judgement.message}")
        if not judgement.right:
            self.say(f"It is {judgement.truth}.")
        self.prose(questions.question.explanation)
        count = len(questions.templates)
        if questions.at_end and count > 1:
            right = len(questions.right)
            rest = "" if right == count else " The others come back in review."
            self.say(f"{right} of {count} answered right.{rest}")

    def go_on(self) -> None:
        questions = self.questions
        if questions.judgement is None:
            raise Refusal(f"Say answer, and {questions.question.kind.takes}.")
        if questions.turn(1):
            self.ask()
        else:
            self.finished()

    def again(self, _: str) -> None:
        self._after_an_answer()
        self.questions.again()
        self.ask()

    def fresh(self, _: str) -> None:
        self._after_an_answer()
        self.questions.fresh()
        self.ask()

    def _after_an_answer(self) -> None:
        if self.questions.judgement is None:
            raise Refusal("Answer it first; then it can be asked once more.")

    def finished(self) -> None:
        """Called when the last question has been answered and left."""
        raise NotImplementedError

    def log(self, question: Question, text: str, judgement: Judgement, tries: int) -> None:
        """Write an answer down, before what it is worth is said."""
        self.talk.record(taking.answered(question, text, judgement, tries))


class CheckRoom(Asking, StepRoom):
    """A step with its questions."""

    def __init__(self, talk: Talk, lesson: Lesson, step: Step) -> None:
        super().__init__(talk, lesson, step)
        known = templates(lesson.id)
        names = step.check.questions if step.check else ()
        seed = len(talk.state.answers)
        self.questions = QuestionSession(tuple(known[name] for name in names), seed, self.log)

    @property
    def own(self) -> tuple[Command, ...]:
        return (*self.asked, *super().own)

    def enter(self) -> None:
        super().enter()
        self.ask()

    def finished(self) -> None:
        if len(self.questions.right) == len(self.questions.templates):
            self.done()
        self.turn(1)


class ReviewRoom(Asking):
    """The questions that are due."""

    name = "review"

    def __init__(self, talk: Talk, due: Sequence[Template]) -> None:
        """due: at least one template."""
        super().__init__(talk)
        self.questions = QuestionSession(tuple(due), len(talk.state.answers), self.log)

    @property
    def own(self) -> tuple[Command, ...]:
        return self.asked

    def enter(self) -> None:
        count = len(self.questions.templates)
        self.say("", f"Review: {count} question{'s' if count > 1 else ''} due.")
        self.ask()

    def log(self, question: Question, text: str, judgement: Judgement, tries: int) -> None:
        super().log(question, text, judgement, tries)
        self.talk.record(taking.reviewed(question, judgement, tries))

    def finished(self) -> None:
        self.talk.go_home()
