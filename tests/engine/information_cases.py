"""Traces about information, for the tests that evaluate every relation: usual numbers and the
extreme ones that a learner can choose."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from engine.expectation import expectation, match
from engine.huffman import huffman
from engine.information import binary_entropy, divergence, entropy, surprise
from engine.log_sum_exp import naive_loss, stable_loss
from engine.neuron import LOSSES, logit_curves, neuron, train_neuron
from engine.question_plan import plan_of, plan_questions, sample_plan
from engine.questions import question_worth
from engine.sampling import sample_scores, sample_surprise
from engine.shapes import Array
from engine.softmax_jacobian import measure, softmax_jacobian
from engine.trace import Trace


def row(*numbers: float) -> Array:
    """An array of these numbers."""
    return np.array(numbers)


def measured(z: Array, target: Array | int) -> Trace:
    """A Jacobian's trace, with the measured gradient too."""
    trace = softmax_jacobian(z, target)
    measure(trace)
    return trace


SKEWED = row(0.7, 0, 0.2, 0.1)
OTHER = row(0.4, 0.3, 0.2, 0.1)
EXTREME = row(1000, -1000, 999, 0)

INFORMATION_TRACES: dict[str, Callable[[], Trace]] = {
    "surprise": partial(surprise, row(0, 1e-300, 0.25, 1)),
    "surprise-one": partial(surprise, np.asarray(0.1)),
    "entropy": partial(entropy, SKEWED),
    "entropy-nats": partial(entropy, SKEWED, "nats"),
    "entropy-certain": partial(entropy, row(1)),
    "entropy-tiny": partial(entropy, row(1, 5e-324)),
    "entropy-thousand": partial(entropy, np.arange(1000) / 499500),
    "binary_entropy": partial(binary_entropy, row(0, 0.1, 0.5, 1)),
    "binary_entropy-one": partial(binary_entropy, np.asarray(0.9), "nats"),
    "divergence": partial(divergence, SKEWED, OTHER),
    "divergence-swapped": partial(divergence, OTHER, SKEWED),
    "divergence-nats": partial(divergence, SKEWED, SKEWED, "nats"),
    "expectation": partial(expectation, row(0, 1, 2, -3), SKEWED),
    "match": partial(match, SKEWED, row(0.5, 0.25, 0.25)),
    "sample_scores": partial(sample_scores, OTHER, row(3, 1, -4, 1), 20, 3),
    "sample_surprise": partial(sample_surprise, SKEWED, 20, 1),
    "sample_surprise-certain": partial(sample_surprise, row(0, 1, 0), 3, 1, "nats"),
    "huffman": lambda: huffman(SKEWED).trace,
    "huffman-certain": lambda: huffman(row(0, 1)).trace,
    "huffman-uniform": lambda: huffman(np.full(7, 1 / 7)).trace,
    "question_worth": partial(question_worth, SKEWED, [0, 1, 2], [0]),
    "question_worth-none": partial(question_worth, SKEWED, [0, 2], []),
    "plan_questions": lambda: plan_questions(SKEWED, plan_of(huffman(SKEWED).words, 3)),
    "plan_questions-idle": lambda: plan_questions(OTHER, row(0, 0, 0, 0, 1, 0, 1, 1).reshape(2, 4)),
    "sample_plan": lambda: sample_plan(plan_questions(OTHER, np.eye(3, 4)), 12, 2),
    "naive_loss": partial(naive_loss, row(1, 2, -0.5), 0),
    "naive_loss-overflow": partial(naive_loss, EXTREME, 2),
    "naive_loss-underflow": partial(naive_loss, row(-1000, 0), 0),
    "naive_loss-all-under": partial(naive_loss, row(-1000, -1001), 0),
    "stable_loss": partial(stable_loss, row(1, 2, -0.5), 0),
    "stable_loss-extreme": partial(stable_loss, EXTREME, 2),
    "softmax_jacobian": partial(measured, row(1, 2, -0.5), 0),
    "softmax_jacobian-soft": partial(measured, row(1, 2, -0.5, 0), SKEWED),
    "softmax_jacobian-extreme": partial(softmax_jacobian, EXTREME, 1),
    "softmax_jacobian-tiny": partial(softmax_jacobian, row(0, -720), 1),
    "logit_curves": partial(logit_curves, row(-1000, -6, 0, 3, 1000), 1),
    **{
        f"{run.__name__}-{loss}-{z:g}": partial(run, 2.0, y, z / 2, 0.0, loss, *settings)
        for run, settings in ((neuron, ()), (train_neuron, (0.5, 4)))
        for loss in LOSSES
        for z, y in ((1.0, 0.3), (1000.0, 0.0), (-1000.0, 0.5))
    },
}
