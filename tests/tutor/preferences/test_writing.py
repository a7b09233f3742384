"""Writing a setting: it counts from then on, and everything else of the file stays."""

from __future__ import annotations

import os
import stat
import tomllib
from pathlib import Path

import pytest

from tutor.preferences.kinds import PREFERENCES, Preference, Preferences
from tutor.preferences.reading import read
from tutor.preferences.store import NotKept, Store
from tutor.preferences.writing import NotChanged, changed, template

KEYS = [("next", "n", "the next step"), ("faster", "plus,equals_sign", "faster")]
THEME, MOTION, SPEED = (
    next(one for one in PREFERENCES if one.name == name) for name in ("theme", "motion", "speed")
)


def test_a_new_file_changes_nothing_and_names_everything(tmp_path: Path) -> None:
    text = template(KEYS)
    assert tomllib.loads(text) == {"keys": {}}
    for one in PREFERENCES:
        assert f'\n# {one.name} = "auto"\n' in text
        assert all(f"#   {value} " in text for value in one.values)
    assert '# next = "n"' in text and "# the next step\n" in text


@pytest.mark.parametrize("preference", PREFERENCES, ids=lambda one: one.name)
def test_every_line_of_a_new_file_can_be_put_in_force(preference: Preference) -> None:
    text = template(KEYS)
    for value in preference.values:
        new = changed(text, preference.name, value)
        before, after = text.splitlines(), new.splitlines()
        differing = [(old, line) for old, line in zip(before, after, strict=True) if old != line]
        written = value if value.isdecimal() else f'"{value}"'
        assert differing == [(f'# {preference.name} = "auto"', f"{preference.name} = {written}")]


def test_a_key_keeps_what_is_said_of_it() -> None:
    new = changed(template(KEYS), "next", "f2", "keys")
    assert '\nnext = "f2"' in new and "# the next step" in new
    assert tomllib.loads(new) == {"keys": {"next": "f2"}}


OWN = """\
# my own words
theme = 'dark'   # at night
later = { a = [1,
  2] }           # what a later version knows

[keys]           # mine
"next" = "f3"
"""


def test_comments_and_what_is_not_known_stay() -> None:
    new = changed(OWN, "theme", "light")
    assert new == OWN.replace("'dark'", '"light"')
    new = changed(new, "next", "f2", "keys")
    assert new == OWN.replace("'dark'", '"light"').replace('"f3"', '"f2"')
    new = changed(new, "speed", "5")
    assert tomllib.loads(new) == tomllib.loads(OWN) | {
        "theme": "light",
        "speed": 5,
        "keys": {"next": "f2"},
    }
    assert "# my own words\n" in new and "# what a later version knows\n" in new


@pytest.mark.parametrize(
    "text", ["", "\r\n# a\r\n", "keys.back = 'f5'\n", "keys = {back = 'f5'}\n"]
)
def test_any_way_of_writing_it_is_understood_or_left_alone(text: str) -> None:
    wanted = tomllib.loads(text)
    wanted.setdefault("keys", {})["next"] = "f2"
    try:
        new = changed(text, "next", "f2", "keys")
    except NotChanged:
        return
    assert tomllib.loads(new) == wanted


def test_a_comment_that_only_looks_like_a_setting_is_left() -> None:
    text = '# theme = what you like\n# theme = "auto"\n'
    assert changed(text, "theme", "dark") == '# theme = what you like\ntheme = "dark"\n'


def test_keys_that_are_no_table_are_left_alone() -> None:
    with pytest.raises(NotChanged):
        changed("keys = 3\n", "next", "f2", "keys")


# The store ------------------------------------------------------------------------------------


def test_a_change_makes_the_file_and_holds_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.toml"
    store = Store(path)
    store.set(THEME, "light", KEYS)
    store.set(SPEED, "20", KEYS)
    store.set_key("next", "f2", KEYS)
    again = Store(path)
    assert again.now == store.now == Preferences(theme="light", speed="20", keys={"next": "f2"})
    assert again.problems == ()
    assert "# The colours of the page" in path.read_text()
    assert sorted(one.name for one in path.parent.iterdir()) == ["settings.toml"]


def test_what_another_wrote_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    one, other = Store(path), Store(path)
    one.set(THEME, "light", KEYS)
    other.set(MOTION, "never", KEYS)
    assert read(path).preferences == Preferences(theme="light", motion="never")


def test_a_broken_file_is_never_written_to(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("theme = \n")
    store = Store(path)
    for change in (lambda: store.set(THEME, "light", KEYS), lambda: store.make(KEYS)):
        with pytest.raises(NotKept, match=r"holds until you leave: .*:1 is no TOML"):
            change()
    assert store.now.theme == "light"
    assert path.read_text() == "theme = \n"


def test_a_link_and_the_rights_of_a_file_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "real.toml", tmp_path / "settings.toml"
    real.write_text("# mine\n")
    real.chmod(0o640)
    link.symlink_to(real)
    Store(link).set(THEME, "dark")
    assert link.is_symlink()
    assert real.read_text() == '# mine\ntheme = "dark"\n'
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path, why in (
        (tmp_path / "file" / "settings.toml", "cannot be read (Not a directory)"),
        (Path(os.devnull), "is no file"),
        (None, "there is no place for a file of settings"),
    ):
        store = Store(path)
        with pytest.raises(NotKept) as caught:
            store.set(THEME, "dark", KEYS)
        assert why in str(caught.value)
        assert store.now.theme == "dark"
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)
