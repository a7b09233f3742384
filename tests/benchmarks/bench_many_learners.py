"""Many learners on one box: memory, what they cost while idle, and key to paint while all play.

Run from the repository's root: `python -m tests.benchmarks.bench_many_learners [COUNT]`. Each has a
lab open over ssh, through an sshd that is started for this alone; where none is installed, on a
pseudo-terminal. The clients run on the same machine, and their cost is in the times.
"""

from __future__ import annotations

import os
import random
import shlex
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from lessons.catalog import lessons
from tests.benchmarks.bench_lab_bytes import bets_made
from tests.benchmarks.bench_screen import ROOT, p95, tutor
from tests.benchmarks.bench_slow_line import Far
from tests.benchmarks.loopback_ssh import LoopbackSsh, sshd_path
from tests.benchmarks.pty_session import PtySession
from tutor.progress.session import open_progress

COUNT = 40
AT_ONCE = 4
"""How many are started together."""
IDLE_SECONDS = 10.0
ROUNDS = 6
"""Keys that each learner presses while all films play."""
SIZE = (120, 36)


@dataclass
class Learner:
    """A session, and the process at its far end."""

    step: str
    session: PtySession
    pid_file: Path

    @property
    def pid(self) -> int:
        return int(self.pid_file.read_text())

    def memory(self) -> tuple[float, float]:
        """Proportional and resident size of the process, MB."""
        sizes = {}
        for line in Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines()[1:]:
            name, size, *_ = line.split()
            sizes[name] = int(size) / 1024
        return sizes["Pss:"], sizes["Rss:"]

    def ran(self) -> float:
        """Seconds for which the process has had a processor so far, all threads together."""
        threads = Path(f"/proc/{self.pid}/task").iterdir()
        return sum(int((one / "schedstat").read_text().split()[0]) for one in threads) / 1e9


def started(
    stack: ExitStack, folder: Path, steps: Sequence[str], ssh: LoopbackSsh | None
) -> list[Learner]:
    """Learners with their steps open, a few at a time."""
    learners: list[Learner] = []
    for number, step in enumerate(steps):
        state = folder / str(number)
        progress = open_progress(str(state))
        bets_made(progress)
        progress.close()
        pid_file = state / "pid"
        given = {
            "PYTHONPATH": str(ROOT),
            "DL_TUTOR_STATE": str(state),
            "COLORTERM": "truecolor",
            "LC_ALL": "C.UTF-8",
        }
        settings = " ".join(f"{name}={shlex.quote(value)}" for name, value in given.items())
        remote = (
            f"echo $$ > {shlex.quote(str(pid_file))}; cd {shlex.quote(str(ROOT))}; "
            f"exec env {settings} {shlex.join(tutor(step))}"
        )
        command = ssh.command(remote) if ssh else ["sh", "-c", remote]
        session = stack.enter_context(PtySession(command, *SIZE, cwd=ROOT))
        learners.append(Learner(step, session, pid_file))
        if number % AT_ONCE == AT_ONCE - 1 or number == len(steps) - 1:
            for one in learners[-AT_ONCE:]:
                one.session.wait_text("keys", timeout=120)
    return learners


def idle(learners: list[Learner]) -> list[float]:
    """Percent of a processor that each takes while nobody does anything."""
    before = [one.ran() for one in learners]
    began = time.perf_counter()
    time.sleep(IDLE_SECONDS)
    seconds = time.perf_counter() - began
    return [(one.ran() - ran) / seconds * 100 for one, ran in zip(learners, before, strict=True)]


def key_to_paint(learners: list[Learner]) -> list[float]:
    """Milliseconds from a key to what it changes, while all films play."""
    pause = random.Random(0)
    for one in learners:
        one.session.send("home")
        one.session.send("space")
    time.sleep(1)
    sent: list[list[float]] = [[] for _ in learners]
    for turn in range(ROUNDS):
        order = list(range(len(learners)))
        pause.shuffle(order)
        for number in order:
            sent[number].append(learners[number].session.send("-" if turn % 2 == 0 else "+"))
            time.sleep(pause.uniform(0.01, 0.07))
    time.sleep(1)
    waits = []
    for one, times in zip(learners, sent, strict=True):
        far = Far(one.session)
        far.look()
        changes = [at for at, _ in far.speeds]
        if not changes:
            continue  # a lab of one moment
        for at, until in pairwise([*times, time.perf_counter()]):
            seen = next((when for when in changes if at < when < until), None)
            waits.append((seen - at) * 1e3 if seen is not None else float("inf"))
    return waits


def leave(learners: list[Learner]) -> None:
    """Cut all connections, and wait until the processes at their far ends have gone."""
    pids = [one.pid for one in learners]
    for one in learners:
        one.session.close()
    until = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < until:
        time.sleep(0.1)


def main() -> None:
    """Print what so many learners cost."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdigit() else COUNT
    labs = [f"{one.id}/{step.id}" for one in lessons() for step in one.steps if step.lab]
    # Labs with a film, spread over the lessons.
    steps = [labs[number * len(labs) // count % len(labs)] for number in range(count)]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ssh = stack.enter_context(LoopbackSsh()) if sshd_path() else None
        how = "over ssh" if ssh else "on pseudo-terminals (no sshd is installed)"
        began = time.perf_counter()
        learners = started(stack, folder, steps, ssh)
        took = time.perf_counter() - began
        processors = len(os.sched_getaffinity(0))
        print(f"{count} learners {how}, {processors} processors; all there after {took:.0f} s")
        time.sleep(5)
        shared, resident = zip(*(one.memory() for one in learners), strict=True)
        most = max(range(count), key=lambda number: shared[number])
        print(
            f"  memory of each: median {statistics.median(shared):.0f} MB, mean "
            f"{statistics.mean(shared):.0f} (resident {statistics.mean(resident):.0f}), "
            f"most {shared[most]:.0f} in {steps[most]}; aim 60"
        )
        rests = idle(learners)
        print(
            f"  idle: {statistics.mean(rests):.2f} % of a processor each, "
            f"most {max(rests):.2f}; aim 0.3"
        )
        waits = key_to_paint(learners)
        print(
            f"  key to paint while all play: median {statistics.median(waits):.0f} ms, "
            f"p95 {p95(waits):.0f}, of {len(waits)}; aim 100"
        )
        leave(learners)


if __name__ == "__main__":
    main()
