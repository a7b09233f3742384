"""The lessons of the course themselves: nothing is wrong with any of them."""

from __future__ import annotations

import pytest

from lessons.catalog import lab_of, labs, lesson, lessons
from tutor.commands import lint_lines

IDS = [one.id for one in lessons()]


@pytest.mark.parametrize("lesson_id", IDS)
def test_nothing_is_wrong(lesson_id: str) -> None:
    found = [line for line, is_problem in lint_lines(lesson_id) if is_problem]
    assert found == []


def test_the_course_starts_with_convolution() -> None:
    assert IDS[0] == "cnn"
    assert sorted({one.place for one in lessons()}) == [one.place for one in lessons()]


def test_an_unknown_lesson_is_named_with_those_there_are() -> None:
    with pytest.raises(KeyError) as caught:
        lesson("cmm")
    assert caught.value.args == (f"there is no lesson 'cmm'; there is {', '.join(IDS)}",)


def test_the_lab_of_a_step() -> None:
    cnn = lesson("cnn")
    lab = lab_of("cnn", cnn.step("slide"))
    assert lab is labs("cnn")["slide"]
