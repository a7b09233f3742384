"""The pictures of the lesson, each a column of 64 numbers: digits, and what is none."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

from engine.conv_place import renamed
from engine.noise import noisy
from engine.shapes import Array
from engine.trace import Trace
from lessons.data import digit_split, digits, photograph

SIDE = 8
PIXELS = SIDE * SIDE
PIXEL = "a pixel: 0 is paper, 1 is ink"
STRANGERS = ("digit", "turned", "inverted", "scrambled", "noise", "cat", "chess", "blank")
"""What the lab on anomalies can look at; only the first is a digit as people write it."""
_SEED = 5


@cache
def training_digits() -> Array:
    """What the networks are trained on: (64,1437)."""
    return _columns(digit_split("random")[0])


@cache
def unseen_digits() -> Array:
    """Digits that no network has seen in training: (64,360)."""
    return _columns(digit_split("random")[1])


@cache
def unseen_labels() -> Array:
    """Which digits these are, (360,). No network is ever told."""
    return _frozen(digits()[1][digit_split("random")[1]])


@cache
def all_digits() -> tuple[Array, Array]:
    """All of them, (64,1797), with what they are, (1797,)."""
    return _columns(np.arange(len(digits()[1]))), digits()[1]


@cache
def farthest_test_digit() -> float:
    """How far a test digit is at most from the nearest training digit, as pictures are."""
    test, known = unseen_digits(), training_digits()
    squares = (test**2).sum(axis=0)[:, None] + (known**2).sum(axis=0) - 2 * test.T @ known
    return float(np.sqrt(squares.min(axis=1).max()))


def column_of(digit: int, which: int) -> int:
    """The place among the test digits of one that shows `digit`; `which` counts them, and starts
    again after the last."""
    found = np.flatnonzero(unseen_labels() == digit)
    return int(found[which % len(found)])


def one_of_each(which: int, kinds: tuple[int, ...]) -> Array:
    """A test digit of each kind, (64,len(kinds))."""
    return unseen_digits()[:, [column_of(kind, which) for kind in kinds]]


@cache
def noisy_digits(sigma: float) -> Trace:
    """The test digits with normal noise of that standard deviation, always the same noise."""
    trace = noisy(unseen_digits(), sigma, np.random.default_rng(_SEED), batched=True)
    return renamed(trace, x=PIXEL)


@cache
def stranger(name: str, digit: int, which: int) -> Array:
    """One of STRANGERS, (64,), made from a test digit where it is made from one."""
    own = unseen_digits()[:, column_of(digit, which)].reshape(SIDE, SIDE)
    rng = np.random.default_rng((_SEED, which))
    made: dict[str, Callable[[], Array]] = {
        "digit": lambda: own,
        "turned": lambda: np.rot90(own),
        "inverted": lambda: 1 - own,
        "scrambled": lambda: rng.permutation(own.reshape(-1)),
        "noise": lambda: rng.random((SIDE, SIDE)),
        "cat": lambda: photograph("cat").reshape(SIDE, 7, SIDE, 7).mean(axis=(1, 3)),
        "chess": lambda: np.indices((SIDE, SIDE)).sum(axis=0) % 2 * 1.0,
        "blank": lambda: np.zeros((SIDE, SIDE)),
    }
    return _frozen(np.ascontiguousarray(made[name]().reshape(PIXELS)))


def _columns(rows: Array) -> Array:
    return _frozen(np.ascontiguousarray(digits()[0][rows].reshape(-1, PIXELS).T))


def _frozen(array: Array) -> Array:
    array.setflags(write=False)
    return array
