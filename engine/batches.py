"""Which examples each update uses: a fresh order in every epoch, cut into batches.

An epoch is ceil(N/B) updates; its last batch is ragged when B does not divide N.
Source: Goodfellow et al. 2016, 8.1.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.relation import relations
from engine.shapes import Array, check_whole
from engine.trace import Trace

EPOCH_RELATIONS = relations("""
per_epoch = (count + size - 1) // size
first[k] = k * size
length[k] = min(size, count - first[k])
""")

PROGRESS_RELATIONS = relations("""
per_epoch = (count + size - 1) // size
epoch = update // per_epoch
examples = epoch * count + min(update % per_epoch * size, count)
""")

_RUNS = 2
"""Tells the orders of many runs apart from that of a single one with the same seed."""


@lru_cache(maxsize=16)
def order(seed: int, epoch: int, count: int) -> Array:
    """A permutation of `count` examples that seed and epoch alone determine; read-only."""
    permutation = np.random.default_rng((seed, epoch)).permutation(count)
    permutation.setflags(write=False)
    return permutation


@lru_cache(maxsize=8)
def orders(seed: int, epoch: int, count: int, runs: int) -> Array:
    """A permutation of `count` examples for each of so many runs, (R,N); read-only."""
    rows = np.tile(np.arange(count), (runs, 1))
    permutations: Array = np.random.default_rng((seed, epoch, _RUNS)).permuted(rows, axis=1)
    permutations.setflags(write=False)
    return permutations


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

    def cut(self) -> Trace:
        """An epoch as a trace: per_epoch, and first (the place of a batch's first example in the
        epoch's order) and length of each batch, (per_epoch,)."""
        first = np.arange(self.per_epoch) * self.size
        return Trace(
            operation="an epoch",
            arrays={
                "per_epoch": np.asarray(self.per_epoch),
                "first": first,
                "length": np.minimum(self.size, self.count - first),
            },
            relations=EPOCH_RELATIONS,
            constants={"count": self.count, "size": self.size},
        )

    def progress(self, update: int) -> Trace:
        """How far so many updates have come, as a trace: update, per_epoch, epoch and examples, the
        examples that they have used."""
        return Trace(
            operation="progress",
            arrays={
                "update": np.asarray(update),
                "per_epoch": np.asarray(self.per_epoch),
                "epoch": np.asarray(self.epoch(update)),
                "examples": np.asarray(self.examples_seen(update)),
            },
            relations=PROGRESS_RELATIONS,
            constants={"count": self.count, "size": self.size},
            meanings={"update": "how many updates there have been"},
        )
