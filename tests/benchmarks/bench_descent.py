"""How often runs end in the deepest valley and networks solve XOR, counted in full; and how long
one moment of the lesson's races takes.

Run from the repository's root: `python tests/benchmarks/bench_descent.py`.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from engine.basins import basins
from engine.two_hidden import TwoHidden, solved
from lessons.descent import race_lab, sweep, xor
from lessons.kit.lab import Lab

STARTS = 200
XOR_UPDATES = 8000
LYNX = {
    ("constant", 0.05): {114: 0.26, 20: 0.26, 5: 0.28, 1: 0.93},
    ("constant", 0.2): {114: 0.26, 5: 0.97, 1: 0.42},
    ("to 0", 0.2): {5: 0.79, 1: 0.96},
}
"""Shares in the deepest valley that were counted elsewhere with as many starts, by batch size."""
XOR = {0.5: {4: 0.69, 2: 0.73, 1: 0.66}, 5.0: {4: 0.75, 2: 0.45, 1: 0.11}}


def interval(count: int) -> tuple[float, float]:
    """The interval of a count, as the lab has it."""
    trace = basins(np.repeat([0.0, 2.0], [STARTS - count, count]), np.ones(1))
    return float(trace["low"][1]), float(trace["high"][1])


def line(name: str, share: float, known: float) -> str:
    """A share with its interval beside the one that is known, and whether the intervals meet."""
    low, high = interval(round(share * STARTS))
    from_, to = interval(round(known * STARTS))
    meet = "meet" if low <= to and from_ <= high else "APART"
    ours, theirs = f"{share:.3f} [{low:.2f} {high:.2f}]", f"{known:.2f} [{from_:.2f} {to:.2f}]"
    return f"{name:34} {ours}   known {theirs}   {meet}"


def lynx() -> None:
    """Counts by schedule, rate and batch size."""
    for (schedule, rate), known in LYNX.items():
        one = sweep.Sweep(rate, schedule, STARTS, True)
        for batch, share in known.items():
            descent = one.descent(batch)
            state = descent.start({"w": one.first()})
            for _ in range(sweep.UPDATES):
                state = descent.advance(state)
            found = float(sweep.counted(state)["share"][sweep.best_valley()])
            print(line(f"lynx, {schedule}, rate {rate:g}, batch {batch}", found, share))


def networks() -> None:
    """Counts of solved networks by rate and batch size."""
    for rate, known in XOR.items():
        for batch, share in known.items():
            descent = xor.descent(rate, batch, STARTS)
            state = descent.start(TwoHidden().start(xor.START_SEED, STARTS))
            for _ in range(XOR_UPDATES):
                state = descent.advance(state)
            found = float(solved(descent.whole(state))["share"])
            print(line(f"XOR, rate {rate:g}, batch {batch}", found, share))


def moments(lab: Lab, **settings: object) -> str:
    """The time of a moment's computing, and of its figure."""
    film = lab.film(lab.settings(settings))
    took, drawn = [], []
    while True:
        start = time.perf_counter()
        if not film.advance():
            break
        middle = time.perf_counter()
        film.at(film.ready - 1)
        took.append(middle - start)
        drawn.append(time.perf_counter() - middle)
    parts = [f"{1000 * np.quantile(each, q):.1f}" for each in (took, drawn) for q in (0.5, 0.95)]
    named = " ".join(f"{name}={value}" for name, value in settings.items())
    return (
        f"{lab.name} {named}: a moment {parts[0]} ms (p95 {parts[1]}), "
        f"its figure {parts[2]} ms (p95 {parts[3]})"
    )


def main() -> None:
    """Print all of it."""
    lynx()
    networks()
    for data in ("tumours", "digits", "sunspots"):
        for each in ("examples", "update"):
            print(moments(race_lab.RACE, data=data, each=each))
    print(moments(sweep.MINIMA, starts=200))
    print(moments(xor.XOR, starts=200))


if __name__ == "__main__":
    main()
