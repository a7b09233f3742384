"""The glossary: terms of a lesson, each in a sentence or two, with the step that teaches it.

A lesson's glossary.toml has one table for each term:

    ["feature map"]
    says = "The numbers that a filter writes, one for each place of its window."
    step = "cnn/slide"
    also = ["map"]
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

MOST_WORDS = 45
"""A longer explanation belongs into a step."""


class GlossaryError(ValueError):
    """A glossary that cannot be read; the message names the file, the term and what to do."""


@dataclass(frozen=True)
class Term:
    """One entry."""

    name: str
    says: str
    step: str
    """The step that teaches it: lesson/step."""
    also: tuple[str, ...] = ()
    """Other names for it."""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.also)

    @property
    def lesson_and_step(self) -> tuple[str, str]:
        """The ids of the lesson and of the step."""
        lesson, _, step = self.step.partition("/")
        return lesson, step


def parse_glossary(path: str, text: str) -> tuple[Term, ...]:
    """Read a glossary.toml, in its order. Errors: GlossaryError."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise GlossaryError(f"{path}: {error}") from error
    terms = tuple(_term(path, name, table) for name, table in tables.items())
    taken: dict[str, str] = {}
    for term in terms:
        for name in term.names:
            other = taken.setdefault(name.casefold(), term.name)
            if other != term.name or term.names.count(name) > 1:
                raise GlossaryError(f"{path}: {name!r} names both {other!r} and {term.name!r}")
    return terms


def _term(path: str, name: str, table: Any) -> Term:
    if not isinstance(table, dict):
        raise GlossaryError(f'{path}: {name!r} stands outside of a table; write ["{name}"] above')
    if unknown := sorted(set(table) - {"says", "step", "also"}):
        raise GlossaryError(
            f"{path}: {name!r} has an unknown key {unknown[0]!r}; it takes says, step, also"
        )
    says, step, also = table.get("says"), table.get("step"), table.get("also", [])
    if not isinstance(says, str) or not says.strip():
        raise GlossaryError(f'{path}: {name!r} needs says = "a sentence or two"')
    if len(says.split()) > MOST_WORDS:
        raise GlossaryError(
            f"{path}: {name!r} says {len(says.split())} words; {MOST_WORDS} are enough"
        )
    if not isinstance(step, str) or step.count("/") != 1 or not all(step.split("/")):
        raise GlossaryError(f'{path}: {name!r} needs step = "lesson/step"')
    if not isinstance(also, list) or not all(isinstance(one, str) and one for one in also):
        raise GlossaryError(f'{path}: {name!r} takes also = ["another name"]')
    return Term(name, says, step, tuple(also))


@cache
def glossary(lesson_id: str) -> tuple[Term, ...]:
    """The terms of a lesson of the course; none when it has no glossary. Errors: GlossaryError."""
    file = files("lessons") / lesson_id / "glossary.toml"
    if not file.is_file():
        return ()
    return parse_glossary(f"lessons/{lesson_id}/glossary.toml", file.read_text(encoding="utf-8"))


def missing_steps(
    terms: Iterable[Term], steps: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[Term, str]]:
    """Terms that name a step which is not there, each with what is wrong.

    steps: the ids of every lesson's steps, by the lesson's id.
    """
    for term in terms:
        lesson, step = term.lesson_and_step
        if lesson not in steps:
            yield term, f"{term.name!r} names the lesson {lesson!r}, which is not there"
        elif step not in steps[lesson]:
            known = ", ".join(steps[lesson])
            yield term, f"{term.name!r} names {term.step!r}; the steps are {known}"


def find(terms: Iterable[Term], text: str) -> tuple[Term, ...]:
    """Terms that a learner may mean: exact names first, then beginnings, then parts of names."""
    wanted = " ".join(text.casefold().split())
    ranked = []
    for place, term in enumerate(terms):
        ranks = [_rank(name.casefold(), wanted) for name in term.names]
        if (best := min(ranks)) < 3:
            ranked.append((best, place, term))
    return tuple(term for _, _, term in sorted(ranked, key=lambda one: one[:2]))


def _rank(name: str, wanted: str) -> int:
    if name == wanted:
        return 0
    return 1 if name.startswith(wanted) else 2 if wanted in name else 3
