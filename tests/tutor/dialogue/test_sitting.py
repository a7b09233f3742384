"""A sitting in plain mode as a process has it: pipes, terminals, ctrl+c, and the next start."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tests.conftest import Main, Run
from tests.tutor.dialogue.conftest import Dialogue
from tutor.dialogue.hearing import Listener
from tutor.dialogue.speech import Speaker
from tutor.progress.session import open_progress


def test_a_pipe_of_answers_is_a_whole_sitting(
    ask: Main, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lines = "bet +\nset stride 2\nmoment 20\nnext\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    code, out, err = ask("--plain", "cnn/slide", "--state-dir", str(tmp_path))
    assert (code, err) == (0, "")
    assert "cnn/slide: moment 20\n" in out
    assert out.endswith("\ncnn/products: \n")  # the end of the lines
    assert "\x1b" not in out
    state = open_progress(str(tmp_path)).state
    place = state.place("cnn", "slide")
    assert (place.position, place.settings["stride"]) == (19, "2")
    assert state.prediction("cnn", "slide", "next-sign") is not None
    assert state.last is not None and state.last.step == "products"


def test_the_next_sitting_goes_on_there(
    ask: Main, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for lines in ("bet +\nmoment 20\n", "quit\n"):
        monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
        start = ("cnn/slide",) if lines != "quit\n" else ()
        code, out, _ = ask("--plain", *start, "--state-dir", str(tmp_path))
        assert code == 0
    assert "cnn, step 4 of" in out and "Moment 20 of 676" in out and "Your bet" not in out


def test_it_wraps_at_the_columns_and_ascii_is_all_ascii(
    ask: Main, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("bet +\nwhy\nhelp\n"))
    monkeypatch.setenv("COLUMNS", "50")
    out = ask("--plain", "--ascii", "cnn/gradients", "--state-dir", str(tmp_path))[1]
    assert out.isascii()
    assert "dL/dw" in out
    monkeypatch.setattr(sys, "stdin", io.StringIO("bet +\nwhy\nhelp\n"))
    monkeypatch.setenv("COLUMNS", "40")
    out = ask("--plain", "cnn/slide", "--state-dir", str(tmp_path))[1]
    assert max(map(len, out.splitlines())) <= 40


def test_in_a_process_without_a_terminal_it_ends_with_its_input(
    command: Run, tmp_path: Path
) -> None:
    done = command("--plain", "cnn/slide", "--state-dir", str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("\ncnn/slide: \n")
    done = command("review", "--plain", "--state-dir", str(tmp_path), PYTHONUTF8="0", LC_ALL="C")
    assert done.returncode == 0
    assert "Nothing is due for review." in done.stdout and done.stdout.isascii()


def test_ctrl_c_at_the_prompt_says_how_to_leave_and_a_second_one_leaves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    dialogue = Dialogue("cnn", "slide")
    monkeypatch.setattr(Listener, "line", interrupt)
    with pytest.raises(KeyboardInterrupt):
        dialogue.talk.run(("cnn", "slide"))
    assert dialogue.take().count("Say quit, or press ctrl+d, to leave") == 1


def test_lines_that_are_no_text_or_have_no_end_are_heard() -> None:
    written: list[str] = []
    raw = b"a\xff\x1b[31mb  c\n" + b"x" * 30_000 + b"\nlast"
    listener = Listener(io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
    speaker = Speaker(written.append, 80, False)
    assert listener.line(speaker, "> ") == "a\N{REPLACEMENT CHARACTER}b c"
    assert listener.line(speaker, "> ") == "x" * 10_000
    assert listener.line(speaker, "> ") == "last"
    assert listener.line(speaker, "> ") is None
    assert "\x1b" not in "".join(written)
