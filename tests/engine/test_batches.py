"""Every epoch uses every example once, in an order that seed and epoch determine."""

from __future__ import annotations

import numpy as np
import pytest

from engine.batches import Batches, order


def test_an_order_is_a_permutation_that_seed_and_epoch_determine() -> None:
    first = order(3, 5, 50)
    np.testing.assert_array_equal(np.sort(first), np.arange(50))
    order.cache_clear()
    np.testing.assert_array_equal(order(3, 5, 50), first)
    assert (order(3, 6, 50) != first).any() and (order(4, 5, 50) != first).any()
    with pytest.raises(ValueError, match="read-only"):
        first[0] = 1


@pytest.mark.parametrize("size", [1, 3, 5, 7, 10])
def test_an_epoch_uses_every_example_once(size: int) -> None:
    batches = Batches(10, size, seed=2)
    assert batches.per_epoch == int(np.ceil(10 / size))
    for epoch in range(3):
        updates = range(epoch * batches.per_epoch, (epoch + 1) * batches.per_epoch)
        parts = [batches.indices(update) for update in updates]
        assert [len(part) for part in parts[:-1]] == [size] * (len(parts) - 1)
        assert len(parts[-1]) == (10 % size or size)
        np.testing.assert_array_equal(np.sort(np.concatenate(parts)), np.arange(10))
        assert {batches.epoch(update) for update in updates} == {epoch}


def test_every_epoch_is_shuffled() -> None:
    batches = Batches(10, 5)
    assert (batches.indices(0) != batches.indices(2)).any()


def test_examples_seen() -> None:
    batches = Batches(10, 4)
    assert [batches.examples_seen(update) for update in range(8)] == [0, 4, 8, 10, 14, 18, 20, 24]
    assert Batches(10, 10).examples_seen(3) == 30


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ((0, 1), "count must be a whole number of at least 1, got 0"),
        ((10, 0), "size must be a whole number of at least 1, got 0"),
        ((10, 11), "size must be at most the 10 examples, got 11"),
        ((10, 2, -1), "seed must be a whole number of at least 0, got -1"),
        ((10, 2.5), "size must be a whole number"),
    ],
)
def test_what_are_no_batches(settings: tuple[int, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Batches(*settings)
