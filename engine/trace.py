"""A trace: the named arrays of one computation, and the relations between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from engine.relation import Relation, over_batch
from engine.shapes import Array, ShapeError

GIVEN_GRADIENT = "the gradient that comes back from whatever used this"
"""What dy stands for where nothing says which operation came next."""


@dataclass(frozen=True)
class Source:
    """Where an array that a trace was given had been computed: the same values, another name."""

    trace: Trace
    name: str


@dataclass(eq=False)
class Trace:
    """What one operation computed, forwards and (once `backward` has run) backwards.

    `trace["y"]` is an array. Gradients carry the name of what they belong to with a `d` in
    front: `dy` stands for dL/dy.
    """

    operation: str
    """The operation's name, as it is said in errors and on screen."""
    arrays: dict[str, Array]
    """Every intermediate by name."""
    relations: Mapping[str, Relation] = field(default_factory=dict)
    """The formula of each array that the operation computed, by the array's name."""
    constants: Mapping[str, int | float] = field(default_factory=dict)
    """Settings that the relations name, such as the stride."""
    fixed: Mapping[str, int] = field(default_factory=dict)
    """Indices that stay what they are in this trace; formulas keep their letters."""
    extents: Mapping[str, int] = field(default_factory=dict)
    """How far an index runs that no array tells by its shape."""
    shared: frozenset[str] = frozenset()
    """Arrays without a batch axis even in a batch: weights and their gradients."""
    batched: bool = False
    """Whether the arrays that are not shared have a last axis n, one place for each example."""
    meanings: Mapping[str, str] = field(default_factory=dict)
    """What an array stands for, in a few words, for those that nothing computes."""
    sources: dict[str, Source] = field(default_factory=dict, repr=False)
    """For arrays computed elsewhere: where."""
    layer: str = ""
    """The name of the layer that ran the operation, in a network."""

    def __getitem__(self, name: str) -> Array:
        try:
            return self.arrays[name]
        except KeyError:
            known = ", ".join(sorted(self.arrays))
            raise KeyError(f"{self.operation} has no array {name!r}; it has {known}") from None

    def __contains__(self, name: str) -> bool:
        return name in self.arrays

    @property
    def names(self) -> dict[str, Any]:
        """What a relation may name: the arrays and the constants."""
        return {**self.constants, **self.fixed, **self.arrays}

    def relation_of(self, name: str) -> Relation | None:
        """The relation that gives an array here, or None when it was given from outside."""
        one = self.relations.get(name)
        if one is None or name not in self.arrays or not self.batched:
            return one if name in self.arrays else None
        return over_batch(one, self.shared, self._scalars())

    def value(self, name: str, index: tuple[int, ...]) -> float:
        """The number at an index. Errors: ShapeError when the index leaves the array."""
        array = np.asarray(self[name])
        if len(index) != array.ndim or not all(
            0 <= part < length for part, length in zip(index, array.shape, strict=True)
        ):
            raise ShapeError(f"{name}{list(index)} is not in the array of shape {array.shape}")
        return float(array[index])

    def recompute(self, name: str, index: tuple[int, ...]) -> float:
        """The number at an index as its relation gives it. Errors: RelationError, KeyError."""
        one = self.relation_of(name)
        if one is None:
            raise KeyError(f"{self.operation} has no relation for {name!r}")
        return float(one.value(self.names, index, self.extents))

    def recompute_many(self, name: str, indices: Array) -> Array:
        """The numbers at many indices, (M, axes), as their relation gives them. Errors: as
        `recompute`."""
        one = self.relation_of(name)
        if one is None:
            raise KeyError(f"{self.operation} has no relation for {name!r}")
        return one.values(self.names, indices, self.extents)

    def example(self, n: int) -> Trace:
        """One example of a batch: views without the batch axis; gradients of weights left out,
        since those sum over the batch."""
        return self._example(n, {})

    def _example(self, n: int, done: dict[int, Trace]) -> Trace:
        """`done` holds the views made so far: links go round in a network, forwards and back."""
        if not self.batched:
            return self
        if id(self) in done:
            return done[id(self)]
        arrays = {
            name: array if name in self.shared else array[..., n]
            for name, array in self.arrays.items()
            if not (name in self.shared and name in self.relations)
        }
        view = replace(self, arrays=arrays, batched=False, sources={})
        done[id(self)] = view
        for name, source in self.sources.items():
            view.sources[name] = Source(source.trace._example(n, done), source.name)
        return view

    def link(self, name: str, trace: Trace, source_name: str) -> None:
        """Say that the array `name` was computed by another trace, so that "why?" goes there."""
        if self[name].shape != trace[source_name].shape:
            raise ShapeError(
                f"{self.operation}: {name} has the shape {self[name].shape}, but its source "
                f"{trace.operation} {source_name} has {trace[source_name].shape}"
            )
        self.sources[name] = Source(trace, source_name)

    def _scalars(self) -> frozenset[str]:
        """Per-example arrays that have no other axis than the batch's."""
        return frozenset(
            name
            for name, array in self.arrays.items()
            if name not in self.shared and array.ndim == 1
        )
