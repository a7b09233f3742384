"""What the doctor finds about the computer: files, versions, the editor, the fence for code."""

from __future__ import annotations

import os
import platform
import shlex
import shutil
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tutor import __version__
from tutor.doctor.finding import Finding
from tutor.external_editor import editor_command
from tutor.preferences.reading import Reading, refused_keys
from tutor.progress.place import state_directory
from tutor.runner import landlock, seccomp
from tutor.runner.process import run

NETWORK = frozenset(
    "nfs nfs4 cifs smb3 smbfs 9p afs ceph lustre gpfs beegfs glusterfs fuse.sshfs "
    "fuse.glusterfs fuse.s3fs fuse.rclone".split()
)
"""File systems that other computers share."""


def findings(
    settings: Path | None,
    reading: Reading,
    state_dir: str | None,
    environment: Mapping[str, str] = os.environ,
) -> Iterator[Finding]:
    """What is to be said of the computer."""
    yield _state(state_dir, environment)
    yield from _settings(settings, reading)
    yield _editor(environment)
    yield _runner()
    yield _fence()
    yield _versions()


def file_system(path: Path, mounts: str) -> str:
    """The kind of file system that a path is on, of a table like /proc/mounts; "" if unknown."""
    found = (Path("/"), "")
    for line in mounts.splitlines():
        fields = line.split()
        if len(fields) < 3:
            continue
        # Blanks and the like are written as \040 there.
        place = Path(fields[1].encode("latin-1", "replace").decode("unicode_escape"))
        if path.is_relative_to(place) and len(place.parts) >= len(found[0].parts):
            found = (place, fields[2])
    return found[1]


def _state(given: str | None, environment: Mapping[str, str]) -> Finding:
    where = state_directory(given, environment)
    if where.obstacle:
        return Finding(f"what you do is not kept: {where.obstacle}", where.notice, wrong=True)
    says = f"what you do is kept in {where.path}"
    if where.path and (kind := file_system(Path(os.path.realpath(where.path)), _mounts())):
        shared = kind in NETWORK
        says += f", on {kind}" + (", which other computers share: that is safe" if shared else "")
    return Finding(says)


def _mounts() -> str:
    try:
        return Path("/proc/mounts").read_text(errors="replace")
    except OSError:
        return ""


def _settings(path: Path | None, reading: Reading) -> Iterator[Finding]:
    if path is None:
        yield Finding(
            "settings: there is no home directory for them",
            "Name a file with --config or DL_TUTOR_CONFIG.",
        )
    elif problems := (*reading.problems, *_refused(path, reading)):
        yield from (
            Finding(f"settings: {problem}", f"Mend {path}.", wrong=True) for problem in problems
        )
    elif not _can_be_written(path):
        yield Finding(
            f"settings: {path}, where nothing can be written: changes hold until you leave",
            "Name another file with --config or DL_TUTOR_CONFIG to keep changes of settings.",
        )
    elif reading.text is None:
        yield Finding(f"settings: {path}, which is made when you open the settings (s on the map)")
    else:
        yield Finding(f"settings: {path}")
    for one in reading.unknown:
        yield Finding(
            f"settings: {one}, and it changes nothing",
            f"Take it out of {path}, unless a later dl-tutor put it there.",
        )


def _can_be_written(path: Path) -> bool:
    """Whether a file can be put there, in directories that may be still to be made."""
    folders = Path(os.path.realpath(path)).parents
    return os.access(next(one for one in folders if one.exists()), os.W_OK | os.X_OK)


def _refused(path: Path, reading: Reading) -> tuple[str, ...]:
    """What is wrong with the keys."""
    if not reading.preferences.keys:
        return ()
    from tutor.keymap import checked  # which looks at the keys of all screens

    return refused_keys(path, reading.text, checked(reading.preferences.keys)[1])


def _editor(environment: Mapping[str, str]) -> Finding:
    command = editor_command(environment)
    if not command:
        return Finding(
            "editor: neither VISUAL nor EDITOR is set; exercises can be written here all the same",
            "To write exercises in an editor of your own: export EDITOR=nano (or vim, …).",
        )
    try:
        words = shlex.split(command)
    except ValueError:
        words = []
    if not words or shutil.which(words[0], path=environment.get("PATH")) is None:
        return Finding(
            f"editor: {command}, which is not found",
            "Set EDITOR (or VISUAL, if that is set) to an editor that there is, such as nano.",
            wrong=True,
        )
    return Finding(f"editor: {command}")


def _runner() -> Finding:
    done = run("def answer(): return 1", "answer", [[]])
    if done.end == "done" and done.answers == [1]:
        return Finding("exercises: code runs in a process of its own, tried")
    said = done.output.decode(errors="replace").strip().splitlines()
    reason = str(done.error.get("text", "")) or (said[-1] if said else done.end)
    return Finding(
        f"exercises: code cannot be run: {reason}",
        "See that Python may start processes, and write to the directory for temporary files.",
        wrong=True,
    )


def _fence() -> Finding:
    has = {
        "no writing of files (Landlock)": landlock.landlock_version() >= 1,
        "no processes and no network (seccomp)": seccomp.available(),
    }
    lacks = [name for name, there in has.items() if not there]
    says = "fence around that code: limits on time and memory"
    says += "".join(f", {name}" for name, there in has.items() if there)
    if lacks:
        says += f"; not on this system: {', '.join(lacks)}"
    return Finding(says)


def _versions() -> Finding:
    parts = [f"dl-tutor {__version__}", f"Python {platform.python_version()}"]
    for name in ("textual", "numpy"):
        try:
            parts.append(f"{name.capitalize().replace('Numpy', 'NumPy')} {version(name)}")
        except PackageNotFoundError:
            parts.append(f"no {name}")
    return Finding(f"versions: {', '.join(parts)}, on {sys.platform} {platform.machine()}")
