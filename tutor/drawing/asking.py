"""Questions, bets and answers as lines of inked text."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

from lessons.kit.answer import InOrder, Kind
from tutor.answer_entry import AnswerEntry
from tutor.bet import Bet
from tutor.drawing.ink import ACCENT, MUTED, PLAIN, TITLE, WRONG, Ink, Line
from tutor.question_session import QuestionSession

RIGHT = Ink("plus", bold=True)

KeyOf = Callable[[str, str], str]
"""How the key of a binding is called, by its id and what it is called as it comes."""


def as_it_comes(_: str, usual: str) -> str:
    """The keys of who has put none elsewhere."""
    return usual


def wrapped(text: str, width: int, ink: Ink, indent: str = "") -> list[Line]:
    """Text in lines of one ink."""
    room = max(10, width - len(indent))
    return [[(indent + line, ink)] for line in textwrap.wrap(text, room)]


def markdown_lines(markdown: str, width: int, ink: Ink = PLAIN) -> list[Line]:
    """A short text: paragraphs wrapped, code blocks as they are."""
    lines: list[Line] = []
    for n, block in enumerate(markdown.split("```")):
        if n % 2:
            lines += [[(f"    {line}", TITLE)] for line in block.strip("\n").splitlines()]
            continue
        for paragraph in block.strip().split("\n\n"):
            lines += wrapped(unmarked(paragraph), width, ink)
            lines += [[]] if paragraph.strip() else []
    while lines and not lines[-1]:
        lines.pop()
    return lines


def unmarked(paragraph: str) -> str:
    """A paragraph without its marks of emphasis and code; what is code keeps its stars."""
    parts = paragraph.split("`")
    parts[::2] = [part.replace("*", "") for part in parts[::2]]
    return " ".join("".join(parts).split())


def entry_lines(entry: AnswerEntry, width: int, open_: bool = True) -> list[Line]:
    """The answer so far: what is typed, or the options with the one that is picked."""
    if not entry.options:
        return [[(" ▸ ", ACCENT), (entry.text, TITLE), ("▏" if open_ else "", ACCENT)]]
    lines: list[Line] = []
    shown = entry.order if isinstance(entry.kind, InOrder) else entry.options
    for n, option in enumerate(shown):
        picked = n == entry.picked
        first, *rest = textwrap.wrap(option, max(10, width - 6)) or [""]
        lines.append(
            [(" ▸ " if picked else "   ", ACCENT), (f"{n + 1}  ", MUTED),
             (first, ACCENT if picked else PLAIN)]
        )
        lines += [[(f"      {line}", ACCENT if picked else PLAIN)] for line in rest]
    return lines


def how(kind: Kind, key_of: KeyOf = as_it_comes) -> str:
    """How this kind is answered, in a few words."""
    answer = f"{key_of('answer', '⏎')} answer"
    if isinstance(kind, InOrder):
        return f"↑↓ pick   ←→ move it up or down   {answer}"
    if getattr(kind, "options", ()):
        return f"↑↓ pick   {answer}"
    return f"type {kind.takes}   {answer}"


def bet_lines(bet: Bet, width: int, key_of: KeyOf = as_it_comes) -> list[Line]:
    """A bet: its question and the answer so far; once it stands, how it came out."""
    if bet.outcome is not None:
        exact = bet.outcome.exact
        asked = f"   {key_of('why', '⏎')} why{' ' * bool(bet.asks)}{bet.asks}?"
        room = width - len(asked) - 3
        lines = wrapped(f"Your bet: {bet.outcome.text}", room, RIGHT if exact else TITLE)
        lines[-1] += [(asked, MUTED)] if bet.shown else []
        return lines
    lines = wrapped(f"Your bet: {bet.prediction.prompt}", width, TITLE)
    if bet.waiting:
        kind = bet.prediction.kind
        lines.append([(" ▸ ", ACCENT), (kind.show(kind.parse(bet.entry.answer)), TITLE)])
        lines[-1].append((f"   settled at moment {bet.position + 1}", MUTED))
        return lines
    if bet.entry.options:
        row: Line = []
        for n, option in enumerate(bet.entry.options):
            picked = n == bet.entry.picked
            mark = "▸" if picked else " "
            row += [(f" {mark}{n + 1} ", MUTED), (f"{option} ", ACCENT if picked else PLAIN)]
        if sum(len(text) for text, _ in row) <= width:
            lines.append(row)
        else:
            lines += entry_lines(bet.entry, width)
    else:
        line = entry_lines(bet.entry, width)[0]
        lines.append([*line, (f"   {bet.prediction.kind.takes}", MUTED)])
    return lines + (wrapped(bet.message, width, WRONG) if bet.message else [])


def question_lines(
    session: QuestionSession, width: int, key_of: KeyOf = as_it_comes
) -> list[Line]:
    """A question with the answer so far; once answered, what it is worth and why."""
    question, judgement = session.question, session.judgement
    count = len(session.templates)
    where = f"question {session.number + 1} of {count} · " if count > 1 else ""
    lines: list[Line] = [[(where, MUTED), (session.template.title, TITLE)], []]
    lines += [*markdown_lines(question.prompt, width), []]
    lines += [*entry_lines(session.entry, width, judgement is None), []]
    if session.message:
        lines += wrapped(session.message, width, WRONG)
    if judgement is None:
        return [*lines, [(how(question.kind, key_of), MUTED)]]
    mark, ink = ("✓ ", RIGHT) if judgement.right else ("✗ ", WRONG)
    lines += wrapped(mark + judgement.message, width, ink)
    if not judgement.right:
        lines += wrapped(f"It is {judgement.truth}.", width, TITLE, "  ")
    lines += [[], *markdown_lines(question.explanation, width), []]
    if session.at_end and count > 1:
        right = len(session.right)
        rest = "" if right == count else " The others come back in review."
        lines += [[(f"{right} of {count} answered right.{rest}", TITLE)], []]
    on = "go on" if session.at_end else "next question"
    keys = [key_of(*one) for one in (("answer", "⏎"), ("again", "a"), ("fresh", "w"))]
    says = zip(keys, (on, "the same again", "new numbers"), strict=True)
    return [*lines, [("   ".join(f"{key} {does}" for key, does in says), MUTED)]]
