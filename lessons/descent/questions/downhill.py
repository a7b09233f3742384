"""D1: one step, its direction, how large a rate may be, and who computes the gradient."""

from __future__ import annotations

import numpy as np

from engine.descent import Plain
from engine.fit import LINE
from engine.fit_descent import Descent
from engine.network import Network, dense_layer
from engine.notation import format_number
from engine.schedule import Constant
from lessons.kit.answer import Numeric, OneOf
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick


def _one_step(rng: np.random.Generator) -> Draft:
    w = float(rng.integers(-5, 6))
    slope = float(pick(rng, (-6, -5, -4, -3, -2, 2, 3, 4, 5, 6)))
    rate = pick(rng, (0.1, 0.2, 0.5))
    step = Plain().step(np.asarray(w), np.asarray(slope), {}, rate, 0)
    truth = round(float(step["w_new"]), 9)
    shown = format_number(slope)
    return Draft(
        prompt=(
            f"The weight is {format_number(w)}, the gradient dL/dw is {shown}, the rate is "
            f"{rate:g}. What is the weight after one update?"
        ),
        kind=Numeric(),
        truth=truth,
        mistakes=(
            Mistake(
                "gradient-points-downhill",
                round(w + rate * slope, 9),
                "That is a step along the gradient: uphill. The gradient is subtracted.",
            ),
            Mistake(
                "no-rate",
                w - slope,
                "You took away the whole gradient. The step is the rate times that.",
            ),
            Mistake(
                "step-for-weight",
                round(-rate * slope, 9),
                "That is the step. The weight takes it from where it stands.",
            ),
            Mistake(
                "rate-alone",
                round(w - rate * np.sign(slope), 9),
                "You went as far as the rate says. The step is the rate times the gradient.",
            ),
        ),
        explanation=(f"{format_number(w)} − {rate:g} · ({shown}) = {format_number(truth)}."),
    )


_WAYS = {
    (1, -1): "gradient above zero, w gets smaller",
    (1, 1): "gradient above zero, w gets larger",
    (-1, 1): "gradient below zero, w gets larger",
    (-1, -1): "gradient below zero, w gets smaller",
}


def _which_direction(rng: np.random.Generator) -> Draft:
    goal, w = (float(n) for n in rng.integers(-6, 7, size=2))
    if abs(goal - w) < 2:
        raise Redraw
    descent = Descent(LINE, {"x": np.ones(1)}, np.array([goal]), 1, Plain(), Constant(0.1))
    state = descent.start({"w": w})
    run = descent.run(state)
    slope = int(np.sign(run["dw"]))
    move = int(np.sign(descent.advance(state).weights["w"] - w))
    others = [pair for pair in _WAYS if pair != (slope, move)]
    said = {
        (slope, -move): (
            "gradient-points-downhill",
            "The slope is right; but a step goes against it, and so towards the lowest place.",
        ),
        (-slope, move): (
            "slope-turned",
            "The move is right. The slope has the other sign: it says which way the loss rises.",
        ),
        (-slope, -move): (
            "both-turned",
            f"Draw it: the lowest place is at {format_number(goal)}. On which side of it is w, and "
            "which way is up there?",
        ),
    }
    return Draft(
        prompt=(
            f"The loss is ½ · (w − {_bracketed(goal)})², and w is {format_number(w)}. Which sign "
            "has the gradient there, and where does a small step lead?"
        ),
        kind=OneOf(),
        truth=_WAYS[slope, move],
        mistakes=tuple(Mistake(said[pair][0], _WAYS[pair], said[pair][1]) for pair in others),
        explanation=(
            f"The gradient is w − {_bracketed(goal)} = {format_number(float(run['dw']))}. The step "
            f"goes the other way, towards {format_number(goal)}."
        ),
    )


def _bracketed(number: float) -> str:
    text = format_number(number)
    return f"({text})" if number < 0 else text


_CREEPS = "they come nearer, all on one side"
_JUMPS = "they jump from side to side, and come nearer"
_LEAVES = "they jump from side to side, and go away"
_LANDS = "the first one lands on the lowest place"


def _rate_limit(rng: np.random.Generator) -> Draft:
    root = pick(rng, (1.0, 2.0, 3.0))
    steep = root**2
    part = pick(rng, (0.2, 0.5, 1.0, 1.6, 1.8, 2.4, 3.0))
    rate = round(part / steep, 3)
    if abs(rate * steep - part) > 1e-9:
        raise Redraw
    descent = Descent(LINE, {"x": np.array([root])}, np.zeros(1), 1, Plain(), Constant(rate))
    w = float(descent.advance(descent.start({"w": 1.0})).weights["w"])
    if abs(w) < 1e-9:
        truth = _LANDS
    elif w > 0:
        truth = _CREEPS
    else:
        truth = _JUMPS if w > -1 else _LEAVES
    told = {
        _CREEPS: (
            "rate-underrated",
            "A step is rate times gradient: compare it with the way to the lowest place.",
        ),
        _JUMPS: (
            "jump-means-nearer",
            "What is the weight after one update: nearer to 0 than 1 is, or farther?",
        ),
        _LEAVES: (
            "every-jump-diverges",
            "Put the numbers in for one update: how far from 0 is the weight then?",
        ),
        _LANDS: (
            "lands-at-once",
            "That takes a step of exactly 1: a rate of one over the steepness.",
        ),
    }
    return Draft(
        prompt=(
            f"The gradient is {steep:g} · w, so the lowest place is w = 0. From w = 1 with the "
            f"rate {rate:g}: what do the updates do?"
        ),
        kind=OneOf(),
        truth=truth,
        mistakes=tuple(Mistake(told[one][0], one, told[one][1]) for one in told if one != truth),
        explanation=(
            f"One update: 1 − {rate:g} · {steep:g} = {format_number(w)}; every further one "
            "multiplies by that again."
        ),
    )


def _backprop_or_descent(rng: np.random.Generator) -> Draft:
    inputs, outputs = int(rng.integers(3, 9)), int(rng.integers(2, 6))
    batch = pick(rng, (8, 16, 32, 64))
    network = Network((dense_layer("out", rng, inputs, outputs),))
    count = network.parameter_count
    return Draft(
        prompt=(
            f"A dense layer from {inputs} inputs to {outputs} outputs, with biases, is trained on "
            f"a batch of {batch}. What does backpropagation hand to gradient descent?"
        ),
        kind=OneOf(),
        truth=f"{count} gradients",
        mistakes=(
            Mistake(
                "backprop-is-descent",
                f"{count} new parameters",
                "Those come from gradient descent. Backpropagation computes the gradients and "
                "changes nothing.",
            ),
            Mistake(
                "gradient-per-example",
                f"{count * batch} gradients",
                "The loss is a mean over the batch: each parameter gets one gradient, the mean.",
            ),
            Mistake(
                "biases-forgotten",
                f"{inputs * outputs} gradients",
                "Biases are parameters too, one for each output.",
            ),
        ),
        explanation=(
            f"{inputs} · {outputs} weights and {outputs} biases: {count} parameters, a gradient "
            "for each. What is done with them is up to the update rule."
        ),
    )


TEMPLATES = (
    Template("one-step", "One step", ("D1",), _one_step),
    Template("which-direction", "Which way?", ("D1",), _which_direction),
    Template("rate-limit", "How large a rate?", ("D1",), _rate_limit),
    Template("backprop-or-descent", "Who does what?", ("D1",), _backprop_or_descent),
)
