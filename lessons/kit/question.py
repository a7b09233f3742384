"""Questions: asked with fresh numbers from a seed, and judged with what each mistake leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from zlib import crc32

import numpy as np

from lessons.kit.answer import AnswerError, InOrder, Kind, Numeric, OneOf

Item = TypeVar("Item")

MOST_DRAWS = 200
"""A template that finds no good numbers in so many draws is at fault."""
MOST_WORDS = 60
"""Words of a prompt, its grids not counted."""
WIDEST = 40
"""Characters of a line in a prompt's grid: it stands beside a picture."""


class Redraw(Exception):
    """Raised by a template for numbers that make a poor question: others are drawn."""


class QuestionError(ValueError):
    """A template that cannot make its question; the message names it."""


@dataclass(frozen=True)
class Mistake:
    """A wrong answer that one way of thinking leads to."""

    id: str
    """Names the misconception, the same in every question that meets it."""
    value: Any
    """What it leads to for these numbers."""
    message: str
    """What is told to whoever gives this answer: one or two sentences."""


@dataclass(frozen=True)
class Draft:
    """What a template makes from drawn numbers. Mistakes that lead to the truth, or to what an
    earlier one leads to, are left out afterwards."""

    prompt: str
    """Markdown: one or two sentences, and a small grid in a code block where needed."""
    kind: Kind
    truth: Any
    """From the engine, never typed."""
    mistakes: tuple[Mistake, ...]
    explanation: str
    """Shown after any answer: the way to the truth, with these numbers."""


@dataclass(frozen=True)
class Question:
    """One question with its numbers."""

    template: str
    seed: int
    prompt: str
    kind: Kind
    """For a choice, its options are the truth and the mistakes' values in a drawn order."""
    truth: Any
    mistakes: tuple[Mistake, ...]
    explanation: str

    @property
    def asks(self) -> tuple[str, frozenset[str]]:
        """What tells its numbers from those of another seed: the prompt, and what is on offer."""
        offered = self.kind.options if isinstance(self.kind, OneOf | InOrder) else ()
        return self.prompt, frozenset(offered)

    @property
    def answer(self) -> str:
        """The truth as text."""
        return self.kind.show(self.truth)


@dataclass(frozen=True)
class Judgement:
    """What an answer is worth."""

    right: bool
    message: str
    misconception: str
    """The id of the mistake that leads to this answer; empty when it is right or new to us."""
    truth: str


@dataclass(frozen=True)
class Template:
    """A question without its numbers; a lesson lists its templates as QUESTIONS."""

    id: str
    title: str
    objectives: tuple[str, ...]
    """Ids of the lesson's objectives that it asks about."""
    make: Callable[[np.random.Generator], Draft]
    """Draws numbers and asks the engine; raises Redraw for numbers that will not do."""

    def question(self, seed: int) -> Question:
        """The question of a seed, always the same one. Errors: QuestionError."""
        if seed < 0:
            raise QuestionError(f"{self.id}: a seed is 0 or more, not {seed}")
        rng = np.random.default_rng([crc32(self.id.encode()), seed])
        for _ in range(MOST_DRAWS):
            try:
                draft = self.make(rng)
                mistakes = _apart(draft)
            except Redraw:
                continue
            kind = _shuffled(draft, mistakes, rng)
            return Question(
                self.id, seed, draft.prompt, kind, draft.truth, mistakes, draft.explanation
            )
        raise QuestionError(f"{self.id}: no good numbers in {MOST_DRAWS} draws for seed {seed}")

    def fresh(self, question: Question) -> Question:
        """New numbers: the question of the next seed, or the first after it that differs."""
        for seed in range(question.seed + 1, question.seed + 1 + MOST_DRAWS):
            other = self.question(seed)
            if other.asks != question.asks:
                return other
        raise QuestionError(f"{self.id}: the same numbers in {MOST_DRAWS} seeds")


def judge(question: Question, text: str) -> Judgement:
    """Judge what a learner typed. Errors: AnswerError that says what the question takes."""
    value = question.kind.parse(text)
    if question.kind.same(value, question.truth):
        return Judgement(True, f"Yes: {question.answer}.", "", question.answer)
    for mistake in question.mistakes:
        if question.kind.same(value, mistake.value):
            return Judgement(False, mistake.message, mistake.id, question.answer)
    return Judgement(False, f"Not {question.kind.show(value)}.", "", question.answer)


def pick(rng: np.random.Generator, options: Sequence[Item]) -> Item:
    """One of the options, drawn."""
    return options[int(rng.integers(len(options)))]


def faults(template: Template, seeds: Iterable[int]) -> Iterator[str]:
    """What is wrong with the questions that a template makes for these seeds."""
    for seed in seeds:
        try:
            question = template.question(seed)
        except QuestionError as error:
            yield str(error)
            return
        yield from (f"{template.id}, seed {seed}: {said}" for said in _faults(question))


def _faults(question: Question) -> Iterator[str]:
    if (words := len(prose(question.prompt).split())) > MOST_WORDS:
        yield f"the prompt has {words} words; {MOST_WORDS} are enough"
    if any(len(line) > WIDEST for block in grids(question.prompt) for line in block.split("\n")):
        yield f"a line of the grid is longer than {WIDEST} characters"
    if not question.explanation.strip():
        yield "there is no explanation"
    try:
        if not judge(question, question.answer).right:
            yield f"the truth {question.answer} is judged wrong"
    except AnswerError as error:
        yield f"the truth {question.answer} cannot be answered: {error}"
    if isinstance(question.kind, OneOf):
        right = [one for one in question.kind.options if judge(question, one).right]
        if len(right) != 1 or len(set(question.kind.options)) != len(question.kind.options):
            yield f"not exactly one of the options {question.kind.options} is right"
    for mistake in question.mistakes:
        given = judge(question, question.kind.show(mistake.value))
        if given.right or given.misconception != mistake.id or given.message != mistake.message:
            yield f"the mistake {mistake.id!r} does not get its own explanation"


def prose(prompt: str) -> str:
    """A prompt without its code blocks."""
    return "\n".join(prompt.split("```")[::2])


def grids(prompt: str) -> list[str]:
    """The code blocks of a prompt."""
    return prompt.split("```")[1::2]


def _apart(draft: Draft) -> tuple[Mistake, ...]:
    """The mistakes that these numbers tell from the truth and from one another. Errors: Redraw
    when too few are left to make a question."""
    kept: list[Mistake] = []
    for mistake in draft.mistakes:
        taken = [draft.truth, *(other.value for other in kept)]
        as_shown = _as_shown(draft.kind, mistake.value)
        if not any(
            draft.kind.same(mistake.value, other)
            or draft.kind.same(other, mistake.value)
            or draft.kind.same(as_shown, other)
            for other in taken
        ):
            kept.append(mistake)
    if len(kept) < (2 if isinstance(draft.kind, OneOf) else 1):
        raise Redraw
    return tuple(kept)


def _as_shown(kind: Kind, value: Any) -> Any:
    """A value as it reads where it is shown: a number is rounded there."""
    return kind.parse(kind.show(value)) if isinstance(kind, Numeric) else value


def _shuffled(draft: Draft, mistakes: tuple[Mistake, ...], rng: np.random.Generator) -> Kind:
    """The kind of the answer with what is on offer in a drawn order."""
    if isinstance(draft.kind, OneOf):
        options = [draft.truth, *(mistake.value for mistake in mistakes)]
        return replace(draft.kind, options=tuple(options[n] for n in rng.permutation(len(options))))
    if isinstance(draft.kind, InOrder):
        order = list(draft.truth)
        while tuple(order) == tuple(draft.truth):
            order = [order[n] for n in rng.permutation(len(order))]
        return replace(draft.kind, options=tuple(order))
    return draft.kind
