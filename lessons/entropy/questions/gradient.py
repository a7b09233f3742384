"""E6 and E7: what each loss tells the logit, and which loss suits which output."""

from __future__ import annotations

import numpy as np

from engine.neuron import logit_curves
from engine.softmax_jacobian import softmax_jacobian
from lessons.entropy.questions.drawn import listed, said, tenths
from lessons.kit.answer import Numeric, OneOf
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick

SQUARED = "a squared error on a plain output"
SOFTMAX = "softmax and cross-entropy"
SIGMOIDS = "a sigmoid and cross-entropy for each"
THRESHOLD = "a squared error on a sigmoid's output"

SCENES = {
    SQUARED: (
        "tomorrow's temperature",
        "how long a journey takes",
        "the price of a house",
        "how far a ball flies",
    ),
    SOFTMAX: (
        "which of ten digits is written",
        "the next letter of a text",
        "which of five birds is singing",
        "in which language a page is written",
    ),
    SIGMOIDS: (
        "which of twenty things are in a photograph, any number of them",
        "which of eight instruments are playing together",
        "which of twelve topics a text touches, perhaps several",
        "which of six alarms should ring, perhaps none",
    ),
}
"""What is to be predicted, by what suits it."""

REASONS = {
    SQUARED: "A squared error suits a measurement: any number, with an error around it.",
    SOFTMAX: "Softmax suits a choice of exactly one: its probabilities share a sum of 1.",
    SIGMOIDS: "A sigmoid for each suits questions that are answered yes or no independently.",
    THRESHOLD: "Through a sigmoid a squared error hardly learns from what is surely wrong.",
}


def _gradient_sure_wrong(rng: np.random.Generator) -> Draft:
    a, y = pick(rng, (0.01, 0.02, 0.05, 0.1, 0.2, 0.8, 0.9, 0.95, 0.98)), pick(rng, (0, 1))
    squared = rng.random() < 0.6
    known = logit_curves(np.array([np.log(a / (1 - a))]), y)
    mse, cross = (float(known[f"dz_{name}"][0]) for name in ("half_squared_error", "cross_entropy"))
    slope = float(known["slope"][0])
    loss = "½(a − y)²" if squared else "cross-entropy"
    truth, other = (mse, cross) if squared else (cross, mse)
    if abs(mse) < 0.005:  # too small to be said with four decimals
        raise Redraw
    other_message = (
        "That is cross-entropy's gradient. Here the chain goes through the sigmoid: times a(1 − a)."
        if squared
        else "That is the squared error's. With cross-entropy a(1 − a) cancels, and a − y is left."
    )
    return Draft(
        prompt=(
            f"A sigmoid neuron gives a = {said(a)}; the target y is {y}. The loss is {loss}. What "
            "is its gradient on the logit, ∂L/∂z?"
        ),
        kind=Numeric(relative=0.02),
        truth=truth,
        mistakes=(
            Mistake("other-loss", other, other_message),
            Mistake(
                "sign-turned",
                -truth,
                "The sign is turned: the error is a − y, output minus target.",
            ),
            Mistake(
                "slope-only",
                slope,
                "That is σ′ = a(1 − a) alone. It multiplies the error.",
            ),
            Mistake(
                "factor-two",
                2 * truth,
                "That is twice as much: the ½ in the loss takes the 2 away."
                if squared
                else "There is no 2: nothing is squared.",
            ),
            Mistake(
                "on-the-output",
                -1 / a if y else 1 / (1 - a),
                "That is ∂L/∂a of cross-entropy. The sigmoid's slope still has to multiply it.",
            ),
        ),
        explanation=(
            f"(a − y)·a(1 − a) = {said(a - y)} · {said(slope, 4)} = {said(mse, 6)}."
            if squared
            else f"a − y = {said(a)} − {y} = {said(cross)}."
        ),
    )


def _which_loss(rng: np.random.Generator) -> Draft:
    truth = pick(rng, tuple(SCENES))
    scene = pick(rng, SCENES[truth])
    others = [name for name in (*SCENES, THRESHOLD) if name != truth]
    return Draft(
        prompt=f"A network is to predict {scene}. Which output and loss suit that?",
        kind=OneOf(),
        truth=truth,
        mistakes=tuple(
            Mistake(f"chose-{others.index(name)}", name, REASONS[name]) for name in others
        ),
        explanation=REASONS[truth],
    )


def _softmax_gradient(rng: np.random.Generator) -> Draft:
    p = tenths(rng, int(rng.integers(3, 5)))
    target, k = int(rng.integers(len(p))), int(rng.integers(len(p)))
    if k != target and rng.random() < 0.3:
        raise Redraw
    trace = softmax_jacobian(np.log(p), target)
    truth = float(trace["dz"][k])
    own = float(trace["jacobian"][k, k])
    return Draft(
        prompt=(
            f"Softmax gives {listed(p)}. The true class is number {target + 1}. What is the "
            f"gradient of the cross-entropy on the logit of class {k + 1}?"
        ),
        kind=Numeric(tolerance=0.005),
        truth=truth,
        mistakes=(
            Mistake("sign-turned", -truth, "The sign is turned: it is p − y, not y − p."),
            Mistake(
                "softmax-only",
                own,
                "That is p(1 − p), how p moves with its own logit. The loss comes on top, and the "
                "other classes.",
            ),
            Mistake(
                "probability-only",
                float(p[k]),
                "You forgot to take y away: the true class has y = 1.",
            ),
            Mistake(
                "one-taken-always",
                float(p[k] - 1),
                "You took 1 away. That is for the true class alone; this one has y = 0.",
            ),
            Mistake(
                "stopped-at-p",
                float(-1 / p[target]),
                "That is ∂L/∂p of the true class. It still has to go back through softmax.",
            ),
        ),
        explanation=f"p − y = {said(p[k])} − {int(k == target)} = {said(truth)}.",
    )


def _gradients_sum(rng: np.random.Generator) -> Draft:
    p = tenths(rng, 3)
    target, hidden = int(rng.integers(3)), int(rng.integers(3))
    dz = softmax_jacobian(np.log(p), target)["dz"]
    shown = [float(dz[k]) for k in range(3) if k != hidden]
    truth = float(dz[hidden])
    return Draft(
        prompt=(
            f"Three classes, softmax and cross-entropy. The gradients on two of the logits are "
            f"{listed(shown)}. What is the third?"
        ),
        kind=Numeric(tolerance=0.005),
        truth=truth,
        mistakes=(
            Mistake(
                "sums-to-one",
                1 - sum(shown),
                "You filled up to 1, as with probabilities. From p, whose sum is 1, y is taken "
                "away, whose sum is 1 too.",
            ),
            Mistake(
                "sign-turned",
                -truth,
                "That makes the sum twice as large. It must be 0.",
            ),
            Mistake(
                "nothing-known",
                0.0,
                "It need not be 0 itself. All three together are.",
            ),
            Mistake(
                "mean",
                sum(shown) / 2,
                "You took the mean of the two. The three add up to 0.",
            ),
        ),
        explanation=(
            f"Σ (p − y) = 1 − 1 = 0, so the third is minus the sum of the others: {said(truth)}."
        ),
    )


TEMPLATES = (
    Template("gradient-sure-wrong", "Sure, and wrong", ("E6",), _gradient_sure_wrong),
    Template("which-loss", "Which loss for what", ("E6",), _which_loss),
    Template("softmax-gradient", "Through softmax", ("E7",), _softmax_gradient),
    Template("gradients-sum", "What gradients add up to", ("E7",), _gradients_sum),
)
