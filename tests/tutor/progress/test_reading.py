"""Reading logs: whatever stands in the directory, what is good is found and the rest is told."""

import os
import random
import zlib
from datetime import timedelta

import pytest

from tutor.progress import reading
from tutor.progress.event import MOST_BYTES, encode
from tutor.progress.log import EventLog
from tutor.progress.reading import Problem, read_files, read_logs


def write(directory, clock, *names):
    log = EventLog(directory, clock=clock)
    for name in names:
        log.append("draft", text=name)
        clock.move(seconds=1)
    log.close()
    return log.path


def texts(found):
    return [event.data["text"] for event in found.events]


def test_no_directory_and_an_empty_one_are_no_problem(tmp_path):
    assert read_logs(None) == read_logs(tmp_path) == read_logs(tmp_path / "none")
    assert read_logs(tmp_path).problems == ()


def test_a_file_in_the_place_of_the_directory_is_told(tmp_path):
    (tmp_path / "state").write_text("mine")
    assert read_logs(tmp_path / "state").problems
    assert read_logs(tmp_path / "null\0").problems


def test_two_sessions_at_once_merge_by_time(tmp_path, clock):
    here, there = EventLog(tmp_path, clock=clock), EventLog(tmp_path, clock=clock)
    for number in range(6):
        (there if number % 2 else here).append("draft", text=str(number))
        clock.move(seconds=1)
    assert texts(read_logs(tmp_path)) == list("012345")
    assert read_logs(tmp_path).sessions == 2


def test_copied_files_count_once(tmp_path, clock):
    path = write(tmp_path, clock, "a", "b")
    (tmp_path / "copy of it.jsonl").write_bytes(path.read_bytes())
    (tmp_path / "half of it.jsonl").write_bytes(path.read_bytes()[:400])
    assert texts(read_logs(tmp_path)) == ["a", "b"]


def test_bad_lines_are_skipped_and_told_with_their_numbers(tmp_path, clock):
    path = write(tmp_path, clock, "a", "b", "c", "d")
    lines = path.read_bytes().splitlines(keepends=True)
    lines[1] = lines[1].replace(b'"b"', b'"B"')
    lines[2] = b"\n\xff\xfe\x00 what\n" + lines[2]
    path.write_bytes(b"".join(lines)[:-9])
    found = read_logs(tmp_path)
    assert texts(found) == ["a", "c"]
    assert [(one.file, one.line) for one in found.problems] == [
        (path.name, 2), (path.name, 4), (path.name, 6)
    ]  # fmt: skip
    assert "checksum" in found.problems[0].why and "cut off" in found.problems[2].why
    assert str(found.problems[0]).startswith(f"{path.name}: line 2 was changed")


def test_a_last_line_that_only_lacks_its_end_is_whole(tmp_path, clock):
    path = write(tmp_path, clock, "a", "b")
    path.write_bytes(path.read_bytes()[:-1])
    assert texts(read_logs(tmp_path)) == ["a", "b"]


def test_every_cut_of_a_file_leaves_the_lines_before_it(tmp_path, clock):
    path = write(tmp_path, clock, "a", "b", "c")
    whole = path.read_bytes()
    ends = [n for n, byte in enumerate(whole) if byte == ord("\n")]
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert texts(read_logs(tmp_path)) == list("abc")[: sum(end <= length for end in ends)]


def test_garbled_files_never_crash_and_keep_the_good_lines(tmp_path, clock):
    path = write(tmp_path, clock, *map(str, range(30)))
    whole, chance = path.read_bytes(), random.Random(4)
    good = {one.id for one in read_logs(tmp_path).events}
    for _ in range(50):
        garbled = bytearray(whole)
        for _ in range(20):
            garbled[chance.randrange(len(garbled))] = chance.randrange(256)
        path.write_bytes(garbled)
        found = read_logs(tmp_path)
        assert 10 <= len(found.events) < 30 and {one.id for one in found.events} <= good
        assert found.problems


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\n\n\n", id="empty lines"),
        pytest.param(b"\0" * 5_000_000, id="zeros"),
        pytest.param(random.Random(3).randbytes(300_000), id="noise"),
        pytest.param(b"\n" * 9 + b"[]\n" * 5000, id="other JSON"),
    ],
)
def test_odd_files_beside_a_good_one(tmp_path, clock, content):
    write(tmp_path, clock, "a")
    odd = tmp_path / "0.jsonl"
    odd.write_bytes(content)
    found = read_logs(tmp_path)
    assert texts(found) == ["a"]
    assert bool(found.problems) == bool(content.strip(b"\n"))
    assert len(found.problems) <= reading.MOST_PROBLEMS + 1
    if content.startswith(b"\n" * 9):
        assert sum(one.count for one in found.problems) == 5000
        assert found.problems[0].line == 10
    assert odd.read_bytes() == content


def test_what_is_no_regular_file_is_told_and_left(tmp_path, clock):
    write(tmp_path, clock, "a")
    (tmp_path / "directory.jsonl").mkdir()
    (tmp_path / "loop.jsonl").symlink_to("loop.jsonl")
    (tmp_path / "broken.jsonl").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe.jsonl")
    (tmp_path / "null.jsonl").symlink_to("/dev/null")
    (tmp_path / "other.txt").write_text("not ours")
    (tmp_path / os.fsdecode(b"\xff\x1b[2J.jsonl")).mkdir()
    found = read_logs(tmp_path)
    assert texts(found) == ["a"]
    assert len(found.problems) == 6
    assert all(one.line == 0 for one in found.problems)


def test_a_symlink_to_a_log_is_read(tmp_path, clock):
    path = write(tmp_path / "elsewhere", clock, "a")
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "linked.jsonl").symlink_to(path)
    assert texts(read_logs(tmp_path / "state")) == ["a"]


def test_a_file_that_may_not_be_read_is_told(tmp_path, clock, monkeypatch):
    path = write(tmp_path, clock, "a")
    whole = path.read_bytes()

    def refuse(*_given):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(reading, "_open", refuse)
    assert read_logs(tmp_path).problems == (
        Problem(path.name, 0, "cannot be read: Permission denied"),
    )
    assert path.read_bytes() == whole


def test_a_line_or_a_file_that_is_too_large_is_told(tmp_path, clock, monkeypatch):
    path = write(tmp_path, clock, "a", "b")
    first, second = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(first + b"x" * (3 * MOST_BYTES) + b"\n" + second)
    found = read_logs(tmp_path)
    assert texts(found) == ["a", "b"]
    assert [(one.line, "longer" in one.why) for one in found.problems] == [(2, True)]
    monkeypatch.setattr(reading, "MOST_FILE_BYTES", len(first))
    found = read_logs(tmp_path)
    assert texts(found) == ["a"]
    assert "too large" in found.problems[0].why


def test_newer_versions_and_unknown_kinds_are_kept_and_told(tmp_path, clock):
    path = write(tmp_path, clock, "a", "b")
    event = read_logs(tmp_path).events[1]
    line = encode(event).replace(b'{"v":1', b'{"v":2').rpartition(b',"sum"')[0] + b"}"
    newer = line[:-1] + b',"sum":"%08x"}\n' % zlib.crc32(line)
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0] + newer)
    EventLog(tmp_path, clock=clock).append("sang", text="c")
    found = read_logs(tmp_path)
    assert texts(found) == ["a", "b", "c"]
    assert found.newer == 1 and not found.problems


def test_events_do_not_depend_on_the_order_in_which_files_are_read(tmp_path, clock):
    chance = random.Random(7)
    paths = []
    for session in range(6):
        clock.move(minutes=chance.uniform(-5, 5))
        paths.append(write(tmp_path, clock, *(f"{session}{n}" for n in range(5))))
    expected = read_files(paths).events
    assert len(expected) == 30
    for _ in range(20):
        chance.shuffle(paths)
        assert read_files(paths).events == expected


def test_two_contents_of_one_id_are_told_apart_by_no_chance(tmp_path, clock):
    first = write(tmp_path, clock, "a")
    event = read_logs(tmp_path).events[0]
    other = tmp_path / "other.jsonl"
    changed = type(event)(event.kind, event.session, 0, event.time + timedelta(1), {"text": "z"})
    other.write_bytes(encode(changed) + b"\n")
    assert read_files([first, other]).events == read_files([other, first]).events
