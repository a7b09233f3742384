"""The lab that counts over several seeds how often each network learns the task."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from engine.success import success
from engine.why import Element
from lessons.kit.control import Scale, Settings
from lessons.kit.figure import Bar, Bars, Figure, Formula, Number, Table
from lessons.kit.film import Recorded
from lessons.kit.lab import Lab
from lessons.kit.recording import Recording
from lessons.lstm.adding import LENGTHS, RNN, SOLVED, UPDATES, Learner, learner

WAYS = {RNN: RNN, "b_f 1": "LSTM b_f 1", "chrono": "LSTM chrono"}
"""What is tried, and how it is called."""
SLICE = 10
"""Updates from one moment to the next."""
SEEDS = (3, 5, 10)


@dataclass(frozen=True, eq=False)
class Tally:
    """The trainings that have finished, and the one that goes on."""

    losses: tuple[float, ...]
    """The last mean loss of each that has finished: all ways of a seed, then the next seed."""
    updates: tuple[int, ...]
    """How many updates each took."""
    now: Learner | None
    """None once all have finished."""

    @property
    def nbytes(self) -> int:
        return 16 * len(self.losses) + (self.now.state.nbytes if self.now else 0)


def moments(seeds: int) -> int:
    """How long the film is, if nothing is learned before its time."""
    return 1 + len(WAYS) * seeds * -(-UPDATES // SLICE)


@lru_cache(maxsize=4)
def recording(length: int, seeds: int) -> Recording[Tally]:
    """Trainings one after another, a slice of updates at a time."""
    ways = tuple(WAYS)
    total = len(ways) * seeds

    def nth(n: int) -> Learner | None:
        return learner(ways[n % len(ways)], length, n // len(ways)) if n < total else None

    def advance(tally: Tally) -> Tally:
        now = tally.now
        if now is None:  # a film as long as the longest, for some learn before their time
            return tally
        for _ in range(SLICE):
            if now.finished:
                break
            now = now.advanced()
        if not now.finished:
            return replace(tally, now=now)
        done = len(tally.losses) + 1
        losses = (*tally.losses, now.mean)
        return Tally(losses, (*tally.updates, now.state.update), nth(done))

    return Recording(
        Tally((), (), nth(0)),
        advance,
        moments(seeds) - 1,
        nbytes=lambda tally: tally.nbytes,
    )


def _film(settings: Settings) -> Recorded[Tally]:
    length, seeds = int(settings["length"]), int(settings["seeds"])
    recorded = recording(length, seeds)

    def moment(number: int, tally: Tally) -> Figure:
        losses = np.full(len(WAYS) * seeds, np.nan)
        losses[: len(tally.losses)] = tally.losses
        trace = success(losses.reshape(seeds, len(WAYS)).T, SOLVED)
        chrono = Element(trace, "count", (list(WAYS).index("chrono"),))
        counts = Bars(
            key="counts",
            title=f"learned, of {seeds} seeds",
            bars=tuple(
                Bar(name, (Number(Element(trace, "count", (m,)), 0),))
                for m, name in enumerate(WAYS.values())
            ),
            limits=(0, seeds),
        )
        rows = tuple(
            (
                f"seed {s}",
                *(_outcome(tally, s * len(WAYS) + m) for m in range(len(WAYS))),
            )
            for s in range(seeds)
        )
        table = Table(
            key="seeds",
            title=f"updates until the error is below {SOLVED}",
            head=("", *(way.center(8) for way in WAYS)),
            rows=rows,
            marked=len(tally.losses) // len(WAYS) if tally.now else None,
        )
        now = ""
        if tally.now:
            now = f"now: {WAYS[tally.now.model]}, update {tally.now.state.update} of {UPDATES}"
        return Figure(
            columns=((counts,), (table,)),
            below=(Formula(key="now", lines=((now,),)),),
            caption="learned with chrono so far: " if tally.now else "all are done; with chrono: ",
            focus=chrono,
        )

    return Recorded(recorded, moment)


def _outcome(tally: Tally, n: int) -> str:
    """What came of a training: its updates, or that it did not get there."""
    if n >= len(tally.losses):
        return "·"
    return f"✓ {tally.updates[n]}" if tally.losses[n] < SOLVED else "×"


COUNTS = Lab(
    name="seeds",
    title="How often does it learn?",
    controls=(
        Scale(name="length", label="steps", key="t", values=LENGTHS, default=20),
        Scale(name="seeds", label="seeds", key="s", values=SEEDS, default=3),
    ),
    film=_film,
)
