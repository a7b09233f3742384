"""Samples drawn from a distribution, and how their average comes near what is expected.

Letters: T samples, t from 0. Samples are drawn by cutting 0..1 into pieces as long as the
probabilities: the piece that a random number falls into is the outcome. The standard error of a
mean of t + 1 samples is the standard deviation over the root of t + 1. Source: Goodfellow et al.
2016, 17.1.2.
"""

from __future__ import annotations

import numpy as np

from engine.distribution import checked_distribution
from engine.information import entropy
from engine.relation import relations
from engine.shapes import Array, check_shape, check_whole
from engine.trace import Trace

SAMPLING_RELATIONS = relations(
    """
cumulative[k] = (cumulative[k-1] if k > 0 else 0) + p[k]
sample[t] = sum((1 if cumulative[k] <= u[t] * cumulative[outcomes-1] else 0) for k)
value[t] = score[sample[t]]
total[t] = (total[t-1] if t > 0 else 0) + value[t]
mean[t] = total[t] / (t + 1)
expected_term[k] = p[k] * score[k] if p[k] > 0 else 0
expected = sum(expected_term[k] for k)
variance_term[k] = p[k] * (score[k] - expected)**2 if p[k] > 0 else 0
variance = sum(variance_term[k] for k)
standard_error[t] = sqrt(variance / (t + 1))
low[t] = expected - standard_error[t]
high[t] = expected + standard_error[t]
"""
)


def sample_scores(p: Array, score: Array, count: int, seed: int) -> Trace:
    """Draw outcomes with the probabilities p, and average the scores that they have.

    p: (K,), a distribution. score: (K,), a number for each outcome. count: how many samples, T.
    The same seed gives the same samples, and more samples go on where fewer end.
    Gives a trace with p, score, cumulative (K), the random numbers u (T), sample (T, whole
    numbers), value (the sample's score), total and mean (T); what to expect: expected_term (K),
    expected, variance_term (K), variance; and standard_error, low and high (T): the band expected
    ± standard_error, in which the mean is about two times out of three.
    Errors: ShapeError; ValueError for a p that is no distribution or less than one sample.
    """
    p = checked_distribution("sample_scores", "p", p)
    score = np.asarray(score, dtype=np.float64)
    check_shape("sample_scores", "score", score, p.shape)
    check_whole("sample_scores", "count", count, 1)
    check_whole("sample_scores", "seed", seed, 0)
    u = np.random.default_rng(seed).random(count)
    cumulative = np.cumsum(p)
    sample = np.searchsorted(cumulative, u * cumulative[-1], side="right")
    value = score[sample]
    comes = p > 0
    expected_term = np.multiply(p, score, where=comes, out=np.zeros_like(p))
    expected = np.asarray(expected_term.sum())
    off = np.subtract(score, expected, where=comes, out=np.zeros_like(p))
    variance = np.asarray((p * off**2).sum())
    standard_error = np.sqrt(variance / np.arange(1, count + 1))
    return Trace(
        operation="sampling",
        arrays={
            "p": p,
            "score": score,
            "cumulative": cumulative,
            "u": u,
            "sample": sample,
            "value": value,
            **_running(value),
            "expected_term": expected_term,
            "expected": expected,
            "variance_term": p * off**2,
            "variance": variance,
            "standard_error": standard_error,
            "low": expected - standard_error,
            "high": expected + standard_error,
        },
        relations=SAMPLING_RELATIONS,
        constants={"outcomes": len(p)},
        meanings={
            "p": "the probability of this outcome",
            "score": "the score of this outcome",
            "u": f"a random number from 0 to 1, drawn with the seed {seed}",
        },
    )


def sample_surprise(p: Array, count: int, seed: int, unit: str = "bits") -> Trace:
    """Draw outcomes with the probabilities p, and average their surprise: the mean nears H.

    p: (K,), a distribution. unit: "bits" or "nats". Gives the trace of `sample_scores`, in which
    the score of an outcome is its surprise (linked to a trace of `entropy`) and expected is H.
    Errors: as those of `entropy` and `sample_scores`.
    """
    known = entropy(p, unit)
    trace = sample_scores(p, known["surprise"], count, seed)
    trace.link("score", known, "surprise")
    return trace


def _running(value: Array) -> dict[str, Array]:
    total = np.cumsum(value)
    return {"total": total, "mean": total / np.arange(1, len(value) + 1)}
