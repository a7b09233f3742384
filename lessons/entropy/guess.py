"""The questions game: a hidden letter of a poem, found by yes/no questions that cost a bit each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import numpy as np

from engine.huffman import Code, huffman
from engine.information import entropy
from engine.question_plan import plan_of, plan_questions, sample_plan
from engine.questions import Guessing, question_worth, start_guessing
from engine.shapes import Array
from engine.trace import Trace
from engine.why import Element
from lessons.data import verse
from lessons.kit.cells import Cells, Grid, Values
from lessons.kit.control import Choice, Settings, Stepper
from lessons.kit.figure import (
    Bar,
    Bars,
    Curves,
    Figure,
    Formula,
    Line,
    Mark,
    Matrix,
    Number,
    Series,
    Table,
    View,
)
from lessons.kit.film import Film
from lessons.kit.lab import Lab
from lessons.kit.words import several

OUTCOMES, QUESTIONS, ROUNDS = 6, 5, 200
SEED = 3
"""Draws the hidden letters, the same for every plan."""
PLANS = ("by hand", "one by one", "halves", "Huffman")
ONE, MANY = "one letter", f"{ROUNDS} letters"


@cache
def frequencies() -> tuple[tuple[str, ...], tuple[float, ...]]:
    """The commonest letters of the poems, and how often one of them is which, in whole percents."""
    counts = Counter(letter for letter in verse(plain=True) if letter.isalpha())
    letters, found = zip(*counts.most_common(OUTCOMES), strict=True)
    shares = 100 * np.array(found) / sum(found)
    percents = np.floor(shares)
    # What rounding down leaves goes to those that lost most by it, so that the sum is 1.
    for k in np.argsort(percents - shares)[: round(100 - percents.sum())]:
        percents[k] += 1
    return letters, tuple(float(value) for value in percents / 100)


LETTERS, VERSE = frequencies()
PRESETS = (
    VERSE,
    (0.5, 0.25, 0.125, 0.0625, 0.03125, 0.03125),
    (0.25, 0.25, 0.25, 0.25, 0.0, 0.0),
    (0.9, 0.02, 0.02, 0.02, 0.02, 0.02),
)


@dataclass(frozen=True, eq=False)
class _Game:
    """A plan for one distribution, beside the best one."""

    plan: Trace
    code: Code
    known: Trace
    mine: Trace
    best: Trace


def drawn_up(name: str, p: Array) -> Array:
    """A plan by its name, (QUESTIONS, OUTCOMES), 1 where a question names an outcome."""
    if name == "one by one":
        return np.eye(QUESTIONS, OUTCOMES)
    if name == "halves":
        words = [""] * OUTCOMES
        _halve(list(range(OUTCOMES)), words)
        return plan_of(words, QUESTIONS)
    if name == "Huffman":
        return plan_of(huffman(p).words, QUESTIONS)
    return np.zeros((QUESTIONS, OUTCOMES))


def _halve(outcomes: list[int], words: list[str]) -> None:
    """Name the first half of what is left, whatever its probability."""
    if len(outcomes) < 2:
        return
    middle = len(outcomes) // 2
    for answer, half in (("1", outcomes[:middle]), ("0", outcomes[middle:])):
        for k in half:
            words[k] += answer
        _halve(half, words)


@lru_cache(maxsize=32)
def _game(p: tuple[float, ...], name: str, cells: Cells) -> _Game:
    chances = np.array(p)
    drawn = np.sign(np.array(cells)) if cells else drawn_up(name, chances)
    plan = plan_questions(chances, np.abs(drawn))
    code = huffman(chances)
    best = plan_questions(chances, plan_of(code.words, QUESTIONS))
    return _Game(
        plan,
        code,
        entropy(chances),
        sample_plan(plan, ROUNDS, SEED),
        sample_plan(best, ROUNDS, SEED),
    )


def _film(settings: Settings) -> Film:
    game = _game(settings["p"], settings["strategy"], settings["plan"])
    return _many(game) if settings["play"] == MANY else _one(game, settings["letter"] - 1)


def _plan_panel(game: _Game, row: int | None = None) -> Matrix:
    here = () if row is None else (Mark("window", (row,), tuple(range(OUTCOMES))),)
    return Matrix(
        key="plan",
        title="questions: 1 names a letter",
        view=View(game.plan, "plan"),
        decimals=0,
        marks=here,
        edits="plan",
        row_names=tuple(f"{n + 1}?" for n in range(QUESTIONS)),
        column_names=LETTERS,
    )


def _letters(game: _Game, marked: tuple[int, ...] = ()) -> Bars:
    return Bars(
        key="p",
        title="how often each comes",
        bars=tuple(
            Bar(letter, (Number(Element(game.plan, "p", (k,)), 3),), marked=k in marked)
            for k, letter in enumerate(LETTERS)
        ),
        edits="p",
    )


def _one(game: _Game, number: int) -> Film:
    """One letter: a moment for each question of the plan, and one before the first."""
    hidden = int(game.mine["sample"][number])
    states: list[tuple[Guessing, list[str]]] = [(start_guessing(game.plan["p"], hidden), [])]
    for m in range(QUESTIONS):
        guessing, said = states[-1]
        named = _named(game, guessing, m)
        if 0 < len(named) < len(guessing.candidates):
            after = guessing.ask(named)
            answer = "yes" if after.answers[-1] == "1" else "no"
            states.append((after, [*said, f"{' '.join(LETTERS[k] for k in named)}? {answer}"]))
        else:
            states.append((guessing, said))

    def moment(position: int) -> Figure:
        guessing, said = states[position]
        found = guessing.found
        used = Number(Element(game.plan, "used", (position, hidden)), 0)
        lines: list[Line] = [(line,) for line in said]
        lines.append(("bits used ", used))
        last = position == QUESTIONS
        if found:
            huffman_bits = Number(Element(game.code.trace, "length", (hidden,)), 0)
            own = Number(Element(game.known, "surprise", (hidden,)), 2)
            lines.append((f"It is {LETTERS[hidden]}. Huffman: ", huffman_bits))
            lines.append(("its surprise: ", own))
        elif not last:
            named = _named(game, guessing, position)
            row = position + 1
            if 0 < len(named) < len(guessing.candidates):
                worth = question_worth(game.plan["p"], guessing.candidates, named)
                gain = Number(Element(worth, "worth", ()), 3)
                lines.append((f"question {row} is worth ", gain, " bits"))
            else:
                lines.append((f"row {row}: name some, not all",))
        else:
            lines.append(("not told apart by any row",))
        return Figure(
            columns=(
                (_plan_panel(game, None if found or last else position),),
                (
                    _letters(game, guessing.candidates),
                    Formula(key="round", lines=tuple(lines)),
                ),
            ),
            caption=_caption(guessing, position),
            focus=used.element,
        )

    return Film(QUESTIONS + 1, moment)


def _named(game: _Game, guessing: Guessing, m: int) -> list[int]:
    """Which of the letters that are left question m names."""
    return [k for k in guessing.candidates if game.plan["plan"][m, k]]


def _caption(guessing: Guessing, position: int) -> str:
    if guessing.found:
        return "found; bits used: "
    left = " ".join(LETTERS[k] for k in guessing.candidates)
    return f"a hidden letter, one of {left}; bits used: "


def _many(game: _Game) -> Film:
    """Many letters: a moment for each, with the mean of the bits used so far."""
    plan, code = game.plan, game.code.trace
    rounds = np.arange(1.0, ROUNDS + 1)
    entropy_bits = game.known.value("H", ())
    unfound = [LETTERS[k] for k in np.flatnonzero(plan["left"] > 1)]
    rows = tuple(
        (
            letter,
            Number(Element(plan, "length", (k,)), 0),
            Number(Element(code, "length", (k,)), 0),
            Number(Element(game.known, "surprise", (k,)), 2),
        )
        for k, letter in enumerate(LETTERS)
    )
    note = f"not told apart: {' '.join(unfound)}" if unfound else "every letter is found"

    def moment(position: int) -> Figure:
        hidden = int(game.mine["sample"][position])
        mine = Number(Element(game.mine, "mean", (position,)), 3)
        so_far = slice(position + 1)
        return Figure(
            columns=(
                (
                    Formula(
                        key="average",
                        lines=(
                            (
                                "plan     ",
                                Number(Element(plan, "average", ()), 3),
                                " bits, on average",
                            ),
                            (
                                "Huffman  ",
                                Number(Element(code, "average", ()), 3),
                                " bits, on average",
                            ),
                            (
                                "H        ",
                                Number(Element(game.known, "H", ()), 3),
                                " bits, the least there is",
                            ),
                            (note,),
                        ),
                    ),
                    replace(_plan_panel(game), spare=True),
                ),
                (
                    Curves(
                        key="mean",
                        series=(
                            Series("plan", rounds[so_far], game.mine["mean"][so_far], "y"),
                            Series("Huffman", rounds[so_far], game.best["mean"][so_far], "h"),
                            Series("entropy", rounds[[0, -1]], np.full(2, entropy_bits), "H"),
                        ),
                        x_label="letters",
                        y_label="bits",
                        x_limits=(1.0, float(ROUNDS)),
                        y_limits=(0.0, float(QUESTIONS)),
                    ),
                    Table(
                        key="bits",
                        head=("letter", "plan", "Huffman", "log2(1/p)"),
                        rows=rows,
                        marked=hidden,
                        spare=True,
                    ),
                ),
            ),
            caption=f"{several(position + 1, 'letter')}; bits used on average: ",
            focus=mine.element,
        )

    return Film(ROUNDS, moment, pace=10)


GUESS = Lab(
    name="guess",
    title="Guess the letter",
    controls=(
        Choice(name="play", label="play", key="m", options=(ONE, MANY), default=ONE),
        Stepper(name="letter", label="letter no.", key="l", low=1, high=ROUNDS, default=1),
        Choice(
            name="strategy",
            label="plan",
            key="s",
            options=PLANS,
            default="by hand",
            resets=("plan",),
        ),
        Grid(name="plan", label="your questions", size=(QUESTIONS, OUTCOMES), paints=True),
        Values(
            name="p",
            label="p",
            key="p",
            default=VERSE,
            least=OUTCOMES,
            most=OUTCOMES,
            distribution=True,
            presets=PRESETS,
        ),
    ),
    film=_film,
)
