"""The editor of the learner's choice, which runs in the same terminal."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

NO_EDITOR = "No editor is set: export EDITOR=nano (or vim, …) and start again."


class EditorError(Exception):
    """An editor that could not be used; the message is a sentence."""


def editor_command(environment: Mapping[str, str] = os.environ) -> str:
    """The command of $VISUAL, else of $EDITOR; empty when neither is set."""
    return environment.get("VISUAL") or environment.get("EDITOR") or ""


def edited(command: str, text: str, name: str) -> str:
    """A text as it is after the editor had it, in a file of that name for a while.

    Errors: EditorError.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="dl-tutor-") as folder:
            path = Path(folder) / name
            path.write_text(text, encoding="utf-8")
            subprocess.run([*shlex.split(command), str(path)], check=False)
            return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise EditorError(f"The editor {command!r} could not be used: {error}") from error
