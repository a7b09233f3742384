"""Fences: what the fenced blocks of a lesson.md call, read from their TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


class ScriptError(ValueError):
    """A lesson.md that cannot be read; the message names the file, the line and what to do."""


@dataclass(frozen=True)
class LabCall:
    """A `lab` fence: which lab, how it is set, and where its film starts."""

    lab: str
    line: int
    settings: Mapping[str, Any] = field(default_factory=dict)
    at: int = 0


@dataclass(frozen=True)
class PredictCall:
    """A `predict` fence: the bet that stops the lab's film until it is made."""

    bet: str
    line: int


@dataclass(frozen=True)
class CheckCall:
    """A `check` fence: question templates, asked in this order."""

    questions: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class CodeCall:
    """A `code` fence: the exercise to be written."""

    exercise: str
    line: int


Call = LabCall | PredictCall | CheckCall | CodeCall


def read_call(word: str, text: str, path: str, line: int) -> Call:
    """Read the fence with this info word, whose opening line is `line`. Errors: ScriptError."""
    if word not in _READERS:
        known = ", ".join(FENCES)
        raise ScriptError(f"{path}:{line}: unknown fence {word!r}; there is {known}")
    body = read_toml(text, path, line)
    keys, read = _READERS[word]
    unknown = [key for key in body if key not in keys]
    if unknown:
        raise ScriptError(
            f"{path}:{line}: unknown key {unknown[0]!r} in a {word} fence; "
            f"it takes {', '.join(keys)}"
        )
    try:
        return read(body, line)
    except ValueError as error:
        raise ScriptError(f"{path}:{line}: {error}") from error


def read_toml(text: str, path: str, before: int) -> dict[str, Any]:
    """Read TOML that follows the line `before` of a file. Errors: ScriptError."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        inside = re.search(r"line (\d+)", str(error))
        line = before + int(inside[1]) if inside else before
        raise ScriptError(f"{path}:{line}: {error}") from error


def _lab(body: dict[str, Any], line: int) -> LabCall:
    at, settings = body.get("at", 0), body.get("set", {})
    if not isinstance(at, int) or not isinstance(settings, dict):
        raise ValueError("'at' takes a whole number, 'set' takes a table")
    return LabCall(_name(body, "lab", "lab"), line, settings, at)


def _predict(body: dict[str, Any], line: int) -> PredictCall:
    return PredictCall(_name(body, "predict", "bet"), line)


def _check(body: dict[str, Any], line: int) -> CheckCall:
    questions = body.get("questions")
    if not (isinstance(questions, list) and questions and all(map(_is_text, questions))):
        raise ValueError('a check fence needs questions = ["name", …]')
    return CheckCall(tuple(questions), line)


def _code(body: dict[str, Any], line: int) -> CodeCall:
    return CodeCall(_name(body, "code", "exercise"), line)


def _name(body: dict[str, Any], word: str, key: str) -> str:
    name = body.get(key)
    if not isinstance(name, str):
        raise ValueError(f'a {word} fence needs {key} = "name"')
    return name


def _is_text(value: object) -> bool:
    return isinstance(value, str)


_READERS: dict[str, tuple[tuple[str, ...], Callable[[dict[str, Any], int], Call]]] = {
    "lab": (("lab", "at", "set"), _lab),
    "predict": (("bet",), _predict),
    "check": (("questions",), _check),
    "code": (("exercise",), _code),
}

FENCES = tuple(_READERS)
"""The info words that a lesson may use."""
