"""A short run of the monkey, and every fault that a long one has found, played again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.monkey import play
from tests.monkey.cage import cage
from tests.monkey.moves import read
from tests.monkey.play import Start, replay, wander

FOUND = sorted((Path(__file__).parent / "found").glob("*.moves"))
PRESSES = 90


@pytest.mark.parametrize(
    ("seed", "start"),
    [
        (1, Start(("cnn", "slide"), (80, 24))),
        (2, Start(("cnn", "learn"), (120, 36), light=True)),
        (3, Start(None, (60, 18), ascii_only=True, environment=(("NO_COLOR", "1"),))),
    ],
)
def test_a_monkey_breaks_nothing(seed: int, start: Start) -> None:
    run = wander(start, seed, PRESSES)
    if run.error:
        run.error.add_note(f"seed {seed}, last moves {run.turns[-8:]}")
        raise run.error


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem)
def test_what_went_wrong_once_goes_well(path: Path) -> None:
    start, turns = read(path)
    run = replay(Start.read(start), turns)
    if run.error:
        raise run.error


def test_the_watchdog_ends_what_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(play, "LONGEST", 0.05)
    with pytest.raises(play.HangsError, match="of work for"), play.watchdog([("key", "a")]):
        while True:
            pass


def test_the_cage_tells_what_is_written_outside(tmp_path: Path) -> None:
    with cage() as one:
        (one.state / "log").write_text("inside", encoding="utf-8")
        assert one.left_behind() == []
        (tmp_path / "elsewhere").write_text("outside", encoding="utf-8")
        (tmp_path / "elsewhere").unlink()
        (one.home / "leftover").touch()
        left = [line.rpartition("/")[2] for line in one.left_behind()]
    assert left == ["elsewhere", "elsewhere", "leftover"]
