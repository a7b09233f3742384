"""The file of settings: what is read, and what is said of what cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.preferences.kinds import Preferences
from tutor.preferences.place import settings_file
from tutor.preferences.reading import MOST_BYTES, line_of, read


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_what_is_not_there_is_as_it_comes(path: Path) -> None:
    reading = read(path)
    assert (reading.preferences, reading.problems, reading.text) == (Preferences(), (), None)
    assert read(None).preferences == Preferences()


def test_settings_and_keys_are_read(path: Path) -> None:
    path.write_text(
        'theme = "terminal-light"\nspeed = 5\nmotion = "never"\nnew_one = [1, 2]\n'
        '[keys]\nnext = "f2, ctrl+n"\n'
    )
    reading = read(path)
    assert reading.problems == ()
    assert reading.preferences == Preferences(
        theme="terminal-light", speed="5", motion="never", keys={"next": "f2, ctrl+n"}
    )


@pytest.mark.parametrize(
    ("data", "line", "why"),
    [
        (b'motion = = 1\n', 1, "is no TOML (Invalid value; words stand in quotes)"),
        (b'theme = "dark', 1, "is no TOML"),
        (b'theme = "dark"\n# \xff\n', 2, "is no UTF-8"),
        (b"[keys\n", 1, "is no TOML"),
        (b'theme = "dark"\ntheme = "light"\n', 2, "is no TOML (Cannot overwrite a value)"),
    ],
)
def test_a_broken_file_is_told_with_its_line(path: Path, data: bytes, line: int, why: str) -> None:
    path.write_bytes(data)
    reading = read(path)
    assert reading.broken and reading.preferences == Preferences()
    (problem,) = reading.problems
    assert problem.startswith(f"{path}:{line} {why}"), problem
    assert problem.endswith(": the settings are as they come, and the file is left as it is.")


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    assert f"{tmp_path} cannot be read (Is a directory)" in read(tmp_path).problems[0]
    long = tmp_path / "long"
    long.write_bytes(b"#" * (MOST_BYTES + 1))
    assert "is longer than 1 MB" in read(long).problems[0]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            '\ntheme = "pink"\n',
            "2: theme takes one of auto, dark, light, terminal, terminal-light, not 'pink'",
        ),
        ("speed = 3\n", "1: speed takes one of auto, 1, 2, 5, 10, 20, 50, 100, not 3"),
        ("speed = true\n", "1: speed takes one of auto, 1, 2, 5, 10, 20, 50, 100, not True"),
        ("# hello\nmoton = 1\n", "2: there is no setting 'moton' (did you mean 'motion'?)"),
        ("keys = 3\n", "1: keys is a table of keys, not 3"),
        ('[keys]\n\nnext = ""\n', "3: next takes a key, such as \"f2\", not ''"),
        ("keys.next = 3\n", '1: next takes a key, such as "f2", not 3'),
    ],
)
def test_a_value_that_is_none_is_told_and_the_others_hold(
    path: Path, text: str, problem: str
) -> None:
    path.write_text(text)
    reading = read(path)
    assert reading.problems == (f"{path}:{problem}",)
    assert not reading.broken and reading.preferences == Preferences()
    path.write_text(f'pixels = "numbers"\n{text}')
    assert read(path).preferences == Preferences(pixels="numbers")


def test_escapes_in_a_file_never_reach_the_terminal(path: Path) -> None:
    path.write_text('theme = "\\u001b[2Jx"\n')
    assert "\x1b" not in read(path).problems[0]


def test_the_line_of_a_setting_is_that_of_its_table() -> None:
    text = 'a = 1\n[keys]\n"next" = "n"\n[other]\nnext = 2\n'
    assert [line_of(text, "next", table) for table in ("", "keys", "other")] == [0, 3, 5]


def test_where_the_file_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    usual = tmp_path / "dl-tutor" / "settings.toml"
    assert settings_file(None, {}) == usual
    assert settings_file(None, {"DL_TUTOR_CONFIG": "/a/b"}) == Path("/a/b")
    assert settings_file("/c", {"DL_TUTOR_CONFIG": "/a/b"}) == Path("/c")
