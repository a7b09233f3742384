"""Tasks that ask a recurrent network to remember over a length that one chooses.

Letters: T time steps, K symbols, N sequences, in the last axis. Sources: Hochreiter & Schmidhuber
1997, 5.4, for the adding problem, here as in Arjovsky et al. 2016 (arXiv:1511.06464), 4.2.
"""

from __future__ import annotations

import numpy as np

from engine.shapes import Array, check_whole


def adding(rng: np.random.Generator, steps: int, count: int) -> tuple[Array, Array]:
    """Each step brings a number from 0 to 1 and a mark; two are marked: what is their sum?

    One mark lies in the first half of the steps and one in the second. Gives x (T,2,N), the
    numbers and the marks, and the sums (1,N). Who always says 1 is off by 1/6 in squared error.
    Errors: ValueError for fewer than 2 steps, or no sequence.
    """
    check_whole("adding", "steps", steps, 2)
    check_whole("adding", "count", count, 1)
    values, marks = rng.random((steps, count)), np.zeros((steps, count))
    each = np.arange(count)
    for low, high in ((0, steps // 2), (steps // 2, steps)):
        marks[rng.integers(low, high, count), each] = 1
    return np.stack([values, marks], axis=1), (values * marks).sum(axis=0)[None]


def first_symbol(
    rng: np.random.Generator, symbols: int, steps: int, count: int
) -> tuple[Array, Array]:
    """Each step brings one of K symbols by chance: which was the first?

    Gives x (T,K,N), one-hot, and the first symbols (N,), from 0.
    Errors: ValueError for fewer than 2 symbols, no step or no sequence.
    """
    check_whole("first_symbol", "symbols", symbols, 2)
    check_whole("first_symbol", "steps", steps, 1)
    check_whole("first_symbol", "count", count, 1)
    drawn = rng.integers(symbols, size=(steps, count))
    return np.eye(symbols)[drawn].transpose(0, 2, 1), drawn[0]
