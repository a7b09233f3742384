"""Writers that are killed while they write; run by test_torture.py as a program of its own.

Each writer tells the ids of the events that `append` acknowledged through a pipe. What is printed
at the end, as JSON: the directory's acknowledged ids, and how many writers were killed.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from tutor.progress.log import EventLog

PATIENCE = 20.0
"""Seconds after which a writer that says nothing is given up."""


def write_for_ever(directory: Path, pipe: int, chance: random.Random, most: int) -> None:
    """Append events, small and large, until killed or until there are `most`."""
    if chance.random() < 0.5:
        whole_write = os.write

        # In pieces and slowly, as a bad disk would, so that a kill finds half a line.
        def write(file: int, data: bytes) -> int:
            if file == pipe:
                return whole_write(file, data)
            time.sleep(0.0003)
            return whole_write(file, data[: chance.randrange(1, 3000)])

        os.write = write  # type: ignore[assignment]
    log = EventLog(directory)
    for number in range(most):
        event = log.append(
            "draft", exercise="cnn/conv2d", text="x" * chance.choice((5, 900, 30_000))
        )
        assert event.sequence == number
        os.write(pipe, f"{event.id}\n".encode())


def start(directory: Path, seed: int, most: int) -> tuple[int, int]:
    """A writer in a process of its own: its process id, and the pipe to read from."""
    mine, its = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(mine)
            write_for_ever(directory, its, random.Random(seed), most)
            code = 0
        finally:
            os._exit(code)
    os.close(its)
    return child, mine


def told(pipe: int) -> list[str]:
    """All whole ids that a writer told before it ended."""
    data = b""
    while block := os.read(pipe, 1 << 16):
        data += block
    os.close(pipe)
    return [line.decode() for line in data.split(b"\n")[:-1]]


def kill(directory: Path, times: int, seed: int) -> tuple[list[str], int]:
    """Start a writer and kill it, again and again, at moments that the seed decides."""
    chance, acknowledged, killed = random.Random(seed), [], 0
    for number in range(times):
        child, pipe = start(directory, seed * 1_000_000 + number, 1_000_000)
        # Some are killed at once; the others after their first word, whatever the machine's load.
        if number % 10:
            select.select([pipe], [], [], PATIENCE)
        time.sleep(chance.random() * 0.03)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
        acknowledged += told(pipe)
    return acknowledged, killed


def together(directory: Path, writers: int, each: int) -> tuple[list[str], int]:
    """Some writers at once that end by themselves."""
    running = [start(directory, number, each) for number in range(writers)]
    acknowledged = [event for _, pipe in running for event in told(pipe)]
    return acknowledged, sum(os.waitpid(child, 0)[1] != 0 for child, _ in running)


if __name__ == "__main__":
    way, where, count, more = sys.argv[1:]
    run = {"kill": kill, "together": together}[way]
    ids, failed = run(Path(where), int(count), int(more))
    print(json.dumps({"acknowledged": ids, "failed": failed}))
