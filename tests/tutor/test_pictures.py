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
    "bet": ("cnn/slide", (80, 24), []),
    "slide": ("cnn/slide", (120, 36), ["plus", "enter"]),
    "why": ("cnn/slide", (80, 24), ["plus", "enter", "enter", "down"]),
    "question": ("cnn/check-cells", (80, 24), ["1", "enter"]),
    "cost": ("cnn/cost", (120, 36), ["1", "enter"]),
    # Nothing here has been trained: what is learned differs in the last digits between machines.
    "network": ("cnn/network", (120, 36), [*"32x2x2", "enter"]),
    "unrolled": ("rnn/unrolled", (80, 24), ["0", "enter", "right", "right"]),
    "backwards": ("rnn/backwards", (120, 36), ["0", "enter", "right", "right"]),
    "by-hand": ("lstm/update", (80, 24), ["1", "enter", "end"]),
    "by-hand-wide": ("lstm/update", (120, 36), ["1", "enter", "end"]),
}


@pytest.mark.parametrize("name", PICTURES)
def test_picture(name: str, snap_compare: Any) -> None:
    step, size, keys = PICTURES[name]

    async def drive(pilot: Pilot[None]) -> None:
        await settle(pilot)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)

    lesson, _, name = (step or "").partition("/")
    app = TutorApp((lesson, name) if step else None)
    assert snap_compare(app, terminal_size=size, run_before=drive)
