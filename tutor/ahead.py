"""Gets ready, beside the screen, what the learner will want next."""

from __future__ import annotations

import sys
import threading
from contextlib import suppress

from lessons.catalog import lab_of
from lessons.kit.lab import Lab
from lessons.kit.script import Lesson, Step
from tutor.film_worker import SWITCH_INTERVAL
from tutor.lab_session import LabSession, open_lab

_under_way: dict[tuple[str, str], threading.Event] = {}
"""By lesson and step: set when the step's first figure is there."""


def opening(lesson: Lesson, step: Step) -> LabSession | None:
    """A step's lab as the step opens it, with its first figure; None without a lab. What took
    long, such as a training, the lab keeps for the next time. Errors: ValueError."""
    lab, call = lab_of(lesson.id, step), step.lab
    if lab is None or call is None:
        return None
    session = open_lab(lab, call.settings, call.at)
    _ = session.figure
    return session


def get_ready(lesson: Lesson, number: int, lab: Lab) -> None:
    """While step `number` with this lab is looked at: the first figure of the next step that has
    a lab, and what the lab itself prepares."""
    step = next((step for step in lesson.steps[number + 1 :] if step.lab), None)
    there = threading.Event()
    if step:
        _under_way[lesson.id, step.id] = there

    def work() -> None:
        if step:
            with suppress(Exception):  # whoever opens the step is told
                opening(lesson, step)
            there.set()
        if lab.prepare:
            lab.prepare()

    sys.setswitchinterval(SWITCH_INTERVAL)
    threading.Thread(target=work, name="ahead", daemon=True).start()


def wait_for(lesson_id: str, step_id: str) -> None:
    """Wait for a step that is under way: making it twice at once would take longer."""
    there = _under_way.pop((lesson_id, step_id), None)
    if there:
        there.wait()
