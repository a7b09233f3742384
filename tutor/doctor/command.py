"""Puts what the doctor finds together."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from tutor.doctor import computer, terminal
from tutor.doctor.finding import Finding
from tutor.preferences.reading import Reading
from tutor.speeds import FRAMES_A_SECOND
from tutor.terminal.plan import plan_for
from tutor.terminal.surroundings import look_around

Sections = list[tuple[str, list[Finding]]]


def examine(
    settings: Path | None,
    reading: Reading,
    *,
    encoding: str,
    state_dir: str | None = None,
    ascii_only: bool = False,
    light: bool = False,
    environment: Mapping[str, str] = os.environ,
) -> Sections:
    """Everything found, in sections.

    settings, reading: the file of settings, and what it says; encoding: of the output; ascii_only,
    light: asked for on the command line.
    """
    measured = terminal.measure()
    around = look_around(environment, encoding, lambda: measured.unicode)
    plan = plan_for(
        around,
        reading.preferences,
        ascii_only=ascii_only,
        light=light,
        environment=environment,
    )
    return [
        ("This terminal", list(terminal.findings(around, measured, environment))),
        (
            "Therefore dl-tutor draws",
            list(terminal.plan_findings(plan, measured, FRAMES_A_SECOND)),
        ),
        ("This computer", list(computer.findings(settings, reading, state_dir, environment))),
    ]
