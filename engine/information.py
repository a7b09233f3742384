"""Information: surprise, entropy and cross-entropy, in bits or nats.

Letters: K outcomes, p[k] the probability of outcome k, q[k] what a model takes it for. An outcome
that never comes adds nothing to an average: 0 · log 0 counts as 0. Source of the formulas: Cover
and Thomas 2006, 2.1 to 2.3; Goodfellow et al. 2016, 3.13.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from engine.activation import elementwise
from engine.distribution import (
    INFINITY,
    SMALLEST,
    checked_distribution,
    checked_probabilities,
    checked_unit,
    logarithm,
)
from engine.relation import Relation, relations
from engine.shapes import Array, check_shape
from engine.trace import Trace

SURPRISE = """
inverse[*] = 1 / p[*] if p[*] > 0 else infinity
bits[*] = log2(inverse[*])
nats[*] = log(inverse[*])
log2_one = log2(1)
log2_p[*] = log2(p[*]) if p[*] > 0 else -infinity
difference[*] = log2_one - log2_p[*]
"""

ENTROPY = """
surprise[k] = -LOG(p[k]) if p[k] > 0 else infinity
term[k] = p[k] * surprise[k] if p[k] > 0 else 0
H = sum(term[k] for k)
H_max = LOG(K)
"""

BINARY = """
p_no[*] = 1 - p[*]
term_yes[*] = p[*] * -LOG(p[*]) if p[*] > 0 else 0
term_no[*] = p_no[*] * -LOG(p_no[*]) if p_no[*] > 0 else 0
H[*] = term_yes[*] + term_no[*]
"""

DIVERGENCE = """
surprise_p[k] = -LOG(p[k]) if p[k] > 0 else infinity
surprise_q[k] = -LOG(q[k]) if q[k] > 0 else infinity
term[k] = p[k] * surprise_p[k] if p[k] > 0 else 0
cross_term[k] = p[k] * surprise_q[k] if p[k] > 0 else 0
extra[k] = p[k] * (surprise_q[k] - surprise_p[k]) if p[k] > 0 else 0
H_p = sum(term[k] for k)
KL = sum(extra[k] for k)
H_pq = sum(cross_term[k] for k)
H_p_plus_KL = H_p + KL
"""


@cache
def _in_unit(text: str, log: str) -> dict[str, Relation]:
    return relations(text.replace("LOG", log))


def surprise(p: Array) -> Trace:
    """How surprising an outcome of probability p is: log2(1/p) bits, ln(1/p) nats.

    p: () for one probability, or (K,) for several; they need not sum to 1.
    Gives a trace with p, inverse (1/p), bits and nats, and the same bits again as `difference` of
    the logarithms log2_one (which is 0) and log2_p. What never comes has infinite surprise.
    Errors: ShapeError; ValueError for what is no probability, or is too small for its 1/p.
    """
    p = checked_probabilities("surprise", "p", p, "()", "(K,)")
    if ((p > 0) & (p < SMALLEST)).any():
        raise ValueError(f"surprise: p must be 0 or at least {SMALLEST}, got {p[p > 0].min()}")
    with np.errstate(divide="ignore"):
        inverse = np.asarray(1 / p)
    log2_p = logarithm("log2", p)
    return Trace(
        operation="surprise",
        arrays={
            "p": p,
            "inverse": inverse,
            "bits": np.asarray(np.log2(inverse)),
            "nats": np.asarray(np.log(inverse)),
            "log2_one": np.asarray(0.0),
            "log2_p": log2_p,
            "difference": np.asarray(0.0 - log2_p),
        },
        relations=elementwise(SURPRISE, p.ndim),
        constants=INFINITY,
        meanings={"p": "the probability of the outcome"},
    )


def entropy(p: Array, unit: str = "bits") -> Trace:
    """The expected surprise: H = sum of p[k] times log(1/p[k]).

    p: (K,), a distribution. unit: "bits" (log2) or "nats" (ln).
    Gives a trace with p, surprise and term (K), their sum H, and H_max, the log of K that a uniform
    p would reach. Errors: ShapeError; ValueError for a p that is no distribution.
    """
    log = checked_unit("entropy", unit)
    p = checked_distribution("entropy", "p", p)
    surprises = 0.0 - logarithm(log, p)
    term = _expected(p, surprises)
    return Trace(
        operation="entropy",
        arrays={
            "p": p,
            "surprise": surprises,
            "term": term,
            "H": np.asarray(term.sum()),
            "H_max": logarithm(log, np.asarray(float(len(p)))),
        },
        relations=_in_unit(ENTROPY, log),
        constants={**INFINITY, "K": len(p)},
        meanings={"p": "the probability of this outcome"},
    )


def binary_entropy(p: Array, unit: str = "bits") -> Trace:
    """The entropy of a question answered yes with probability p: at most 1 bit, at p = 1/2.

    p: () for one question, or (K,) for several, such as the places of a curve. unit: "bits" or
    "nats". Gives a trace with p, p_no, term_yes, term_no and H, all in p's shape.
    Errors: ShapeError; ValueError for what is no probability.
    """
    log = checked_unit("binary_entropy", unit)
    p = checked_probabilities("binary_entropy", "p", p, "()", "(K,)")
    p_no = np.asarray(1 - p)
    yes, no = (_expected(each, -logarithm(log, np.abs(each))) for each in (p, p_no))
    return Trace(
        operation="binary entropy",
        arrays={"p": p, "p_no": p_no, "term_yes": yes, "term_no": no, "H": np.asarray(yes + no)},
        relations=elementwise(BINARY.replace("LOG", log), p.ndim),
        meanings={"p": "the probability of yes"},
    )


def divergence(p: Array, q: Array, unit: str = "bits") -> Trace:
    """What it costs to expect q where p holds: H(p,q) = H(p) + KL(p‖q).

    p, q: (K,), distributions. Outcomes come with p, their surprise is reckoned with q; nothing
    turns p into q, and swapping the two changes H(p,q) and KL. unit: "bits" or "nats".
    Gives a trace with p, q, surprise_p, surprise_q; term, extra (which is p · log(p/q)) and
    cross_term (K); and their sums H_p, KL and H_pq, with H_p_plus_KL, which is H_pq again. Where q
    has 0 for what does come, KL and H_pq are infinite: `infinite_because` says why.
    Errors: ShapeError; ValueError for a p or q that is no distribution.
    """
    log = checked_unit("divergence", unit)
    p = checked_distribution("divergence", "p", p)
    q = checked_distribution("divergence", "q", q)
    check_shape("divergence", "q", q, p.shape)
    surprise_p, surprise_q = (0.0 - logarithm(log, each) for each in (p, q))
    term, cross_term = _expected(p, surprise_p), _expected(p, surprise_q)
    more = np.subtract(surprise_q, surprise_p, where=p > 0, out=np.zeros_like(p))
    extra = _expected(p, more)
    entropy_p, kl = np.asarray(term.sum()), np.asarray(extra.sum())
    return Trace(
        operation="cross-entropy of distributions",
        arrays={
            "p": p,
            "q": q,
            "surprise_p": surprise_p,
            "surprise_q": surprise_q,
            "term": term,
            "extra": extra,
            "cross_term": cross_term,
            "H_p": entropy_p,
            "KL": kl,
            "H_pq": np.asarray(cross_term.sum()),
            "H_p_plus_KL": np.asarray(entropy_p + kl),
        },
        relations=_in_unit(DIVERGENCE, log),
        constants=INFINITY,
        meanings={
            "p": "the probability with which this outcome comes",
            "q": "the probability that the model gives this outcome",
        },
    )


def infinite_because(trace: Trace) -> str:
    """Why the cross-entropy in a trace of `divergence` is infinite, as a sentence; "" if it is
    finite."""
    p, q = trace["p"], trace["q"]
    ruled_out = np.flatnonzero((p > 0) & (q == 0))
    if not len(ruled_out):
        return ""
    k = int(ruled_out[0])
    more = f", and {len(ruled_out) - 1} more like it" if len(ruled_out) > 1 else ""
    return (
        f"KL and H(p,q) are infinite: q rules outcome {k} out (q[{k}] = 0), yet it comes with "
        f"p[{k}] = {p[k]:.3g}{more}"
    )


def _expected(p: Array, value: Array) -> Array:
    """p times value, and 0 where p is 0, whatever the value is there."""
    return np.multiply(p, value, where=p > 0, out=np.zeros_like(p))
