"""L1, L8 and L11: what becomes of states and gradients over many steps."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.activation import sigmoid, tanh
from engine.long_chain import highway, rnn_product
from engine.lstm import lstm
from engine.recurrent_init import lstm_parameters
from engine.rnn import rnn
from engine.trace import Trace
from lessons.kit.answer import Numeric, OneOf
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick
from lessons.lstm.questions.unit import factor, number, tenths, unit


def _one_unit_rnn(w: float, h: float, steps: int) -> Trace:
    """An RNN of one unit whose weight is w, with a hidden state that stays at h."""
    one = np.ones((1, 1))
    stays = np.array([np.arctanh(h) - w * h])
    return rnn(0 * np.ones((steps, 1)), one, w * one, stays, one, np.zeros(1), np.array([h]))


def _rnn_chain(rng: np.random.Generator) -> Draft:
    w, slope, steps = tenths(rng, 0.5, 0.9), pick(rng, (0.5, 0.8)), int(rng.integers(2, 4))
    h = float(np.sqrt(1 - slope))
    chain = rnn_product(_one_unit_rnn(w, h, steps + 1))
    truth = float(chain["product"][0, 0, 0])
    return Draft(
        prompt=(
            f"An RNN of one unit: its weight W is {number(w)}, and the slope of its tanh is "
            f"{number(slope)} at every step. Which part of a gradient is left {steps} steps back?"
        ),
        kind=Numeric(relative=0.02),
        truth=truth,
        mistakes=(
            Mistake(
                "slope-forgotten",
                w**steps,
                "Each step back goes through tanh as well: times its slope.",
            ),
            Mistake("weight-forgotten", slope**steps, "Each step back goes through W as well."),
            Mistake("one-step", w * slope, "That is one step. Every step multiplies again."),
            Mistake(
                "added-up",
                w * slope * steps,
                "You multiplied by the steps. The chain rule multiplies step by step: a power.",
            ),
        ),
        explanation=f"({number(w)} · {number(slope)})^{steps} = {number(truth)}.",
    )


def _steps_left(rng: np.random.Generator) -> Draft:
    factor, part = pick(rng, (0.5, 0.6, 0.7, 0.8)), pick(rng, (0.1, 0.05, 0.01))
    # With W = factor and h at 0, where tanh has the slope 1, a step keeps the factor.
    left = rnn_product(_one_unit_rnn(factor, 0.0, 40))["left"][::-1]
    truth = float(np.argmax(left < part))
    if np.abs(left / part - 1).min() < 0.01:
        raise Redraw
    return Draft(
        prompt=(
            f"Each step back through an RNN leaves {number(factor)} of a gradient. After how many "
            f"steps is less than {number(part)} of it left for the first time?"
        ),
        kind=Numeric(unit="steps"),
        truth=truth,
        mistakes=(
            Mistake(
                "loss-added-up",
                float(np.ceil((1 - part) / (1 - factor))),
                "You took away the same amount at each step. Each step takes its part of what is "
                "left.",
            ),
            Mistake("one-step-short", truth - 1, "There is still a little more left then."),
            Mistake("counted-from-one", truth + 1, "It is below that one step earlier already."),
        ),
        explanation=(
            f"{number(factor)}^{truth:.0f} ≈ {number(float(left[int(truth)]))} is the first power "
            f"below {number(part)}."
        ),
    )


def _forget_product(rng: np.random.Generator) -> Draft:
    f, steps = pick(rng, (0.5, 0.8, 0.9)), int(rng.integers(2, 5))
    chain = highway(unit(f=f, steps=steps + 1))
    truth = float(chain["product"][0, 0])
    return Draft(
        prompt=(
            f"A unit's forget gate is {number(f)} at every step. Along the cell path, which part "
            f"of a gradient is left {steps} steps back?"
        ),
        kind=Numeric(relative=0.02),
        truth=truth,
        mistakes=(
            Mistake(
                "nothing-vanishes",
                1.0,
                "The path multiplies by f at every step. It is without loss only where f is 1: an "
                "LSTM makes vanishing milder, it does not end it.",
            ),
            Mistake("one-step", f, "That is one step. Every step multiplies by f again."),
            Mistake("forget-inverted", (1 - f) ** steps, "You took 1 − f. f is what stays."),
            Mistake("added-up", f * steps, "You multiplied by the steps: it is a power."),
        ),
        explanation=f"{number(f)}^{steps} = {number(truth)}.",
    )


def _held_shut(rng: np.random.Generator) -> Draft:
    i, g = [tenths(rng, 0.2, 0.9) for _ in range(3)], [tenths(rng, -0.9, 0.9) for _ in range(3)]
    if min(map(abs, g)) < 0.2:
        raise Redraw
    truth = float(unit(2.0, f=0, i=np.array(i), g=np.array(g), steps=3)["c"][-1, 0])
    pairs = ", ".join(f"({number(a)}, {number(b)})" for a, b in zip(i, g, strict=True))
    added = sum(a * b for a, b in zip(i, g, strict=True))
    return Draft(
        prompt=(
            "The forget gate is held at 0. Before the first step c is 2. In three steps input gate "
            f"and candidate are (i, g) = {pairs}. What is c after the third?"
        ),
        kind=Numeric(tolerance=0.011),
        truth=truth,
        mistakes=(
            Mistake(
                "forget-inverted", 2 + added, "You kept everything. f = 0 erases; f = 1 keeps."
            ),
            Mistake(
                "still-adds-up", added, "At each step f = 0 erases what the steps before had added."
            ),
            Mistake("input-gate-forgotten", g[-1], "The input gate scales the candidate."),
        ),
        explanation=(
            f"Nothing is left of before: c = {number(i[-1])} · {factor(g[-1])} = {number(truth)}."
        ),
    )


def _gate_numbers(rng: np.random.Generator) -> Draft:
    H, D = pick(rng, (5, 8, 16, 20)), pick(rng, (3, 6, 10))
    weights: dict[str, Any] = lstm_parameters(np.random.default_rng(0), D, H, 1)
    trace = lstm(np.zeros((1, D)), **weights)
    truth = float(sum(trace[gate].size for gate in "fio"))
    return Draft(
        prompt=(
            f"An LSTM with {H} units reads {D} numbers a step. How many numbers between 0 and 1 do "
            "its gates give in one step?"
        ),
        kind=Numeric(unit="numbers"),
        truth=truth,
        mistakes=(
            Mistake("gate-is-a-number", 3.0, "A gate is a vector: it has a number for every unit."),
            Mistake(
                "candidate-as-gate",
                4.0 * H,
                "You counted the candidate. It is a value from −1 to 1, not a gate.",
            ),
            Mistake("one-gate", float(H), "That is one gate. There are three: f, i and o."),
            Mistake("gates-of-input", 3.0 * (H + D), "They read that many numbers, but give H."),
        ),
        explanation=f"Three gates, f, i and o, of {H} numbers each: {truth:.0f}.",
    )


def _forget_bias(rng: np.random.Generator) -> Draft:
    b = float(pick(rng, (-4, -3, -2, -1, 1, 2, 3, 4)))
    truth, squashed = float(sigmoid(np.array(b))["y"]), float(tanh(np.array(b))["y"])

    def says(value: float) -> str:
        return f"f ≈ {number(round(value, 2))}"

    return Draft(
        prompt=(
            "Before training the weights are small, so a_f is hardly more than the bias b_f. With "
            f"b_f = {number(b)}, what is the forget gate about?"
        ),
        kind=OneOf(),
        truth=says(truth),
        mistakes=(
            Mistake(
                "bias-inverted",
                says(1 - truth),
                "Turned round: a large bias opens the gate, and an open gate keeps.",
            ),
            Mistake("candidate-as-gate", says(squashed), "That is tanh. A gate is σ, from 0 to 1."),
            Mistake("bias-ignored", says(0.5), "σ(0) is a half; the bias moves it."),
        ),
        explanation=f"σ({number(b)}) ≈ {number(round(truth, 2))}.",
    )


TEMPLATES = (
    Template("rnn-chain", "Back through an RNN", ("L1",), _rnn_chain),
    Template("steps-left", "How far back?", ("L1",), _steps_left),
    Template("forget-product", "Back along the cell", ("L11",), _forget_product),
    Template("held-shut", "A gate held shut", ("L8", "L6"), _held_shut),
    Template("gate-numbers", "How many numbers is a gate?", ("L8",), _gate_numbers),
    Template("forget-bias", "The forget bias", ("L8",), _forget_bias),
)
