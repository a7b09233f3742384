"""Where the logs are kept, at homes of all sorts."""

import os
from pathlib import Path

import pytest

from tutor.progress.place import state_directory


def test_the_option_comes_before_the_variable_before_the_home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    given, variable = str(tmp_path / "given"), {"DL_TUTOR_STATE": str(tmp_path / "variable")}
    assert state_directory(given, variable).path == tmp_path / "given"
    assert state_directory(None, variable).path == tmp_path / "variable"
    assert state_directory(None, {}).path == tmp_path / "data" / "dl-tutor"
    assert all((tmp_path / name).is_dir() for name in ("given", "variable", "data/dl-tutor"))
    assert state_directory(given, variable).notice == ""


def test_a_reader_makes_nothing(tmp_path):
    assert state_directory(str(tmp_path / "none"), make=False).path == tmp_path / "none"
    assert not (tmp_path / "none").exists()


def test_a_tilde_and_a_relative_path_are_made_whole(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert state_directory("~/mine").path == tmp_path / "mine"
    assert state_directory("here").path == tmp_path / "here"


@pytest.mark.parametrize(
    "below", ["file", "file/below", "null\0character", "x" * 300, "/proc/none"]
)
def test_a_place_that_cannot_be_is_said_with_its_path_and_a_way_out(tmp_path, below):
    (tmp_path / "file").write_text("mine")
    where = state_directory(str(tmp_path / below))
    assert where.path is not None
    assert str(where.path) in where.notice and "--state-dir" in where.notice
    assert where.notice.count(". ") == 0 and where.notice.endswith(".")
    assert (tmp_path / "file").read_text() == "mine"


def test_a_read_only_directory_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "cannot be written" in state_directory(str(tmp_path)).notice


def test_no_home_is_said(monkeypatch):
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: Path("~/.local/share/x"))
    where = state_directory(None, {})
    assert where.path is None
    assert "no home" in where.notice and "--state-dir" in where.notice


def test_a_working_directory_that_is_gone_is_said(tmp_path, monkeypatch):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert "not there any more" in state_directory("here").notice
