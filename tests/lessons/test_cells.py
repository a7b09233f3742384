"""Numbers that are edited cell by cell: rows of values, distributions, grids, and steps of one."""

from __future__ import annotations

import numpy as np
import pytest

from lessons.kit.cells import Grid, Values
from lessons.kit.control import Decimal, Scale, SettingError

COIN = (0.5, 0.5)
P = Values(
    name="p",
    label="p",
    default=(0.7, 0.2, 0.1),
    distribution=True,
    least=2,
    presets=(COIN, (0.25, 0.25, 0.25, 0.25)),
)
LOGITS = Values(name="z", label="z", default=(0.0, 1.0), low=-10, high=10, by=0.5, least=2, most=4)


def test_one_number_is_asked_for_as_one() -> None:
    alone = Values(name="p", label="p", default=(0.25,), least=1, most=1)
    assert alone.takes == "1 number from 0 to 1, such as '0.25'"


def test_a_distribution_stays_one_and_the_others_keep_their_shares() -> None:
    changed = P.put(np.array([[0.7], [0.2], [0.1]]), 0, 0, 0.4)
    assert changed == pytest.approx((0.4, 0.4, 0.2))
    assert sum(P.put(np.array([[1.0, 0, 0]]), 0, 0, 0.5)) == pytest.approx(1)
    assert P.put(np.array([[1.0, 0, 0]]), 0, 0, 0.5) == pytest.approx((0.5, 0.25, 0.25))
    assert P.put(np.array([[0.2, 0.8]]), 0, 1, 1.0) == pytest.approx((0, 1))
    assert P.show(P.put(np.array([[0.6, 0.4, 0.0]]), 0, 2, 0.1)) == "0.54 0.36 0.1"


def test_a_fair_coin_takes_one_key_from_anywhere() -> None:
    assert P.step((0.7, 0.2, 0.1), 1) == COIN
    assert P.step(COIN, 1) == (0.25,) * 4
    assert P.step(COIN, -1) == (0.25,) * 4
    assert LOGITS.step((1.0, 2.0), 1) == (1.0, 2.0)


@pytest.mark.parametrize(
    ("text", "value"), [("0.5 0.5", COIN), ("0.2, 0.3 0.5", (0.2, 0.3, 0.5)), ("1 0", (1, 0))]
)
def test_what_is_shown_is_read_back(text: str, value: tuple[float, ...]) -> None:
    assert P.parse(text) == pytest.approx(value)
    assert P.parse(P.show(P.parse(text))) == P.parse(text)


@pytest.mark.parametrize("text", ["0.5", "0.5 0.6", "-0.1 1.1", "nan 1", "a b", "", "1e999 0"])
def test_what_is_no_distribution_is_refused_with_what_it_takes(text: str) -> None:
    with pytest.raises(SettingError, match="numbers from 0 to 1 with the sum 1"):
        P.parse(text)


def test_a_nudge_goes_to_the_next_mark_and_stops_at_the_bounds() -> None:
    shown = np.array([[0.33], [0.67]])
    assert P.nudge(shown, 0, 0, 1)[0] == 0.35
    assert P.nudge(shown, 0, 0, -1)[0] == 0.3
    assert P.nudge(np.array([[0.98], [0.02]]), 0, 0, 1) == (1.0, 0.0)
    assert LOGITS.nudge(np.array([[9.9, 0]]), 0, 0, 1)[0] == 10
    assert LOGITS.nudge(np.array([[-10, 0]]), 0, 0, -1)[0] == -10


def test_a_cell_refuses_what_is_out_of_bounds() -> None:
    with pytest.raises(SettingError, match="from -10 to 10"):
        LOGITS.number("11")
    with pytest.raises(SettingError):
        LOGITS.number("inf")
    assert LOGITS.number("−2.5") == -2.5


def test_a_grid_of_a_size_takes_that_size_alone() -> None:
    grid = Grid(name="ink", label="ink", size=(2, 3), bound=1)
    assert grid.parse("0 1 0 / 1 0 0.5") == ((0, 1, 0), (1, 0, 0.5))
    assert grid.put(np.zeros((2, 3)), 1, 2, 0.5) == ((0, 0, 0), (0, 0, 0.5))
    with pytest.raises(SettingError, match="2 rows of 3"):
        grid.parse("0 1 / 1 0")


def test_scales_and_decimals_stay_on_their_marks() -> None:
    rate = Scale(name="rate", label="rate", values=(0.01, 0.1, 1.0), default=0.1)
    assert [rate.step(0.1, by) for by in (-2, -1, 1, 2)] == [0.01, 0.01, 1.0, 1.0]
    assert rate.parse("0.01") == 0.01
    with pytest.raises(SettingError, match=r"0\.01, 0\.1, 1"):
        rate.parse("0.5")
    x = Decimal(name="x", label="x", low=-1, high=1, by=0.05, default=0)
    value = -1.0
    for _ in range(40):
        value = x.step(value, 1)
    assert value == 1.0 == x.step(1.0, 1)
    assert x.parse("0.123") == 0.123
    assert x.step(0.123, 1) == 0.15
    with pytest.raises(SettingError, match="from -1 to 1"):
        x.parse("2")
