"""What `dl-tutor show` prints: a step, and what there is to do in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.why import Explanation, why
from lessons.kit.script import Lesson, Step
from tutor.bet import Bet
from tutor.lookup import (
    CommandError,
    bet_of,
    element_of,
    exercise_of,
    find,
    open_session,
    templates_of,
)
from tutor.plain import step_lines, why_lines
from tutor.plain_tasks import bet_lines, exercise_lines, question_lines

if TYPE_CHECKING:
    from tutor.drawing.pen import Pen


@dataclass(frozen=True)
class Wanted:
    """What of a step is asked for; nothing is how the step opens."""

    at: int | None = None
    """The moment of its lab, from 1."""
    set: Sequence[str] = ()
    """Settings of its lab, as NAME=VALUE."""
    why: Sequence[str] = ()
    """Numbers to explain, as NAME[i,j,...]."""
    uncover: bool = False
    """Whether to show what a bet covers."""
    seed: int | None = None
    """Of its questions' numbers."""
    starter: bool = False
    """Whether to print the starter of its exercise, and nothing else."""
    image: str = ""
    """The path of the learner's own picture, for its lab."""


def show_lines(where: str, wanted: Wanted, width: int, pen: Pen) -> Iterator[str]:
    """A step as text: its prose, then the figure of its lab, its questions or its exercise.

    Errors: CommandError, ScriptError, ExerciseError.
    """
    one, step = find(where)
    if step is None:
        raise CommandError(
            f"show takes LESSON/STEP, such as {one.id}/{one.step_ids[0]}; "
            f"dl-tutor list {one.id} names the steps"
        )
    name = f"{one.id}/{step.id}"
    _refuse_misplaced(name, step, wanted)
    if step.lab:
        yield from _lab_lines(name, one, step, wanted, width, pen)
        return
    exercise = exercise_of(one, step.code) if step.code else None
    if exercise and wanted.starter:
        yield from exercise.starter.splitlines()
        return
    yield from step_lines(step, None, width, pen)
    if step.check:
        seed = wanted.seed or 0
        questions = [template.question(seed) for template in templates_of(one, step.check)]
        titles = [template.title for template in templates_of(one, step.check)]
        yield from question_lines(name, titles, questions, width)
    if exercise:
        yield from exercise_lines(name, exercise, width)


def _lab_lines(
    name: str, one: Lesson, step: Step, wanted: Wanted, width: int, pen: Pen
) -> Iterator[str]:
    """A step with its lab; what a bet covers is not given away."""
    try:
        session = open_session(one, step, wanted.at, wanted.set, wanted.image)
        figure = session.figure
    except ValueError as error:
        raise CommandError(f"{name} cannot be shown: {error}") from error
    bet = Bet(bet_of(one, step.predict), session) if step.predict else None
    if wanted.uncover:
        bet = session.cover = None
    explanations: list[Explanation] = []
    for text in wanted.why:
        element = element_of(figure, text)
        if bet and bet.hides(element):
            raise CommandError(f"{element.label} is covered until you bet; --uncover shows it")
        explanations.append(why(element.trace, element.name, element.index))
    yield from step_lines(step, session, width, pen)
    if bet:
        yield from bet_lines(name, bet.prediction, width)
    for explanation in explanations:
        yield ""
        yield from why_lines(explanation, width)


def _refuse_misplaced(name: str, step: Step, wanted: Wanted) -> None:
    """Refuse what this step has no use for. Errors: CommandError."""
    of_lab = wanted.at is not None or wanted.set or wanted.why
    for is_there, asked, lacking in (
        (step.lab, of_lab, "no lab for --at, --set and --why"),
        (step.lab, wanted.image, "no lab for --image"),
        (step.predict, wanted.uncover, "no bet for --uncover"),
        (step.check, wanted.seed is not None, "no questions for --seed"),
        (step.code, wanted.starter, "no exercise for --starter"),
    ):
        if asked and not is_there:
            raise CommandError(f"{name} has {lacking}; show it without")
