"""Files that are none, or cannot be read: a sentence, and never a wait."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import lessons.own.file
from lessons.own.file import FileError, read_start, read_whole, shown, size_of, stamp
from lessons.own.picture_file import load_picture
from lessons.own.sequence_file import load_series, load_text
from tests.lessons.own.conftest import Write

Load = Callable[[str], object]
LOADS = pytest.mark.parametrize("load", [load_picture, load_text, load_series])


@LOADS
def test_what_is_no_file(tmp_path: Path, refused: Callable[..., str], load: Load) -> None:
    missing = "there is no such file. Check the path."
    assert refused(load, str(tmp_path / "none")).endswith(f"none: {missing}")
    (tmp_path / "file").write_bytes(b"x")
    assert refused(load, str(tmp_path / "file" / "none")).endswith(missing)
    assert "this is a folder. Name the file with " in refused(load, str(tmp_path))
    assert "cannot be read: File name too long" in refused(load, str(tmp_path / ("x" * 1000)))
    assert "embedded null" in refused(load, str(tmp_path / "a\0b"))
    os.symlink("loop", tmp_path / "loop")
    assert "cannot be read: Too many levels" in refused(load, str(tmp_path / "loop"))


@LOADS
def test_a_pipe_or_a_device_keeps_nobody_waiting(
    tmp_path: Path, refused: Callable[..., str], load: Load
) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (str(tmp_path / "pipe"), "/dev/zero", "/dev/tty"):
        message = refused(load, path)
        assert "this is no ordinary file. Name one with " in message


def test_what_becomes_a_pipe_in_between_keeps_nobody_waiting(
    write: Write, refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("x", b"1")
    ordinary = os.stat(path)
    os.unlink(path)
    os.mkfifo(path)
    monkeypatch.setattr(lessons.own.file.os, "stat", lambda _: ordinary)
    assert "this is no ordinary file" in refused(read_start, path, 10, "words")


@LOADS
def test_no_permission(
    write: Write, refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch, load: Load
) -> None:
    def forbidden(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    path = write("x", b"1")
    monkeypatch.setattr(lessons.own.file.os, "open", forbidden)
    assert "you have no permission to read it. Name another file." in refused(load, path)


@LOADS
def test_a_name_moves_no_cursor(tmp_path: Path, refused: Callable[..., str], load: Load) -> None:
    name = "a\x1b[2Jb\x9b31m\x1b]0;t\x07\u202ec\nd"
    path = str(tmp_path / name)
    assert "/abc d: there is no such file" in refused(load, path)
    Path(path).write_bytes(b"")
    assert "/abc d: " in refused(load, path)
    not_utf_8 = os.fsdecode(os.fsencode(str(tmp_path)) + b"/half \xff")
    assert "/half \ufffd: " in refused(load, not_utf_8)


def test_of_a_long_path_the_end_is_shown() -> None:
    assert shown("/home/me/cat.png") == "/home/me/cat.png"
    path = f"/{'folder/' * 30}cat.png"
    assert len(shown(path)) == 100
    assert shown(path).startswith("…") and shown(path).endswith("folder/cat.png")


def test_bounds(write: Write, refused: Callable[..., str]) -> None:
    path = write("x", b"12345")
    assert read_start(path, 5, "words") == (b"12345", True)
    assert read_start(path, 4, "words") == (b"1234", False)
    assert read_whole(path, 5, "words") == b"12345"
    assert "is larger than 0 kB. Make it smaller." in refused(read_whole, path, 4, "words")
    empty = write("y", b"")
    assert "the file is empty. Name one with words." in refused(read_whole, empty, 4, "words")
    assert (size_of(100_000_000), size_of(100_000)) == ("100 MB", "100 kB")


def test_a_stamp_tells_that_a_file_was_written_to(write: Write) -> None:
    path = write("x", b"1")
    before = stamp(path, "words")
    assert stamp(path, "words") == before
    os.utime(path, ns=(1, 1))
    assert stamp(path, "words") != before
    with pytest.raises(FileError, match="no such file"):
        stamp(path + "y", "words")
