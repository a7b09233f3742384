"""The networks of the lesson: how each is trained, once for the same settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.autoencoder import LINEAR, autoencoder
from engine.batches import Batches
from engine.descent import Adam, Momentum, Plain, Rule
from engine.network import Network
from engine.schedule import WarmUpCosine
from engine.training import State, Training, evaluate
from lessons.autoencoder.pictures import PIXELS, noisy_digits, training_digits, unseen_digits
from lessons.kit.recording import Recording
from lessons.kit.training import recorded

TEST = "test"
"""The curve of the loss on the test digits."""
TESTED_EVERY = 15
"""Updates from one test to the next: three times an epoch."""
BATCH = 32
PACE = 50
"""Updates a second at which a training is watched at first."""
BOUND = 16 * 2**20
"""Bytes of kept states: several recordings are kept at a time."""

RULES: Mapping[str, Rule] = {"Adam": Adam(), "momentum": Momentum(0.9), "plain": Plain()}


@dataclass(frozen=True)
class Plan:
    """How an autoencoder is built and trained; equal plans give equal numbers, bit for bit."""

    code: int
    hidden: tuple[int, ...] = (32,)
    """Lengths of the layers between input and code."""
    activation: str = "relu"
    optimiser: str = "Adam"
    rate: float = 0.01
    """The highest of a warm-up and a cosine."""
    epochs: int = 20
    noise: float = 0.0
    """Standard deviation of the noise on the input; the target is clean."""
    test_noise: float = 0.0
    """The same for the curve TEST."""
    seed: int = 0

    @property
    def updates(self) -> int:
        return self.epochs * Batches(training_digits().shape[1], BATCH).per_epoch

    @property
    def network(self) -> Network:
        """Before training. The output is squashed between 0 and 1, as pixels are; a linear network
        does without, since it would not be one."""
        output = LINEAR if self.activation == LINEAR else "sigmoid"
        rng = np.random.default_rng(self.seed)
        return autoencoder(rng, (PIXELS, *self.hidden, self.code), self.activation, output)

    @property
    def training(self) -> Training:
        x, updates = training_digits(), self.updates
        schedule = WarmUpCosine(self.rate, updates, updates // 20)
        return Training(x, x, BATCH, RULES[self.optimiser], schedule, self.seed, self.noise)


MAP = Plan(code=2, hidden=(64, 32), activation="tanh", rate=0.02, seed=10)
"""The network whose code is drawn as a map: two numbers. Of several starts, one whose codes lie
well around zero."""


@lru_cache(maxsize=8)
def recording(plan: Plan) -> Recording[State]:
    """The training of a plan, with the error on the test digits as the curve TEST."""
    clean = unseen_digits()
    x = noisy_digits(plan.test_noise)["y"] if plan.test_noise else clean

    def measure(state: State) -> dict[str, float]:
        if state.update % TESTED_EVERY and state.update != plan.updates:
            return {}
        return {TEST: evaluate(state.network, x, clean).loss}

    return recorded(plan.training, plan.network, plan.updates, measure, BOUND)


def trained(plan: Plan) -> Network:
    """The network at the end of its training."""
    kept = recording(plan)
    kept.reach(plan.updates)
    return kept.state(kept.ready).network


LINEAR_TEST, BENT_TEST = "linear", "bent"
"""The curves of a race."""


@dataclass(frozen=True, eq=False)
class Race:
    """Two trainings after the same number of updates."""

    linear: State
    """Without activations: 64 numbers, the code, 64 numbers."""
    bent: State
    """With a hidden layer and a relu on either side of the code."""


@lru_cache(maxsize=3)
def race(code: int) -> Recording[Race]:
    """A linear autoencoder and one that is not, with codes of the same length."""
    plans = (linear_plan(code), Plan(code))
    linear, bent = (plan.training for plan in plans)
    x = unseen_digits()

    def measure(both: Race) -> dict[str, float]:
        if both.linear.update % TESTED_EVERY and both.linear.update != plans[0].updates:
            return {}
        return {
            LINEAR_TEST: evaluate(both.linear.network, x, x).loss,
            BENT_TEST: evaluate(both.bent.network, x, x).loss,
        }

    return Recording(
        Race(linear.start(plans[0].network), bent.start(plans[1].network)),
        lambda both: Race(linear.advance(both.linear), bent.advance(both.bent)),
        plans[0].updates,
        nbytes=lambda both: both.linear.nbytes + both.bent.nbytes,
        measure=measure,
        bound=BOUND,
    )


def linear_plan(code: int) -> Plan:
    """The training of the linear autoencoder in a race."""
    return Plan(code, hidden=(), activation=LINEAR, rate=0.1)
