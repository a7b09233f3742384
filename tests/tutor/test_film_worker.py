"""The worker gets moments ready up to the wanted one; the budget lets frames through in time."""

from __future__ import annotations

import threading
import time

from lessons.kit.figure import Figure
from lessons.kit.film import Film, Recorded
from lessons.kit.recording import Recording
from tutor.film_worker import FilmWorker
from tutor.widgets.budget import AT_ONCE, RATE, ByteBudget


def counting(last: int = 1000) -> Recorded[int]:
    one = Recording(0, lambda n: n + 1, last, nbytes=lambda _: 8)
    return Recorded(one, lambda n, state: Figure(columns=(), caption=str(state)))


def wait_until_ready(film: Film, moments: int) -> None:
    until = time.monotonic() + 10
    while film.ready < moments and time.monotonic() < until:
        time.sleep(0.001)
    assert film.ready == moments


def test_it_goes_as_far_as_is_wanted_and_rests() -> None:
    worker, film = FilmWorker(), counting()
    worker.want(film, 9)
    wait_until_ready(film, 10)
    time.sleep(0.02)
    assert film.ready == 10
    worker.want(film, 1000)
    wait_until_ready(film, 1001)
    worker.close()


def test_another_film_takes_the_place_of_the_first() -> None:
    worker, first, second = FilmWorker(), counting(10**9), counting()
    worker.want(first, 10**9 - 1)
    worker.want(second, 100)
    wait_until_ready(second, 101)
    reached = first.ready
    time.sleep(0.02)
    assert first.ready == reached
    worker.close()


def test_closing_ends_the_thread_in_the_middle_of_a_film() -> None:
    worker = FilmWorker()
    worker.want(counting(10**9), 10**9 - 1)
    thread = worker._thread
    assert thread is not None
    worker.close()
    thread.join(5)
    assert not thread.is_alive()


def test_nothing_is_started_for_what_is_ready() -> None:
    worker = FilmWorker()
    worker.want(Film(3, lambda n: Figure(columns=())), 2)
    worker.want(counting(), None)
    assert worker._thread is None


def test_what_goes_wrong_is_kept_for_who_shows_the_film() -> None:
    def fail(_: int) -> int:
        raise ZeroDivisionError

    one = Recording(0, fail, 5, nbytes=lambda _: 8)
    worker = FilmWorker()
    worker.want(Recorded(one, lambda n, state: Figure(columns=())), 3)
    until = time.monotonic() + 10
    while worker.failure is None and time.monotonic() < until:
        time.sleep(0.001)
    assert isinstance(worker.failure, ZeroDivisionError)
    worker.close()
    assert threading.active_count() < 50


def test_a_budget_is_spent_and_fills_up_again() -> None:
    now = [0.0]
    budget = ByteBudget(lambda: now[0])
    assert budget.allows
    budget.spend(AT_ONCE + RATE)
    assert not budget.allows
    now[0] = 0.99
    assert not budget.allows
    now[0] = 1.01
    assert budget.allows
    now[0] = 100
    budget.spend(AT_ONCE + 1)
    assert not budget.allows
