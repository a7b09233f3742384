"""How a classifier does on many examples: its predictions, its accuracy, what it takes for what.

Letters: K classes, N examples. Source: Hastie, Tibshirani & Friedman 2009, 9.2.5 (the table of
true against predicted classes).
"""

from __future__ import annotations

import numpy as np

from engine.relation import relations
from engine.shapes import Array, check_axes, check_shape
from engine.trace import Trace

RELATIONS = relations("""
predicted[n] = argmax(z[k,n] for k)
hit[n] = 1 if predicted[n] == target[n] else 0
accuracy = sum(hit[n] / examples for n)
confusion[c,d] = sum((1 if target[n] == c and predicted[n] == d else 0) for n)
misread = sum((1 - hit[n]) for n)
""")


def score(z: Array, target: Array) -> Trace:
    """Compare the largest of each example's logits with its class.

    z: (K,N), logits. target: (N,), classes as integers from 0 to K - 1.
    Gives a trace with z, target, predicted (N,), hit (N,), accuracy, misread and confusion (K,K):
    how many examples of class c were taken for d. Errors: ShapeError.
    """
    check_axes("score", "z", z, "(K,N)")
    classes, examples = z.shape
    check_shape("score", "target", target, (examples,))
    predicted = z.argmax(axis=0)
    hit = (predicted == target).astype(int)
    confusion = np.zeros((classes, classes), dtype=int)
    np.add.at(confusion, (target, predicted), 1)
    return Trace(
        operation="score",
        arrays={
            "z": z,
            "target": target,
            "predicted": predicted,
            "hit": hit,
            "accuracy": np.asarray(hit.mean()),
            "confusion": confusion,
            "misread": np.asarray(examples - hit.sum()),
        },
        relations=RELATIONS,
        constants={"examples": examples},
        meanings={"z": "the logit of a class for one example", "target": "the example's class"},
    )
