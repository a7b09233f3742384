"""Settings: changed on their screen at once, kept in the file, and followed by the next start."""

from __future__ import annotations

import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

import tutor.cli
from tests.conftest import Main
from tests.tutor.reading import lines, press, settle, text
from tests.tutor.recorded import Recorder, Shown
from tutor.app import TutorApp
from tutor.preferences.store import Store
from tutor.screens.lesson import LessonScreen
from tutor.screens.settings import SettingsScreen
from tutor.widgets.film_bar import FilmBar


@asynccontextmanager
async def run(
    path: Path, step: str | None = None, **options: bool
) -> AsyncIterator[tuple[TutorApp, Pilot[None]]]:
    app = TutorApp(("cnn", step) if step else None, store=Store(path), **options)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await settle(pilot)
        yield app, pilot


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


async def test_settings_are_changed_at_once_and_kept(path: Path) -> None:
    async with run(path) as (app, pilot):
        await press(pilot, "s")
        assert isinstance(app.screen, SettingsScreen)
        assert str(path) in lines(pilot)[0]
        assert tomllib.loads(path.read_text()) == {"keys": {}}
        assert "‹auto›" in text(pilot)
        await press(pilot, "right", "right")
        assert app.theme == "tutor-light"
        await press(pilot, "down", "left")
        assert (app.store.now.motion, app.animation_level) == ("never", "none")
        await press(pilot, "down", "right", "right", "right", "down", "left")
        assert app.look == "numbers"
        assert app.ascii_only
        assert "<ascii>" in text(pilot) and text(pilot).isascii()
        await press(pilot, "escape")
        assert "dl-tutor" in lines(pilot)[0] and text(pilot).isascii()
    kept = {"theme": "light", "motion": "never", "pixels": "numbers", "characters": "ascii"}
    assert tomllib.loads(path.read_text()) == kept | {"keys": {}}
    async with run(path) as (app, pilot):
        assert (app.theme, app.look, app.ascii_only) == ("tutor-light", "numbers", True)
        await press(pilot, "s", "backspace")
        assert app.theme == "tutor-dark"


async def test_the_settings_leave_a_lab_as_it_was_but_for_its_looks(path: Path) -> None:
    async with run(path, "slide") as (app, pilot):
        await press(pilot, "plus", "enter", "right")
        screen = app.screen
        assert isinstance(screen, LessonScreen)
        position = screen.session.position
        app.open_settings()
        await settle(pilot)
        await press(pilot, "down", "down", "down", "left", "h")
        assert app.screen is screen and screen.session.position == position
        assert text(pilot).isascii()
        assert "arrows step" in lines(pilot)[-1]


async def test_a_key_is_put_elsewhere_and_shown_there(path: Path) -> None:
    async with run(path, "slide") as (app, pilot):
        app.open_settings()
        await settle(pilot)
        page = app.screen
        assert isinstance(page, SettingsScreen)
        page.shown.selected = [getattr(one, "id", "") for one in page.shown.rows].index("next")
        await press(pilot, "enter")
        assert "Press the key that it shall have." in text(pilot)
        assert lines(pilot)[-1].split() == ["esc", "leave", "it"]
        await press(pilot, "b")
        assert "next cannot be b: a step with a lab has that key for back" in text(pilot)
        await press(pilot, "enter", "f2")
        assert "(else n)" in text(pilot)
        await press(pilot, "h")
        assert "n next" not in lines(pilot)[-1]
        await press(pilot, "question_mark")
        assert any("f2  the next step" in line for line in lines(pilot))
        await press(pilot, "escape", "n")
        assert "One output cell at a time" in lines(pilot)[0]
        await press(pilot, "f2")
        assert "One output cell at a time" not in lines(pilot)[0]
    assert tomllib.loads(path.read_text()) == {"keys": {"next": "f2"}}


async def test_names_of_bindings_and_their_keys_stand_apart(path: Path) -> None:
    async with run(path) as (_, pilot):
        await press(pilot, "s", "end")
        assert any(line.split()[:2] == ["setting-before", "←"] for line in lines(pilot) if line)


async def test_keys_of_the_file_hold_in_every_sentence_that_names_them(path: Path) -> None:
    path.write_text(
        '[keys]\nhome = "f4"\nkeys = "f3"\nwhy = "f6"\nview = "b"\nopen = "f9"\nanswer = "f7"\n'
    )
    async with run(path, "slide") as (app, pilot):
        said = [one.message for one in app._notifications]
        assert said == [
            f"{path}:5: view cannot be b: a step with a lab has that key for back (the step before)"
        ]
        assert lines(pilot)[-1].endswith("f3 keys")
        screen = app.screen
        assert isinstance(screen, LessonScreen) and screen.bet
        await press(pilot, "plus", "f6")
        assert screen.bet.outcome and screen.trail is None
        await press(pilot, "f6")
        assert screen.trail
        assert "f6 why?" in text(pilot)
        await press(pilot, "f4")
        assert "dl-tutor" in lines(pilot)[0]
        assert any("f9 4 · One output cell at a time" in line for line in lines(pilot))
    async with run(path, "check-size") as (_, pilot):
        assert any(line.endswith("f7 answer") for line in lines(pilot))
        assert "f7 answer" in lines(pilot)[-1]


async def test_the_text_of_a_lab_names_keys_where_they_are(path: Path) -> None:
    path.write_text('[keys]\non = "f3"\nwhy = "f6,enter"\npanel-next = "f8"\nopen = "f9"\n')
    async with run(path, "slide") as (app, pilot):
        said = " ".join(text(pilot).split())
        assert "it too (f3)." in said and "⏎ asks" in said
        app.open_settings()
        await settle(pilot)
        page = app.screen
        assert isinstance(page, SettingsScreen)
        page.shown.selected = [getattr(one, "id", "") for one in page.shown.rows].index("on")
        await press(pilot, "backspace", "h")
        assert "it too (→)." in " ".join(text(pilot).split())


async def test_a_broken_file_gets_a_sentence_and_is_left_alone(path: Path) -> None:
    path.write_text("theme = light\n")
    async with run(path) as (app, pilot):
        (said,) = (one.message for one in app._notifications)
        assert said.startswith(f"{path}:1 is no TOML")
        await press(pilot, "s", "right")
        assert "This holds until you leave" in text(pilot)
        assert app.store.now.theme == "dark"
    assert path.read_text() == "theme = light\n"


async def test_the_command_line_wins(path: Path) -> None:
    path.write_text('theme = "dark"\ncharacters = "unicode"\n')
    async with run(path, ascii_only=True, light=True) as (app, _):
        assert (app.theme, app.ascii_only) == ("tutor-light", True)


async def test_films_start_at_the_speed_that_is_preferred(path: Path) -> None:
    path.write_text("speed = 50\n")
    async with run(path, "slide") as (app, pilot):
        await press(pilot, "plus", "enter")
        assert "50/s" in text(pilot)
        assert app.screen.query_one(FilmBar).session is not None
    async with run(path, "learn") as (app, pilot):
        screen = app.screen
        assert isinstance(screen, LessonScreen)
        assert screen.session.speeds[screen.session.speed] != 50


async def test_over_ssh_nothing_slides_unless_it_is_asked_for(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22")
    async with run(path) as (app, _):
        assert app.animation_level == "none"
    path.write_text('motion = "always"\n')
    async with run(path) as (app, _):
        assert app.animation_level == "full"


def test_what_prints_text_follows_the_settings(path: Path, ask: Main) -> None:
    path.write_text('characters = "ascii"\ntheme = "light"\n')
    show = ("show", "cnn/slide")
    assert not ask(*show)[1].isascii()
    assert ask(*show, "--config", str(path)) == ask(*show, "--ascii", "--light")
    path.write_text("broken\n")
    assert ask(*show, "--config", str(path)) == ask(*show)


def test_plain_text_on_a_terminal_follows_its_kind_and_its_locale(
    ask: Main, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tutor.cli, "_is_terminal", lambda stream: True)
    monkeypatch.setenv("TERM", "linux")
    assert ask("show", "cnn/slide")[1].isascii()
    monkeypatch.setenv("TERM", "xterm-256color")
    assert not ask("show", "cnn/slide")[1].isascii()
    monkeypatch.setenv("LC_ALL", "C")
    assert ask("show", "cnn/slide")[1].isascii()


@pytest.mark.parametrize(("motion", "frames"), [("never", 1), ("always", 3)])
async def test_a_page_that_jumps_is_one_frame(path: Path, motion: str, frames: int) -> None:
    path.write_text(f'motion = "{motion}"\n')
    app = TutorApp(("cnn", "slide"), store=Store(path))
    app.driver_class = Recorder
    async with app.run_test(headless=False, size=(60, 18)) as pilot:
        one = Shown(app, pilot, 60, 18)
        await one.press("0", "enter", "question_mark")
        page = app.screen.query_one("#keys-page")
        seen: list[float] = []
        app.watch(page, "scroll_y", lambda place: seen.append(place), init=False)
        await one.press("pagedown")
        assert page.scroll_y > 0
        assert len(seen) == frames if frames == 1 else len(seen) >= frames
