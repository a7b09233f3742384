"""Reviews come back on a schedule that the log alone decides."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tutor.progress.review import AGAIN, EASY, GOOD, HARD, LONGEST_DAYS, Reviews, rating_of
from tutor.progress.state import Rated

START = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def rated(*pairs):
    return [Rated(rating, START + days * DAY) for rating, days in pairs]


def days_until_due(*pairs):
    ratings = rated(*pairs)
    return (Reviews({"t": ratings}).cards["t"].due - ratings[-1].time) / DAY


def test_ratings_of_answers():
    assert [rating_of(True), rating_of(True, 2), rating_of(True, 3)] == [GOOD, HARD, HARD]
    assert [rating_of(False), rating_of(False, 2)] == [AGAIN, AGAIN]


def test_nothing_comes_back_on_the_same_day_and_better_answers_wait_longer():
    waits = [days_until_due((rating, 0)) for rating in (AGAIN, HARD, GOOD, EASY)]
    assert waits == sorted(waits) and waits[0] == 1 and waits[3] > waits[2] > waits[1] - 1


def test_remembering_makes_the_wait_longer_and_forgetting_short():
    first = days_until_due((GOOD, 0))
    second = days_until_due((GOOD, 0), (GOOD, first))
    forgotten = days_until_due((GOOD, 0), (AGAIN, first))
    assert second > first >= forgotten


def test_no_wait_is_longer_than_a_year():
    pairs = [(EASY, n * LONGEST_DAYS) for n in range(12)]
    assert days_until_due(*pairs) == LONGEST_DAYS


def test_due_lists_the_longest_overdue_first():
    reviews = Reviews({"b": rated((AGAIN, 0)), "a": rated((AGAIN, 0)), "c": rated((AGAIN, -1))})
    assert reviews.due(START - DAY) == []
    assert reviews.due(START) == ["c"]
    assert reviews.due(START + DAY) == ["c", "a", "b"]
    assert reviews.count(START + DAY) == 3
    assert reviews.next_due == START


def test_templates_that_the_course_has_no_more_are_left_out():
    reviews = Reviews({"old": rated((AGAIN, 0)), "new": rated((AGAIN, 0))}, known={"new", "other"})
    assert reviews.due(START + DAY) == ["new"]


def test_without_answers_there_is_nothing_to_review():
    assert Reviews({}).due(START) == [] and Reviews({}).next_due is None


def test_the_schedule_is_the_same_every_time():
    pairs = [(GOOD, 0), (HARD, 3), (AGAIN, 9), (GOOD, 10), (EASY, 14), (GOOD, 40)]
    cards = [Reviews({"t": rated(*pairs)}).cards["t"] for _ in range(2)]
    assert cards[0] == cards[1]


def test_clocks_at_the_ends_of_time_are_no_crash():
    for time in (datetime.min, datetime(1970, 1, 1), datetime.max):
        ratings = [Rated(GOOD, time.replace(tzinfo=UTC)) for _ in range(3)]
        assert Reviews({"t": ratings}).count(START) in (0, 1)


def test_importing_progress_brings_no_screen_no_numpy_and_no_fsrs():
    code = """
import sys
import tutor.progress, tutor.progress.session, tutor.progress.report, tutor.progress.commands
heavy = {"textual", "rich", "numpy", "plotext", "fsrs", "platformdirs", "lessons", "engine"}
assert not heavy & sys.modules.keys(), heavy & sys.modules.keys()
"""
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True, timeout=20)
