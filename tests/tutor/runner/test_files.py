"""`dl-tutor check FILE`: which exercise a file is for, and what is printed."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from lessons.kit.exercise import exercises
from tutor.runner.files import FileError, read_answer, report_file

LINE = "# dl-tutor exercise: cnn/conv2d\n"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"x = 1\n", "does not say which exercise it is for. Put a line such as"),
        (b"", "does not say which exercise it is for"),
        (b"\n" * 20 + LINE.encode(), "does not say which exercise it is for"),
        (LINE.encode() + b"x = 1\ny = '\xff'", "answer.py:3: the file is not UTF-8 text."),
        (LINE.encode("utf-16"), "the file is not UTF-8 text"),
        (LINE.encode() + b"\0", "it holds zero bytes"),
        (LINE.encode() + b"#" * 100_000, "the file is larger than 100 kB"),
        (b"# dl-tutor exercise: cnn/nothing\n", "no exercise 'cnn/nothing'. There is cnn/conv2d, "),
        (b"# dl-tutor exercise: \x1b[31m\n", "there is no exercise ''"),
    ],
)
def test_bad_files(data: bytes, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "answer.py"
    path.write_bytes(data)
    with pytest.raises(FileError) as caught:
        read_answer(path)
    assert sentence in str(caught.value)
    err = io.StringIO()
    assert report_file(path, io.StringIO(), err) == 2
    assert err.getvalue() == f"dl-tutor check: {caught.value}\n"


def test_what_is_no_file(tmp_path: Path) -> None:
    for path, sentence in [
        (tmp_path / "nothing.py", "there is no such file"),
        (tmp_path, "this is a folder"),
        (Path("/dev/zero"), "this is no ordinary file"),
        (tmp_path / ("x" * 1000), "cannot be read"),
        (tmp_path / "a\0b", "cannot be read"),
    ]:
        with pytest.raises(FileError, match=sentence):
            read_answer(path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileError, match="no ordinary file"):
        read_answer(tmp_path / "pipe")


@pytest.mark.parametrize(
    "head", [LINE, "\ufeff" + LINE, "#!/usr/bin/env python3\n" + LINE, LINE.replace("\n", "\r\n")]
)
def test_passed(head: str, tmp_path: Path) -> None:
    exercise = exercises("cnn")["conv2d"]
    path = tmp_path / "answer.py"
    path.write_text(head + exercise.solution, encoding="utf-8", newline="")
    out = io.StringIO()
    assert report_file(path, out) == 0
    lines = out.getvalue().splitlines()
    assert lines[:2] == [
        "✓ A kernel slides over a picture (cnn/conv2d)",
        "All 6 cases agree with the engine.",
    ]
    assert exercise.explanation.splitlines()[0] in lines


def test_not_passed(tmp_path: Path) -> None:
    exercise = exercises("cnn")["conv2d"]
    path = tmp_path / "answer.py"
    path.write_text(
        exercise.starter.replace("    y = ", "    print('\x1b[31mhello')\n    y = "),
        encoding="utf-8",
    )
    out = io.StringIO()
    assert report_file(path, out) == 1
    text = out.getvalue()
    assert text.startswith("✗ A kernel slides over a picture (cnn/conv2d)\ny has the shape (4, 4)")
    assert "Case 1 of 6: x = [[" in text
    assert text.endswith("The code printed:\n    hello\n")
    assert exercise.explanation not in text
    assert max(map(len, text.splitlines())) <= 80
