"""Where the file with the settings is."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "DL_TUTOR_CONFIG"
NAME = "settings.toml"


def settings_file(
    given: str | None = None, environment: Mapping[str, str] = os.environ
) -> Path | None:
    """The file of --config, else of $DL_TUTOR_CONFIG, else of the user's config directory.

    None when no place can be thought of.
    """
    named = given or environment.get(VARIABLE)
    if named:
        path = Path(os.path.expanduser(named))
    else:
        from platformdirs import user_config_path

        path = user_config_path("dl-tutor", appauthor=False) / NAME
        if not path.is_absolute():  # a home that nobody knows
            return None
    try:
        return Path(os.path.abspath(path))
    except OSError:  # a relative path, and the working directory is gone
        return None
