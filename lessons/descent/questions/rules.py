"""D7: a step of momentum, where its velocity ends, and a rate that changes."""

from __future__ import annotations

import numpy as np

from engine.descent import Momentum
from engine.notation import format_number
from engine.schedule import StepDecay
from lessons.kit.answer import Numeric
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick


def _momentum_step(rng: np.random.Generator) -> Draft:
    w, velocity, dw = (float(n) for n in rng.integers(-6, 7, size=3))
    momentum, rate = 0.5, pick(rng, (0.1, 0.5, 1.0))
    if 0 in (velocity, dw):
        raise Redraw
    memory = {"velocity": np.asarray(velocity)}
    step = Momentum(momentum).step(np.asarray(w), np.asarray(dw), memory, rate, 0)
    new = float(step["velocity_new"])
    truth = round(float(step["w_new"]), 9)
    return Draft(
        prompt=(
            f"w = {format_number(w)}, velocity {format_number(velocity)}, gradient "
            f"{format_number(dw)}, momentum {momentum:g}, rate {rate:g}. What is w after a step?"
        ),
        kind=Numeric(),
        truth=truth,
        mistakes=(
            Mistake(
                "velocity-forgotten",
                round(w - rate * dw, 9),
                "That is plain gradient descent. The velocity moves w, not the gradient alone.",
            ),
            Mistake(
                "old-velocity",
                round(w - rate * velocity, 9),
                "That is the velocity from before. It takes in the gradient first.",
            ),
            Mistake(
                "gradient-points-downhill",
                round(w + rate * new, 9),
                "That goes along the velocity of gradients: uphill. It is subtracted.",
            ),
            Mistake(
                "damped",
                round(w - rate * (momentum * velocity + (1 - momentum) * dw), 9),
                "That takes in a part of the gradient, as a running mean does. Momentum takes all.",
            ),
        ),
        explanation=(
            f"velocity = {momentum:g} · ({format_number(velocity)}) + ({format_number(dw)}) = "
            f"{format_number(new)}; then {format_number(w)} − {rate:g} · ({format_number(new)}) = "
            f"{format_number(truth)}."
        ),
    )


def _terminal_speed(rng: np.random.Generator) -> Draft:
    momentum, dw = pick(rng, (0.5, 0.75, 0.8, 0.9, 0.95)), float(pick(rng, (1, 2, 3, 4, 5)))
    rule, velocity = Momentum(momentum), np.zeros(())
    for update in range(500):
        step = rule.step(np.zeros(()), np.asarray(dw), {"velocity": velocity}, 0.1, update)
        velocity = step["velocity_new"]
    return Draft(
        prompt=(
            f"Down a long even slope the gradient is {dw:g} everywhere. With momentum "
            f"{momentum:g}, which velocity does a run come to in the end?"
        ),
        kind=Numeric(tolerance=0.01),
        truth=round(float(velocity), 6),
        mistakes=(
            Mistake("plain", dw, "That is the first velocity. A share of it is kept each time."),
            Mistake(
                "share-of-gradient",
                momentum * dw,
                "That is what is kept of one gradient. They add up.",
            ),
            Mistake(
                "two-steps",
                (1 + momentum) * dw,
                "That is the velocity after two updates. It goes on growing.",
            ),
        ),
        explanation=(
            f"It stops growing where v = {momentum:g} · v + {dw:g}: at {dw:g} / (1 − "
            f"{momentum:g}) = {format_number(float(velocity))}."
        ),
    )


def _scheduled_rate(rng: np.random.Generator) -> Draft:
    start, every = pick(rng, (0.8, 0.4, 0.2, 1.6)), pick(rng, (10, 20, 50, 100))
    update = every * int(rng.integers(2, 4)) + int(rng.integers(1, every))
    schedule = StepDecay(start, 0.5, every)
    truth, drops = schedule.rate(update), update // every
    return Draft(
        prompt=(
            f"The rate starts at {start:g} and is halved every {every} updates. What is it at "
            f"update number {update}, counted from 0?"
        ),
        kind=Numeric(tolerance=0.001),
        truth=truth,
        mistakes=(
            Mistake("halved-once", start / 2, "It has been halved more than once by then."),
            Mistake(
                "one-too-many",
                start * 0.5 ** (drops + 1),
                f"One halving too many: the next comes at update {every * (drops + 1)}.",
            ),
            Mistake("never-halved", start, "That is the rate of the first updates."),
            Mistake(
                "divided-by-count",
                start / drops,
                "Each halving works on what the one before has left.",
            ),
        ),
        explanation=(
            f"⌊{update} / {every}⌋ = {drops} halvings: {start:g} · 0.5^{drops} = "
            f"{format_number(truth, 4)}."
        ),
    )


TEMPLATES = (
    Template("momentum-step", "One step with momentum", ("D7",), _momentum_step),
    Template("terminal-speed", "A velocity in the end", ("D7",), _terminal_speed),
    Template("scheduled-rate", "A rate that changes", ("D7",), _scheduled_rate),
)
