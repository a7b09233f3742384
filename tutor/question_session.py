"""Questions as one learner goes through them. It knows no screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lessons.kit.answer import AnswerError
from lessons.kit.question import Judgement, Question, Template, judge
from tutor.answer_entry import AnswerEntry

OnAnswer = Callable[[Question, str, Judgement, int], None]
"""Called with the question, what was answered, the judgement, and which try at it this was."""


@dataclass
class QuestionSession:
    """One template after another; each can be tried again, or asked with new numbers."""

    templates: tuple[Template, ...]
    seed: int
    """The first numbers that a template is asked with."""
    on_answer: OnAnswer
    number: int = 0
    """Which template is asked."""
    tries: int = 0
    judgement: Judgement | None = None
    message: str = ""
    """What the answer should be, when what was given is none."""
    right: set[str] = field(default_factory=set)
    """Ids of the templates that were answered rightly."""
    question: Question = field(init=False)
    entry: AnswerEntry = field(init=False)

    def __post_init__(self) -> None:
        self._ask(self.template.question(self.seed))

    @property
    def template(self) -> Template:
        return self.templates[self.number]

    @property
    def at_end(self) -> bool:
        return self.number == len(self.templates) - 1

    def key(self, key: str, character: str) -> bool:
        """Take a key for the answer; False when it means nothing here."""
        if self.judgement is not None:
            return False
        self.message = ""
        return self.entry.key(key, character)

    def submit(self) -> None:
        """Have the answer judged; where none is given, say what is taken."""
        if self.judgement is not None:
            return
        answer = self.entry.answer
        if not answer:
            self.message = f"This takes {self.question.kind.takes}."
            return
        try:
            judgement = judge(self.question, answer)
        except AnswerError as error:
            self.message = str(error)
            return
        self.tries += 1
        self.on_answer(self.question, answer, judgement, self.tries)
        self.judgement = judgement
        if judgement.right:
            self.right.add(self.template.id)

    def again(self) -> None:
        """The same numbers once more."""
        tries = self.tries
        self._ask(self.question)
        self.tries = tries

    def fresh(self) -> None:
        """The same question with new numbers."""
        self._ask(self.template.fresh(self.question))

    def turn(self, by: int) -> bool:
        """Another template; False where there is none."""
        number = self.number + by
        if not 0 <= number < len(self.templates):
            return False
        self.number = number
        self._ask(self.template.question(self.seed))
        return True

    def _ask(self, question: Question) -> None:
        self.question = question
        self.entry = AnswerEntry(question.kind)
        self.judgement = None
        self.message = ""
        self.tries = 0
