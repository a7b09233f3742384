"""Judges labs: their controls, the fences that call them, the figures at the moments that count."""

from __future__ import annotations

from collections.abc import Iterator

from lessons.kit.control import SettingError
from lessons.kit.fences import LabCall
from lessons.kit.film import Film
from lessons.kit.lab import RESERVED_KEYS, Lab
from lessons.kit.lint_figure import FigureLint
from lessons.kit.material import Material
from lessons.kit.problem import Problem, said


def problems(material: Material, figures: FigureLint) -> Iterator[Problem]:
    """What is wrong with the labs of a lesson, and with what its steps make of them."""
    calls = [step.lab for step in material.lesson.steps if step.lab]
    for lab in material.labs.values():
        if all(call.lab != lab.name for call in calls):
            yield material.in_lab(lab.name, "no step uses it")
        for message in _controls(lab):
            yield material.in_lab(lab.name, message)
    for call in calls:
        for message in _call(material, call, figures):
            yield material.in_script(call.line, message)


def _controls(lab: Lab) -> Iterator[str]:
    """What can be said of a lab without its film."""
    keys = [control.key for control in lab.controls if control.key]
    for key in sorted(set(keys)):
        if not (len(key) == 1 and key.isascii() and key.islower()):
            yield f"the key {key!r} of a control is not one letter from a to z"
        elif RESERVED_KEYS & {key, key.upper()}:
            yield f"the application keeps the key {key!r} for itself"
        if keys.count(key) > 1:
            yield f"two controls have the key {key!r}"
    names = [control.name for control in lab.controls]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"two controls have the name {name!r}"
    for control in lab.controls:
        for other in sorted(set(control.resets) - set(names)):
            yield f"{control.name} resets {other!r}, which is no control"
        for other, text in control.sets:
            try:
                lab.control(other).parse(text)
            except SettingError as error:
                yield f"{control.name} sets {other!r}: {error}"


def _call(material: Material, call: LabCall, figures: FigureLint) -> Iterator[str]:
    """A lab fence: the lab, its settings, the moment, and the figures around it."""
    lab = material.labs.get(call.lab)
    if lab is None:
        known = ", ".join(material.labs) or "none"
        yield f"the lesson has no lab {call.lab!r}; it has {known}"
        return
    try:
        film = lab.film(lab.settings(call.settings))
    except Exception as error:  # a lab is an author's work: whatever it raises is a finding
        yield f"the lab {lab.name!r} fails: {said(error)}"
        return
    if not 0 <= call.at < film.length:
        yield (
            f"at = {call.at} is not in the film of the lab {lab.name!r}, "
            f"which goes from 0 to {film.length - 1}"
        )
    moments = {0, film.length // 2, film.length - 1, call.at}
    for position in sorted(moments & set(range(film.length))):
        for message in _moment(lab, position, film, figures):
            yield f"the lab {lab.name!r} at = {position}: {message}"


def _moment(lab: Lab, position: int, film: Film, figures: FigureLint) -> list[str]:
    try:
        return list(figures.problems(lab, film.at(position)))
    except Exception as error:  # as above
        return [said(error)]
