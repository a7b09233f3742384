"""A hidden outcome, guessed by yes/no questions: "is it one of these?"

What a question tells is worth, before its answer is known, the entropy of that answer. Source:
Cover and Thomas 2006, 5.7.1.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from engine.distribution import checked_distribution
from engine.relation import relations
from engine.shapes import Array
from engine.trace import Trace

RELATIONS = relations("""
left = sum(p[k] * candidate[k] for k)
yes = sum(p[k] * asked[k] for k)
p_yes = yes / left
p_no = 1 - p_yes
term_yes = p_yes * -log2(p_yes) if p_yes > 0 else 0
term_no = p_no * -log2(p_no) if p_no > 0 else 0
worth = term_yes + term_no
""")


def question_worth(p: Array, candidates: Iterable[int], asked: Iterable[int]) -> Trace:
    """How many bits the answer to "is it one of `asked`?" brings on average: at most 1.

    p: (K,), a distribution. candidates: the outcomes that are still possible. asked: some of them.
    Gives a trace with p, candidate and asked (K, 1 or 0), left and yes (the probabilities of all
    candidates and of those asked for), p_yes, p_no, term_yes, term_no and their sum worth, in bits.
    Errors: ValueError for a p that is no distribution, a question about what is no candidate, and
    one that leaves nothing to split.
    """
    p = checked_distribution("question_worth", "p", p)
    possible, named = set(candidates), set(asked)
    outside = sorted(k for k in possible if not 0 <= k < len(p))
    if outside:
        raise ValueError(
            f"question_worth: candidates must be from 0 to {len(p) - 1}, got {outside[0]}"
        )
    _check_names("question_worth", possible, named)
    candidate, inside = (
        np.array([float(k in each) for k in range(len(p))]) for each in (possible, named)
    )
    left, yes = np.asarray((p * candidate).sum()), np.asarray((p * inside).sum())
    if left <= 0:
        raise ValueError("question_worth: candidates must have a probability together, got 0")
    p_yes = np.asarray(np.minimum(yes / left, 1.0))
    p_no = np.asarray(1 - p_yes)
    term_yes, term_no = (
        np.asarray(float(each) * -np.log2(each) if each > 0 else 0.0) for each in (p_yes, p_no)
    )
    return Trace(
        operation="the worth of a question",
        arrays={
            "p": p,
            "candidate": candidate,
            "asked": inside,
            "left": left,
            "yes": yes,
            "p_yes": p_yes,
            "p_no": p_no,
            "term_yes": term_yes,
            "term_no": term_no,
            "worth": np.asarray(term_yes + term_no),
        },
        relations=RELATIONS,
        meanings={
            "p": "the probability of this outcome",
            "candidate": "1 for an outcome that is still possible, 0 for one that is not",
            "asked": "1 for an outcome that the question names, 0 for another",
        },
    )


@dataclass(frozen=True)
class Guessing:
    """One round of the game, after some questions; `ask` gives the round after one more."""

    hidden: int
    """The outcome to be guessed."""
    candidates: tuple[int, ...]
    """The outcomes that the answers so far leave possible."""
    answers: str = ""
    """The answers so far, 1 for yes and 0 for no: one bit each."""

    @property
    def bits(self) -> int:
        """How many questions have been asked."""
        return len(self.answers)

    @property
    def found(self) -> bool:
        """Whether only one outcome is left."""
        return len(self.candidates) == 1

    def ask(self, asked: Iterable[int]) -> Guessing:
        """Ask "is it one of these?"; the candidates of the other answer drop out.

        Errors: ValueError for a question about what is no candidate, or about none or all of them,
        which would tell nothing.
        """
        named = set(asked)
        _check_names("ask", set(self.candidates), named)
        if not named or len(named) == len(self.candidates):
            raise ValueError(
                "ask: a question must name some of the candidates and leave some out, "
                f"got {len(named)} of {len(self.candidates)}"
            )
        yes = self.hidden in named
        kept = tuple(k for k in self.candidates if (k in named) == yes)
        return replace(self, candidates=kept, answers=self.answers + "01"[yes])


def start_guessing(p: Array, hidden: int) -> Guessing:
    """A round in which `hidden` is to be guessed among the outcomes that can come.

    p: (K,), a distribution. Errors: ValueError for a hidden outcome that p rules out.
    """
    p = checked_distribution("start_guessing", "p", p)
    candidates = tuple(int(k) for k in np.flatnonzero(p > 0))
    if hidden not in candidates:
        raise ValueError(f"start_guessing: hidden must be an outcome with p > 0, got {hidden}")
    return Guessing(hidden, candidates)


def _check_names(operation: str, possible: set[int], named: set[int]) -> None:
    strange = sorted(named - possible)
    if strange:
        raise ValueError(
            f"{operation}: asked must be candidates ({', '.join(map(str, sorted(possible)))}), "
            f"got {strange[0]}"
        )
