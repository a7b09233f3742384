"""The commands about what is remembered, as text and as JSON."""

import argparse
import json
import os

import pytest

from tutor.progress import kinds
from tutor.progress.commands import ABOUTS, ProgressError, add_arguments, lines
from tutor.progress.event import decode
from tutor.progress.reading import read_logs
from tutor.progress.report import Course
from tutor.progress.session import open_progress

COURSE = Course({"cnn": ("Convolution", ("slide", "pool")), "rnn": ("Recurrence", ("unroll",))})


def never(question):
    raise AssertionError(f"asked {question!r}")


def answers(*given):
    left = list(given)
    return lambda question: left.pop(0)


def run(command, *words, ask=never, course=COURSE):
    parser = argparse.ArgumentParser()
    add_arguments(parser, command)
    return list(lines(command, parser.parse_args([str(word) for word in words]), course, ask))


@pytest.fixture
def state(tmp_path, clock):
    """A directory in which something was done."""
    progress = open_progress(str(tmp_path / "state"), clock=clock)
    for record in (
        kinds.step_opened("cnn", "slide"),
        kinds.place("cnn", "slide", 12, {"stride": "2"}),
        kinds.step_done("cnn", "slide"),
        kinds.step_done("cnn", "taken-out"),
        kinds.step_done("old", "x"),
        kinds.answered("cnn/size", 1, 5, False, "forgot-padding"),
        kinds.answered("cnn/size", 1, 6, True, attempt=2),
        kinds.predicted("cnn", "slide", "size", 27, 26, 1),
        kinds.attempted("cnn/conv2d", True, ""),
        kinds.hint_shown("cnn/conv2d", 1),
    ):
        progress.record(record)
    progress.close()
    return tmp_path / "state"


def test_progress_as_json_holds_what_it_promises(state):
    (state / "torn.jsonl").write_text("garbage\n")
    data = json.loads("\n".join(run("progress", "--json", "--state-dir", state)))
    assert data["reviews"].pop("next_due").endswith("+00:00")
    assert data["reviews"].pop("due") in (0, 1)  # as the clock of the test machine stands
    (problem,) = data.pop("problems")
    assert (problem["file"], problem["line"], problem["count"]) == ("torn.jsonl", 1, 1)
    cnn, rnn, old = data.pop("lessons")
    assert data == {
        "schema": 1,
        "directory": str(state),
        "saved": True,
        "events": 11,
        "sessions": 1,
        "newer_events": 0,
        "last": {"lesson": "cnn", "step": "slide", "position": 12, "settings": {"stride": "2"}},
        "misconceptions": {"forgot-padding": 1},
        "reviews": {"cards": 1},
    }
    assert cnn == {
        "id": "cnn",
        "title": "Convolution",
        "steps": ["slide", "pool"],
        "opened": ["slide"],
        "done": ["slide"],
        "predictions": 1,
        "right": 1,
        "wrong": 1,
        "exercises": [
            {
                "id": "cnn/conv2d",
                "passed": True,
                "attempts": 1,
                "hints": 1,
                "solution_shown": False,
            }
        ],
    }
    assert rnn["done"] == [] and (old["id"], old["title"], old["done"]) == ("old", None, ["x"])


def test_progress_as_text(state):
    (state / "torn.jsonl").write_text("garbage\n")
    text = run("progress", "--state-dir", state)
    assert text[:6] == [
        "Last: cnn/slide; dl-tutor goes on there.",
        "",
        "lesson  steps done  right answers  exercises passed",
        "cnn     1 of 2      1 of 2         1",
        "rnn     0 of 1      -              -",
        "old     1           -              -",
    ]
    assert text[7].startswith("Reviews: ")
    assert text[8:10] == ["Met 1 time: forgot-padding", f"Kept in {state}"]
    assert text[10].startswith("Not read: torn.jsonl, line 1: is cut off")


def test_progress_before_anything_was_done_makes_nothing(tmp_path):
    text = run("progress", "--state-dir", tmp_path / "none")
    assert text[0].startswith("Nothing was done yet")
    assert any("none yet" in line for line in text)
    assert not (tmp_path / "none").exists()


def test_reset_is_an_event_and_deletes_nothing(state):
    files = {path.name: path.read_bytes() for path in state.iterdir()}
    run("reset", "cnn", "--state-dir", state, ask=answers("yes"))
    assert open_progress(str(state)).state.done == {("old", "x")}
    run("reset", "--state-dir", state, ask=answers(" YES "))
    assert open_progress(str(state)).state.done == set()
    assert all((state / name).read_bytes() == content for name, content in files.items())


def nobody(_question):
    raise EOFError


@pytest.mark.parametrize("ask", [answers("y"), answers(""), answers("no"), nobody])
def test_reset_without_a_clear_yes_changes_nothing(state, ask):
    before = sorted(os.listdir(state))
    assert run("reset", "--state-dir", state, ask=ask) == ["Nothing was changed."]
    assert sorted(os.listdir(state)) == before


def test_reset_says_what_it_cannot_do(state, tmp_path):
    with pytest.raises(ProgressError, match="there is cnn, rnn"):
        run("reset", "cmm", "--state-dir", state)
    with pytest.raises(ProgressError, match="single lesson"):
        run("reset", "cnn", "--erase", "--state-dir", state)
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ProgressError, match="no directory"):
        run("reset", "--state-dir", tmp_path / "file")


def test_erase_asks_twice_and_deletes_only_logs(state):
    (state / "data.jsonl").write_text('{"somebody": "else"}\n')
    (state / "20260131T093000Z-00112233445566ff.jsonl").write_bytes(b"\0garbled\0")
    (state / "notes.txt").write_text("mine")
    (log,) = (path for path in state.iterdir() if read_logs(state).events[0].session in path.name)
    (state / "a copy.jsonl").write_bytes(log.read_bytes())
    before = sorted(os.listdir(state))
    for said in (["no"], ["yes", "yes"], ["yes", ""]):
        given = run("reset", "--erase", "--state-dir", state, ask=answers(*said))
        assert given == ["Nothing was changed."]
        assert sorted(os.listdir(state)) == before
    given = run("reset", "--erase", "--state-dir", state, ask=answers("yes", "erase"))
    assert given == ["Deleted 3 logs."]
    assert sorted(os.listdir(state)) == ["data.jsonl", "notes.txt"]
    (left,) = run("reset", "--erase", "--state-dir", state)
    assert left.startswith("There is nothing to erase")


def test_erase_while_another_sitting_runs_does_not_swallow_what_it_does(state):
    other = open_progress(str(state))
    other.record(kinds.step_done("cnn", "pool"))
    run("reset", "--erase", "--state-dir", state, ask=answers("yes", "erase"))
    other.record(kinds.step_done("rnn", "unroll"))
    assert open_progress(str(state)).state.done == {("rnn", "unroll")}


def test_export_writes_every_event_to_the_output_or_to_a_new_file(state, tmp_path):
    expected = read_logs(state).events
    given = run("export", "--state-dir", state)
    assert tuple(decode(line.encode()) for line in given) == expected
    assert [json.loads(line)["kind"] for line in given][:2] == ["session_started", "step_opened"]
    file = tmp_path / "out.jsonl"
    assert run("export", file, "--state-dir", state) == [f"Wrote 11 events to {file}."]
    assert file.read_text().splitlines() == given
    assert file.stat().st_mode & 0o777 == 0o600


def test_an_export_can_be_put_back_as_a_log(state, tmp_path):
    (tmp_path / "other").mkdir()
    run("export", tmp_path / "other" / "export.jsonl", "--state-dir", state)
    assert open_progress(str(tmp_path / "other")).state == open_progress(str(state)).state


def test_export_overwrites_nothing_and_leaves_no_half_file(state, tmp_path, capsys):
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "link").symlink_to("nowhere")
    for name in ("mine", "link"):
        with pytest.raises(ProgressError, match="is there already"):
            run("export", tmp_path / name, "--state-dir", state)
    assert (tmp_path / "mine").read_text() == "mine"
    with pytest.raises(ProgressError, match="cannot be written"):
        run("export", tmp_path / "none" / "file", "--state-dir", state)
    (state / "torn.jsonl").write_text("garbage\n")
    run("export", "--state-dir", state)
    assert "1 lines or files" in capsys.readouterr().err


def test_every_command_has_a_sentence():
    assert set(ABOUTS) == {"progress", "reset", "export"}
    for command in ABOUTS:
        add_arguments(argparse.ArgumentParser(), command)
