"""Hostile programs: none passes, none outlives its check, and the next check works."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lessons.kit.clean import clean
from lessons.kit.exercise import Exercise
from tutor.runner.check import check
from tutor.runner.landlock import landlock_version
from tutor.runner.limits import Limits
from tutor.runner.seccomp import MACHINES

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in MACHINES,
    reason="a fork bomb is let loose only where the kernel can hold it",
)

Look = Callable[[], list[str]]

SLEEP_FOR_EVER = "import time\nwhile True: time.sleep(60)\n"
FORGE = """
import json, os, struct
def send(header, body=b""):
    text = json.dumps(header).encode()
    os.write(3, struct.pack("<II", len(text), len(body)) + text + body)
"""

# name: (the stages that may come, the program)
PROGRAMS: dict[str, tuple[str, str]] = {
    "endless loop": ("time", "while True: pass"),
    "endless loop in the function": ("time", "def conv2d(x, kernel):\n    while True: pass"),
    "endless loop that catches everything": (
        "time",
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    ),
    "sleep": ("time", SLEEP_FOR_EVER),
    "memory bomb": ("error time", "x = []\nwhile True: x.append(bytearray(10**7))"),
    "memory bomb by numpy": ("error time", "import numpy as np\nx = np.ones(10**9)"),
    "memory bomb by int": ("error time", "x = 1 << (1 << 40)"),
    "endless print": ("error", "while True: print('x' * 1000)"),
    "endless print to stderr": ("error", "import os\nwhile True: os.write(2, b'x' * 1000)"),
    "fork bomb": ("error time", "import os\nwhile True: os.fork()"),
    "fork bomb that catches": (
        "time",
        "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
    ),
    "subprocess": ("error", "import subprocess\nsubprocess.run(['sleep', '60'])"),
    "posix_spawn": ("error", "import os\nos.posix_spawn('/bin/sleep', ['sleep', '60'], {})"),
    "vfork by ctypes": ("ended nothing error", "import ctypes\nctypes.CDLL(None).vfork()"),
    "exec": ("error", "import os\nos.execv('/bin/sleep', ['sleep', '60'])"),
    "multiprocessing": (
        "error",
        "import multiprocessing\nmultiprocessing.Process(target=print).start()",
    ),
    "_exit": ("ended", "import os\nos._exit(0)"),
    "_exit in the function": ("ended", "import os\ndef conv2d(x, kernel): os._exit(0)"),
    "sys.exit": ("error", "import sys\nsys.exit(0)"),
    "raise SystemExit in the function": ("error", "def conv2d(x, kernel): raise SystemExit"),
    "raise KeyboardInterrupt": ("error", "def conv2d(x, kernel): raise KeyboardInterrupt"),
    "raise something of its own": (
        "error",
        "class Evil(BaseException):\n    def __str__(self): raise self\nraise Evil",
    ),
    "an error whose text never ends": (
        "time",
        "class Evil(Exception):\n    def __str__(self):\n        while True: pass\nraise Evil",
    ),
    "an error with a huge text": ("error", "raise ValueError('x' * 10**7)"),
    "abort": ("ended", "import os\nos.abort()"),
    "segmentation fault": ("ended", "import ctypes\nctypes.string_at(0)"),
    "stack overflow": (
        "ended error time",
        "import sys\nsys.setrecursionlimit(10**9)\ndef f(): f()\nf()",
    ),
    "stack overflow in C": (
        "ended error time",
        "import sys\nsys.setrecursionlimit(10**9)\nx = []\nfor _ in range(10**6): x = [x]\nrepr(x)",
    ),
    "deep brackets": ("ended error", "x = " + "(" * 5000 + ")" * 5000),
    "closed descriptors": ("ended", "import os\nos.closerange(0, 1000)"),
    "closed descriptors in the function": (
        "ended",
        "import os\ndef conv2d(x, kernel):\n    os.closerange(0, 1000)\n    return x",
    ),
    "its own output descriptor as result": (
        "ended error",
        "import os\ndef conv2d(x, kernel):\n    os.dup2(1, 3)\n    return x",
    ),
    "patched allclose": (
        "shape value",
        "import numpy as np\nnp.allclose = np.array_equal = lambda *a, **k: True\n"
        "def conv2d(x, kernel): return np.zeros_like(x)",
    ),
    "patched builtins": (
        "shape value ended error",
        "import builtins\nbuiltins.isinstance = lambda *a: True\nbuiltins.type = lambda x: int\n"
        "builtins.all = builtins.any = lambda *a: True\ndef conv2d(x, kernel): return x",
    ),
    "patched json and os.write": (
        "ended error time",
        "import json, os\njson.dumps = lambda *a, **k: 'PASS'\nos.write = lambda *a: 1 << 30\n"
        "def conv2d(x, kernel): return x",
    ),
    "says that it passed": (
        "nothing",
        "def conv2d(x, kernel): print('PASS', '✓ All 6 cases agree with the engine.')",
    ),
    "forged answers": (
        "type",
        FORGE
        + "for _ in range(100): send({'kind': 'answer', 'values': [{'is': 'int', 'of': '0'}]})",
    ),
    "forged verdict": ("ended", FORGE + "send({'kind': 'passed', 'passed': True, 'values': []})"),
    "forged done": ("ended", FORGE + "send({'kind': 'ready', 'values': []})"),
    "forged dtype": (
        "ended",
        FORGE + "send({'kind': 'answer', 'values': [{'is': 'array', 'of': '|O', 'shape': [2]}]},"
        "b'x' * 16)",
    ),
    "forged shape": (
        "ended",
        FORGE + "send({'kind': 'answer', 'values': "
        "[{'is': 'array', 'of': '<f8', 'shape': [1 << 40, 1 << 40]}]}, b'')",
    ),
    "forged negative shape": (
        "ended",
        FORGE + "send({'kind': 'answer', 'values': "
        "[{'is': 'array', 'of': '<f8', 'shape': [-1, -1]}]}, b'x' * 8)",
    ),
    "forged length": ("ended", "import os\nos.write(3, b'\\xff' * 64)"),
    "forged nesting": (
        "ended",
        "import os, struct\ntext = b'[' * 100000\n"
        "os.write(3, struct.pack('<II', len(text), 0) + text)",
    ),
    "flooded results": ("ended", "import os\nwhile True: os.write(3, b'\\0' * 4096)"),
    "results without an end": (
        "time",
        "import os, time\nos.write(3, b'\\xff\\xff\\0\\0\\0\\0\\0\\0')\nwhile True: time.sleep(60)",
    ),
    "terminal escape codes": (
        "error",
        r"print('\x1b]0;owned\x07\x1b[2J\x9b31m\u202e red'); raise ValueError('\x1b[31mred\x07')",
    ),
    "escape codes in a type's name": (
        "type",
        r"def conv2d(x, kernel): return type('\x1b[2J\x1b]52;c;x\x07evil', (), {})()",
    ),
    "the parent's memory": ("error", "import os\nopen(f'/proc/{os.getppid()}/mem', 'rb')"),
    "the parent's environment": ("error", "import os\nopen(f'/proc/{os.getppid()}/environ')"),
    "the home directory": ("error", "import os\nos.listdir(os.path.expanduser('~root'))"),
    "the password file": ("error", "open('/etc/passwd').read()"),
    "the engine itself": (
        "error",
        "from engine.conv import conv2d as real\n"
        "def conv2d(x, kernel): return real(x[None], kernel[None, None])['y'][0]",
    ),
    "the engine by its path": (
        "error",
        f"import sys\nsys.path.insert(0, {str(Path.cwd())!r})\n"
        "from engine.conv import conv2d as real\n"
        "def conv2d(x, kernel): return real(x[None], kernel[None, None])['y'][0]",
    ),
    "kills the keeper": ("error", "import os\nos.kill(os.getppid(), 9)"),
    "signals everybody": ("error", "import os\nos.kill(-1, 0)"),
    "kills by thread": ("error", "import signal, threading\nsignal.raise_signal(9)"),
    "the network": ("error", "import socket\nsocket.socket()"),
    "higher limits": (
        "error",
        "import resource\nresource.setrlimit(resource.RLIMIT_AS, (1 << 40, 1 << 40))",
    ),
    "huge array": ("shape", "import numpy as np\ndef conv2d(x, kernel): return np.zeros(10**7)"),
    "huge array of no memory": (
        "shape",
        "import numpy as np\ndef conv2d(x, kernel): return np.broadcast_to(1.0, (10**9, 10**9))",
    ),
    "array of objects": (
        "dtype",
        "import numpy as np\ndef conv2d(x, kernel): return np.full((3, 3), None)",
    ),
    "list": ("type", "def conv2d(x, kernel): return [[0.0] * 3] * 3"),
    "text": ("type", "def conv2d(x, kernel): return 'x' * 10**7"),
    "huge int": ("type", "def conv2d(x, kernel): return 1 << (1 << 20)"),
    "tuple within tuple": ("type ended", "def conv2d(x, kernel): return ((1, (2, (3,))), x)"),
    "nan": ("value", "import numpy as np\ndef conv2d(x, kernel): return np.full((3, 3), np.nan)"),
    "evil __array__": (
        "type",
        "import numpy as np\nclass Evil:\n    shape, dtype = (3, 3), np.dtype(float)\n"
        "    def __array__(self, *a, **k): raise SystemExit\n"
        "    def __eq__(self, other): return True\ndef conv2d(x, kernel): return Evil()",
    ),
    "evil subclass": (
        "type",
        "import numpy as np\nclass Evil(np.ndarray):\n"
        "    def tobytes(self): return b'PASS'\n"
        "def conv2d(x, kernel): return np.zeros((3, 3)).view(Evil)",
    ),
    "ignores SIGTERM": (
        "time",
        "import signal\nfor n in range(1, 65):\n    try: signal.signal(n, signal.SIG_IGN)\n"
        "    except (OSError, ValueError): pass\n" + SLEEP_FOR_EVER,
    ),
    "writes files": ("error", "open('mine', 'w').write('x')"),
    "writes to the temporary folder": ("error", "open('/tmp/mine', 'w').write('x')"),
    "threads": (
        "nothing error",
        "import threading, time\n"
        "for _ in range(5): threading.Thread(target=time.sleep, args=(60,)).start()\n"
        "def conv2d(x, kernel): pass",
    ),
    "atexit": (
        "nothing",
        "import atexit, time\natexit.register(time.sleep, 60)\ndef conv2d(x, kernel): pass",
    ),
    "threading._register_atexit": (
        "nothing",
        "import threading, time\nthreading._register_atexit(time.sleep, 60)\n"
        "def conv2d(x, kernel): pass",
    ),
    "a stdout that lies": (
        "ended error nothing time",
        "import sys\nclass Evil:\n    def write(self, s): raise SystemExit\n"
        "    def flush(self): raise SystemExit\nsys.stdout = sys.stderr = Evil()\n"
        "def conv2d(x, kernel): print('x')",
    ),
    "zero bytes": ("error", "x = 1\0"),
    "an import of itself": ("error", "import exercise\nexercise.conv2d"),
}

DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.setsid()
        while True: time.sleep(60)
    os._exit(0)
def conv2d(x, kernel): pass
"""
UNFENCED: dict[str, tuple[str, str]] = {
    "daemon": ("nothing", DAEMON),
    "daemon with another environment": (
        "nothing",
        DAEMON.replace(
            "while True: time.sleep(60)", "os.execve('/bin/sleep', ['sleep', '60'], {})"
        ),
    ),
    "daemon that holds the descriptors after _exit": (
        "ended",
        "import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(60)\nos._exit(0)",
    ),
    "many generations in their own sessions": (
        "time",
        "import os, time\nfor n in range(6):\n    if os.fork() == 0: os.setsid()\ntime.sleep(60)",
    ),
    "children that ignore signals": (
        "nothing",
        "import os, signal, time\nif os.fork() == 0:\n    os.setsid()\n"
        "    for n in (1, 2, 3, 15): signal.signal(n, signal.SIG_IGN)\n    time.sleep(60)\n"
        "def conv2d(x, kernel): pass",
    ),
    "kills the keeper": ("ended time", "import os, time\nos.kill(os.getppid(), 9)\ntime.sleep(60)"),
    "asks the keeper to end": (
        "ended time",
        "import os, time\nos.kill(os.getppid(), 15)\ntime.sleep(60)",
    ),
    "files and folders": (
        "nothing",
        "import os\nos.makedirs('a/' * 50)\nopen('a/x', 'w').write('x')\nos.chmod('a', 0)\n"
        "def conv2d(x, kernel): pass",
    ),
    "a large file": ("error", "open('x', 'wb').write(bytes(1 << 24))"),
    "subprocess": (
        "nothing",
        "import subprocess\nsubprocess.Popen(['sleep', '60'], start_new_session=True)\n"
        "def conv2d(x, kernel): pass",
    ),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_hostile(name: str, conv2d: Exercise, quick: Limits, left_over: Look) -> None:
    stages, source = PROGRAMS[name]
    if name == "the engine by its path" and landlock_version() < 1:
        pytest.skip("the engine's files can be read here; who calls it cheats nobody else")
    # Where no loop is meant to run on, a slow machine gets its time.
    judged(conv2d, stages, source, quick if "time" in stages else Limits(), left_over)


def test_the_next_check_works(conv2d: Exercise) -> None:
    """After all of them: what a single one leaves behind is looked for each time."""
    after = check(conv2d, conv2d.solution)
    assert after.passed, after


@pytest.mark.parametrize("name", UNFENCED)
def test_the_sweep_alone_is_enough(
    name: str, conv2d: Exercise, quick: Limits, left_over: Look
) -> None:
    """As on a kernel that has neither Landlock nor seccomp."""
    judged(conv2d, *UNFENCED[name], replace(quick, confine=False), left_over)
    assert check(conv2d, conv2d.solution).passed


def judged(exercise: Exercise, stages: str, source: str, limits: Limits, left_over: Look) -> None:
    descriptors = len(os.listdir("/proc/self/fd"))
    verdict = check(exercise, source, limits=limits)
    assert left_over() == []
    assert len(os.listdir("/proc/self/fd")) == descriptors
    assert not verdict.passed
    assert verdict.stage in stages.split(), verdict
    for text in (verdict.message, verdict.got, verdict.output, verdict.arguments):
        assert clean(text) == text
        assert len(text) < 20_000
    assert len(verdict.message) < 500
