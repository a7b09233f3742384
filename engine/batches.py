"""Which examples each update uses: a fresh order in every epoch, cut into batches.

An epoch is ceil(N/B) updates; its last batch is ragged when B does not divide N.
Source: Goodfellow et al. 2016, 8.1.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.shapes import Array, check_whole


@lru_cache(maxsize=16)
def order(seed: int, epoch: int, count: int) -> Array:
    """A permutation of `count` examples that seed and epoch alone determine; read-only."""
    permutation = np.random.default_rng((seed, epoch)).permutation(count)
    permutation.setflags(write=False)
    return permutation


@dataclass(frozen=True)
class Batches:
    """The batches of a training. count: examples, N. size: examples in a batch, B.

    Errors: ValueError when one is no whole number, or the batch is larger than the data.
    """

    count: int
    size: int
    seed: int = 0

    def __post_init__(self) -> None:
        check_whole("Batches", "count", self.count, 1)
        check_whole("Batches", "size", self.size, 1)
        check_whole("Batches", "seed", self.seed, 0)
        if self.size > self.count:
            raise ValueError(
                f"Batches: size must be at most the {self.count} examples, got {self.size}"
            )

    @property
    def per_epoch(self) -> int:
        """How many updates go over all examples once: ceil(N/B)."""
        return -(-self.count // self.size)

    def epoch(self, update: int) -> int:
        """The epoch that an update is in, both from 0."""
        return update // self.per_epoch

    def examples_seen(self, update: int) -> int:
        """How many examples the updates before this one have used, each use counted."""
        epochs, batches = divmod(update, self.per_epoch)
        return epochs * self.count + min(batches * self.size, self.count)

    def indices(self, update: int) -> Array:
        """The examples of update number `update`, from 0. A batch of everything takes them in
        their own order: another one would change nothing but the rounding."""
        if self.size == self.count:
            return np.arange(self.count)
        epoch, batch = divmod(update, self.per_epoch)
        start = batch * self.size
        return order(self.seed, epoch, self.count)[start : start + self.size]
