"""An sshd of one's own on the loopback interface, for as long as a benchmark lasts."""

from __future__ import annotations

import getpass
import os
import shlex
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType

_EMPTY = Path("/run/sshd")
"""Where an sshd that root runs locks itself in; a system that never ran one does not have it."""
_CONFIG = """\
ListenAddress 127.0.0.1:{port}
HostKey {folder}/host
AuthorizedKeysFile {folder}/user.pub
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
MaxStartups 100
"""


def sshd_path() -> str | None:
    """Where sshd is, if it is installed with what it needs."""
    needed = all(map(shutil.which, ("ssh", "ssh-keygen")))
    return shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin") if needed else None


class LoopbackSsh:
    """Starts sshd with a key of its own, and lets in whoever has the other one; ends it."""

    def __enter__(self) -> LoopbackSsh:
        self._folder = tempfile.TemporaryDirectory(prefix="dl-tutor-ssh-")
        folder = Path(self._folder.name)
        self._process: subprocess.Popen[bytes] | None = None
        self._made: Path | None = None
        try:
            if os.geteuid() == 0 and not _EMPTY.exists():
                _EMPTY.mkdir(mode=0o755)
                self._made = _EMPTY
            for name in ("host", "user"):
                command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
                subprocess.run(command, check=True)
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                self.port = free.getsockname()[1]
            config = folder / "config"
            config.write_text(_CONFIG.format(port=self.port, folder=folder), encoding="utf-8")
            log = (folder / "log").open("wb")
            sshd = sshd_path()
            assert sshd
            self._process = subprocess.Popen([sshd, "-D", "-e", "-f", str(config)], stderr=log)
            self._wait()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
        if self._made:
            self._made.rmdir()
        self._folder.cleanup()

    def _wait(self) -> None:
        until = time.monotonic() + 10
        while time.monotonic() < until:
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        log = Path(self._folder.name, "log").read_text(errors="replace")
        raise RuntimeError(f"sshd did not start: {log}")

    def command(self, remote: str) -> list[str]:
        """What runs a command of the shell at the far end, on a terminal there."""
        folder = self._folder.name
        options = (
            "StrictHostKeyChecking=no",
            "UserKnownHostsFile=/dev/null",
            "LogLevel=ERROR",
            "IdentitiesOnly=yes",
        )
        return [
            *("ssh", "-F", "none", "-tt", "-p", str(self.port), "-i", f"{folder}/user"),
            *(part for option in options for part in ("-o", option)),
            f"{getpass.getuser()}@127.0.0.1",
            f"exec sh -c {shlex.quote(remote)}",
        ]
