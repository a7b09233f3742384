"""What the tests of the runner share: its folder, and who is left after a check."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lessons.kit.exercise import Exercise, exercises
from tutor.runner.limits import Limits

PATIENCE = 20.0


@pytest.fixture
def conv2d() -> Exercise:
    return exercises("cnn")["conv2d"]


@pytest.fixture
def quick() -> Limits:
    """A shorter wait for code that never ends; honest code needs a few milliseconds."""
    return Limits(seconds=0.7)


@pytest.fixture
def left_over(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], list[str]]]:
    """Who still runs, and what still lies about, of the checks of this test.

    The folder of a check is in the environment of everything that the check starts.
    """
    folder = tmp_path_factory.mktemp("checks")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))

    def look() -> list[str]:
        found = [path.name for path in folder.iterdir()]
        for environment in Path("/proc").glob("[0-9]*/environ"):
            with contextlib.suppress(OSError):
                if str(folder).encode() in environment.read_bytes():
                    found.append(environment.parent.name)
        return found

    yield look
    wait_until(lambda: not look())


@pytest.fixture(name="wait_until")
def wait_until_fixture() -> Callable[[Callable[[], bool]], None]:
    return wait_until


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)
