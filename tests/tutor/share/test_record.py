"""`dl-tutor record`: a lab as a recording, a picture and text, without a terminal."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Main
from tests.tutor.recorded import Terminal

SIZE = (80, 24)


def events_of(file: Path) -> tuple[dict[str, Any], list[tuple[float, str]]]:
    """The head of a recording, and what is written when."""
    head, *lines = file.read_text(encoding="utf-8").splitlines()
    events = [json.loads(line) for line in lines]
    assert {kind for _, kind, _ in events} == {"o"}
    return json.loads(head), [(seconds, written) for seconds, _, written in events]


def screen_of(events: list[tuple[float, str]]) -> list[str]:
    """What a terminal shows at the end, which was full of rubbish before."""
    terminal = Terminal(*SIZE)
    terminal.soil()
    for _, written in events:
        terminal.feed(written)
    return [line.rstrip() for line in terminal.display]


def test_a_recording_ends_with_what_the_application_draws(ask: Main, tmp_path: Path) -> None:
    cast, text = tmp_path / "slide.cast", tmp_path / "slide.txt"
    given = ("cnn/slide", "--set", "stride=2", "--size", "80x24", "--ascii")
    code, out, err = ask("record", *given, "-o", str(cast), "--at", "20", "--to", "26")
    assert (code, err) == (0, "")
    assert out.startswith(f"Wrote moments 20 to 26 of cnn/slide to {cast}: 4.0 s, ")
    code, out, err = ask("record", *given, "-o", str(text), "--at", "26")
    assert (code, err) == (0, "")
    assert out.startswith(f"Wrote moment 26 of cnn/slide to {text}, ")
    head, events = events_of(cast)
    assert (head["version"], head["width"], head["height"]) == (2, 80, 24)
    assert head["title"] == "dl-tutor cnn/slide"
    lines = text.read_text(encoding="utf-8").splitlines()
    assert screen_of(events) == [*lines, *[""] * (24 - len(lines))]
    assert any("26/169" in line for line in lines) and any("stride 2" in line for line in lines)
    assert lines[0].isascii()


def test_after_the_first_frame_only_changes_are_written_each_at_its_time(
    ask: Main, tmp_path: Path
) -> None:
    files = [tmp_path / "one.cast", tmp_path / "two.cast"]
    for file in files:
        given = ("--at", "100", "--to", "120", "--size", "120x36", "--speed", "20")
        assert ask("record", "cnn/slide", "-o", str(file), *given)[0] == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    _, events = events_of(files[0])
    times = [seconds for seconds, _ in events]
    assert times[:-1] == [round(n * 0.1, 3) for n in range(11)]  # every second moment
    assert times[-1] == 2.0
    first, *changes, end = (len(written.encode()) for _, written in events)
    assert first > 8_000
    assert max(changes) < 4_000
    assert end < 20


def test_a_training_is_computed_while_it_is_recorded(ask: Main, tmp_path: Path) -> None:
    file = tmp_path / "learn.cast"
    given = ("--to", "4", "--size", "80x24", "--ascii")
    assert ask("record", "cnn/learn", "-o", str(file), *given)[0] == 0
    _, events = events_of(file)
    assert all(before < after for (before, _), (after, _) in pairwise(events))
    assert any("4/361" in line for line in screen_of(events))
    one, text = tmp_path / "one.txt", tmp_path / "two.txt"
    assert ask("record", "cnn/learn", "-o", str(one), "--size", "80x24")[0] == 0
    assert ask("record", "cnn/learn", "-o", str(text), "--at", "3", "--size", "80x24")[0] == 0
    assert "1/361" in one.read_text("utf-8") and "3/361" in text.read_text("utf-8")


def test_a_picture_is_an_svg_that_asks_no_other_computer(ask: Main, tmp_path: Path) -> None:
    file = tmp_path / "slide.SVG"
    code, out, _ = ask("record", "cnn/slide", "-o", str(file), "--light")
    assert (code, out.startswith("Wrote moment 159 of cnn/slide to")) == (0, True)
    svg = file.read_text(encoding="utf-8")
    root = ElementTree.fromstring(svg)
    words = "".join("".join(root.itertext()).split())
    assert "Oneoutputcellatatime" in words and "kernel·window" in words
    assert "url(http" not in svg and "@font-face" not in svg
    assert "#f6f4ee" in svg  # the light page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("cnn/slide", "-o", "x.gif"), "x.gif could be anything: a name that ends in .cast is a "),
        (("cnn/slide", "-o", "x"), "x could be anything"),
        (("cnn/slide", "-o", "none/x.svg"), "none/x.svg cannot be written: there is no directory"),
        (("cnn/slide", "-o", "there.svg"), "there.svg is there already; --force writes over it"),
        (("cnn/slide", "-o", "folder.txt"), "folder.txt is a directory"),
        (("cnn/slide", "-o", "there.svg/x.svg"), "there.svg/x.svg cannot be written: there is no"),
        (("cnn/slide", "-o", "x.svg", "--to", "9"), "--to and --speed are for a recording, and"),
        (("cnn/slide", "-o", "x.cast", "--speed", "0"), "--speed takes 1 to 100 moments a second"),
        (("cnn/slide", "-o", "x.svg", "--size", "20x10"), "--size takes 60x18 to 500x200, not 20x"),
        (("cnn/slide", "-o", "x.svg", "--size", "wide"), "argument --size: takes COLSxROWS, such"),
        (("cnn/slide", "-o", "x.cast", "--at", "9", "--to", "8"), "--to takes a moment from 9 to"),
        (("cnn/slide", "-o", "x.cast", "--to", "999"), "--to takes a moment from 159 to 676"),
        (("cnn/products", "-o", "x.cast"), "this film has 4653 frames to record, and 3000 are"),
        (("cnn/slide", "-o", "x.svg", "--at", "0"), "--at takes a moment from 1 to 676 of this"),
        (("cnn/slide", "-o", "x.svg", "--set", "stride=x"), "stride takes a whole number from 1"),
        (("cnn/check-cells", "-o", "x.svg"), "record takes LESSON/STEP with a lab, not cnn/check"),
        (("cnn", "-o", "x.svg"), "record takes LESSON/STEP with a lab, not cnn"),
        (("cnn/slide",), "the following arguments are required: -o"),
    ],
)
def test_what_cannot_be_recorded_is_a_sentence(
    ask: Main,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    given: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.svg").write_text("mine", encoding="utf-8")
    (tmp_path / "folder.txt").mkdir()
    code, out, err = ask("record", *given)
    assert (code, out) == (2, "")
    assert err.startswith(f"dl-tutor: {said}")
    assert {path.name for path in tmp_path.iterdir()} == {"there.svg", "folder.txt"}
    assert (tmp_path / "there.svg").read_text(encoding="utf-8") == "mine"


def test_force_writes_over_a_file(ask: Main, tmp_path: Path) -> None:
    file = tmp_path / "slide.txt"
    file.write_text("mine", encoding="utf-8")
    assert ask("record", "cnn/slide", "-o", str(file), "--force")[0] == 0
    assert "One output cell at a time" in file.read_text(encoding="utf-8")
