"""E4: cross-entropy of two distributions, its floor, and what is paid above it."""

from __future__ import annotations

import numpy as np

from engine.information import divergence, entropy
from lessons.entropy.questions.drawn import halves, listed, said, tenths
from lessons.kit.answer import Numeric
from lessons.kit.question import Draft, Mistake, Redraw, Template


def _cross_of_two(rng: np.random.Generator) -> Draft:
    q = halves(rng, longest=4)
    p = tenths(rng, len(q))
    known, turned = divergence(p, q), divergence(q, p)
    surprises = known["surprise_q"]
    if abs(float(known["H_pq"] - turned["H_pq"])) < 0.02:
        raise Redraw
    terms = " + ".join(f"{said(p[k])}·{said(surprises[k])}" for k in range(len(p)))
    return Draft(
        prompt=(
            f"Outcomes come with p = {listed(p)}. A model expects q = {listed(q)}, in the same "
            "order. How many bits is the cross-entropy H(p,q)?"
        ),
        kind=Numeric(unit="bits", tolerance=0.005),
        truth=float(known["H_pq"]),
        mistakes=(
            Mistake(
                "roles-swapped",
                float(turned["H_pq"]),
                "You swapped the roles. What comes, comes with p; the surprise is reckoned with q.",
            ),
            Mistake(
                "model-only",
                float(turned["H_p"]),
                "That is the entropy of q: how surprised the model expects to be. The outcomes "
                "come with p.",
            ),
            Mistake(
                "truth-only",
                float(known["H_p"]),
                "That is H(p): the surprise of one who knows p. The model expects q.",
            ),
            Mistake(
                "plain-mean",
                float(surprises.mean()),
                "You took the plain mean of the surprises. Each counts as often as its outcome "
                "comes, with p.",
            ),
            Mistake(
                "excess-only",
                float(known["KL"]),
                "That is KL, what is paid on top of H(p). Cross-entropy is both together.",
            ),
        ),
        explanation=f"Σ p·log2(1/q) = {terms} = {said(known['H_pq'])} bits.",
    )


def _kl_from_sums(rng: np.random.Generator) -> Draft:
    p, q = tenths(rng, 3), tenths(rng, 3)
    known = divergence(p, q)
    own, cross, kl = (float(known[name]) for name in ("H_p", "H_pq", "KL"))
    apart = np.diff(np.sort([kl, own, cross, own + cross, cross / own]))
    rounded = round(cross, 2) - round(own, 2)
    if apart.min() < 0.05 or kl < 0.1 or said(rounded, 2) != said(kl, 2):
        raise Redraw
    return Draft(
        prompt=(
            f"The weather has an entropy of {said(own, 2)} bits. Your forecast has a cross-entropy "
            f"of {said(cross, 2)} bits. How many bits a day could a perfect forecast save you?"
        ),
        kind=Numeric(unit="bits", tolerance=0.015),
        truth=kl,
        mistakes=(
            Mistake(
                "all-of-it",
                cross,
                "Even the best forecast cannot know what comes: it still pays the entropy.",
            ),
            Mistake(
                "entropy",
                own,
                "That is what stays, whatever you forecast.",
            ),
            Mistake(
                "added",
                own + cross,
                "Cross-entropy holds the entropy already: take it away, do not add it.",
            ),
            Mistake(
                "ratio",
                cross / own,
                "You divided. H(p,q) is H(p) plus KL: a difference is asked.",
            ),
        ),
        explanation=(
            f"H(p,q) = H(p) + KL, so KL = {said(cross, 2)} − {said(own, 2)} = "
            f"{said(rounded, 2)} bits."
        ),
    )


def _lowest_cross(rng: np.random.Generator) -> Draft:
    p = halves(rng)
    known = entropy(p)
    uniform = float(known["H_max"])
    return Draft(
        prompt=(
            f"Outcomes come with p = {listed(p)}. A model may choose any q it likes. What is the "
            "lowest cross-entropy H(p,q) that it can get, in bits?"
        ),
        kind=Numeric(unit="bits", tolerance=0.005),
        truth=float(known["H"]),
        mistakes=(
            Mistake(
                "always-zero",
                0.0,
                "Only where one outcome is certain. Here even the best q is surprised now and "
                "then: by H(p) on average.",
            ),
            Mistake(
                "uniform-is-safe",
                uniform,
                "That is the price of a uniform q. Expecting more of what comes more often is "
                "cheaper.",
            ),
            Mistake(
                "likeliest-only",
                float(known["surprise"].min()),
                "That is the surprise of the likeliest outcome. The others come, too.",
            ),
            Mistake(
                "in-nats",
                float(entropy(p, "nats")["H"]),
                "That is in nats. Bits take the logarithm to base 2.",
            ),
        ),
        explanation=(
            f"H(p,q) = H(p) + KL, and KL is at least 0, which it is for q = p. H(p) is "
            f"{said(known['H'])} bits."
        ),
    )


TEMPLATES = (
    Template("cross-of-two", "Cross-entropy", ("E4",), _cross_of_two),
    Template("kl-from-sums", "What a better forecast saves", ("E4",), _kl_from_sums),
    Template("lowest-cross", "As low as it goes", ("E4",), _lowest_cross),
)
