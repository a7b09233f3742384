"""Where the logs are kept, and what to say when they cannot be."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "DL_TUTOR_STATE"


@dataclass(frozen=True)
class StateDirectory:
    """A directory for logs, and whether logs can be written there."""

    path: Path | None
    """None: no place could be thought of."""
    obstacle: str = ""
    """Why nothing can be written there; empty when it can."""

    @property
    def notice(self) -> str:
        """A sentence for the learner; empty when all is well."""
        if not self.obstacle:
            return ""
        return (
            f"Nothing that you do is saved: {self.obstacle}; "
            "--state-dir DIRECTORY chooses another place."
        )


def state_directory(
    given: str | None = None,
    environment: Mapping[str, str] = os.environ,
    *,
    make: bool = True,
) -> StateDirectory:
    """The directory of --state-dir, else of $DL_TUTOR_STATE, else the user's data directory.

    It is made when it is not there; make=False is for who only reads. Nothing makes this fail:
    see `obstacle`.
    """
    path, obstacle = _chosen(given, environment)
    if path is not None and make:
        obstacle = _obstacle(path)
    return StateDirectory(path, obstacle)


def _chosen(given: str | None, environment: Mapping[str, str]) -> tuple[Path | None, str]:
    named = given or environment.get(VARIABLE)
    if named:
        path = Path(os.path.expanduser(named))
    else:
        from platformdirs import user_data_path

        path = user_data_path("dl-tutor", appauthor=False)
        # A home that nobody knows leaves a "~" in the path, and "~" would become a folder.
        if not path.is_absolute():
            return None, "there is no home directory"
    try:
        return Path(os.path.abspath(path)), ""
    except OSError:  # a relative path, and the working directory is gone
        return None, f"{path} starts in a directory that is not there any more"


def _obstacle(path: Path) -> str:
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except FileExistsError:
        return f"{path} is no directory"
    except (OSError, ValueError) as error:  # ValueError: a null character
        return f"{path} cannot be made ({getattr(error, 'strerror', None) or error})"
    if not os.access(path, os.W_OK | os.X_OK):
        return f"{path} cannot be written"
    return ""
