"""What can be said at a place: commands as data, found by their words, told by the help."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

SHORTEST = 2
"""Characters of the beginning of a word that are enough, where no other word begins so."""


class Refusal(Exception):
    """Something said that cannot be done; the message is a sentence."""


@dataclass(frozen=True)
class Command:
    """One thing that can be said."""

    word: str
    takes: str
    """What may follow the word, as the help has it: "N", "NAME VALUE"; empty for nothing."""
    does: str
    run: Callable[[str], None]
    """Called with what followed the word."""
    also: tuple[str, ...] = ()
    """Other words for it, such as the key that does the same on the screen."""
    first: bool = False
    """Whether the short list before the prompt names it."""

    @property
    def usage(self) -> str:
        return f"{self.word} {self.takes}".rstrip()


def found(word: str, commands: Sequence[Command]) -> Command | None:
    """The command of a word, or of its beginning. Errors: Refusal for what begins several."""
    for command in commands:
        if word == command.word or word in command.also:
            return command
    if len(word) < SHORTEST:
        return None
    near = [command for command in commands if command.word.startswith(word)]
    if len(near) > 1:
        several = " or ".join(command.word for command in near)
        raise Refusal(f"{word} could be {several}: say a little more of it.")
    return near[0] if near else None


def unknown(word: str, commands: Sequence[Command]) -> Refusal:
    """What to say of a word that means nothing here."""
    close = difflib.get_close_matches(word, [command.word for command in commands], n=1)
    hint = f" Did you mean {close[0]}?" if close else ""
    return Refusal(f"{word[:40]!r} means nothing here.{hint} Say help for all that can be said.")


def help_lines(commands: Sequence[Command]) -> Iterator[str]:
    """All commands with what they do; of the other words for them those that can be heard."""
    for command in commands:
        heard = [word for word in command.also if word.isalnum()]
        also = f" (also {', '.join(heard)})" if heard else ""
        yield f"{command.usage}: {command.does}{also}."


def short_list(commands: Sequence[Command]) -> str:
    """The commands that come first, in one sentence."""
    words = [command.usage for command in commands if command.first]
    return f"You can say: {', '.join(words)}."
