"""Reads the numbers in a prompt, as a learner does."""

from __future__ import annotations

import re

from lessons.kit.question import Question, prose

_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?:e-?\d+)?")


def numbers(text: str) -> list[float]:
    """The numbers in a text, in reading order; a minus belongs to the number after it.

    Digits of a name, such as log2 or h1, are none.
    """
    return [float(number) for number in _NUMBER.findall(text.replace("−", "-"))]


def said(question: Question) -> list[float]:
    """The numbers in a prompt's sentences; those in its grids are left out."""
    return numbers(prose(question.prompt))
