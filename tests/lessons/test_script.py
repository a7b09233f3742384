"""Scripts: what lesson.md says, and how a broken one is refused with its line."""

from __future__ import annotations

import pytest

from lessons.kit.fences import LabCall, ScriptError
from lessons.kit.script import Lesson, decoded, parse_lesson


def parsed(text: str) -> Lesson:
    return parse_lesson("double", "double/lesson.md", text)


def test_front_matter(good: str) -> None:
    lesson = parsed(good)
    assert (lesson.id, lesson.path) == ("double", "double/lesson.md")
    assert (lesson.title, lesson.sentence) == ("Doubling", "Twice as much.")
    assert (lesson.place, lesson.minutes, lesson.needs) == (1, 5, ("before",))
    assert lesson.objectives == {"D1": "What doubling does"}


def test_steps(good: str) -> None:
    lesson = parsed(good)
    assert lesson.step_ids == ("twice", "end")
    twice, end = lesson.steps
    assert (twice.title, twice.line, twice.teaches) == ("Twice", 12, ("D1",))
    assert twice.prose == "Every number becomes *twice* as large."
    assert twice.words == 6
    assert twice.lab == LabCall("double", 16, {"by": 2}, 1)
    assert (end.title, end.line, end.teaches, end.lab) == ("The end", 22, (), None)
    assert end.prose == "No lab is needed here.\n\n```\nnot a call\n```"
    assert lesson.step("end") is end


def test_an_unknown_step_is_named_with_those_there_are(good: str) -> None:
    with pytest.raises(KeyError) as caught:
        parsed(good).step("thrice")
    assert caught.value.args == ("the lesson 'double' has no step 'thrice'; it has twice, end",)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("+++\ntitle", "title", "1: the file must open with front matter between lines of +++"),
        ("[objectives]", "[objectives", "8: "),
        ("minutes = 5\n", "", "1: the front matter lacks or garbles 'minutes'"),
        ("minutes = 5", "minutes = 'x'", "1: the front matter lacks or garbles"),
        ("minutes = 5", "minutes = inf", "1: the front matter lacks or garbles"),
        ("place = 1", "place = 1\nlevel = 2", "1: the front matter has an unknown key 'level'"),
        (" {#end}", "", "22: a step's heading must end with its id and objectives"),
        ("{#end}", "{#twice}", "22: two steps have the id 'twice'"),
        ("```lab", "```lap", "16: unknown fence 'lap'"),
        ('lab = "double"\n', "", '16: a lab fence needs lab = "name"'),
        ("at = 1", "at = 'x'", "16: 'at' takes a whole number, 'set' takes a table"),
        ("at = 1", "on = 1", "16: unknown key 'on' in a lab fence; it takes lab, at, set"),
        ("at = 1", "at = = 1", "19: "),
        (
            "```\nnot a call",
            '```lab\nlab = "double"\n```\n\n```lab\nlab = "a"',
            "30: the step already has a lab",
        ),
    ],
)
def test_refuses_with_the_line(good: str, old: str, new: str, message: str) -> None:
    assert old in good
    with pytest.raises(ScriptError) as caught:
        parsed(good.replace(old, new))
    assert str(caught.value).startswith(f"double/lesson.md:{message}")


def test_a_script_without_steps_is_refused(good: str) -> None:
    with pytest.raises(ScriptError, match=r"^double/lesson.md:11: there is no step"):
        parsed(good[: good.index("# Twice")].strip())


def test_bytes_that_are_no_text_are_refused_with_their_line() -> None:
    assert decoded("a/lesson.md", "é".encode()) == "é"
    with pytest.raises(ScriptError, match=r"^a/lesson.md:2: the file is not UTF-8 text"):
        decoded("a/lesson.md", b"+++\ntitle = '\xff'")
