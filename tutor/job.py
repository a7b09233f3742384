"""The job that this process is part of, as a shell sees it: itself, and what started it for it."""

from __future__ import annotations

import os
import signal
import subprocess


def has_shell() -> bool:
    """Whether a shell could wake this job again once it sleeps: it watches the job from the same
    session, and is no part of it. Over ssh with a command, say, there is none."""
    try:
        parent = os.getppid()
        if os.getpgrp() != os.getpid():  # make, say, leads the job
            leader = ["ps", "-o", "ppid=", "-p", str(os.getpgrp())]
            said = subprocess.run(leader, capture_output=True, text=True, timeout=2, check=True)
            parent = int(said.stdout)
        return os.getsid(parent) == os.getsid(0) and os.getpgid(parent) != os.getpgrp()
    except (OSError, ValueError, subprocess.SubprocessError):
        return False


def sleep() -> None:
    """Stop the whole job, this process too; returns when it goes on. One part that did not stop
    would keep the shell waiting."""
    os.killpg(os.getpgrp(), signal.SIGSTOP)
