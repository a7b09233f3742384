"""Judges bets: that their truth can be read where the step opens, and stands in no text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lessons.kit.answer import AnswerError, Kind, Numeric, Shape
from lessons.kit.figure import Figure
from lessons.kit.lab import Lab
from lessons.kit.lint_figure import FigureLint
from lessons.kit.material import Material
from lessons.kit.prediction import CAPTION, Prediction, compare
from lessons.kit.problem import Problem, said
from lessons.kit.script import Step

_TIMES = re.compile(r"(?<=\d)\s*(?:[x×]|\bby\b)\s*(?=\d)")
_SHAPE = re.compile(r"(?<![\w.])\d+(?:×\d+)+(?!\w|\.\d)")
_NUMBER = re.compile(r"(?<![\w.,×])[-−]?(?:\d{1,3}(?:[ ,]\d{3})+|\d+)(?:[.,]\d+)?(?![\w×]|[.,]\d)")
_SAYS_LITTLE = (0.0, 1.0)
"""Numbers that stand in many texts without being an answer."""


def problems(material: Material, figures: FigureLint) -> Iterator[Problem]:
    """What is wrong with the bets of a lesson, and with the steps that call them."""
    called = [step for step in material.lesson.steps if step.predict]
    for name in material.predictions:
        if all(step.predict and step.predict.bet != name for step in called):
            yield material.in_bet(name, "no step calls it")
    for step in called:
        yield from _call(material, step, figures)


def _call(material: Material, step: Step, figures: FigureLint) -> Iterator[Problem]:
    """A predict fence: the bet, its lab, and the truth where the step opens."""
    assert step.predict is not None and step.lab is not None  # a script has no bet without a lab
    name, line = step.predict.bet, step.predict.line
    bet, lab = material.predictions.get(name), material.labs.get(step.lab.lab)
    if bet is None:
        known = ", ".join(material.predictions) or "none"
        yield material.in_script(line, f"the lesson has no bet {name!r}; it has {known}")
        return
    if lab is None:
        return  # what calls it is refused already
    if bet.lab != lab:
        yield material.in_script(
            line, f"the bet {name!r} is about the lab {bet.lab.name!r}, not {lab.name!r}"
        )
        return
    if (here := _opening(lab, step)) is None:
        return  # as above
    try:
        truth, _ = bet.truth(lab.settings(step.lab.settings), step.lab.at)
        shown = bet.kind.show(truth.value)
        exact = compare(bet, shown, truth).exact
        wrong = figures.ask(truth.element)
    except Exception as error:  # a bet is an author's work: whatever it raises is a finding
        yield material.in_script(
            line, f"the truth of the bet {name!r} cannot be read: {said(error)}"
        )
        return
    if not exact:
        yield material.in_script(line, f"the bet {name!r} takes its own truth {shown} for another")
    if wrong:
        yield material.in_script(line, f"the truth of the bet {name!r}: {wrong}")
    yield from _covers(material, bet, here)
    if stands_in(step.prose, bet.kind, truth.value):
        yield material.in_script(
            step.line, f"the prose of the step {step.id!r} has the answer to its bet: {shown}"
        )
    if stands_in(bet.prompt, bet.kind, truth.value):
        yield material.in_bet(name, f"its prompt has the answer: {shown}")


def _opening(lab: Lab, step: Step) -> Figure | None:
    """The figure that a step opens with; None where there is none."""
    assert step.lab is not None
    try:
        return lab.film(lab.settings(step.lab.settings)).at(step.lab.at)
    except Exception:  # as above; the fence of the lab is refused for it
        return None


def _covers(material: Material, bet: Prediction, here: Figure) -> Iterator[Problem]:
    """What a bet covers must be there to be covered."""
    keys = [panel.key for panel in here.panels]
    for cover in bet.covers:
        if cover != CAPTION and cover not in keys:
            known = ", ".join([*keys, CAPTION])
            yield material.in_bet(
                bet.id, f"it covers {cover!r}, which is no panel of its figure; there is {known}"
            )


def stands_in(text: str, kind: Kind, truth: Any) -> bool:
    """Whether an answer is typed into a text, as a number or shape of its own.

    Answers that are picked are not looked for: their words must stand somewhere.
    """
    plain = _TIMES.sub("×", text)
    shown = kind.show(truth)
    if isinstance(kind, Shape):
        return shown in _SHAPE.findall(plain)
    if not isinstance(kind, Numeric) or float(truth) in _SAYS_LITTLE:
        return False
    return any(_reads(kind, found) == shown for found in _NUMBER.findall(plain))


def _reads(kind: Numeric, text: str) -> str:
    try:
        return kind.show(kind.parse(text))
    except AnswerError:
        return ""
