"""Takes the pictures of the README from the running application.

`python docs/take_pictures.py` writes docs/pictures/*.png; it needs rsvg-convert (librsvg2-bin).
"""

from __future__ import annotations

import asyncio
import os
import subprocess
from pathlib import Path

os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")

from tutor.app import TutorApp

PICTURES = {
    "slide": (("cnn", "slide"), (120, 36), ["plus", "enter", *["right"] * 130]),
    "why": (("cnn", "slide"), (120, 36), ["plus", "enter", "enter", "down", "right"]),
    "question": (("cnn", "check-cells"), (80, 24), ["9", "enter"]),
}
FOLDER = Path(__file__).parent / "pictures"


async def take(name: str) -> None:
    """Open a step, press the keys, and write what is then to be seen."""
    start, size, keys = PICTURES[name]
    app = TutorApp(start)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause(0.2)
        svg = app.export_screenshot(title="dl-tutor")
    # Without this, rsvg drops the blanks at the start of a run.
    svg = svg.replace("<text ", '<text xml:space="preserve" ')
    target = FOLDER / f"{name}.png"
    subprocess.run(["rsvg-convert", "-o", str(target)], input=svg.encode(), check=True)


if __name__ == "__main__":
    for one in PICTURES:
        asyncio.run(take(one))
