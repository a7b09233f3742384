"""The doctor: what it measures, what it says, and how it leaves the terminal."""

from __future__ import annotations

import re
import signal
import sys
import termios
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT, Main, Run
from tests.tutor.answering import AnsweringSession, words
from tutor.doctor import computer, terminal
from tutor.doctor.finding import Finding
from tutor.doctor.report import report_lines, something_wrong
from tutor.doctor.terminal import Measured
from tutor.preferences.kinds import Preferences
from tutor.preferences.reading import Reading, read
from tutor.terminal.plan import plan_for
from tutor.terminal.surroundings import look_around

DOCTOR = [sys.executable, "-m", "tutor.cli", "doctor"]
SPLIT = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}


def on_terminal(tmp_path: Path, **options: object) -> AnsweringSession:
    environment = {
        "DL_TUTOR_STATE": str(tmp_path / "state"),
        "DL_TUTOR_CONFIG": str(tmp_path / "settings.toml"),
        "EDITOR": sys.executable,
        "PYTHONPATH": str(ROOT),
        **options.pop("environment", {}),
    }
    return AnsweringSession(DOCTOR, 100, 50, cwd=ROOT, environment=environment, **options)


def test_a_terminal_that_answers_is_measured_and_left_as_it_was(tmp_path: Path) -> None:
    with on_terminal(tmp_path, synchronizes=True, page="1414/1717/1c1c") as session:
        before = session.modes()
        assert session.wait_exit()[0] == 0
        assert session.modes() == before
        said = words(session.text())
    assert "size: 100×50." in said
    assert "colours: 16 million, as COLORTERM is truecolor." in said
    assert "Unicode: yes, measured; LC_ALL is C.UTF-8." in said
    assert "synchronized output: yes; a frame appears at once." in said
    assert re.search(r"round trip: \d+\.\d ms, measured\.", said)
    assert "pixels: as blocks in colour, two to a character." in said
    assert "exercises: code runs in a process of its own, tried." in said
    assert "Nothing has to be changed." in said


def test_a_terminal_without_unicode_on_a_light_page(tmp_path: Path) -> None:
    locale = {"LC_ALL": "", "LC_CTYPE": "", "LANG": ""}
    with on_terminal(tmp_path, latin=True, page="ffff/ffff/ffff", environment=locale) as session:
        assert session.wait_exit()[0] == 0
        said = words(session.text())
    assert "Unicode: no, measured: characters do not take one column each; no locale is set" in said
    assert "characters: ASCII alone, as the terminal says so; no locale is set." in said
    assert 'The terminal has a light page: set theme = "light" in the settings.' in said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_whatever_ends_it_the_terminal_keeps_its_echo(tmp_path: Path, number: int) -> None:
    with on_terminal(tmp_path, silent=True) as session:
        before = session.modes()
        session.wait_text("\x1b[6n")
        assert not session.modes()[3] & termios.ECHO
        time.sleep(0.05)
        if number == signal.SIGINT:
            session.send("\x03")
        else:
            session.process.send_signal(number)
        assert session.wait_exit()[0] == 128 + number
        assert session.modes() == before


def test_in_a_pipe_it_says_what_cannot_be_measured(command: Run, tmp_path: Path) -> None:
    done = command(
        "doctor",
        TERM="vt100",
        COLORTERM="",
        LC_ALL="C",
        EDITOR="no-such-editor",
        DL_TUTOR_STATE="/dev/null/state",
        DL_TUTOR_CONFIG=str(tmp_path / "none.toml"),
    )
    said = words(done.stdout)
    assert (done.returncode, done.stderr) == (1, "")
    assert "not measured: size, Unicode, synchronized output and round trip" in said
    assert "colours: none, as TERM is vt100." in said
    assert "Unicode: no, as TERM is vt100; not measured." in said
    assert "Nothing has to be changed" not in said
    for change in (
        "Nothing that you do is saved: /dev/null/state cannot be made (Not a directory);",
        "Set EDITOR (or VISUAL, if that is set) to an editor that there is, such as nano.",
    ):
        assert change in said.partition("To change")[2]


NOTHING = Measured()


def told(measured: Measured = NOTHING, **environment: str) -> list[Finding]:
    around = look_around(environment)
    plan = plan_for(around, Preferences(), environment=environment)
    found = terminal.findings(around, measured, environment)
    return [*found, *terminal.plan_findings(plan, measured, 10)]


@pytest.mark.parametrize(
    ("environment", "measured", "change", "wrong"),
    [
        (SPLIT, Measured((80, 24), True, 0.001, True, True, False), "", False),
        (SPLIT | {"TERM": "dumb"}, Measured(), "For pictures, start it where TERM is", False),
        (SPLIT | {"TERM": ""}, Measured(), "Set TERM to what the terminal is", True),
        (SPLIT, Measured((59, 24)), "dl-tutor needs 60×18.", True),
        (SPLIT, Measured((60, 18)), "80×24 or above", False),
        ({"TERM": "screen", "LANG": "C.UTF-8"}, Measured(), "TERM=screen-256color", False),
        (SPLIT | {"LANG": "C"}, Measured(), "export LC_ALL=C.UTF-8", False),
        (SPLIT, Measured((80, 24), True, 0.001, False), 'characters = "ascii"', True),
        (SPLIT, Measured((80, 24), True, 0.001, True, True, True), 'theme = "light"', False),
    ],
)
def test_what_is_to_be_changed(
    environment: dict[str, str], measured: Measured, change: str, wrong: bool
) -> None:
    found = [one for one in told(measured, **environment) if one.change]
    assert [one.wrong for one in found] == [wrong] * bool(change)
    assert all(change in one.change for one in found)


def test_a_dumb_terminal_is_told_of_lines_alone() -> None:
    said = [one.says for one in told(**SPLIT | {"TERM": "dumb"})]
    assert "lines of text, no picture and no colour; ASCII alone, as TERM is dumb" in said
    assert not any(one.startswith(("theme:", "motion:", "films:")) for one in said)


def test_a_slow_line_and_ssh_are_told() -> None:
    measured = Measured((80, 24), True, 0.3, True, False, None)
    said = " ".join(one.says for one in told(measured, **SPLIT, SSH_TTY="/dev/pts/1", TMUX="x"))
    assert "TERM is xterm-256color; in tmux; over SSH" in said
    assert "round trip: 300.0 ms, measured; each key takes as long to show" in said
    assert "motion: pages jump when they scroll" in said


def test_a_broken_file_of_settings_is_something_to_change(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('theme = "dark"\nmotion =\n')
    reading = read(path)
    found = list(computer.findings(path, reading, str(tmp_path), {"EDITOR": sys.executable}))
    changes = [one for one in found if one.change]
    assert [one.change for one in changes] == [f"Mend {path}."]
    assert f"{path}:2 is no TOML" in changes[0].says
    assert something_wrong([("", found)])
    good = list(computer.findings(path, Reading(text=""), str(tmp_path), {"EDITOR": "sh"}))
    assert not something_wrong([("", good)])


def test_keys_that_cannot_be_are_something_to_change(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('[keys]\nnext = "f2"\nback = "q"\n')
    found = list(computer.findings(path, read(path), str(tmp_path), {"EDITOR": sys.executable}))
    (wrong,) = (one for one in found if one.wrong)
    assert wrong.says.startswith(f"settings: {path}:3: back cannot be q: ")
    path.write_text('[keys]\nnext = "f2"\n')
    found = list(computer.findings(path, read(path), str(tmp_path), {"EDITOR": sys.executable}))
    assert not something_wrong([("", found)])


def test_settings_that_cannot_be_kept_are_told(tmp_path: Path) -> None:
    path = Path("/dev/null/settings.toml")
    found = list(computer.findings(path, Reading(), str(tmp_path), {"EDITOR": sys.executable}))
    (told,) = (one for one in found if one.change)
    assert told.says == (
        f"settings: {path}, where nothing can be written: changes hold until you leave"
    )
    assert not told.wrong


def test_a_setting_that_this_version_does_not_have_is_told_but_not_wrong(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('theme = "dark"\nfont = "large"\n')
    found = list(computer.findings(path, read(path), str(tmp_path), {"EDITOR": sys.executable}))
    (told,) = (one for one in found if one.change)
    assert told.says == f"settings: {path}:2: there is no setting 'font', and it changes nothing"
    assert not told.wrong


def test_a_sentence_has_one_stop() -> None:
    said = list(report_lines([("Here", [Finding("It is left as it is.")])], 80))
    assert said[1] == "  It is left as it is."


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
tmpfs /home/ann/my\\040files tmpfs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib", "ext4"),
        ("/home/ann/.local", "nfs4"),
        ("/home/ann/my files/state", "tmpfs"),
        ("/homely", "ext4"),
    ],
)
def test_the_file_system_of_a_path(path: str, kind: str) -> None:
    assert computer.file_system(Path(path), MOUNTS) == kind
    assert computer.file_system(Path(path), "") == ""


def test_what_ought_to_be_changed_comes_first_and_once() -> None:
    found = [
        Finding("one", "Could.", wrong=False),
        Finding("two", "Ought.", wrong=True),
        Finding("three", "Ought.", wrong=True),
    ]
    assert "\n".join(report_lines([("Here", found)], 40)) == (
        "Here\n  one.\n  two.\n  three.\n\nTo change\n  1. Ought.\n\nCould be better\n  1. Could.\n"
    )


def test_the_help_says_what_the_exit_code_means(ask: Main) -> None:
    code, out, _ = ask("doctor", "--help")
    assert code == 0
    assert "exit code is 0 when nothing has to be changed, and 1 otherwise" in words(out)
