"""The learner's process: raises the fence, runs their code, and hands back what it returned.

What is sent from here decides nothing: the code could send it as well. We judge the arrays.
"""

from __future__ import annotations

import builtins
import os
import signal
import sys
import sysconfig
import traceback
import types
from pathlib import Path
from typing import Any, NoReturn

from tutor.runner import fence

FILE = "<your code>"
_RESULT = 3
_RESERVE = 1024 * 1024
"""Bytes let go when memory runs out, so that this can still be said."""


def main(keeper: int, numpy_home: str, result: int, output: int) -> NoReturn:
    """Run the code that comes in on the result descriptor; never returns."""
    try:
        _settle(keeper, result, output)
        _run(numpy_home)
    except BaseException:  # ours, not theirs: Python or NumPy does not start here
        traceback.print_exc()
        _flush()
    finally:
        os._exit(70)  # no exit handlers, no waiting for threads


def _settle(keeper: int, result: int, output: int) -> None:
    """A session of its own, nothing inherited but the two descriptors, death with the keeper."""
    os.setsid()
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    null = os.open(os.devnull, os.O_RDONLY)
    kept = [os.dup(one) for one in (null, output, output, result)]
    floor = max(kept) + 1
    spare = [os.dup2(one, floor + n) for n, one in enumerate(kept)]
    for place, one in enumerate(spare):
        os.dup2(one, place)
    os.closerange(_RESULT + 1, max(*spare, result, output) + 1)
    fence.die_with(keeper)


def _run(numpy_home: str) -> None:
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    sys.path.append(numpy_home)
    import numpy as np

    from tutor.runner import wire

    messages = wire.Messages()
    while True:
        found = list(messages.feed(os.read(_RESULT, 1 << 16)))
        if found:
            break
    header, values = found[0]
    cases = _split(values, header["counts"])

    def send(kind: str, values: tuple[Any, ...] = (), **said: Any) -> None:
        message = memoryview(wire.pack({"kind": kind, **said}, values))
        while message:
            message = message[os.write(_RESULT, message) :]

    # Both roots go: what the learner may import is the standard library and NumPy.
    sys.path[:] = [path for path in sys.path if path not in (numpy_home, sys.argv[1])]
    sys.argv[:] = ["exercise.py"]
    readable = _readable(np)
    limits = header["limits"]
    cpu = int(limits["seconds"]) + 1
    fence.limit(limits["memory"], cpu, limits["file_bytes"], limits["files"])
    if limits["confine"]:
        fence.confine(readable)
    send("ready")
    reserve = bytearray(_RESERVE)
    case = -1
    try:
        function = _function(header["source"], header["function"])
        if function is None:
            send("missing")
            os._exit(0)
        for number, arguments in enumerate(cases):
            case = number
            answer = function(*arguments)
            _flush()
            send("answer", (answer,), printed=os.lseek(1, 0, os.SEEK_CUR))
    except BaseException as error:
        del reserve
        _flush()
        send("raised", case=case, **_told(error))
    os._exit(0)


def _function(source: str, name: str) -> Any:
    """The learner's function, after their module has run; None when it defines none."""
    module = types.ModuleType("exercise")
    module.__file__ = FILE
    module.__builtins__ = builtins  # type: ignore[attr-defined]
    sys.modules["exercise"] = module
    exec(compile(source, FILE, "exec"), module.__dict__)
    function = module.__dict__.get(name)
    return function if callable(function) else None


def _told(error: BaseException) -> dict[str, Any]:
    """The kind and the text of an error, and the learner's line that it came from."""
    line = error.lineno if isinstance(error, SyntaxError) and error.filename == FILE else None
    step = error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == FILE:
            line = step.tb_lineno
        step = step.tb_next
    try:
        text = error.msg if isinstance(error, SyntaxError) else str(error)
    except BaseException:
        text = ""
    return {"type": type(error).__name__[:100], "text": text[:1000], "line": line}


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:  # theirs by now: it may be anything
            continue


def _split(values: tuple[Any, ...], counts: list[int]) -> list[list[Any]]:
    """The arguments of each case."""
    flat = iter(values)
    return [[next(flat) for _ in range(count)] for count in counts]


def _readable(numpy: types.ModuleType) -> list[str]:
    """What Python and NumPy may still load while the code runs."""
    home = Path(str(numpy.__file__)).parent
    return [
        sysconfig.get_path("stdlib"),
        sysconfig.get_path("platstdlib"),
        os.path.dirname(os.__file__),
        str(home),
        str(home.with_name("numpy.libs")),
        "/lib",
        "/lib64",
        "/usr/lib",
        "/usr/lib64",
        "/etc/ld.so.cache",
        "/usr/share/zoneinfo",
        "/dev/urandom",
    ]
