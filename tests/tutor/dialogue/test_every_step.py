"""Every step of every lesson is read and answered in plain mode."""

from __future__ import annotations

import pytest

from lessons.catalog import lessons
from tests.tutor.dialogue.conftest import Dialogue
from tutor.dialogue.code import CodeRoom
from tutor.dialogue.lab import LabRoom
from tutor.dialogue.questions import CheckRoom

STEPS = [(one.id, step.id) for one in lessons() for step in one.steps]


@pytest.mark.usefixtures("interrupted")
@pytest.mark.parametrize(("lesson", "step"), STEPS)
def test_a_step_is_read_and_answered_in_lines_of_ascii(lesson: str, step: str) -> None:
    dialogue = Dialogue(lesson, step, ascii_only=True)
    room = dialogue.talk.room
    said = dialogue.opening
    if isinstance(room, LabRoom):
        said += through_lab(dialogue, room)
    elif isinstance(room, CheckRoom):
        said += through_questions(dialogue, room)
    else:
        assert isinstance(room, CodeRoom)
        said += dialogue.say("code") + dialogue.say("hint") + dialogue.say("reference")
    said += dialogue.say("help") + dialogue.say("text")
    assert said.isascii()
    assert "\x1b" not in said
    code = "    "  # what stands before its lines, which are not wrapped
    assert max(len(line) for line in said.splitlines() if not line.startswith(code)) <= 80


def through_lab(dialogue: Dialogue, room: LabRoom) -> str:
    """Bet, set each control to its next value and back, go through the film, ask why."""
    say, session, bet = dialogue.say, room.session, room.bet
    said = ""
    if bet is not None:
        assert "waits for your bet" in say("why")
        if session.film.arrives:
            said += say("bet " + (bet.entry.options[0] if bet.entry.options else "1"))
            assert "Stopped" in said or "You said" in said
            bet.made, bet.outcome = None, None  # as if it had never been
            room.bet = None
        else:
            truth, moment = bet.prediction.truth(session.settings, session.position)
            said += say(f"bet {bet.prediction.kind.show(truth.value)}")
            assert bet.outcome is not None and bet.outcome.exact, said
            assert (room.lesson.id, room.step.id) in dialogue.talk.state.done
            assert session.position == moment.position
            assert bet.truth and truth.element.label == bet.truth.element.label
    said += say("why")
    said += say("moment first") + say("moment +1")
    if not session.film.arrives:
        said += say("moment last")
    for control in session.lab.controls:
        said += say(f"set {control.name} next")
        assert f"{control.name} " in said.replace("\n", " ")
    said += say("x") + say("panel")
    for panel in session.figure.panels:
        whole = say(f"panel {panel.key}")
        assert "There is no panel" not in whole
        said += whole
    return said


def through_questions(dialogue: Dialogue, room: CheckRoom) -> str:
    """Answer all rightly; that makes the step done and leads on."""
    said = ""
    for n in range(len(room.questions.templates)):
        assert room.questions.number == n
        answer = room.questions.question.answer
        told = dialogue.say(f"answer {answer}")
        assert "Right: Yes" in told, told
        said += told + dialogue.say("")
    assert (room.lesson.id, room.step.id) in dialogue.talk.state.done
    return said
