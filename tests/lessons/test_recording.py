"""A recording gives every state again, bit for bit, within its memory bound."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from lessons.kit.figure import Figure
from lessons.kit.film import Recorded
from lessons.kit.recording import Recording

STATE_BYTES = 80


def mixed(state: np.ndarray) -> np.ndarray:
    """Another state that depends on every bit of the one before."""
    return np.sin(state * 1.7 + 0.3)


def recording(last: int = 50, bound: int = 10**6, stop_at: int | None = None) -> Recording:
    first = np.linspace(0, 1, 10)
    stop = None if stop_at is None else states(stop_at)[-1]
    return Recording(
        first,
        mixed,
        last,
        nbytes=lambda state: state.nbytes,
        measure=lambda state: {"sum": float(state.sum())},
        ended=lambda state: "" if stop is None or (state != stop).any() else "It stopped.",
        bound=bound,
    )


def states(last: int) -> list[np.ndarray]:
    found = [np.linspace(0, 1, 10)]
    for _ in range(last):
        found.append(mixed(found[-1]))
    return found


@pytest.mark.parametrize("bound", [10**6, 20 * STATE_BYTES, 3 * STATE_BYTES])
def test_every_state_comes_back_bit_for_bit(bound: int) -> None:
    one = recording(bound=bound)
    one.reach(50)
    expected = states(50)
    for number in [50, 0, 49, 1, 17, 18, 16, 33, *range(51)]:
        assert (one.state(number) == expected[number]).all()
    assert one.kept_bytes <= max(bound, 2 * STATE_BYTES)


def test_a_bound_that_is_met_thins_out_evenly() -> None:
    one = recording(bound=20 * STATE_BYTES)
    one.reach(50)
    assert one.kept_bytes == STATE_BYTES * len(range(0, 51, 4))


def test_nothing_is_computed_before_it_is_asked_for() -> None:
    one = recording()
    assert (one.ready, one.length) == (0, 51)
    one.state(7)
    assert one.ready == 7
    with pytest.raises(IndexError, match="states 0 to 50"):
        one.state(51)


def test_curves_go_up_to_a_state() -> None:
    one = recording()
    one.reach(10)
    x, y = one.curve("sum", 4)
    assert x.tolist() == [0, 1, 2, 3, 4]
    assert y.tolist() == [float(state.sum()) for state in states(4)]
    assert one.curve("sum", 40)[0].size == 11
    assert one.curve("other", 4)[0].size == 0


def test_one_that_stops_early_is_shorter() -> None:
    one = recording(stop_at=12)
    film = Recorded(one, lambda n, state: Figure(columns=(), caption=f"{n}"))
    assert film.length == 51
    assert film.at(50).caption == "12"
    assert (film.length, film.ready, one.end) == (13, 13, "It stopped.")
    assert not film.advance()


def test_two_threads_may_use_it() -> None:
    one = recording(last=2000, bound=50 * STATE_BYTES)
    expected = states(2000)
    worker = threading.Thread(target=one.reach, args=(2000,))
    worker.start()
    rng = np.random.default_rng(0)
    for _ in range(300):
        number = int(rng.integers(0, one.ready + 1))
        assert (one.state(number) == expected[number]).all()
    worker.join()
    assert (one.state(2000) == expected[2000]).all()
