"""A lab set in words: names with signs, lists with commas, and cells in the cursor's stead."""

from __future__ import annotations

from tests.tutor.dialogue.conftest import Dialogue
from tutor.dialogue.lab import LabRoom
from tutor.dialogue.questions import CheckRoom
from tutor.dialogue.setting import editable_names


def unbet(dialogue: Dialogue) -> LabRoom:
    """The lab of the dialogue, without its bet."""
    room = dialogue.talk.room
    assert isinstance(room, LabRoom)
    room.bet = room.session.cover = None
    return room


def test_a_value_may_have_an_equals_sign_and_a_setting_too() -> None:
    dialogue = Dialogue("lstm", "two-flows")
    settings = unbet(dialogue).session
    assert dialogue.say("set hold f=1").startswith("hold is now f=1.")
    assert settings.settings["hold"] == "f=1"
    dialogue.say("set hold=i=0")
    assert settings.settings["hold"] == "i=0"
    dialogue.say("set unit = 2")
    assert settings.settings["unit"] == 2


def test_options_with_signs_are_said_as_they_are_heard() -> None:
    dialogue = Dialogue("lstm", "back-in-time")
    session = unbet(dialogue).session
    assert "y hat minus y, weights, all dh, all dc" in " ".join(dialogue.say("set").split())
    assert dialogue.say("set show y hat minus y").startswith("show is now y hat minus y.")
    assert session.settings["show"] == "ŷ − y"
    dialogue.say("set show all dh")
    assert session.settings["show"] == "all ∂h"
    assert "not 'y heart'" in dialogue.say("set show y heart")


def test_lists_of_numbers_are_heard_and_said_with_commas() -> None:
    dialogue = Dialogue("entropy", "loss")
    session = unbet(dialogue).session
    assert "Set: z 2, 1, minus 1; target cat; way as written." in dialogue.opening
    assert dialogue.say("set z 1, minus 2, 3").startswith("z is now 1, minus 2, 3.")
    assert session.settings["z"] == (1, -2, 3)


def test_what_the_cursor_does_on_a_screen_is_said_in_words() -> None:
    dialogue = Dialogue("entropy", "goals")
    room = unbet(dialogue)
    opening = " ".join(dialogue.opening.split())
    assert "Where the text goes to numbers with tab and arrows, say words: put changes" in opening
    assert "such as put p[0] 1 (p[0] to p[3]); why and a number's name" in opening
    assert editable_names(room.session.figure) == ["p[0] to p[3]"]
    assert "put takes a cell and a number. Here it takes p[0] to p[3]." in dialogue.say("put")
    told = " ".join(dialogue.say("put mean 1").split())
    assert told == "mean is not a number that can be put in here. Here it takes p[0] to p[3]."
    assert "tab and arrows" not in Dialogue("entropy", "surprise").opening
    plane = " ".join(Dialogue("descent", "landscape").opening.split())
    assert "set u and set v move the place" in plane


def test_a_panel_says_the_names_of_its_numbers() -> None:
    dialogue = Dialogue("entropy", "loss")
    unbet(dialogue)
    told = " ".join(dialogue.say("panel table").split())
    assert "by name: z[0] to z[2], exp_z[0] to exp_z[2], p[0] to p[2]" in told
    assert dialogue.say("why exp_z[1]").startswith("Why is exp_z[1]")


def test_numbers_that_two_panels_call_alike_are_told_apart_by_the_panel() -> None:
    dialogue = Dialogue("entropy", "goals")
    session = unbet(dialogue).session
    assert "by name: p[0] to p[3]" in dialogue.say("panel a")
    told = " ".join(dialogue.say("panel b").split())
    assert "by name, after the word b: p[0] to p[3], such as why b p[0]" in told
    assert dialogue.say("why p[0]").startswith("Why is p[0] 0.5?")
    assert dialogue.say("why b p[0]").startswith("Why is p[0] 0.1?")
    dialogue.say("put b p[0] 0.7")
    assert session.settings["b"][0] == 0.7 and session.settings["a"][0] == 0.5
    assert "there is no p[9]" in dialogue.say("why b p[9]")


def test_at_the_ends_of_a_film_it_is_said_that_there_is_no_more() -> None:
    dialogue = Dialogue("entropy", "surprise")
    room = unbet(dialogue)
    dialogue.say("moment last")
    assert dialogue.say("right") == "This is the last moment.\n"
    dialogue.say("moment first")
    assert dialogue.say("left") == "This is the first moment.\n"
    assert room.session.position == 0


def test_brackets_have_words() -> None:
    dialogue = Dialogue("cnn", "slide")
    session = unbet(dialogue).session
    here, twentieth = session.position, session.film.length // 20
    dialogue.say("earlier")
    assert session.position == here - twentieth
    dialogue.say("]")
    dialogue.say("later")
    assert session.position == here + twentieth


def test_of_a_table_the_new_lines_alone_are_told_after_a_move() -> None:
    dialogue = Dialogue("lstm", "weights")
    unbet(dialogue)
    told = dialogue.say("right")
    assert "f1, h1: 0.5" in told and "marked" in told
    assert "f2, h1" not in told and "hx, h1" not in told
    assert "f2, h1" in dialogue.say("look")


def test_a_number_picks_the_option_of_that_number_though_another_has_it_as_its_text() -> None:
    dialogue = Dialogue("descent", "thrown-out")
    room = dialogue.talk.room
    assert isinstance(room, LabRoom) and room.bet is not None
    assert room.bet.entry.options == ("all", "20", "5", "1")
    room.bet.entry.give("1")
    assert room.bet.entry.answer == "all"
    room.bet.entry.give("20")
    assert room.bet.entry.answer == "20"


def test_an_answer_of_several_words_may_begin_as_a_command_does() -> None:
    dialogue = Dialogue("entropy", "check-gradients")
    room = dialogue.talk.room
    assert isinstance(room, CheckRoom)
    room.questions.turn(1)
    option = next(one for one in room.questions.entry.options if one.startswith("a "))
    assert dialogue.say(option).startswith(("Right", "Not right"))
    assert dialogue.say("a").lstrip().startswith("Question 2 of 4")
