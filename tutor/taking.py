"""Taking a step: how its lab and its bet are opened, and what is written down; with any screen."""

from __future__ import annotations

from typing import Any

from lessons.catalog import lab_of, predictions
from lessons.kit.lab import Lab
from lessons.kit.question import Judgement, Question
from lessons.kit.script import Lesson, Step
from lessons.own.file import FileError
from lessons.own.picture_file import IMAGE
from tutor.bet import Bet
from tutor.lab_session import LabSession, open_lab, with_image
from tutor.progress import kinds
from tutor.progress.kinds import Record
from tutor.progress.review import rating_of
from tutor.progress.state import Place, State


def opened_lab(lesson: Lesson, step: Step, place: Place, image: str) -> tuple[LabSession, str]:
    """The step's lab, as the step opens it or as the learner left it; with the picture of their
    own that the program was started with, unless they have had it here before.

    Also gives a sentence for the learner about what could not be taken up; mostly empty.
    """
    call, lab = step.lab, lab_of(lesson.id, step)
    assert call is not None and lab is not None
    session = open_lab(lab, call.settings, call.at)
    try:
        settings = session.settings if place.position is None else lab.settings(place.settings)
        if settings.get(IMAGE) != image:
            settings = with_image(lab, settings, image)
        session.reset(settings)
        if place.position is not None:
            session.go(place.position)
    except ValueError as error:
        # A lab that is another one than when the place was written down needs no word.
        return session, str(error) if image or isinstance(error, FileError) else ""
    return session, ""


def opening_settings(step: Step, lab: Lab, image: str) -> dict[str, Any]:
    """The settings with which the step opens its lab."""
    given = step.lab.settings if step.lab else {}
    return dict(with_image(lab, lab.settings(given), image))


def opened_bet(lesson: Lesson, step: Step, session: LabSession, state: State) -> Bet | None:
    """The step's bet, unless it has been made before."""
    call = step.predict
    if call is None or state.prediction(lesson.id, step.id, call.bet):
        return None
    return Bet(predictions(lesson.id)[call.bet], session)


# What is written down ---------------------------------------------------------------------------


def place_in(lesson: Lesson, step: Step, session: LabSession) -> Record:
    """Where the learner is in a lab, and how it is set."""
    settings = {
        control.name: control.show(session.settings[control.name])
        for control in session.lab.controls
    }
    return kinds.place(lesson.id, step.id, session.position, settings)


def bet_made(lesson: Lesson, step: Step, bet: Bet) -> tuple[Record, Record]:
    """A bet that is settled, which makes its step done."""
    assert bet.outcome is not None
    outcome = bet.outcome.said, bet.outcome.truth, bet.off_by
    predicted = kinds.predicted(lesson.id, step.id, bet.prediction.id, *outcome)
    return predicted, kinds.step_done(lesson.id, step.id)


def answered(question: Question, text: str, judgement: Judgement, tries: int) -> Record:
    """An answer, with what it is worth."""
    right, misconception = judgement.right, judgement.misconception
    return kinds.answered(question.template, question.seed, text, right, misconception, tries)


def reviewed(question: Question, judgement: Judgement, tries: int) -> Record:
    """An answer in a review, which moves the question's card."""
    return kinds.reviewed(question.template, rating_of(judgement.right, tries), question.seed)
