"""The commands about what is remembered, as they are called: progress, reset, export."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.conftest import Main, Run
from tutor.progress import kinds
from tutor.progress.session import open_progress


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A directory in which two steps were done."""
    progress = open_progress(str(tmp_path / "state"))
    progress.record(kinds.step_opened("cnn", "slide"))
    progress.record(kinds.step_done("cnn", "slide"))
    progress.close()
    return tmp_path / "state"


def done(state: Path) -> set[tuple[str, str]]:
    return set(open_progress(str(state)).state.done)


def answer(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Have these lines stand on standard input."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_progress_as_text_and_as_json(ask: Main, state: Path) -> None:
    code, out, err = ask("progress", "--state-dir", str(state))
    assert (code, err) == (0, "")
    assert out.startswith("Last: cnn/slide; dl-tutor goes on there.\n")
    code, out, err = ask("--state-dir", str(state), "progress", "--json")
    assert (code, err) == (0, "")
    data = json.loads(out)
    assert data["lessons"][0]["id"] == "cnn"
    assert data["lessons"][0]["done"] == ["slide"]


def test_reset_asks_first(ask: Main, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "no")
    code, out, err = ask("reset", "--state-dir", str(state))
    assert (code, err) == (0, "")
    assert out.startswith("Start the whole course afresh? ")
    assert out.endswith("Type yes to do it: Nothing was changed.\n")
    answer(monkeypatch)
    assert ask("reset", "cnn", "--state-dir", str(state))[1].endswith("Nothing was changed.\n")
    assert done(state) == {("cnn", "slide")}
    answer(monkeypatch, "yes")
    code, out, _ = ask("reset", "cnn", "--state-dir", str(state))
    assert code == 0
    assert out.endswith("Type yes to do it: From here on, the lesson cnn starts afresh.\n")
    assert done(state) == set()


def test_reset_and_erase(ask: Main, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "yes", "erase")
    code, out, err = ask("reset", "--erase", "--state-dir", str(state))
    assert (code, err) == (0, "")
    assert out.endswith("Type erase to do it: Deleted 1 logs.\n")
    assert list(state.glob("*.jsonl")) == []


def test_a_closed_or_garbled_input_is_no_yes(command: Run, state: Path) -> None:
    finished = command("reset", "--state-dir", str(state))
    assert (finished.returncode, finished.stderr) == (0, "")
    assert finished.stdout.endswith("Nothing was changed.\n")
    assert done(state) == {("cnn", "slide")}


def test_export_to_the_output_and_to_a_file(ask: Main, state: Path, tmp_path: Path) -> None:
    code, out, err = ask("export", "--state-dir", str(state))
    assert (code, err) == (0, "")
    found = [json.loads(line)["kind"] for line in out.splitlines()]
    assert found == ["session_started", "step_opened", "step_done"]
    file = tmp_path / "all.jsonl"
    again = ("export", str(file), "--state-dir", str(state))
    assert ask(*again) == (0, f"Wrote 3 events to {file}.\n", "")
    assert file.read_text(encoding="utf-8") == out
    assert ask(*again) == (2, "", f"dl-tutor: {file} is there already, and is not overwritten\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("reset cmn", "there is no lesson 'cmn'; there is cnn"),
        ("reset cnn --erase", "--erase deletes whole logs, and cannot be of a single lesson"),
        (
            "progress cnn",
            "unrecognized arguments: cnn; dl-tutor progress --help shows how it is used",
        ),
        (
            "progress --state-dir",
            "argument --state-dir: expected one argument; "
            "dl-tutor progress --help shows how it is used",
        ),
        (
            "list --state-dir x",
            "unrecognized arguments: --state-dir; dl-tutor list --help shows how it is used",
        ),
    ],
)
def test_refuses_in_one_sentence(ask: Main, arguments: str, message: str) -> None:
    code, out, err = ask(*arguments.split())
    assert (code, out) == (2, "")
    assert err.startswith(f"dl-tutor: {message}")
    assert err.count("\n") == 1
