"""Takes the pictures of the README from the running application.

`python docs/take_pictures.py [NAME …]` writes docs/pictures/*.png; it needs rsvg-convert
(librsvg2-bin).
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")

from tutor.app import TutorApp
from tutor.cli import main

MOMENTS = {
    "slide": "cnn/slide --at 290",
    "learn": "cnn/learn --at 121",
    "lstm": "lstm/update --at 30",
}
"""Pictures of one moment of a lab, as `dl-tutor record` takes them."""
KEYS = {
    "why": (("cnn", "slide"), (120, 36), ["plus", "enter", "enter", "down", "right"]),
    "question": (("cnn", "check-cells"), (80, 24), ["9", "enter"]),
}
"""Pictures of what is there after some keys."""
FOLDER = Path(__file__).parent / "pictures"


def moment(name: str, svg: Path) -> None:
    """Have a lab's moment written as a picture."""
    options = ["--size", "120x36", "--force", "-o", str(svg)]
    if main(["record", *MOMENTS[name].split(), *options]):
        raise SystemExit(f"{name} could not be taken")


async def keyed(name: str, svg: Path) -> None:
    """Open a step, press the keys, and write what is then to be seen."""
    start, size, keys = KEYS[name]
    app = TutorApp(start)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause(0.2)
        picture = app.export_screenshot(title="dl-tutor")
    # Without this, rsvg drops the blanks at the start of a run.
    svg.write_text(picture.replace("<text ", '<text xml:space="preserve" '))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for one in sys.argv[1:] or (*MOMENTS, *KEYS):
            target = Path(folder) / f"{one}.svg"
            if one in MOMENTS:
                moment(one, target)
            else:
                asyncio.run(keyed(one, target))
            png = FOLDER / f"{one}.png"
            subprocess.run(["rsvg-convert", "-o", str(png), str(target)], check=True)
