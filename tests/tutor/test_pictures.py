"""Pictures of screens, compared with the ones that were looked at and kept.

After a change that is meant: `pytest tests/tutor/test_pictures.py --snapshot-update`, and look.
"""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tutor.reading import settle
from tutor.app import TutorApp

PICTURES = {
    "home": (None, (80, 24), []),
    "bet": ("slide", (80, 24), []),
    "slide": ("slide", (120, 36), ["plus", "enter"]),
    "why": ("slide", (80, 24), ["plus", "enter", "enter", "down"]),
    "question": ("check-cells", (80, 24), ["1", "enter"]),
    "cost": ("cost", (120, 36), ["1", "enter"]),
}


@pytest.mark.parametrize("name", PICTURES)
def test_picture(name: str, snap_compare: Any) -> None:
    step, size, keys = PICTURES[name]

    async def drive(pilot: Pilot[None]) -> None:
        await settle(pilot)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)

    app = TutorApp(("cnn", step) if step else None)
    assert snap_compare(app, terminal_size=size, run_before=drive)
