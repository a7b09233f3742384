"""E5: cross-entropy as a loss. The true class, the floor, logits, and softmax twice."""

from __future__ import annotations

import math

import numpy as np

from engine.information import entropy
from engine.loss import cross_entropy
from lessons.entropy.questions.drawn import halves, listed, said
from lessons.kit.answer import Numeric
from lessons.kit.question import Draft, Mistake, Template, pick

NAMES = ("cat", "dog", "owl", "fox", "bee")


def _loss_of_true(rng: np.random.Generator) -> Draft:
    p = halves(rng)
    target = pick(rng, [k for k in range(len(p)) if p[k] < p.max()])
    loss = cross_entropy(np.log(p), target)
    shown = f"an {NAMES[target]}" if NAMES[target][0] in "aeiou" else f"a {NAMES[target]}"
    classes = ", ".join(f"{NAMES[k]} {said(p[k])}" for k in range(len(p)))
    truth = float(loss["mean_loss"])
    return Draft(
        prompt=(
            f"Softmax gives {classes}. The picture shows {shown}. What is the loss, in "
            f"nats? (ln 2 is {said(math.log(2))}.)"
        ),
        kind=Numeric(unit="nats", tolerance=0.02),
        truth=truth,
        mistakes=(
            Mistake(
                "largest-probability",
                float(-loss["log_p"].max()),
                "That is the surprise at the likeliest class. The loss asks for the true one.",
            ),
            Mistake(
                "in-bits",
                truth / math.log(2),
                "That is in bits. Losses take the natural logarithm.",
            ),
            Mistake(
                "missing-part",
                float(1 - p[target]),
                "That is what is missing to 1. The loss is −ln p, which grows without bound as p "
                "goes to 0.",
            ),
            Mistake(
                "all-classes",
                float(-loss["log_p"].sum()),
                "You added up all classes. The target has all its weight on one.",
            ),
            Mistake(
                "mean-surprise",
                float(entropy(p, "nats")["H"]),
                "That is the entropy of the prediction. The loss asks only what it gave the true "
                "class.",
            ),
        ),
        explanation=(
            f"−ln {said(p[target])} = log2({said(1 / p[target])}) · {said(math.log(2))} = "
            f"{said(truth)} nats."
        ),
    )


def _floor_of_loss(rng: np.random.Generator) -> Draft:
    soft = rng.random() < 0.75
    y = halves(rng) if soft else rng.permutation(np.eye(int(rng.integers(3, 6)))[0])
    known = entropy(y, "nats")
    comes = known["surprise"][y > 0]
    kind = "people disagree about the picture, and the target is" if soft else "the target is"
    return Draft(
        prompt=(
            f"Cross-entropy with softmax; {kind} {listed(y)}. What is the lowest loss that any "
            f"logits can come near, in nats? (ln 2 is {said(math.log(2))}.)"
        ),
        kind=Numeric(unit="nats", tolerance=0.02),
        truth=float(known["H"]),
        mistakes=(
            Mistake(
                "always-zero",
                0.0,
                "Only a one-hot target lets the loss go to 0. Here the floor is the entropy of "
                "the target.",
            ),
            Mistake(
                "in-bits",
                float(entropy(y)["H"]),
                "That is in bits. Losses take the natural logarithm.",
            ),
            Mistake(
                "likeliest-only",
                float(comes.min()),
                "That is the surprise at the largest part alone. The other parts count, too.",
            ),
            Mistake(
                "number-of-classes",
                float(known["H_max"]),
                "That is the loss of one who knows nothing: all classes equally likely.",
            ),
        ),
        explanation=(
            f"The best p is y itself, and then the loss is H(y) = {said(known['H'])} nats."
        ),
    )


def _double_softmax(rng: np.random.Generator) -> Draft:
    classes = int(rng.integers(3, 13))
    sure = np.eye(classes)[0]
    loss = float(cross_entropy(sure, 0)["mean_loss"])
    twice = float(cross_entropy(sure, 0)["p"][0])
    return Draft(
        prompt=(
            f"A library's cross-entropy takes logits. Somebody gives it softmax's output instead: "
            f"1 for the true class, 0 for the {classes - 1} others. What loss comes out, in nats?"
        ),
        kind=Numeric(unit="nats", tolerance=0.02),
        truth=loss,
        mistakes=(
            Mistake(
                "no-second-softmax",
                0.0,
                "That would be −ln 1. But the library takes the numbers for logits, and puts "
                "softmax over them once more.",
            ),
            Mistake(
                "minus-the-output",
                -1.0,
                "That is minus the true class's number. A loss of this kind is never below 0.",
            ),
            Mistake(
                "knows-nothing",
                math.log(classes),
                "That is the loss with all logits alike. The true class is still 1 ahead.",
            ),
            Mistake(
                "probability",
                twice,
                "That is the probability after the second softmax. The loss is −ln of it.",
            ),
        ),
        explanation=(
            f"Softmax of 1 and {classes - 1} zeros gives e / (e + {classes - 1}) = {said(twice)}; "
            f"−ln of it is {said(loss)}. It cannot get lower: the network would learn badly."
        ),
    )


def _shifted_logits(rng: np.random.Generator) -> Draft:
    z = rng.integers(-3, 4, 3).astype(float)
    target, shift = int(rng.integers(3)), pick(rng, (2, 3, 5, 10, 100))
    before = float(cross_entropy(z, target)["mean_loss"])
    truth = float(cross_entropy(z + shift, target)["mean_loss"])
    alone = z.copy()
    alone[target] += shift
    return Draft(
        prompt=(
            f"The logits of three classes give a loss of {said(before)} nats. Now {shift} is added "
            "to all three logits. What is the loss?"
        ),
        kind=Numeric(unit="nats", tolerance=0.005),
        truth=truth,
        mistakes=(
            Mistake(
                "shift-added",
                before + shift,
                "You added the shift. All classes gain alike, so no probability changes.",
            ),
            Mistake(
                "shift-taken-away",
                before - shift,
                "You took the shift away, as if only the true class had gained.",
            ),
            Mistake(
                "true-class-only",
                float(cross_entropy(alone, target)["mean_loss"]),
                "That would be so if the true class alone had gained. All three did.",
            ),
            Mistake(
                "times-factor",
                before * math.exp(-shift),
                "You scaled the loss. Every exp grows by that factor, the sum as well: it cancels.",
            ),
        ),
        explanation=(
            f"exp(z + {shift}) is exp(z) times the same factor for all: it cancels in softmax. The "
            f"loss stays {said(truth)}."
        ),
    )


TEMPLATES = (
    Template("loss-of-true", "The loss of one picture", ("E5",), _loss_of_true),
    Template("floor-of-loss", "How low a loss can get", ("E5",), _floor_of_loss),
    Template("double-softmax", "Softmax twice", ("E5",), _double_softmax),
    Template("shifted-logits", "All logits up", ("E5",), _shifted_logits),
)
