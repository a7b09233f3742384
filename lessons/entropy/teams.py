"""The lab with two football teams: what can be asked of them, and which number answers."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.expectation import expectation, match
from engine.information import entropy
from engine.trace import Trace
from engine.why import Element
from lessons.kit.cells import Values
from lessons.kit.control import Settings
from lessons.kit.figure import Bar, Bars, Figure, Formula, Line, Number, Table
from lessons.kit.film import Film
from lessons.kit.lab import Lab

GOALS = (0.0, 1.0, 2.0, 3.0)
BOLD, STEADY = (0.5, 0.0, 0.0, 0.5), (0.1, 0.4, 0.4, 0.1)
"""Two teams with the same expected goals."""
PRESETS = (BOLD, STEADY, (0.25, 0.25, 0.25, 0.25), (0.0, 0.5, 0.5, 0.0), (0.0, 0.0, 0.9, 0.1))
TEAMS_NAMES = ("A", "B")

QUESTIONS = (
    ("how many goals?", "E[X]"),
    ("how far from that?", "variance"),
    ("how hard to guess?", "H in bits"),
    ("how likely to win?", "P(win)"),
)
"""What one may ask of a team, and the number that answers."""


@lru_cache(maxsize=64)
def _traces(p: tuple[float, ...]) -> tuple[Trace, Trace]:
    expected = expectation(np.array(GOALS), np.array(p))
    known = entropy(np.array(p))
    return expected, known


def _film(settings: Settings) -> Film:
    goals = [settings["a"], settings["b"]]
    both = [_traces(p) for p in goals]
    played = match(*(np.array(p) for p in goals))
    answers = (
        tuple(Element(expected, "mean", ()) for expected, _ in both),
        tuple(Element(expected, "variance", ()) for expected, _ in both),
        tuple(Element(known, "H", ()) for _, known in both),
        (Element(played, "win", ()), Element(played, "lose", ())),
    )

    def bars(team: int) -> Bars:
        expected, _ = both[team]
        return Bars(
            key=TEAMS_NAMES[team].lower(),
            title=f"team {TEAMS_NAMES[team]}: goals",
            bars=tuple(
                Bar(f"{goal:g}", (Number(Element(expected, "p", (k,)), 2),))
                for k, goal in enumerate(GOALS)
            ),
            edits=TEAMS_NAMES[team].lower(),
        )

    def work(position: int) -> tuple[Line, ...]:
        """The sum behind the newest answer, a line for each team."""
        if position == 3:
            total = Number(Element(played, "draw", ()), 3)
            return (
                ("P(win): all pairs of results with more goals than the other team",),
                ("nobody wins: ", total),
            )
        name, read = (("term", 0), ("spread", 0), ("term", 1))[position]
        sign = ("x·p", "p·(x − E[X])²", "p·log2(1/p)")[position]
        lines: list[Line] = []
        for team, traces in zip(TEAMS_NAMES, both, strict=True):
            line: list[str | Number] = [f"{team}  Σ {sign} = "]
            for k in range(len(GOALS)):
                line += [" + " if k else "", Number(Element(traces[read], name, (k,)), 3)]
            lines.append(tuple(line))
        return tuple(lines)

    def moment(position: int) -> Figure:
        rows: list[tuple[str | Number, ...]] = []
        for n, (question, name) in enumerate(QUESTIONS):
            cells = [Number(one, 3) if n <= position else "" for one in answers[n]]
            rows.append((question, name, *cells))
        return Figure(
            columns=((bars(0),), (bars(1),)),
            below=(
                Table(
                    key="answers",
                    head=("question", "answer", *TEAMS_NAMES),
                    rows=tuple(rows),
                    marked=position,
                ),
                Formula(key="work", lines=work(position)),
            ),
            caption=f"{QUESTIONS[position][0]} {QUESTIONS[position][1]} of team A: ",
            focus=answers[position][0],
        )

    return Film(len(QUESTIONS), moment)


def _goals(name: str, key: str, label: str, default: tuple[float, ...]) -> Values:
    return Values(
        name=name,
        label=label,
        key=key,
        default=default,
        least=len(GOALS),
        most=len(GOALS),
        distribution=True,
        presets=PRESETS,
    )


TEAMS = Lab(
    name="teams",
    title="Two football teams",
    controls=(_goals("a", "a", "team A", BOLD), _goals("b", "t", "team B", STEADY)),
    film=_film,
)
