"""What the learner will want next is made beside the screen, once."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest
from pytest import MonkeyPatch

from lessons.catalog import labs, lesson
from tests.tutor.reading import opened
from tutor import ahead
from tutor.lab_session import LabSession


@pytest.fixture(autouse=True)
def nothing_ahead() -> None:
    """Here it is to be so, unlike in the tests of screens."""


def joined() -> None:
    """Wait for the threads that get things ready."""
    for thread in threading.enumerate():
        if thread.name == "ahead":
            thread.join(30)


def test_the_next_lab_is_made_while_this_one_is_looked_at(monkeypatch: MonkeyPatch) -> None:
    one, made = lesson("lstm"), []
    monkeypatch.setattr(ahead, "opening", lambda lesson, step: made.append(step.id))
    prepared, then = threading.Event(), threading.Event()
    lab = replace(labs("lstm")["gates"], prepare=prepared.set)
    number = next(n for n, step in enumerate(one.steps) if step.check)
    ahead.get_ready(one, number - 1, lab, then.set)
    after = next(step.id for step in one.steps[number:] if step.lab)
    ahead.wait_for("lstm", after)
    assert made == [after]
    assert then.wait(10) and prepared.is_set()
    joined()


def test_who_comes_early_waits_and_nothing_is_made_twice(monkeypatch: MonkeyPatch) -> None:
    one, may, order = lesson("cnn"), threading.Event(), []

    def slow(*_: Any) -> None:
        may.wait(10)
        order.append("made")

    monkeypatch.setattr(ahead, "opening", slow)
    ahead.get_ready(one, 0, labs("cnn")["slide"], list)
    threading.Timer(0.05, may.set).start()
    ahead.wait_for("cnn", one.step_ids[1])
    order.append("opened")
    ahead.wait_for("cnn", one.step_ids[1])  # and is not waited for again
    assert order == ["made", "opened"]
    joined()


def test_what_cannot_be_made_is_for_who_opens_it(monkeypatch: MonkeyPatch) -> None:
    def refused(*_: Any) -> None:
        raise ValueError("not with these settings")

    monkeypatch.setattr(ahead, "opening", refused)
    ahead.get_ready(lesson("cnn"), 0, labs("cnn")["slide"], list)
    ahead.wait_for("cnn", lesson("cnn").step_ids[1])
    joined()


async def test_an_open_step_makes_the_next_one(monkeypatch: MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(ahead, "opening", lambda lesson, step: made.append(step.id))
    async with opened(lesson("cnn").step_ids[0]):
        ahead.wait_for("cnn", lesson("cnn").step_ids[1])
        assert made == [lesson("cnn").step_ids[1]]
        joined()


def test_what_is_made_is_the_step_as_it_opens() -> None:
    one = lesson("cnn")
    session = ahead.opening(one, one.step("slide"))
    assert isinstance(session, LabSession)
    call = one.step("slide").lab
    assert call and session.position == call.at
    assert ahead.opening(one, next(step for step in one.steps if step.check)) is None
