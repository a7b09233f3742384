"""--image: the learner's own picture, from the command line to the screen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.conv import conv2d
from engine.notation import fixed
from lessons.cnn.kernels import kernel
from lessons.own.picture_file import load_picture
from tests.conftest import Main
from tests.tutor.conftest import Started
from tests.tutor.reading import opened, press, settle, text
from tutor.app import TutorApp
from tutor.progress import kinds
from tutor.progress.place import StateDirectory
from tutor.progress.session import Progress
from tutor.screens.lesson import LessonScreen


@pytest.fixture
def cat(tmp_path: Path) -> str:
    """A picture of 20 rows and 30 columns."""
    pixels = np.random.default_rng(0).integers(0, 256, (20, 30), dtype=np.uint8)
    Image.fromarray(pixels).save(tmp_path / "my cat.png")
    return str(tmp_path / "my cat.png")


def first_answer(path: str) -> str:
    y = conv2d(load_picture(path, 28), kernel("sobel-x")[None, None])["y"]
    return f"y[0,0,0] = {fixed(float(y[0, 0, 0]))}"


def test_show_takes_it(ask: Main, cat: str, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, err = ask("show", "cnn/slide", "--image", cat, "--at", "1")
    assert (code, err) == (0, "")
    assert "image 19×28" in out
    assert first_answer(cat) in out
    one_line = " ".join(out.split())
    assert f"with picture=own image='{cat}' kernel=sobel-x" in one_line.replace("/ ", "/")
    monkeypatch.chdir(Path(cat).parent)
    assert ask("show", "cnn/slide", "--image", "my cat.png", "--at", "1")[1] == out
    assert ask("--image", "my cat.png", "show", "cnn/slide", "--at", "1")[1] == out
    assert ask("show", "cnn/slide", "--set", f"image={cat}", "--at", "1")[1] == out
    other = ask("show", "cnn/slide", "--image", cat, "--set", "picture=cat", "--at", "1")[1]
    assert "image 56×56" in other


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("show cnn/slide --image none.png", "none.png: there is no such file. Check the path."),
        ("show cnn/slide --image .", "this is a folder. Name the file with a picture."),
        ("show cnn/slide --set picture=own", "There is no picture of your own yet."),
        ("show cnn/slide --set image=/dev/zero", "/dev/zero: this is no ordinary file."),
        ("show cnn/check-size --image cat", "cnn/check-size has no lab for --image; show it"),
        ("show cnn/size --image cat", "cnn/size has no lab for --image; show it without"),
        ("--image none.png", "none.png: there is no such file. Check the path."),
        ("--image words cnn/slide", "words:1: this is text, not a picture or a table of numbers."),
        ("--image none\x1b[2J.png cnn", r"image takes the path of a picture (PNG, JPEG, GIF, "),
        ("--image", "argument --image: expected one argument"),
        ("review --image cat", "unrecognized arguments: --image cat"),
    ],
)
def test_refuses_before_the_screen_starts(
    ask: Main,
    started: Started,
    cat: str,
    monkeypatch: pytest.MonkeyPatch,
    arguments: str,
    message: str,
) -> None:
    folder = Path(cat).parent
    monkeypatch.chdir(folder)
    Path(cat).rename(folder / "cat")
    (folder / "words").write_text("hello\n", encoding="utf-8")
    code, out, err = ask(*arguments.split(" "))
    assert (code, out, started.calls) == (2, "", [])
    assert message in err and err.startswith("dl-tutor: ")
    assert err.count("\n") == 1 and err[:-1].isprintable()


def test_the_application_gets_the_whole_path(
    ask: Main, started: Started, cat: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(Path(cat).parent)
    for arguments in (("--image", "my cat.png", "cnn/slide"), ("cnn/slide", f"--image={cat}"), ()):
        assert ask(*arguments) == (0, "", "")
    assert started.images == [cat, cat, ""]


async def test_every_lab_that_can_shows_it(cat: str) -> None:
    async with opened("slide", image=cat) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, LessonScreen)
        assert "o own my cat.png" in text(pilot)
        await press(pilot, "home")
        assert first_answer(cat) in text(pilot)
        await press(pilot, "i")
        assert screen.session.settings["picture"] == "coffee"
        assert "image 28×28" in text(pilot)
        await press(pilot, "I")
        assert screen.session.settings["picture"] == "own"
        await press(pilot, "i", "x")
        assert screen.session.settings["picture"] == "own"
        pilot.app.open_step("cnn", "kernels")  # type: ignore[attr-defined]
        await settle(pilot)
        assert "image 19×28" in text(pilot)
        pilot.app.open_step("cnn", "size")  # type: ignore[attr-defined]
        await settle(pilot)
        assert "image 10×10" in text(pilot)


async def test_without_a_file_its_option_is_passed_over() -> None:
    async with opened("slide") as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, LessonScreen)
        await press(pilot, "I")
        assert screen.session.settings["picture"] == "digit-7"
        assert " own" not in text(pilot)


async def test_who_left_it_for_another_picture_finds_that_one(cat: str) -> None:
    progress = Progress(StateDirectory(None))
    left = {"picture": "cat", "image": cat}
    progress.record(kinds.place("cnn", "slide", 7, left))
    app = TutorApp(("cnn", "slide"), progress=progress, image=cat)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app.screen, LessonScreen)
        assert app.screen.session.settings["picture"] == "cat"
        assert app.screen.session.position == 7


async def test_a_picture_that_is_gone_is_told_and_the_step_opens(cat: str) -> None:
    progress = Progress(StateDirectory(None))
    progress.record(kinds.place("cnn", "slide", 7, {"picture": "own", "image": cat}))
    Path(cat).unlink()
    app = TutorApp(("cnn", "slide"), progress=progress)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app.screen, LessonScreen)
        assert app.screen.session.settings["picture"] == "coffee"
        assert "there is no such file" in " ".join(
            notification.message for notification in app._notifications
        )
