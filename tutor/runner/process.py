"""Our side of a run: starts it, sends the code, and gathers what comes back."""

from __future__ import annotations

import contextlib
import os
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np

from tutor.runner.limits import LIMITS, Limits
from tutor.runner.wire import Messages, WireError, pack

ROOT = Path(__file__).resolve().parents[2]
_BOOT = "import sys; sys.path.append(sys.argv[1]); from tutor.runner.keeper import main; main()"
_LOOK = 0.05
"""Seconds between looks at whether the learner has cancelled."""
_GONE = 15.0
"""Seconds that the keeper has for its sweep."""
_KEPT = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""Variables without which an unusual Python does not start."""

End = Literal["done", "missing", "raised", "time", "ended", "garbled", "cancelled", "unstarted"]


@dataclass
class Run:
    """What came back."""

    end: End = "ended"
    answers: list[Any] = field(default_factory=list)
    """What each case returned, as far as the code came."""
    printed: list[int] = field(default_factory=list)
    """How much had been printed when each case returned."""
    error: dict[str, Any] = field(default_factory=dict)
    """type, text and line of what was raised."""
    status: int | None = None
    """The exit code of the learner's process, or the number of its signal, negative."""
    output: bytes = b""

    def output_of(self, case: int) -> bytes:
        """What the code printed in a case, from 0; in the first also what it printed before."""
        start = self.printed[case - 1] if 0 < case <= len(self.printed) else 0
        return self.output[start : self.printed[case] if case < len(self.printed) else None]


def run(
    source: str,
    function: str,
    arguments: Sequence[Sequence[Any]],
    limits: Limits = LIMITS,
    cancelled: Callable[[], bool] = lambda: False,
) -> Run:
    """Call the function that the source defines with each list of arguments, in a new process.

    Blocks until everything that the code started is gone; safe in any thread. Never raises for
    what the code does.
    """
    try:
        folder = tempfile.mkdtemp(prefix="dl-tutor-check-")
        try:
            # A file, not a pipe: the limit on file sizes ends endless printing.
            with tempfile.TemporaryFile(dir=folder) as output:
                with _Conversation(folder, output.fileno(), limits) as talk:
                    talk.send(source, function, arguments)
                    talk.listen(cancelled)
                talk.run.output = os.pread(output.fileno(), limits.file_bytes, 0)
        finally:
            # The keeper does it; here in case that it was killed.
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        return Run("unstarted", error={"text": error.strerror or str(error)})
    if talk.run.end == "ended" and not talk.ready:
        talk.run.end = "unstarted"
    return talk.run


class _Conversation:
    """One run, from the start of its processes to their end."""

    def __init__(self, folder: str, output: int, limits: Limits) -> None:
        self.run = Run()
        self.ready = False
        """Whether the learner's code has begun."""
        self._limits = limits
        self._messages = Messages()
        self._status = b""
        self._cases = 0
        ours, theirs = socket.socketpair()
        seconds = limits.start_seconds + limits.seconds + 5
        numpy_home = Path(np.__file__).resolve().parents[1]
        command = [sys.executable, "-I", "-S", "-B", "-X", "utf8", "-c", _BOOT]
        command += map(str, (ROOT, numpy_home, theirs.fileno(), output, seconds))
        try:
            self._keeper = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                env=_environment(folder),
                pass_fds=(theirs.fileno(), output),
                start_new_session=True,  # ctrl+c is for us
            )
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        assert self._keeper.stdin is not None and self._keeper.stdout is not None
        self._lifeline = self._keeper.stdin
        self._said = self._keeper.stdout
        self._results = ours

    def __enter__(self) -> _Conversation:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()
        while self._read(self._results):
            continue  # nobody is left to send more
        self._results.close()
        self._said.close()

    def send(self, source: str, function: str, arguments: Sequence[Sequence[Any]]) -> None:
        """Hand over the code and the arguments of all cases."""
        header = {
            "source": source,
            "function": function,
            "counts": [len(one) for one in arguments],
            "limits": asdict(self._limits),
        }
        self._cases = len(arguments)
        self._results.settimeout(self._limits.start_seconds)
        try:
            self._results.sendall(pack(header, [one for case in arguments for one in case]))
        except OSError:
            return  # it did not start; listening will find out
        self._results.setblocking(False)

    def listen(self, cancelled: Callable[[], bool]) -> None:
        """Gather until every case is answered or something ends it."""
        run = self.run
        deadline = time.monotonic() + self._limits.start_seconds
        with selectors.DefaultSelector() as selector:
            for source in (self._results, self._said):
                selector.register(source, selectors.EVENT_READ)
            while True:
                was_ready = self.ready
                for key, _ in selector.select(_LOOK):
                    if not self._read(key.fileobj):
                        selector.unregister(key.fileobj)
                        if key.fileobj is self._said:
                            return
                if run.end != "ended":
                    return
                if cancelled():
                    run.end = "cancelled"
                elif self.ready and not was_ready:
                    deadline = time.monotonic() + self._limits.seconds
                elif time.monotonic() > deadline:
                    run.end = "time" if self.ready else "unstarted"

    def _read(self, source: Any) -> bool:
        """Take what a descriptor has now; False when it is at its end."""
        try:
            data = os.read(source.fileno(), 1 << 16)
        except OSError:
            return False
        if source is self._results:
            self._take(data)
        else:
            self._status += data
        return bool(data)

    def _take(self, data: bytes) -> None:
        run = self.run
        try:
            for header, values in self._messages.feed(data):
                if run.end != "ended":
                    return
                match header.get("kind"):
                    case "ready" if not self.ready:
                        self.ready = True
                    case "answer" if len(values) == 1:
                        run.answers.append(values[0])
                        run.printed.append(max(0, int(header["printed"])))
                        if len(run.answers) == self._cases:
                            run.end = "done"
                    case "missing":
                        run.end = "missing"
                    case "raised":
                        run.end, run.error = "raised", header
                    case _:
                        run.end = "garbled"
        except (WireError, LookupError, TypeError, ValueError, OverflowError):
            run.end = "garbled"

    def _stop(self) -> None:
        """End the run, whatever it is doing, and wait until all of it is gone."""
        self._lifeline.close()
        end = time.monotonic() + _GONE
        with selectors.DefaultSelector() as selector:
            selector.register(self._said, selectors.EVENT_READ)
            while (left := end - time.monotonic()) > 0:
                if selector.select(left) and not self._read(self._said):
                    break
            else:
                self._keeper.kill()
        self._keeper.wait()
        lines = self._status.split()  # child PID STATUS
        if len(lines) == 3 and lines[2] != b"unknown":
            self.run.status = int(lines[2])
        elif len(lines) == 2:  # the keeper was killed before its sweep
            _kill_group(int(lines[1]))


def _kill_group(group: int) -> None:
    """Kill a process group, and give the system a moment to clear it away."""
    end = time.monotonic() + 1
    with contextlib.suppress(OSError):  # there is no such group any more
        while time.monotonic() < end:
            os.killpg(group, signal.SIGKILL)
            time.sleep(0.002)


def _environment(folder: str) -> dict[str, str]:
    """What the learner's process may know of ours: nothing."""
    return {
        **{name: os.environ[name] for name in _KEPT if name in os.environ},
        "HOME": folder,
        "TMPDIR": folder,
        "LANG": "C.UTF-8",
        # With several threads OpenBLAS would fail at the limit on processes.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }
