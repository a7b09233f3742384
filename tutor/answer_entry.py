"""An answer while it is being given: typed, picked, or put in order. It knows no screen."""

from __future__ import annotations

from dataclasses import dataclass, field

from lessons.kit.answer import NUMBERS, InOrder, Kind, OneOf

TYPED = frozenset("0123456789.,-+/x×()% e")
"""Characters that numbers and shapes are typed with."""
LONGEST = 24


@dataclass
class AnswerEntry:
    """What the learner has given so far for one kind of answer."""

    kind: Kind
    text: str = ""
    picked: int | None = None
    """Which option is picked; none until the learner moves to one."""
    order: list[str] = field(default_factory=list)
    touched: bool = False

    def __post_init__(self) -> None:
        self.order = list(self.options)

    @property
    def options(self) -> tuple[str, ...]:
        """What can be picked or put in order; empty for answers that are typed."""
        return self.kind.options if isinstance(self.kind, OneOf | InOrder) else ()

    @property
    def answer(self) -> str:
        """The answer as text for its kind; empty while nothing has been given."""
        if isinstance(self.kind, OneOf):
            return "" if self.picked is None else self.options[self.picked]
        if isinstance(self.kind, InOrder):
            return ", ".join(self.order) if self.touched else ""
        return self.text.strip()

    def give(self, text: str) -> None:
        """Take a whole answer at once. Errors: AnswerError that says what is taken."""
        value = self.kind.parse(self._option(text))
        if isinstance(self.kind, OneOf):
            self.picked = self.options.index(value)
        elif isinstance(self.kind, InOrder):
            self.order, self.touched = list(value), True
        else:
            self.text = text

    def _option(self, text: str) -> str:
        """The option of a number, as a key picks it: an option may be a number itself."""
        number = text.strip()
        if isinstance(self.kind, OneOf) and number and number in NUMBERS[: len(self.options)]:
            return self.options[NUMBERS.index(number)]
        return text

    def key(self, key: str, character: str) -> bool:
        """Take a key; False when it means nothing here."""
        if not self.options:
            return self._type(key, character)
        if character and character in NUMBERS[: len(self.options)]:
            self.picked = NUMBERS.index(character)
            return True
        if key in ("up", "down"):
            self._pick(-1 if key == "up" else 1)
            return True
        if key in ("left", "right") and isinstance(self.kind, InOrder):
            self._move(-1 if key == "left" else 1)
            return True
        return False

    def _type(self, key: str, character: str) -> bool:
        if key == "backspace":
            self.text = self.text[:-1]
        elif character and character in TYPED:
            self.text = (self.text + character)[:LONGEST]
        else:
            return False
        return True

    def _pick(self, by: int) -> None:
        last = len(self.options) - 1
        if self.picked is None:
            self.picked = 0 if by > 0 else last
        else:
            self.picked = max(0, min(self.picked + by, last))

    def _move(self, by: int) -> None:
        here = self.picked if self.picked is not None else 0
        there = here + by
        self.touched = True
        self.picked = here
        if 0 <= there < len(self.order):
            self.order[here], self.order[there] = self.order[there], self.order[here]
            self.picked = there
