"""The course in plain mode: what is said, what is answered, and what is kept."""

from __future__ import annotations

import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.notation import format_number
from lessons.catalog import lesson
from lessons.cnn.reader import recording
from lessons.kit.exercise import exercises
from tests.tutor.dialogue.conftest import Dialogue
from tutor.dialogue.hearing import interruptible
from tutor.dialogue.lab import LabRoom
from tutor.dialogue.questions import CheckRoom, ReviewRoom
from tutor.dialogue.speech import said
from tutor.progress.place import StateDirectory
from tutor.progress.session import Progress, open_progress


def lab_of(dialogue: Dialogue) -> LabRoom:
    assert isinstance(dialogue.talk.room, LabRoom)
    return dialogue.talk.room


def bet_made(dialogue: Dialogue) -> LabRoom:
    """The lab of the dialogue, with its bet made."""
    room = lab_of(dialogue)
    assert room.bet is not None
    truth, _ = room.bet.prediction.truth(room.session.settings, room.session.position)
    dialogue.say(f"bet {room.bet.prediction.kind.show(truth.value)}")
    return room


def number(value: float) -> str:
    return said(format_number(value))


def test_a_step_opens_with_its_text_its_lab_its_bet_and_what_can_be_said() -> None:
    opening = Dialogue("cnn", "slide").opening
    place = lesson("cnn").step_ids.index("slide") + 1
    count = len(lesson("cnn").steps)
    assert f"cnn, step {place} of {count}: One output cell at a time\n" in opening
    order = (
        "The kernel covers nine pixels.",
        "The lab: A kernel slides over a picture",
        "row 1: minus 2, 0, 2",
        "Moment 159 of 676",
        "Your bet: Which sign will the next cell have?",
        "You can say: bet X, look, next, help, quit.",
    )
    places = [opening.index(words) for words in order]
    assert places == sorted(places)


def test_the_lab_waits_for_the_bet_and_then_says_how_it_came_out() -> None:
    dialogue = Dialogue("cnn", "slide")
    room = lab_of(dialogue)
    for line in ("why", "moment 3", "play", "set stride 2", "put w[0,0,0,0] 1", "x", "k", "K", ""):
        assert dialogue.say(line).startswith("The lab waits for your bet")
    assert dialogue.say("bet perhaps").startswith("This takes plus, minus or 0, not 'perhaps'.")
    assert room.session.position == 158
    told = dialogue.say("minus")
    assert told.startswith("You said minus; it is plus.")
    assert room.session.position == 159
    assert "The lab waits" not in dialogue.say("why")
    assert dialogue.say("bet +") == "Your bet is made, and it is one a step.\n"


def test_what_a_bet_covers_is_not_told_before_it_stands() -> None:
    dialogue = Dialogue("cnn", "kernels")
    assert "feature map: covered until you bet." in dialogue.opening
    assert dialogue.say("panel map") == "feature map: covered until you bet.\n"
    bet_made(dialogue)
    assert "row 0:" in dialogue.say("panel map")


def test_numbers_that_are_said_are_the_engine_s() -> None:
    dialogue = Dialogue("cnn", "slide")
    room = bet_made(dialogue)
    told = dialogue.say("moment 12")
    focus = room.session.film.at(11).focus
    assert focus is not None
    assert told.endswith(f"{focus.label} = {number(focus.value)}\n")
    map_ = next(panel for panel in room.session.figure.panels if panel.key == "map")
    values = map_.view.array.ravel()[:12]
    assert f"= {number(values.min())}, the largest" in " ".join(told.split())
    assert number(values.max()) in told


def test_play_is_a_line_for_each_moment() -> None:
    dialogue = Dialogue("cnn", "slide")
    room = bet_made(dialogue)
    lines = dialogue.say("play 3").splitlines()
    assert [line.split(":")[0] for line in lines] == [f"Moment {n} of 676" for n in (161, 162, 163)]
    assert len(dialogue.say("space").splitlines()) == 10
    dialogue.say("moment last")
    assert dialogue.say("play") == "This is the last moment.\n"
    assert room.session.at_end
    assert dialogue.say("play none").startswith("play takes how many moments")


def test_only_what_changed_is_told_again() -> None:
    dialogue = Dialogue("cnn", "slide")
    bet_made(dialogue)
    on = dialogue.say("right")
    assert "running sum:" in on and "kernel:" not in on
    kernel = dialogue.say("k")
    assert kernel.startswith("kernel is now sobel-y.\nkernel: numbers in 3 rows")
    assert "image:" not in kernel
    assert "image:" in dialogue.say("look")


def test_settings_go_by_name_letter_or_value_and_refusals_are_sentences() -> None:
    dialogue = Dialogue("cnn", "slide")
    session = bet_made(dialogue).session
    assert dialogue.say("set kernel edges").startswith("kernel is now edges.")
    assert dialogue.say("set kernel=blur").startswith("kernel is now blur.")
    dialogue.say("K")
    assert session.settings["kernel"] != "blur"
    assert "did you mean 'stride'" in dialogue.say("set strid 2")
    assert "takes a whole number from" in dialogue.say("set stride many")
    assert "stride (letter s): now 1; takes" in " ".join(dialogue.say("set").split())
    dialogue.say("put w[0,0,1,1] minus 3")
    assert session.settings["cells"][1][1] == -3
    assert "is not a number that can be put in" in dialogue.say("put y[0,0,0] 1")
    assert "put: the figure has no array 'q'" in dialogue.say("put q[0] 1")
    dialogue.say("x")
    assert session.settings["cells"] == () and session.settings["kernel"] == "sobel-x"


def test_why_goes_down_to_the_terms_and_up_again() -> None:
    dialogue = Dialogue("cnn", "slide")
    room = bet_made(dialogue)
    truth = room.bet.truth if room.bet else None
    assert truth is not None
    top = dialogue.say("why")
    assert top.startswith(f"Why is {truth.element.label} {number(truth.value)}?")
    assert "sum over c,u,v of w[f,c,u,v] times x[c,i+u,j+v]" in top
    assert "w[0,0,0,0] = minus 1, x[0,6,3] = " in top
    assert "is the brightness of a pixel" in dialogue.say("why x[0,6,3]")
    assert dialogue.say("up") == top
    assert dialogue.say("up") == "There is no number above this one.\n"
    assert "why: there is no y[9,9,9]" in dialogue.say("why y[9,9,9]")


def test_commands_have_beginnings_and_mistyped_ones_a_hint() -> None:
    dialogue = Dialogue("cnn", "slide")
    bet_made(dialogue)
    assert dialogue.say("mo 12").endswith(dialogue.say("moment"))
    assert dialogue.say("re").startswith("re could be rewind or review")
    assert "Did you mean moment?" in dialogue.say("momant 3")
    assert "means nothing here" in dialogue.say("§")
    assert "play N: says the next N moments (also space)." in dialogue.say("help")


def test_steps_follow_one_another_and_home_goes_on() -> None:
    dialogue = Dialogue("cnn", "slide")
    assert "step 5 of" in dialogue.say("n")
    assert "step 4 of" in dialogue.say("b")
    assert "step 2 of" in dialogue.say("step 2")
    assert "Which way round?" in dialogue.say("step flip")
    assert "step takes a number" in dialogue.say("step 99")
    assert "(slide)" in dialogue.say("list")
    assert "Taught in cnn/" in dialogue.say("term kernel")
    home = dialogue.say("home")
    assert "An empty line goes on with cnn/flip." in home
    assert "Which way round?" in dialogue.say("")
    dialogue.say("home")
    assert "One output cell" in dialogue.say("cnn/slide")
    assert "there is no lesson 'nothing'" in dialogue.say("open nothing")


def test_an_empty_line_goes_through_the_film_and_on_to_the_next_step() -> None:
    dialogue = Dialogue("cnn", "size")
    room = bet_made(dialogue)
    dialogue.say("moment last")
    dialogue.say("left")
    assert "Moment" in dialogue.say("")
    assert room.session.at_end
    assert "What the floor drops" in dialogue.say("")


# Questions and reviews --------------------------------------------------------------------------


def test_a_wrong_answer_is_told_its_own_mistake() -> None:
    dialogue = Dialogue("cnn", "check-size")
    room = dialogue.talk.room
    assert isinstance(room, CheckRoom)
    question = room.questions.question
    assert said(question.kind.takes) in dialogue.opening
    assert dialogue.say("").startswith("Say answer, and")
    assert dialogue.say("again").startswith("Answer it first")
    mistake = question.mistakes[0]
    told = " ".join(dialogue.say(f"answer {question.kind.show(mistake.value)}").split())
    assert told.startswith("Not right: ") and said(mistake.message)[:40] in told
    assert f"It is {question.answer}." in told
    assert dialogue.say("answer 1x1").startswith("This is answered")
    dialogue.say("again")
    assert room.questions.question is question
    assert dialogue.say(question.answer).startswith("Right: Yes")
    dialogue.say("fresh")
    assert room.questions.question.seed != question.seed
    kept = dialogue.talk.state.answers
    assert [(one.right, one.attempt) for one in kept] == [(False, 1), (True, 2)]
    assert kept[0].misconception == mistake.id


def test_reviews_come_back_and_move_their_cards(tmp_path: Path) -> None:
    first = Dialogue("cnn", "check-cells", open_progress(str(tmp_path)))
    assert first.say("review").startswith("Nothing is due for review.")
    first.say("answer 999")
    later = datetime.now(UTC) + timedelta(days=30)
    progress = Progress(StateDirectory(tmp_path), clock=lambda: later)
    dialogue = Dialogue("cnn", "slide", progress)
    assert "1 question is due for review; say review." in dialogue.say("home")
    assert "Review: 1 question due." in dialogue.say("review")
    room = dialogue.talk.room
    assert isinstance(room, ReviewRoom)
    assert dialogue.say(f"answer {room.questions.question.answer}").startswith("Right")
    assert "due for review" not in dialogue.say("")
    assert [one.rating for one in progress.state.ratings["cnn/cell-value"]] == [1, 3]
    assert progress.due() == []


# Exercises --------------------------------------------------------------------------------------


def test_code_is_written_elsewhere_and_judged_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exercise = exercises("cnn")["output-size"]
    solution = tmp_path / "solution.py"
    solution.write_text(exercise.solution, encoding="utf-8")
    other = tmp_path / "other.py"
    other.write_text(exercises("cnn")["conv2d"].starter, encoding="utf-8")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    dialogue = Dialogue("cnn", "write-output-size", open_progress(str(tmp_path / "log")))
    assert f"    def {exercise.function}" in dialogue.opening.replace("    \n", "")
    assert "Not yet: " in dialogue.say("check")
    assert dialogue.say("hint").startswith("Hint 1:")
    assert dialogue.say("reference").startswith("The reference is shown after success")
    assert dialogue.say("edit").startswith("No editor is set")
    refused = " ".join(dialogue.say(f"check {other}").split())
    assert refused.endswith("is for the exercise cnn/conv2d, and this is another one.")
    assert "no such file" in " ".join(dialogue.say(f"check {tmp_path / 'none.py'}").split())
    monkeypatch.setenv("EDITOR", f"cp {solution}")
    assert "Passed: All" in dialogue.say("edit")
    assert "The code is as it was." in dialogue.say("edit")
    assert "The reference:" in dialogue.say("reference")
    state = open_progress(str(tmp_path / "log")).state
    done = state.exercise(exercise.id)
    assert (done.passed, len(done.attempts), done.hints) == (True, 2, 1)
    assert done.draft == exercise.solution and done.solution_shown
    assert ("cnn", "write-output-size") in state.done


# Films whose moments arrive ---------------------------------------------------------------------


def test_a_training_is_computed_up_to_the_moment_that_is_asked_for() -> None:
    dialogue = Dialogue("cnn", "learn")
    room = lab_of(dialogue)
    room.bet = room.session.cover = None
    session = room.session
    session.set("seed", 7)  # a run that no other test has computed
    assert session.film.ready == 1
    told = dialogue.say("moment 4")
    assert session.film.ready == 4 and session.position == 3
    assert "Moment 4 of 361" in told
    assert "Moment 5 of 361" in dialogue.say("")
    assert len(dialogue.say("play 2").splitlines()) == 2
    assert session.film.ready == 7
    assert "Moment 2 of 361" in dialogue.say("moment 2")


def test_a_long_run_says_every_second_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    dialogue = Dialogue("cnn", "learn")
    room = lab_of(dialogue)
    room.bet = room.session.cover = None
    room.session.set("seed", 8)
    monkeypatch.setattr("tutor.dialogue.lab.TELL_EVERY", 0.0)
    told = dialogue.say("moment 4")
    lines = [line.split(":")[0] for line in told.splitlines() if line.startswith("Moment")]
    assert lines == [f"Moment {n} of 361" for n in (2, 3, 4, 4)]


@pytest.mark.usefixtures("interrupted")
def test_a_bet_on_a_training_waits_when_the_run_is_stopped() -> None:
    dialogue = Dialogue("cnn", "learn")
    room = lab_of(dialogue)
    room.session.set("seed", 9)
    told = dialogue.say("bet 50")
    assert "Stopped.\nYour bet is settled at moment 361: say train to go on.\n" in told
    assert room.bet is not None and room.bet.waiting
    assert dialogue.say("set rate 0.3") == (
        "Your bet is on this run: let it come to its end first.\n"
    )
    assert dialogue.talk.state.predictions == []


def test_ctrl_c_stops_a_run_and_not_the_program() -> None:
    with interruptible() as stop:
        signal.raise_signal(signal.SIGINT)
        assert stop.is_set()
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


# The program ------------------------------------------------------------------------------------


def test_a_step_that_opens_late_in_a_training_is_computed_up_to_there() -> None:
    recording.cache_clear()  # another test may have trained it already
    dialogue = Dialogue("cnn", "misread")
    assert "Computing up to the moment where it opens" in dialogue.opening
    assert "Moment 361 of 361" in dialogue.opening
    assert "You said" in dialogue.say("bet 5")


@pytest.mark.usefixtures("interrupted")
def test_a_bet_stays_about_the_moment_at_which_its_step_opens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("lessons.kit.film.Recorded.ready", 1)
    dialogue = Dialogue("cnn", "misread")
    session = lab_of(dialogue).session
    assert "Stopped." in dialogue.opening
    assert (session.position, session.wanted) == (0, 360)
