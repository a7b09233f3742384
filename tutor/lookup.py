"""From the names that a command is given to lessons, labs, settings and numbers."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from lessons.catalog import labs, lesson, lessons, predictions, templates
from lessons.kit.fences import CheckCall, CodeCall, LabCall, PredictCall, ScriptError
from lessons.kit.script import Lesson, Step

if TYPE_CHECKING:  # these bring NumPy; the list of lessons does without
    from engine.trace import Trace
    from engine.why import Element
    from lessons.kit.control import Settings
    from lessons.kit.exercise import Exercise
    from lessons.kit.figure import Figure
    from lessons.kit.lab import Lab
    from lessons.kit.prediction import Prediction
    from lessons.kit.question import Template
    from tutor.lab_session import LabSession

Found = TypeVar("Found")

_NUMBER = re.compile(r"\s*(?P<name>\w+)\s*(\[(?P<index>\s*-?\d{1,9}\s*(,\s*-?\d{1,9}\s*)*)\])?\s*")


class CommandError(Exception):
    """Something asked for that cannot be; the message is a sentence for who asked."""


def find(where: str, also: Sequence[str] = ()) -> tuple[Lesson, Step | None]:
    """The lesson, and the step when one is named, of "LESSON" or "LESSON/STEP".

    Errors: CommandError with the nearest name that there is; `also` are other words that could
    have been meant.
    """
    lesson_id, slash, step_id = where.partition("/")
    ids = [one.id for one in lessons()]
    if lesson_id not in ids:
        close = nearest(lesson_id, [*ids, *also])
        raise CommandError(f"there is no lesson {lesson_id!r}{close}; dl-tutor list names all")
    one = lesson(lesson_id)
    if slash and step_id not in one.step_ids:
        raise CommandError(
            f"the lesson {lesson_id} has no step {step_id!r}{nearest(step_id, one.step_ids)}; "
            f"dl-tutor list {lesson_id} names all"
        )
    return one, one.step(step_id) if slash else None


def lab_of(one: Lesson, call: LabCall) -> Lab:
    """The lab that a fence calls. Errors: ScriptError that names the fence."""
    return _called(one, call.line, "lab", call.lab, labs(one.id))


def bet_of(one: Lesson, call: PredictCall) -> Prediction:
    """The bet that a fence calls. Errors: ScriptError that names the fence."""
    return _called(one, call.line, "bet", call.bet, predictions(one.id))


def templates_of(one: Lesson, call: CheckCall) -> tuple[Template, ...]:
    """The question templates that a fence asks. Errors: ScriptError that names the fence."""
    known = templates(one.id)
    return tuple(_called(one, call.line, "question", name, known) for name in call.questions)


def exercise_of(one: Lesson, call: CodeCall) -> Exercise:
    """The exercise that a fence calls. Errors: ScriptError that names the fence; ExerciseError."""
    from lessons.kit.exercise import exercises

    return _called(one, call.line, "exercise", call.exercise, exercises(one.id))


def _called(one: Lesson, line: int, what: str, name: str, known: Mapping[str, Found]) -> Found:
    if name not in known:
        there = ", ".join(known) or "none"
        raise ScriptError(f"{one.path}:{line}: there is no {what} {name!r}; there is {there}")
    return known[name]


def own_image(given: str) -> str:
    """The whole path of the learner's own picture; that it is one has been tried.

    Errors: CommandError with a sentence that names the file.
    """
    from lessons.own.picture_file import image_control, own_picture

    try:
        path = image_control().parse(given)
        own_picture(path)
    except ValueError as error:
        raise CommandError(str(error)) from error
    return path


def open_session(
    one: Lesson, step: Step, at: int | None, given: Sequence[str], image: str = ""
) -> LabSession:
    """A step's lab, set as the step has it, with the learner's own picture when one is named, and
    then as given, at a moment counted from 1.

    Without a moment, where the step opens it. Errors: CommandError; ValueError with the lab's
    sentence for settings that do not go together.
    """
    from tutor.lab_session import LabSession, takes_image, with_image

    if step.lab is None:
        raise CommandError(f"{one.id}/{step.id} has no lab")
    lab = lab_of(one, step.lab)
    asked = dict(_setting(lab, text) for text in given)
    settings: Settings = lab.settings(step.lab.settings)
    if image:
        if not takes_image(lab):
            raise CommandError(f"{one.id}/{step.id} has no lab for --image; show it without")
        settings = with_image(lab, settings, image)
    for name, value in asked.items():
        settings = lab.changed(settings, name, value)
    # What is asked for stands, even where another control asked for would reset it.
    session = LabSession(lab, {**settings, **asked}, start=step.lab.at)
    if at is not None:
        last = session.film.length
        if not 1 <= at <= last:
            raise CommandError(f"--at takes a moment from 1 to {last} of this film, not {at}")
        session.go(at - 1)
    if session.wanted is not None:  # it arrives while it is watched, and nobody waits here
        session.film.at(session.wanted)
        session.arrive()
    return session


def element_of(figure: Figure, text: str, asked: str = "--why") -> Element:
    """The number that a text such as y[0,2,3] means: shown in the figure, or standing behind it.

    asked: what the text was given to. Errors: CommandError with the arrays, or the indices, that
    there are.
    """
    from engine.why import Element

    match = _NUMBER.fullmatch(text)
    if match is None:
        raise CommandError(f"{asked} takes a number by name and index, as y[0,2,3], not {text!r}")
    name = match["name"]
    index = tuple(int(part) for part in match["index"].split(",")) if match["index"] else ()
    arrays = _arrays(figure)
    found = [trace for trace, other in arrays if other == name]
    if not found:
        names = list(dict.fromkeys(other for _, other in arrays))
        known = ", ".join(names) or "none"
        raise CommandError(
            f"{asked}: the figure has no array {name!r}{nearest(name, names)}; it has {known}"
        )
    for trace in found:
        shape = trace[name].shape
        if len(index) == len(shape) and all(
            0 <= part < size for part, size in zip(index, shape, strict=True)
        ):
            return Element(trace, name, index)
    shape = found[0][name].shape
    first, last = ",".join("0" for _ in shape), ",".join(str(size - 1) for size in shape)
    runs = f"goes from {name}[{first}] to {name}[{last}]" if shape else "has no index"
    raise CommandError(f"{asked}: there is no {text.strip()}; {name} {runs}")


def nearest(given: str, known: Collection[str]) -> str:
    """The nearest of the names that there are, as a question; nothing when none is near."""
    close = difflib.get_close_matches(given, known, n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""


def _setting(lab: Lab, text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    known = [control.name for control in lab.controls]
    if not equals:
        raise CommandError(f"--set takes NAME=VALUE, such as {_example(lab)}, not {text!r}")
    if name not in known:
        raise CommandError(
            f"the lab {lab.name} has no control {name!r}{nearest(name, known)}; "
            f"it has {', '.join(known) or 'none'}"
        )
    control = lab.control(name)
    try:
        return name, control.parse(value)
    except ValueError as error:
        raise CommandError(f"{error}{nearest(value, getattr(control, 'options', ()))}") from error


def _example(lab: Lab) -> str:
    examples = (f"{one.name}={one.show(one.initial)}" for one in lab.controls)
    return next(examples, "stride=2")


def _arrays(figure: Figure) -> list[tuple[Trace, str]]:
    """The arrays of a figure by name: those shown first, then all that stand behind them."""
    from lessons.kit.figure import Matrix, Pixels
    from lessons.kit.lint_figure import numbers_of

    shown: list[tuple[Trace, str]] = []
    for panel in figure.panels:
        if isinstance(panel, Pixels | Matrix):
            shown.append((panel.view.trace, panel.view.name))
        else:
            shown += [(element.trace, element.name) for element in numbers_of(panel)]
    if figure.focus:
        shown.append((figure.focus.trace, figure.focus.name))
    traces = list({id(trace): trace for trace, _ in shown}.values())
    for trace in traces:  # grows while it runs: a source has sources of its own
        for source in trace.sources.values():
            if all(source.trace is not other for other in traces):
                traces.append(source.trace)
    return [*shown, *((trace, name) for trace in traces for name in trace.arrays)]
