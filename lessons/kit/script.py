"""The script of a lesson: lesson.md as front matter and steps.

The front matter is TOML between two lines of +++. Each level-one heading starts a step and ends
with its id and the objectives that it teaches, in braces: `# A kernel slides {#slide C2}`. A fence
with an info word calls something; its body is TOML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lessons.kit.fences import (
    CheckCall,
    CodeCall,
    LabCall,
    PredictCall,
    ScriptError,
    read_call,
    read_toml,
)

if TYPE_CHECKING:
    from markdown_it.token import Token

_HEADING = re.compile(r"^(?P<title>.*?)\s*\{#(?P<id>[a-z][a-z0-9-]*)(?P<objectives>(\s+\w+)*)\}$")


@dataclass(frozen=True)
class Step:
    """One step of a lesson: a few sentences, and something to do beside them."""

    id: str
    title: str
    line: int
    teaches: tuple[str, ...]
    """Ids of the objectives that the text teaches."""
    prose: str
    """Markdown."""
    lab: LabCall | None = None
    predict: PredictCall | None = None
    check: CheckCall | None = None
    code: CodeCall | None = None

    @property
    def words(self) -> int:
        return len(self.prose.split())


@dataclass(frozen=True)
class Lesson:
    """A lesson as it stands in its lesson.md."""

    id: str
    path: str
    title: str
    sentence: str
    """What the lesson is about, in one sentence."""
    place: int
    """Where it stands in the course."""
    minutes: int
    needs: tuple[str, ...]
    """Lessons that come first."""
    objectives: Mapping[str, str]
    lines: tuple[str, ...] = field(repr=False)
    """The file, line by line."""
    start: int
    """The line after the front matter, from 0."""

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps, read when they are first wanted. Errors: ScriptError."""
        return _steps(list(self.lines), self.start, self.path)

    @cached_property
    def step_titles(self) -> Mapping[str, str]:
        """The titles of the steps by id, in order: from their headings alone, for the map shows
        all lessons."""
        found, fenced = {}, False
        for line in self.lines[self.start :]:
            if line.startswith("```"):
                fenced = not fenced
            elif not fenced and line.startswith("# ") and (match := _HEADING.match(line[2:])):
                found[match["id"]] = match["title"]
        return found

    @cached_property
    def step_ids(self) -> tuple[str, ...]:
        """The ids of the steps, in order."""
        return tuple(self.step_titles)

    def step(self, step_id: str) -> Step:
        """The step of that id. Errors: KeyError whose message lists the ids there are."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(
            f"the lesson {self.id!r} has no step {step_id!r}; it has {', '.join(self.step_ids)}"
        )


def decoded(path: str, raw: bytes) -> str:
    """The text of a lesson.md. Errors: ScriptError when it is not UTF-8."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ScriptError(f"{path}:{line}: the file is not UTF-8 text: {error.reason}") from error


def parse_lesson(lesson_id: str, path: str, text: str) -> Lesson:
    """Read a lesson.md, the steps too. Errors: ScriptError."""
    lesson = open_lesson(lesson_id, path, text)
    _ = lesson.steps
    return lesson


def open_lesson(lesson_id: str, path: str, text: str) -> Lesson:
    """Read the front matter of a lesson.md; the steps are read when they are wanted.

    Errors: ScriptError.
    """
    lines = text.splitlines()
    if not lines or lines[0] != "+++" or "+++" not in lines[1:]:
        raise ScriptError(f"{path}:1: the file must open with front matter between lines of +++")
    end = lines.index("+++", 1)
    front = read_toml("\n".join(lines[1:end]), path, 1)
    try:
        known: dict[str, Any] = {
            "title": str(front.pop("title")),
            "sentence": str(front.pop("sentence")),
            "place": int(front.pop("place")),
            "minutes": int(front.pop("minutes")),
            "objectives": {k: str(v) for k, v in front.pop("objectives").items()},
            "needs": tuple(front.pop("needs", ())),
        }
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise ScriptError(f"{path}:1: the front matter lacks or garbles {error}") from error
    if front:
        raise ScriptError(f"{path}:1: the front matter has an unknown key {next(iter(front))!r}")
    return Lesson(id=lesson_id, path=path, lines=tuple(lines), start=end + 1, **known)


def _steps(lines: list[str], start: int, path: str) -> tuple[Step, ...]:
    from markdown_it import MarkdownIt  # the map does without it, and is there sooner

    body = "\n" * start + "\n".join(lines[start:])
    # What stands within a paragraph is not looked at here, and would take as long again.
    tokens = MarkdownIt("commonmark").disable(["inline", "text_join"]).parse(body)
    starts = [
        (token, tokens[n + 1].content)
        for n, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == "h1"
    ]
    if not starts:
        raise ScriptError(f"{path}:{start + 1}: there is no step: a step starts with '# Title'")
    ends = [_lines_of(token)[0] for token, _ in starts[1:]] + [len(lines)]
    fences = [token for token in tokens if token.type == "fence"]
    steps: list[Step] = []
    for (token, heading), end in zip(starts, ends, strict=True):
        first = _lines_of(token)[1]
        own = [fence for fence in fences if first <= _lines_of(fence)[0] < end]
        step = _step(heading, _lines_of(token)[0] + 1, lines, (first, end), own, path)
        if step.id in {other.id for other in steps}:
            raise ScriptError(f"{path}:{step.line}: two steps have the id {step.id!r}")
        steps.append(step)
    return tuple(steps)


def _step(
    heading: str,
    line: int,
    lines: list[str],
    span: tuple[int, int],
    fences: list[Token],
    path: str,
) -> Step:
    match = _HEADING.match(heading)
    if match is None:
        raise ScriptError(
            f"{path}:{line}: a step's heading must end with its id and objectives, such as "
            "'# A kernel slides {#slide C2}'"
        )
    calls: dict[str, Any] = {}
    hidden: set[int] = set()
    for fence in fences:
        word = fence.info.strip()
        first, after = _lines_of(fence)
        if not word:
            continue
        if word in calls:
            raise ScriptError(f"{path}:{first + 1}: the step already has a {word} fence")
        calls[word] = read_call(word, fence.content, path, first + 1)
        hidden |= set(range(first, after))
    if len({"lab", "check", "code"} & calls.keys()) > 1:
        raise ScriptError(f"{path}:{line}: a step has one thing to do: a lab, a check or code")
    if "predict" in calls and "lab" not in calls:
        raise ScriptError(f"{path}:{line}: a bet needs a lab to be read from")
    prose = "\n".join(lines[n] for n in range(*span) if n not in hidden).strip()
    return Step(
        id=match["id"],
        title=match["title"],
        line=line,
        teaches=tuple(match["objectives"].split()),
        prose=prose,
        **calls,
    )


def _lines_of(token: Token) -> tuple[int, int]:
    """First line of a block and the line after it, from 0."""
    assert token.map is not None
    return token.map[0], token.map[1]
