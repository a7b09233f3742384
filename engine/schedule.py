"""Learning-rate schedules: the rate of each update, as a function of its number alone.

Updates count from 0. A schedule over a known number of updates arrives at its end with the last
of them and stays there. Sources: Goodfellow et al. 2016, 8.3.1 (decay); Loshchilov & Hutter 2017
(arXiv:1608.03983), equation 5, without restarts (cosine); Goyal et al. 2017 (arXiv:1706.02677),
2.2 (warm-up).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import cos, pi
from typing import ClassVar, Protocol

import numpy as np

from engine.relation import Relation, relations
from engine.shapes import check_whole
from engine.trace import Trace


class Schedule(Protocol):
    """The learning rate over a training."""

    def rate(self, update: int) -> float:
        """The rate of update number `update`, from 0."""

    def trace(self, update: int) -> Trace:
        """The same rate as a trace with the scalar `rate`, which answers "why?"."""


@dataclass(frozen=True)
class _Explained:
    """What all schedules have: a relation with their own settings as its constants."""

    formula: ClassVar[Mapping[str, Relation]]

    def rate(self, update: int) -> float:
        """The rate of update number `update`, from 0."""
        raise NotImplementedError

    def trace(self, update: int) -> Trace:
        """The same rate as a trace with the scalar `rate`, which answers "why?"."""
        return Trace(
            operation="learning rate",
            arrays={"rate": np.array(self.rate(update))},
            relations=self.formula,
            constants={**asdict(self), "update": update, "pi": pi},
        )


@dataclass(frozen=True)
class Constant(_Explained):
    """The same rate for every update."""

    value: float

    formula = relations("rate = value")

    def __post_init__(self) -> None:
        _check_rates(self, "value")

    def rate(self, update: int) -> float:
        """The rate of update number `update`, from 0."""
        return self.value


@dataclass(frozen=True)
class StepDecay(_Explained):
    """The rate is multiplied by `factor` every so many updates."""

    value: float
    factor: float
    every: int

    formula = relations("rate = value * factor**(update // every)")

    def __post_init__(self) -> None:
        _check_rates(self, "value", "factor")
        check_whole("StepDecay", "every", self.every, 1)

    def rate(self, update: int) -> float:
        """The rate of update number `update`, from 0."""
        return float(self.value * self.factor ** (update // self.every))


@dataclass(frozen=True)
class Cosine(_Explained):
    """From `value` down to `end` along half a wave of the cosine."""

    value: float
    updates: int
    end: float = 0.0

    formula = relations(
        "rate = end + (value - end) * (1 + cos(pi * min(update, updates) / updates)) / 2"
    )

    def __post_init__(self) -> None:
        _check_rates(self, "value", "end")
        check_whole("Cosine", "updates", self.updates, 1)

    def rate(self, update: int) -> float:
        """The rate of update number `update`, from 0."""
        return _half_wave(self.value, self.end, min(update, self.updates) / self.updates)


@dataclass(frozen=True)
class _WarmUp(_Explained):
    """Along a line from `start` to `peak` during `warm_up` updates, then down to `end`."""

    peak: float
    updates: int
    warm_up: int
    start: float = 0.0
    end: float = 0.0

    def __post_init__(self) -> None:
        name = type(self).__name__
        _check_rates(self, "peak", "start", "end")
        check_whole(name, "updates", self.updates, 1)
        check_whole(name, "warm_up", self.warm_up, 0)
        if self.warm_up >= self.updates:
            raise ValueError(
                f"{name}: warm_up must be below updates = {self.updates}, got {self.warm_up}"
            )

    def rate(self, update: int) -> float:
        """The rate of update number `update`, from 0."""
        if update < self.warm_up:
            return self.start + (self.peak - self.start) * update / self.warm_up
        after = min(update, self.updates) - self.warm_up
        return self.fall(after / (self.updates - self.warm_up))

    def fall(self, part: float) -> float:
        """The rate when a part, 0 to 1, of the way after the warm-up is gone."""
        raise NotImplementedError


@dataclass(frozen=True)
class WarmUpLinear(_WarmUp):
    """Along a line from `start` to `peak` during `warm_up` updates, then along one to `end`."""

    formula = relations("""
    rate = (start + (peak - start) * update / warm_up if update < warm_up
        else peak + (end - peak) * (min(update, updates) - warm_up) / (updates - warm_up))
    """)

    def fall(self, part: float) -> float:
        """The rate when a part, 0 to 1, of the way after the warm-up is gone."""
        return self.peak + (self.end - self.peak) * part


@dataclass(frozen=True)
class WarmUpCosine(_WarmUp):
    """Along a line from `start` to `peak` during `warm_up` updates, then a cosine to `end`."""

    formula = relations("""
    rate = (start + (peak - start) * update / warm_up if update < warm_up
        else end + (peak - end) * (1 + cos(pi * (min(update, updates) - warm_up)
            / (updates - warm_up))) / 2)
    """)

    def fall(self, part: float) -> float:
        """The rate when a part, 0 to 1, of the way after the warm-up is gone."""
        return _half_wave(self.peak, self.end, part)


def _half_wave(high: float, low: float, part: float) -> float:
    return low + (high - low) * (1 + cos(pi * part)) / 2


def _check_rates(schedule: _Explained, *arguments: str) -> None:
    for argument in arguments:
        value = getattr(schedule, argument)
        if not 0 <= value < float("inf"):
            raise ValueError(
                f"{type(schedule).__name__}: {argument} must be a number from 0 on, got {value!r}"
            )
