"""E1: the surprise of one outcome, of two, and in the other unit."""

from __future__ import annotations

import math

import numpy as np

from engine.information import surprise
from lessons.entropy.questions.drawn import said
from lessons.kit.answer import Numeric
from lessons.kit.question import Draft, Mistake, Redraw, Template, pick


def _bits_of(rng: np.random.Generator) -> Draft:
    halvings = int(rng.integers(3, 13))
    one_in = 2**halvings
    known = surprise(np.asarray(1 / one_in))
    scene = pick(
        rng,
        (
            f"An outcome comes once in {one_in} times.",
            f"The probability of an outcome is 1/{one_in}.",
        ),
    )
    return Draft(
        prompt=f"{scene} How many bits is its surprise?",
        kind=Numeric(unit="bits", tolerance=0.01),
        truth=float(known["bits"]),
        mistakes=(
            Mistake(
                "inverse-only",
                float(one_in),
                "That is 1/p, how rare it is. Surprise is the logarithm of it.",
            ),
            Mistake(
                "in-nats",
                float(known["nats"]),
                "That is the surprise in nats: the natural logarithm. Bits take the logarithm to "
                "base 2.",
            ),
            Mistake(
                "sign-kept",
                float(known["log2_p"]),
                "That is log2 p. Surprise turns the sign: log2(1/p) = −log2 p.",
            ),
            Mistake(
                "halved-once",
                one_in / 2,
                "You divided by 2. Count instead how often 2 goes into it as a factor.",
            ),
            Mistake(
                "weighed",
                halvings / one_in,
                "You multiplied by p. That is its part of an average, not its surprise.",
            ),
        ),
        explanation=f"2 to the power {halvings} is {one_in}, so log2({one_in}) = {halvings}.",
    )


def _two_events(rng: np.random.Generator) -> Draft:
    first, second = (int(n) for n in rng.integers(2, 8, 2))
    one, other = 2.0**-first, 2.0**-second
    both = float(surprise(np.asarray(one * other))["bits"])
    return Draft(
        prompt=(
            f"Two outcomes have nothing to do with one another. The surprise of one is {first} "
            f"bits, of the other {second} bits. Both come. How many bits is that?"
        ),
        kind=Numeric(unit="bits", tolerance=0.01),
        truth=both,
        mistakes=(
            Mistake(
                "bits-multiplied",
                float(first * second),
                "You multiplied the bits. Probabilities multiply; their logarithms add.",
            ),
            Mistake(
                "probabilities-added",
                float(surprise(np.asarray(min(1.0, one + other)))["bits"]),
                "You added the probabilities. Both together are rarer than either: multiply them.",
            ),
            Mistake(
                "rarer-only",
                float(max(first, second)),
                "That is the rarer one alone. The other one is news as well.",
            ),
            Mistake(
                "averaged",
                (first + second) / 2,
                "You took the mean. Both came, so you learn both.",
            ),
        ),
        explanation=(
            f"1/{2**first} · 1/{2**second} = 1/{2 ** (first + second)}, and log2 of "
            f"{2 ** (first + second)} is {first} + {second} = {first + second}."
        ),
    )


def _other_unit(rng: np.random.Generator) -> Draft:
    amount, to_nats = int(rng.integers(2, 13)), bool(rng.random() < 0.6)
    given, asked = ("bits", "nats") if to_nats else ("nats", "bits")
    p = 2.0**-amount if to_nats else math.exp(-amount)
    known = surprise(np.asarray(p))
    truth = float(known[asked])
    factor = said(math.log(2)) if to_nats else said(1 / math.log(2))
    if math.isclose(truth, round(truth), abs_tol=0.05):
        raise Redraw
    return Draft(
        prompt=(
            f"A loss of {amount} {given} is to be said in {asked}. How many are that? "
            f"(ln 2 is {said(math.log(2))}.)"
        ),
        kind=Numeric(unit=asked, tolerance=0.02),
        truth=truth,
        mistakes=(
            Mistake(
                "units-alike",
                float(amount),
                "The number changes with the base of the logarithm: a nat is more than a bit.",
            ),
            Mistake(
                "wrong-way-round",
                amount**2 / truth,
                f"You went the other way. A nat is more than a bit, so there must be "
                f"{'fewer' if to_nats else 'more'} of them.",
            ),
            Mistake(
                "base-ten",
                amount * (math.log10(2) if to_nats else math.log2(10)),
                "That would be between base 2 and base 10. Nats are of base e.",
            ),
            Mistake(
                "doubled-or-halved",
                amount / 2 if to_nats else amount * 2.0,
                "Base 2 does not mean twice: the factor between the two logarithms is ln 2.",
            ),
        ),
        explanation=f"{amount} {given} · {factor} = {said(truth)} {asked}.",
    )


TEMPLATES = (
    Template("bits-of", "The surprise of an outcome", ("E1",), _bits_of),
    Template("two-events", "Two at once", ("E1",), _two_events),
    Template("other-unit", "Bits and nats", ("E1",), _other_unit),
)
