"""A history gives every state of a training again, bit for bit, and stays within its bound."""

from __future__ import annotations

import pytest

from engine.history import History
from engine.training import State
from tests.engine.test_training import after, assert_same, network, training


def states(count: int) -> list[State]:
    """The first states, one after the other."""
    one = training()
    found = [one.start(network())]
    for _ in range(count):
        found.append(one.advance(found[-1]))
    return found


@pytest.mark.parametrize("kept", [0, 2, 5, 9, 100])
def test_every_state_can_be_had_again(kept: int) -> None:
    expected, one = states(30), training()
    start = one.start(network())
    history = History(one, start, most_bytes=kept * start.nbytes)
    for update in range(1, 31):
        history.advance()
        assert history.updates == update
        assert history.nbytes <= max(kept, 2) * start.nbytes
    for update in (0, 1, 7, 8, 15, 16, 29, 30, 3):
        assert_same(history.at(update), expected[update])
    assert history.losses == [state.loss for state in expected[1:]]
    assert (history.every == 1) == (kept == 100)


def test_what_fits_is_kept() -> None:
    history = History(training(), training().start(network()))
    third = [history.advance() for _ in range(5)][2]
    assert history.at(3) is third


def test_what_is_no_history() -> None:
    one = training()
    start = one.start(network())
    history = History(one, start)
    with pytest.raises(IndexError, match="there is no update 1: so far there were 0"):
        history.at(1)
    with pytest.raises(IndexError, match="there is no update -1"):
        history.at(-1)
    with pytest.raises(ValueError, match="start must be at update 0, got 2"):
        History(one, after(one, start, 2))
