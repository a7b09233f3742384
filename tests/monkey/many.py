"""The long run: `python -m tests.monkey --count 1000000 --seed 1`.

Each sitting has a seed of its own; what goes wrong is shrunk and kept in tests/monkey/found/,
where `make test` plays it again.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import time
import traceback
from pathlib import Path
from random import Random

import tutor  # noqa: F401  (sets the number of threads before NumPy is imported)
from tests.monkey.moves import written
from tests.monkey.play import Run, Start, wander
from tests.monkey.shrink import shrunk

FOUND = Path(__file__).parent / "found"
EACH = 600
"""Presses of one sitting."""
EVERY = 20_000
"""Presses after which it says how far it is."""


def play(seed: int) -> tuple[int, Run, str]:
    """A sitting, and what went wrong as text: an error itself does not go to another process."""
    run = wander(Start.drawn(Random(seed)), seed, EACH)
    told = "".join(traceback.format_exception(run.error)) if run.error else ""
    run.error = None
    return seed, run, told


def keep(seed: int, run: Run, told: str) -> None:
    """Shrink a run and write it down as a test, with its seed and what went wrong."""
    run = shrunk(run)
    FOUND.mkdir(exist_ok=True)
    path = FOUND / f"seed-{seed}.moves"
    said = "".join(f"# {line}\n" for line in told.splitlines()[-1:])
    head = f"# seed {seed}: {run.signature}\n{said}"
    path.write_text(head + written(run.start.move(), run.turns), encoding="utf-8")
    print(f"kept in {path.name}: {run.turns[-6:]}", flush=True)


def main() -> int:
    """Play, and say how it went; 1 when something went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.monkey")
    parser.add_argument("--count", type=int, default=1_000_000, help="keys and mouse events")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    given = parser.parse_args()
    sent, slow, known = 0, [], set()
    began = time.monotonic()
    context = multiprocessing.get_context("spawn")
    seeds = range(given.seed, given.seed + -(-given.count // EACH))
    with context.Pool(given.jobs, maxtasksperchild=8) as pool:
        for seed, run, told in pool.imap_unordered(play, seeds):
            sent += run.presses
            slow += run.slow
            if sent // EVERY > (sent - run.presses) // EVERY:
                print(f"{sent} keys, {(time.monotonic() - began) / 60:.0f} minutes", flush=True)
            if run.signature in ("", *known):
                continue
            known.add(run.signature)
            print(f"seed {seed}, after {sent} keys:\n{told}", flush=True)
            # In a process of its own: this one goes on to start others from where it is.
            keeper = context.Process(target=keep, args=(seed, run, told))
            keeper.start()
            keeper.join()
    minutes = (time.monotonic() - began) / 60
    print(f"{sent} keys, mouse events and pastes in {minutes:.0f} minutes: {len(known)} faults")
    for took, move, step in sorted(slow, key=lambda one: -one[0])[:10]:
        print(f"  slow: {took:.1f} s for {move} in {step}")
    return 1 if known else 0
