"""The keeper of a run: starts the learner's process, outlives it, and sweeps up what it started.

Runs by itself (see process.py), with nothing but the standard library. Its standard input is a
pipe from us: when it closes, because the run is over or because the application died, the keeper
kills everything under it and ends. It is no party to the verdict.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import sys
import time
from pathlib import Path

from tutor.runner import fence, learner

_SWEEP_SECONDS = 10.0


def main() -> None:
    """Arguments: NumPy's folder, the result and the output descriptor, seconds at most."""
    numpy_home, result, output, seconds = sys.argv[2:6]
    fence.adopt_orphans()
    woken = _wake_on_signals()
    keeper = os.getpid()
    child = os.fork()
    if child == 0:
        signal.set_wakeup_fd(-1)
        learner.main(keeper, numpy_home, int(result), int(output))
    os.close(int(result))
    os.close(int(output))
    _say(f"child {child}")
    status = _wait(child, woken, float(seconds))
    status = _sweep(child, status)
    _say("unknown" if status is None else f"{os.waitstatus_to_exitcode(status)}")
    os.close(1)  # we are waited for until here; the folder may take longer
    _remove(os.getcwd())
    os._exit(0)


def _wake_on_signals() -> int:
    """A descriptor that can be read when a child ended or somebody wants us to end."""
    read, write = os.pipe()
    os.set_blocking(read, False)
    os.set_blocking(write, False)
    signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    return read


def _wait(child: int, woken: int, seconds: float) -> int | None:
    """Wait for the child, for our end of the pipe, or for a signal; the child's status if ended."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        ready, _, _ = select.select([0, woken], [], [], left)
        if woken in ready:
            numbers = os.read(woken, 1024)
            while True:
                try:
                    pid, status = os.waitpid(-1, os.WNOHANG)
                except ChildProcessError:
                    return None
                if pid == child:
                    return status
                if pid == 0:
                    break
            if set(numbers) - {signal.SIGCHLD}:
                return None
        if 0 in ready:
            return None  # nobody writes to it: readable means closed
    return None


def _sweep(child: int, status: int | None) -> int | None:
    """Kill and reap until there are no descendants; the child's status."""
    end = time.monotonic() + _SWEEP_SECONDS
    while time.monotonic() < end:
        # The group first: the kernel kills it in one go, so that no fork slips through.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child, signal.SIGKILL)
        for pid in _descendants():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        while True:
            try:
                pid, ended = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return status
            if pid == child:
                status = ended
            if pid == 0:
                break
        time.sleep(0.001)
    return status


def _descendants() -> set[int]:
    """Every process under this one, by /proc; empty where there is none."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name, in brackets, may hold anything, brackets too.
            after_name = entry.read_text("latin-1").rpartition(")")[2]
            parents[int(entry.parent.name)] = int(after_name.split()[1])
        except (OSError, ValueError, IndexError):
            continue  # it ended while we looked
    found = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {os.getpid()}


def _remove(folder: str) -> None:
    os.chdir("/")
    with contextlib.suppress(Exception):  # a learner's folder may be as odd as they like
        for path, names, _ in os.walk(folder):
            for name in names:
                os.chmod(os.path.join(path, name), 0o700)
        shutil.rmtree(folder, ignore_errors=True)


def _say(line: str) -> None:
    with contextlib.suppress(OSError):  # the application may be gone
        os.write(1, f"{line}\n".encode())
