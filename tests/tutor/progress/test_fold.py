"""The state is a fold over events: every kind counts, none breaks it, no order of files matters."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from tutor.progress import kinds
from tutor.progress.event import SCHEMA, Event, decode, encode
from tutor.progress.fold import _TAKE, fold
from tutor.progress.review import AGAIN, GOOD, HARD
from tutor.progress.state import Answer, Attempt, Exercise, Place, Prediction, State

START = datetime(2026, 1, 31, tzinfo=UTC)


def events(*records, session="s", start=START):
    return [
        Event(kind, session, n, start + timedelta(seconds=n), data)
        for n, (kind, data) in enumerate(records)
    ]


def state(*records):
    return fold(events(*records))


EVERY = [
    kinds.session_started("0.1"),
    kinds.step_opened("cnn", "slide"),
    kinds.place("cnn", "slide", 12, {"kernel": "sobel", "stride": "2"}),
    kinds.step_done("cnn", "slide"),
    kinds.predicted("cnn", "slide", "size", 27, 26, 1),
    kinds.answered("cnn/size-of-map", 7, [3, 3], False, "forgot-padding"),
    kinds.draft("cnn/conv2d", "def f"),
    kinds.attempted("cnn/conv2d", False, "shape"),
    kinds.hint_shown("cnn/conv2d", 2),
    kinds.solution_shown("cnn/conv2d"),
    kinds.reviewed("cnn/size-of-map", GOOD, 8),
]


def test_every_kind_is_known_and_counts():
    assert {record.kind for record in EVERY} | {"reset"} == set(_TAKE)
    whole = state(*EVERY)
    place = Place("cnn", "slide", 12, {"kernel": "sobel", "stride": "2"})
    assert whole.last == place == whole.place("cnn", "slide")
    assert whole.opened_in("cnn") == whole.done_in("cnn") == {"slide"}
    assert whole.prediction("cnn", "slide", "size") == Prediction("cnn", "slide", "size", 27, 26, 1)
    assert whole.answers == [Answer("cnn/size-of-map", 7, [3, 3], False, "forgot-padding", 1)]
    assert whole.exercise("cnn/conv2d") == Exercise("def f", [Attempt(False, "shape")], 2, True)
    assert [one.rating for one in whole.ratings["cnn/size-of-map"]] == [AGAIN, GOOD]
    assert whole.not_understood == 0


def test_a_state_is_the_same_after_disk():
    given = events(*EVERY)
    assert fold([decode(encode(event)) for event in given]) == fold(given)


def test_blank_answers_for_what_never_was():
    assert State().place("cnn", "slide") == Place("cnn", "slide", None, {})
    assert State().prediction("cnn", "slide", "size") is None
    assert State().exercise("cnn/conv2d").draft is None
    assert not State().exercise("cnn/conv2d").passed


def test_opening_a_step_again_brings_its_own_place_back():
    first = kinds.place("cnn", "slide", 12, {"stride": "2"})
    both = state(first, kinds.place("cnn", "pool", 3, {}), kinds.step_opened("cnn", "slide"))
    assert both.last == Place("cnn", "slide", 12, {"stride": "2"})
    assert state(first, kinds.step_opened("cnn", "pool")).last == Place("cnn", "pool")


def test_an_exercise_stays_passed_and_its_draft_is_the_last():
    name = "cnn/conv2d"
    one = state(
        kinds.draft(name, "a"), kinds.attempted(name, True, ""), kinds.draft(name, ""),
        kinds.attempted(name, False, "dtype"), kinds.hint_shown(name, 2), kinds.hint_shown(name, 1),
    ).exercise(name)  # fmt: skip
    assert one.passed and one.draft == "" and one.hints == 2 and len(one.attempts) == 2


def test_only_the_first_answer_and_reviews_move_a_card():
    template = "cnn/size-of-map"
    records = [kinds.answered(template, seed, 1, seed > 0) for seed in range(5)]
    rated = state(*records, kinds.reviewed(template, HARD, 9)).ratings[template]
    assert [one.rating for one in rated] == [AGAIN, HARD]


def test_a_reset_forgets_what_came_before_it_of_its_scope():
    other = kinds.place("rnn", "unroll", 1, {})
    assert state(*EVERY, kinds.reset()) == State()
    assert state(*EVERY, kinds.reset("cnn")) == State()
    assert state(*EVERY, kinds.reset("rnn")) == state(*EVERY)
    assert state(*EVERY, other, kinds.reset("cnn")) == state(other)
    assert state(kinds.reset(), *EVERY).opened_in("cnn") == {"slide"}
    # "cn" is no part of "cnn", and an exercise is of the lesson that its id starts with.
    assert state(*EVERY, kinds.reset("cn")) == state(*EVERY)


@pytest.mark.parametrize("record", [*EVERY, kinds.reset()], ids=lambda record: record.kind)
def test_a_bad_event_is_counted_and_changes_nothing(record):
    before = state(*EVERY)
    for name in record.data:
        for bad in (None, {}, [], 1.5, True, "x", -7):
            bent = events(*EVERY, kinds.Record(record.kind, {**record.data, name: bad}))
            fold(bent)  # does not raise
        if (record.kind, name) == ("reviewed", "seed"):
            continue  # for readers of the log; the state does without
        lacking = {key: value for key, value in record.data.items() if key != name}
        after = state(*EVERY, kinds.Record(record.kind, lacking))
        assert after.not_understood == 1
        after.not_understood = 0
        assert after == before


def test_unknown_kinds_and_newer_versions_are_counted():
    newer = Event("step_done", "s", 99, START, {"lesson": "cnn", "step": "new"}, SCHEMA + 1)
    unknown = Event("sang", "s", 98, START, {})
    whole = fold([*events(*EVERY), newer, unknown])
    assert whole.not_understood == 2 and whole.done_in("cnn") == {"slide"}


def random_record(chance):
    lesson, step = chance.choice(["cnn", "rnn"]), chance.choice("abc")
    name, whole = f"{lesson}/{step}", chance.randrange(4)
    return chance.choice(
        [
            kinds.step_opened(lesson, step),
            kinds.place(lesson, step, whole, {"stride": str(whole)}),
            kinds.step_done(lesson, step),
            kinds.predicted(lesson, step, "q", whole, 2, whole - 2),
            kinds.answered(name, whole, whole, whole == 2, "", 1 + whole),
            kinds.draft(name, "x" * whole),
            kinds.attempted(name, whole == 3, "shape"),
            kinds.hint_shown(name, whole),
            kinds.reviewed(name, 1 + whole, whole),
            kinds.reset(chance.choice(["", "cnn", "rnn", "none"])),
            kinds.Record("sang", {}),
        ]
    )


@pytest.mark.parametrize("seed", range(40))
def test_the_fold_does_not_depend_on_the_order_in_which_events_are_found(seed):
    chance = random.Random(seed)
    sessions = [
        events(
            *(random_record(chance) for _ in range(chance.randrange(1, 30))),
            session=f"s{n}",
            start=START + timedelta(seconds=chance.randrange(20)),  # many at the same instant
        )
        for n in range(4)
    ]
    expected = fold(event for session in sessions for event in session)
    for _ in range(10):
        chance.shuffle(sessions)
        assert fold(event for session in sessions for event in session) == expected
        scattered = [event for session in sessions for event in session]
        chance.shuffle(scattered)
        assert fold(scattered) == expected
