"""A sitting: it goes on where the last one ended, and says when it cannot be remembered."""

import errno
import os
from datetime import timedelta

import pytest

from tutor.progress import kinds
from tutor.progress.event import MOST_BYTES
from tutor.progress.log import NotSaved
from tutor.progress.session import open_progress
from tutor.progress.state import Place

SLIDE = kinds.place("cnn", "slide", 12, {"kernel": "sobel"})


def test_the_next_start_opens_the_same_step_with_the_same_settings(tmp_path, clock):
    first = open_progress(str(tmp_path), clock=clock)
    first.record(kinds.step_opened("cnn", "slide"))
    first.record(SLIDE)
    # Nobody closes it: the connection was lost.
    second = open_progress(str(tmp_path), clock=clock)
    assert second.state.last == Place("cnn", "slide", 12, {"kernel": "sobel"})
    assert second.state == first.state
    assert second.notices == [] and second.saved


def test_looking_around_leaves_no_file(tmp_path, clock):
    progress = open_progress(str(tmp_path), clock=clock)
    assert progress.due() == [] and progress.notices == []
    progress.close()
    assert list(tmp_path.iterdir()) == []


def test_a_session_says_first_which_version_it_is(tmp_path, clock):
    progress = open_progress(str(tmp_path), clock=clock)
    assert progress.record(SLIDE).sequence == 1
    assert open_progress(str(tmp_path), clock=clock).events == progress.events == 2


def test_a_draft_or_place_as_before_is_no_event(tmp_path, clock):
    progress = open_progress(str(tmp_path), clock=clock)
    assert progress.record(kinds.draft("cnn/conv2d", "")) is not None
    for record in (kinds.draft("cnn/conv2d", "x"), SLIDE):
        assert progress.record(record) is not None
        assert progress.record(record) is None
    assert progress.record(kinds.draft("cnn/pool", "x")) is not None
    assert progress.record(kinds.place("cnn", "slide", 13, {"kernel": "sobel"})) is not None
    assert progress.record(SLIDE) is not None


def test_two_sittings_at_once_merge(tmp_path, clock):
    here = open_progress(str(tmp_path), clock=clock)
    there = open_progress(str(tmp_path), clock=clock)
    here.record(kinds.step_done("cnn", "slide"))
    clock.move(seconds=1)
    there.record(kinds.step_done("cnn", "pool"))
    clock.move(seconds=1)
    here.record(SLIDE)
    both = open_progress(str(tmp_path), clock=clock)
    assert both.state.done_in("cnn") == {"slide", "pool"} and both.sessions == 2
    assert both.state.last == Place("cnn", "slide", 12, {"kernel": "sobel"})


def test_a_clock_set_back_between_sittings_does_not_bring_old_places_back(tmp_path, clock):
    open_progress(str(tmp_path), clock=clock).record(SLIDE)
    clock.move(days=-400)
    second = open_progress(str(tmp_path), clock=clock)
    assert any("clock" in notice for notice in second.notices)
    second.record(kinds.step_opened("rnn", "unroll"))
    assert open_progress(str(tmp_path), clock=clock).state.last == Place("rnn", "unroll")


def test_small_differences_between_clocks_are_not_worth_a_word(tmp_path, clock):
    open_progress(str(tmp_path), clock=clock).record(SLIDE)
    clock.move(minutes=-5)
    assert open_progress(str(tmp_path), clock=clock).notices == []


def test_without_a_writable_place_it_runs_in_memory_and_says_so(tmp_path, clock):
    (tmp_path / "file").write_text("mine")
    progress = open_progress(str(tmp_path / "file" / "state"), clock=clock)
    assert not progress.saved
    assert len(progress.notices) == 1
    assert str(tmp_path / "file" / "state") in progress.notices[0]
    assert "--state-dir" in progress.notices[0]
    progress.record(SLIDE)
    assert progress.state.last == Place("cnn", "slide", 12, {"kernel": "sobel"})
    progress.close()


def test_what_a_read_only_place_holds_is_still_known(tmp_path, clock, monkeypatch):
    open_progress(str(tmp_path), clock=clock).record(SLIDE)
    monkeypatch.setattr(os, "access", lambda *_: False)
    progress = open_progress(str(tmp_path), clock=clock)
    assert progress.state.last is not None and not progress.saved
    progress.record(kinds.step_opened("cnn", "pool"))
    assert len(list(tmp_path.iterdir())) == 1


def test_a_disk_that_is_full_for_a_while_loses_nothing(tmp_path, clock, monkeypatch):
    progress = open_progress(str(tmp_path), clock=clock)

    def full(_file, _data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        for _ in range(2):  # the same again is tried again, as it is not on disk
            with pytest.raises(NotSaved, match="No space"):
                progress.record(SLIDE)
    assert progress.state.last is not None
    progress.record(kinds.step_done("cnn", "slide"))
    again = open_progress(str(tmp_path), clock=clock)
    assert again.state == progress.state and again.state.done_in("cnn") == {"slide"}
    assert again.events == progress.events


def test_a_draft_that_is_too_large_is_refused_each_time_and_the_last_one_stays(tmp_path, clock):
    progress = open_progress(str(tmp_path), clock=clock)
    progress.record(kinds.draft("cnn/conv2d", "x = 1"))
    for _ in range(2):
        with pytest.raises(NotSaved):
            progress.record(kinds.draft("cnn/conv2d", "x" * MOST_BYTES))
    assert progress.state.exercise("cnn/conv2d").draft == "x = 1"


def test_bad_lines_and_newer_events_are_told(tmp_path, clock):
    progress = open_progress(str(tmp_path), clock=clock)
    progress.record(SLIDE)
    (tmp_path / "torn.jsonl").write_text('{"v":1,"id"\n\ngarbage')
    (notice,) = open_progress(str(tmp_path), clock=clock).notices
    assert str(tmp_path) in notice and ": 2." in notice


def test_a_question_comes_back_when_it_is_due(tmp_path, clock):
    progress = open_progress(str(tmp_path), clock=clock)
    progress.record(kinds.answered("cnn/size", 1, 5, False, "forgot-padding"))
    assert progress.due() == []
    clock.move(days=1)
    assert progress.due() == ["cnn/size"] and progress.due(known=()) == []
    progress.record(kinds.reviewed("cnn/size", 3, 2))
    assert progress.due() == []
    again = open_progress(str(tmp_path), clock=clock)
    assert again.reviews().cards == progress.reviews().cards
    assert again.reviews().next_due > clock() + timedelta(hours=23)
