"""The application dies in the middle of a check: nothing of the check is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

CHECK = """
import sys
from lessons.kit.exercise import exercises
from tutor.runner.check import check
from tutor.runner.limits import Limits
check(exercises("cnn")["conv2d"], sys.argv[1], limits=Limits(seconds=600, confine=False))
"""
SLEEP = "import time\nwhile True: time.sleep(60)"
DAEMONS = """
import os, time
for _ in range(3):
    if os.fork() == 0:
        os.setsid()
        os.fork()
while True: time.sleep(60)
"""


@pytest.mark.parametrize(
    ("source", "processes"), [(SLEEP, 3), (DAEMONS, 8)], ids=["sleep", "daemons"]
)
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_nothing_is_left(
    source: str,
    processes: int,
    number: signal.Signals,
    left_over: Callable[[], list[str]],
    wait_until: Callable[[Callable[[], bool]], None],
) -> None:
    app = subprocess.Popen(
        [sys.executable, "-c", CHECK, source],
        env={
            **os.environ,
            "TMPDIR": tempfile.gettempdir(),
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
        start_new_session=True,
    )
    try:
        # The folder, the keeper, and the learner's processes; the application itself too.
        wait_until(lambda: len(left_over()) >= processes + 1)
        app.send_signal(number)
        assert app.wait(10) == -number
        wait_until(lambda: not left_over())
    finally:
        app.kill()
        app.wait()
